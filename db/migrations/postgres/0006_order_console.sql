CREATE TABLE "order_exports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"staff_id" uuid NOT NULL,
	"state" text NOT NULL,
	"filter" text NOT NULL,
	"format" text NOT NULL,
	"purpose" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"started_at" bigint,
	"finished_at" bigint,
	"rows" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "saved_views" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"name" text NOT NULL,
	"filter" text NOT NULL,
	"shared_with" text,
	"saved_at" bigint NOT NULL
);
--> statement-breakpoint
DROP INDEX "orders_batch";--> statement-breakpoint
ALTER TABLE "overwritten_numbers" ADD COLUMN "number_tail" "bytea";--> statement-breakpoint
ALTER TABLE "overwritten_numbers" ADD COLUMN "extension_tail" "bytea";--> statement-breakpoint
ALTER TABLE "virtual_numbers" ADD COLUMN "number_tail" "bytea";--> statement-breakpoint
ALTER TABLE "virtual_numbers" ADD COLUMN "extension_tail" "bytea";--> statement-breakpoint
ALTER TABLE "order_exports" ADD CONSTRAINT "order_exports_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_owner_id_staff_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "order_exports_staff" ON "order_exports" USING btree ("staff_id");--> statement-breakpoint
CREATE INDEX "order_exports_state" ON "order_exports" USING btree ("state","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "saved_views_name" ON "saved_views" USING btree ("owner_id","name");--> statement-breakpoint
CREATE INDEX "saved_views_shared" ON "saved_views" USING btree ("shared_with","name");--> statement-breakpoint
CREATE INDEX "orders_shown" ON "orders" USING btree ((CASE WHEN status = 'paid' OR status = 'shipped' OR status = 'completed' THEN CASE WHEN refunded = 0 AND NOT refund_unknown THEN status WHEN refunded <> 0 AND refunded = paid THEN 'refunded' ELSE 'partiallyRefunded' END ELSE status END),"placed_at") WHERE (status NOT IN ('paid', 'shipped', 'completed') OR refunded <> 0 OR refund_unknown);--> statement-breakpoint
CREATE INDEX "virtual_numbers_number_tail" ON "virtual_numbers" USING btree ("number_tail");--> statement-breakpoint
CREATE INDEX "virtual_numbers_extension_tail" ON "virtual_numbers" USING btree ("extension_tail");--> statement-breakpoint
CREATE INDEX "orders_batch" ON "orders" USING btree ("batch_id","placed_at","owner_id");