CREATE TABLE "overwritten_numbers" (
	"batch_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"previous_batch_id" uuid,
	"sealed" "bytea" NOT NULL,
	"masked" text NOT NULL,
	"expires_at" bigint NOT NULL,
	CONSTRAINT "overwritten_numbers_batch_id_order_id_pk" PRIMARY KEY("batch_id","order_id")
);
--> statement-breakpoint
CREATE TABLE "overwritten_orders" (
	"batch_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"previous_batch_id" uuid NOT NULL,
	"status" text NOT NULL,
	"paid" bigint NOT NULL,
	"refunded" bigint NOT NULL,
	"refund_unknown" boolean NOT NULL,
	"placed_at" bigint NOT NULL,
	"paid_at" bigint,
	"shipped_at" bigint,
	"completed_at" bigint,
	"parts" text NOT NULL,
	"revision" bigint NOT NULL,
	"owned" boolean NOT NULL,
	CONSTRAINT "overwritten_orders_batch_id_order_id_revision_pk" PRIMARY KEY("batch_id","order_id","revision")
);
--> statement-breakpoint
DROP INDEX "orders_batch";--> statement-breakpoint
ALTER TABLE "import_batches" ADD COLUMN "undone_by" uuid;--> statement-breakpoint
ALTER TABLE "import_batches" ADD COLUMN "undone" text;--> statement-breakpoint
ALTER TABLE "import_batches" ADD COLUMN "undone_at" bigint;--> statement-breakpoint
ALTER TABLE "virtual_numbers" ADD COLUMN "batch_id" uuid;--> statement-breakpoint
ALTER TABLE "overwritten_numbers" ADD CONSTRAINT "overwritten_numbers_batch_id_import_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."import_batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "overwritten_orders" ADD CONSTRAINT "overwritten_orders_batch_id_import_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."import_batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "overwritten_orders" ADD CONSTRAINT "overwritten_orders_previous_batch_id_import_batches_id_fk" FOREIGN KEY ("previous_batch_id") REFERENCES "public"."import_batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "overwritten_numbers_expiry" ON "overwritten_numbers" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "overwritten_orders_previous" ON "overwritten_orders" USING btree ("previous_batch_id","batch_id");--> statement-breakpoint
ALTER TABLE "virtual_numbers" ADD CONSTRAINT "virtual_numbers_batch_id_import_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."import_batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "virtual_numbers_batch" ON "virtual_numbers" USING btree ("batch_id","order_id");--> statement-breakpoint
CREATE INDEX "orders_batch" ON "orders" USING btree ("batch_id","owner_id");