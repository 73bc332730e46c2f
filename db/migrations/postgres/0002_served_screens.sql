CREATE TABLE "served_screens" (
	"hash" text PRIMARY KEY NOT NULL,
	"locale" text NOT NULL,
	"words" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "served_events" ADD CONSTRAINT "served_events_screen_hash_served_screens_hash_fk" FOREIGN KEY ("screen_hash") REFERENCES "public"."served_screens"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "served_events_screen" ON "served_events" USING btree ("screen_hash");