ALTER TABLE `orders` ADD `rows_hash` blob;--> statement-breakpoint
ALTER TABLE `overwritten_orders` ADD `rows_hash` blob;