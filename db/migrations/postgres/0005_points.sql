CREATE TABLE "points_accounts" (
	"member_id" uuid PRIMARY KEY NOT NULL,
	"lines" bigint NOT NULL,
	"due_at" bigint
);
--> statement-breakpoint
CREATE TABLE "points_deductions" (
	"member_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"points" bigint NOT NULL,
	"reason" text NOT NULL,
	"deducted_by" uuid NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "points_deductions_member_id_id_pk" PRIMARY KEY("member_id","id"),
	CONSTRAINT "points_deductions_points" CHECK ("points_deductions"."points" > 0)
);
--> statement-breakpoint
CREATE TABLE "points_lines" (
	"member_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"rule" text NOT NULL,
	"direction" text NOT NULL,
	"source_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"points" bigint NOT NULL,
	"lot_id" uuid,
	"available_at" bigint,
	"expires_at" bigint,
	"recorded_at" bigint NOT NULL,
	"revision" bigint,
	CONSTRAINT "points_lines_member_id_id_pk" PRIMARY KEY("member_id","id"),
	CONSTRAINT "points_lines_direction" CHECK (("points_lines"."direction" = 'credit') = ("points_lines"."points" > 0) and "points_lines"."points" <> 0),
	CONSTRAINT "points_lines_rule" CHECK ("points_lines"."rule" in ('order', 'benefit', 'deduction')),
	CONSTRAINT "points_lines_kind" CHECK ("points_lines"."kind" in ('pending', 'available', 'reversed', 'reinstated', 'corrected', 'spent', 'expired', 'repaid', 'forgiven')),
	CONSTRAINT "points_lines_lot" CHECK (("points_lines"."lot_id" is null) = ("points_lines"."available_at" is null))
);
--> statement-breakpoint
CREATE TABLE "points_policies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"terms" text NOT NULL,
	"effective_from" bigint NOT NULL,
	"published_at" bigint NOT NULL,
	"proposed_by" uuid NOT NULL,
	"published_by" uuid NOT NULL,
	CONSTRAINT "points_policies_two_people" CHECK ("points_policies"."published_by" <> "points_policies"."proposed_by")
);
--> statement-breakpoint
CREATE TABLE "points_proposals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"terms" text NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "points_accounts" ADD CONSTRAINT "points_accounts_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "points_deductions" ADD CONSTRAINT "points_deductions_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "points_deductions" ADD CONSTRAINT "points_deductions_deducted_by_staff_id_fk" FOREIGN KEY ("deducted_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "points_lines" ADD CONSTRAINT "points_lines_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "points_policies" ADD CONSTRAINT "points_policies_id_points_proposals_id_fk" FOREIGN KEY ("id") REFERENCES "public"."points_proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "points_policies" ADD CONSTRAINT "points_policies_proposed_by_staff_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "points_policies" ADD CONSTRAINT "points_policies_published_by_staff_id_fk" FOREIGN KEY ("published_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "points_proposals" ADD CONSTRAINT "points_proposals_proposed_by_staff_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "points_accounts_due" ON "points_accounts" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "points_deductions_by" ON "points_deductions" USING btree ("deducted_by");--> statement-breakpoint
CREATE UNIQUE INDEX "points_lines_source" ON "points_lines" USING btree ("member_id","rule","source_id","direction","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "points_policies_version" ON "points_policies" USING btree ("version");--> statement-breakpoint
CREATE UNIQUE INDEX "points_policies_effective" ON "points_policies" USING btree ("effective_from");--> statement-breakpoint
CREATE INDEX "points_policies_proposed" ON "points_policies" USING btree ("proposed_by");--> statement-breakpoint
CREATE INDEX "points_policies_published" ON "points_policies" USING btree ("published_by");--> statement-breakpoint
CREATE INDEX "points_proposals_proposed" ON "points_proposals" USING btree ("proposed_by");