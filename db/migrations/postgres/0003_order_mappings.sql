CREATE TABLE "order_mappings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"fingerprint" "bytea" NOT NULL,
	"mapping" text NOT NULL,
	"source" text,
	"saved_by" uuid NOT NULL,
	"created_at" bigint NOT NULL,
	"saved_at" bigint NOT NULL,
	"deleted_at" bigint
);
--> statement-breakpoint
ALTER TABLE "order_mappings" ADD CONSTRAINT "order_mappings_saved_by_staff_id_fk" FOREIGN KEY ("saved_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "order_mappings_name" ON "order_mappings" USING btree ("name") WHERE "order_mappings"."deleted_at" IS NULL;--> statement-breakpoint
CREATE INDEX "order_mappings_fingerprint" ON "order_mappings" USING btree ("fingerprint");--> statement-breakpoint
CREATE INDEX "order_mappings_saved" ON "order_mappings" USING btree ("saved_by");