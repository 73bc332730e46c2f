CREATE TABLE `order_exports` (
	`id` text PRIMARY KEY NOT NULL,
	`staff_id` text NOT NULL,
	`state` text NOT NULL,
	`filter` text NOT NULL,
	`format` text NOT NULL,
	`purpose` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`started_at` integer,
	`finished_at` integer,
	`rows` integer NOT NULL,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `order_exports_staff` ON `order_exports` (`staff_id`);--> statement-breakpoint
CREATE INDEX `order_exports_state` ON `order_exports` (`state`,`started_at`);--> statement-breakpoint
CREATE TABLE `saved_views` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`name` text NOT NULL,
	`filter` text NOT NULL,
	`shared_with` text,
	`saved_at` integer NOT NULL,
	FOREIGN KEY (`owner_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `saved_views_name` ON `saved_views` (`owner_id`,`name`);--> statement-breakpoint
CREATE INDEX `saved_views_shared` ON `saved_views` (`shared_with`,`name`);--> statement-breakpoint
DROP INDEX `orders_batch`;--> statement-breakpoint
CREATE INDEX `orders_shown` ON `orders` ((CASE WHEN status = 'paid' OR status = 'shipped' OR status = 'completed' THEN CASE WHEN refunded = 0 AND NOT refund_unknown THEN status WHEN refunded <> 0 AND refunded = paid THEN 'refunded' ELSE 'partiallyRefunded' END ELSE status END),`placed_at`) WHERE (status NOT IN ('paid', 'shipped', 'completed') OR refunded <> 0 OR refund_unknown);--> statement-breakpoint
CREATE INDEX `orders_batch` ON `orders` (`batch_id`,`placed_at`,`owner_id`);--> statement-breakpoint
ALTER TABLE `overwritten_numbers` ADD `number_tail` blob;--> statement-breakpoint
ALTER TABLE `overwritten_numbers` ADD `extension_tail` blob;--> statement-breakpoint
ALTER TABLE `virtual_numbers` ADD `number_tail` blob;--> statement-breakpoint
ALTER TABLE `virtual_numbers` ADD `extension_tail` blob;--> statement-breakpoint
CREATE INDEX `virtual_numbers_number_tail` ON `virtual_numbers` (`number_tail`);--> statement-breakpoint
CREATE INDEX `virtual_numbers_extension_tail` ON `virtual_numbers` (`extension_tail`);