CREATE TABLE `overwritten_numbers` (
	`batch_id` text NOT NULL,
	`order_id` text NOT NULL,
	`previous_batch_id` text,
	`sealed` blob NOT NULL,
	`masked` text NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`batch_id`, `order_id`),
	FOREIGN KEY (`batch_id`) REFERENCES `import_batches`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `overwritten_numbers_expiry` ON `overwritten_numbers` (`expires_at`);--> statement-breakpoint
CREATE TABLE `overwritten_orders` (
	`batch_id` text NOT NULL,
	`order_id` text NOT NULL,
	`previous_batch_id` text NOT NULL,
	`status` text NOT NULL,
	`paid` integer NOT NULL,
	`refunded` integer NOT NULL,
	`refund_unknown` integer NOT NULL,
	`placed_at` integer NOT NULL,
	`paid_at` integer,
	`shipped_at` integer,
	`completed_at` integer,
	`parts` text NOT NULL,
	`revision` integer NOT NULL,
	`owned` integer NOT NULL,
	PRIMARY KEY(`batch_id`, `order_id`, `revision`),
	FOREIGN KEY (`batch_id`) REFERENCES `import_batches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`previous_batch_id`) REFERENCES `import_batches`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `overwritten_orders_previous` ON `overwritten_orders` (`previous_batch_id`,`batch_id`);--> statement-breakpoint
DROP INDEX `orders_batch`;--> statement-breakpoint
CREATE INDEX `orders_batch` ON `orders` (`batch_id`,`owner_id`);--> statement-breakpoint
ALTER TABLE `import_batches` ADD `undone_by` text;--> statement-breakpoint
ALTER TABLE `import_batches` ADD `undone` text;--> statement-breakpoint
ALTER TABLE `import_batches` ADD `undone_at` integer;--> statement-breakpoint
ALTER TABLE `virtual_numbers` ADD `batch_id` text REFERENCES import_batches(id);--> statement-breakpoint
CREATE INDEX `virtual_numbers_batch` ON `virtual_numbers` (`batch_id`,`order_id`);