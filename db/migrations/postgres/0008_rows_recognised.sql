ALTER TABLE "orders" ADD COLUMN "rows_hash" "bytea";--> statement-breakpoint
ALTER TABLE "overwritten_orders" ADD COLUMN "rows_hash" "bytea";