CREATE TABLE `order_mappings` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`fingerprint` blob NOT NULL,
	`mapping` text NOT NULL,
	`source` text,
	`saved_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`saved_at` integer NOT NULL,
	`deleted_at` integer,
	FOREIGN KEY (`saved_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `order_mappings_name` ON `order_mappings` (`name`) WHERE "order_mappings"."deleted_at" IS NULL;--> statement-breakpoint
CREATE INDEX `order_mappings_fingerprint` ON `order_mappings` (`fingerprint`);--> statement-breakpoint
CREATE INDEX `order_mappings_saved` ON `order_mappings` (`saved_by`);