CREATE TABLE "benefit_grants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"member_id" uuid NOT NULL,
	"benefit_id" uuid NOT NULL,
	"uses" bigint NOT NULL,
	"reason" text NOT NULL,
	"granted_by" uuid NOT NULL,
	"granted_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL,
	"revoked_by" uuid,
	"revoked_at" bigint,
	"revoke_reason" text,
	CONSTRAINT "benefit_grants_uses" CHECK ("benefit_grants"."uses" > 0)
);
--> statement-breakpoint
CREATE TABLE "benefit_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"benefit_id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"terms" text NOT NULL,
	"drafted_by" uuid NOT NULL,
	"approved_by" uuid NOT NULL,
	"published_by" uuid NOT NULL,
	"published_at" bigint NOT NULL,
	CONSTRAINT "benefit_versions_two_people" CHECK ("benefit_versions"."approved_by" <> "benefit_versions"."drafted_by")
);
--> statement-breakpoint
CREATE TABLE "benefits" (
	"id" uuid PRIMARY KEY NOT NULL,
	"created_at" bigint NOT NULL,
	"version" bigint NOT NULL,
	"draft" text,
	"draft_hash" text,
	"editors" text NOT NULL,
	"saved_by" uuid NOT NULL,
	"saved_at" bigint NOT NULL,
	"approved_by" uuid,
	"approved_at" bigint,
	"retired_at" bigint,
	"retired_by" uuid,
	CONSTRAINT "benefits_two_people" CHECK ("benefits"."approved_by" is null or "benefits"."approved_by" <> "benefits"."saved_by")
);
--> statement-breakpoint
CREATE TABLE "bookings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"member_id" uuid NOT NULL,
	"benefit_id" uuid NOT NULL,
	"slot_id" uuid NOT NULL,
	"child_id" uuid,
	"subject_id" text NOT NULL,
	"period" text NOT NULL,
	"state" text NOT NULL,
	"created_at" bigint NOT NULL,
	"settled_at" bigint,
	CONSTRAINT "bookings_state" CHECK ("bookings"."state" in ('booked', 'cancelled', 'redeemed'))
);
--> statement-breakpoint
CREATE TABLE "entitlements" (
	"member_id" uuid NOT NULL,
	"benefit_id" uuid NOT NULL,
	"period" text NOT NULL,
	"allowance" bigint NOT NULL,
	"used" bigint NOT NULL,
	CONSTRAINT "entitlements_member_id_benefit_id_period_pk" PRIMARY KEY("member_id","benefit_id","period"),
	CONSTRAINT "entitlements_used" CHECK ("entitlements"."used" >= 0 and "entitlements"."used" <= "entitlements"."allowance")
);
--> statement-breakpoint
CREATE TABLE "redemption_codes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"member_id" uuid NOT NULL,
	"benefit_id" uuid NOT NULL,
	"child_id" uuid,
	"booking_id" uuid,
	"digits_hash" "bytea" NOT NULL,
	"state" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	CONSTRAINT "redemption_codes_state" CHECK ("redemption_codes"."state" in ('open', 'used', 'revoked'))
);
--> statement-breakpoint
CREATE TABLE "redemptions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"member_id" uuid NOT NULL,
	"benefit_id" uuid NOT NULL,
	"code_id" uuid NOT NULL,
	"booking_id" uuid,
	"period" text NOT NULL,
	"store_id" uuid NOT NULL,
	"staff_id" uuid NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "slots" (
	"id" uuid PRIMARY KEY NOT NULL,
	"benefit_id" uuid NOT NULL,
	"store_id" uuid NOT NULL,
	"starts_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL,
	"capacity" bigint NOT NULL,
	"booked" bigint NOT NULL,
	CONSTRAINT "slots_booked" CHECK ("slots"."booked" >= 0 and "slots"."booked" <= "slots"."capacity")
);
--> statement-breakpoint
CREATE TABLE "store_staff" (
	"store_id" uuid NOT NULL,
	"staff_id" uuid NOT NULL,
	"since" bigint NOT NULL,
	CONSTRAINT "store_staff_store_id_staff_id_pk" PRIMARY KEY("store_id","staff_id")
);
--> statement-breakpoint
CREATE TABLE "stores" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"address" text NOT NULL,
	"open" boolean NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "activities" (
	"code" text PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"version" bigint NOT NULL,
	"draft" text,
	"draft_hash" text,
	"editors" text NOT NULL,
	"saved_at" bigint NOT NULL,
	"fresh_since" bigint,
	CONSTRAINT "activities_state" CHECK (state in ('draft', 'active', 'suspended', 'retired'))
);
--> statement-breakpoint
CREATE TABLE "activity_versions" (
	"code" text NOT NULL,
	"version" bigint NOT NULL,
	"terms" text NOT NULL,
	"terms_hash" text NOT NULL,
	"assessment_id" uuid,
	"activated_by" uuid NOT NULL,
	"activated_at" bigint NOT NULL,
	CONSTRAINT "activity_versions_code_version_pk" PRIMARY KEY("code","version")
);
--> statement-breakpoint
CREATE TABLE "brand_fields" (
	"key" text PRIMARY KEY NOT NULL,
	"definition" text NOT NULL,
	"added_by" uuid NOT NULL,
	"added_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "children" (
	"id" uuid PRIMARY KEY NOT NULL,
	"member_id" uuid NOT NULL,
	"ordinal" bigint NOT NULL,
	"code" text NOT NULL,
	"added_at" bigint NOT NULL,
	"removed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "consent_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"member_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"child_id" uuid,
	"relation_id" uuid,
	"purpose" text NOT NULL,
	"purpose_version" bigint NOT NULL,
	"action" text NOT NULL,
	"reason" text,
	"served_id" uuid NOT NULL,
	"notice_version_id" uuid NOT NULL,
	"notice_hash" text NOT NULL,
	"fields" text NOT NULL,
	"channel" text,
	"locale" text,
	"at" bigint NOT NULL,
	"previous_hash" text,
	"hash" text NOT NULL,
	"audit_entry_id" uuid NOT NULL,
	CONSTRAINT "consent_events_action" CHECK ("consent_events"."action" in ('grant', 'refuse', 'withdraw', 'supersede', 'expire', 'invalidate'))
);
--> statement-breakpoint
CREATE TABLE "disposals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"member_id" uuid NOT NULL,
	"child_id" uuid,
	"purpose" text NOT NULL,
	"fields" text NOT NULL,
	"erased" bigint NOT NULL,
	"remaining" bigint NOT NULL,
	"trigger" text NOT NULL,
	"event_id" uuid NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "disposals_remaining" CHECK ("disposals"."remaining" = 0)
);
--> statement-breakpoint
CREATE TABLE "grants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"member_id" uuid NOT NULL,
	"child_id" uuid,
	"subject_id" text NOT NULL,
	"purpose" text NOT NULL,
	"state" text NOT NULL,
	"since" bigint NOT NULL,
	"last_seq" bigint NOT NULL,
	"decision_id" uuid NOT NULL,
	"purpose_version" bigint NOT NULL,
	"notice_version_id" uuid NOT NULL,
	"fields" text NOT NULL,
	"relation_id" uuid,
	"hold_until" bigint,
	"holds_values" boolean NOT NULL,
	CONSTRAINT "grants_state" CHECK ("grants"."state" in ('granted', 'refused', 'withdrawn', 'superseded', 'expired', 'invalidated')),
	CONSTRAINT "grants_holds" CHECK (not "grants"."holds_values" or "grants"."state" = 'granted' or ("grants"."state" = 'superseded' and "grants"."hold_until" is not null))
);
--> statement-breakpoint
CREATE TABLE "guardian_cases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"relation_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"member_id" uuid,
	"opened_by" uuid,
	"opened_at" bigint NOT NULL,
	"state" text NOT NULL,
	"note" text,
	"decided_by" uuid,
	"decided_at" bigint
);
--> statement-breakpoint
CREATE TABLE "guardian_relations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"child_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"relation" text NOT NULL,
	"method" text NOT NULL,
	"state" text NOT NULL,
	"declared_at" bigint NOT NULL,
	"ended_at" bigint,
	CONSTRAINT "guardian_relations_state" CHECK ("guardian_relations"."state" in ('active', 'disputed', 'ended'))
);
--> statement-breakpoint
CREATE TABLE "impact_assessments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"terms_hash" text NOT NULL,
	"content" text NOT NULL,
	"submitted_by" uuid NOT NULL,
	"submitted_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "impact_decisions" (
	"assessment_id" uuid PRIMARY KEY NOT NULL,
	"approved" boolean NOT NULL,
	"note" text NOT NULL,
	"submitted_by" uuid NOT NULL,
	"decided_by" uuid NOT NULL,
	"decided_at" bigint NOT NULL,
	"keep_until" bigint NOT NULL,
	CONSTRAINT "impact_decisions_two_people" CHECK ("impact_decisions"."decided_by" <> "impact_decisions"."submitted_by")
);
--> statement-breakpoint
CREATE TABLE "notice_drafts" (
	"key" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"content" text NOT NULL,
	"content_hash" text NOT NULL,
	"editors" text NOT NULL,
	"saved_by" uuid NOT NULL,
	"saved_at" bigint NOT NULL,
	"reviewed_by" uuid,
	"reviewed_at" bigint,
	CONSTRAINT "notice_drafts_two_people" CHECK ("notice_drafts"."reviewed_by" is null or "notice_drafts"."reviewed_by" <> "notice_drafts"."saved_by")
);
--> statement-breakpoint
CREATE TABLE "notice_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"version" bigint NOT NULL,
	"content" text NOT NULL,
	"purposes" text NOT NULL,
	"hash" text NOT NULL,
	"material" boolean NOT NULL,
	"material_reason" text NOT NULL,
	"drafted_by" uuid NOT NULL,
	"reviewed_by" uuid NOT NULL,
	"published_by" uuid NOT NULL,
	"published_at" bigint NOT NULL,
	CONSTRAINT "notice_versions_two_people" CHECK ("notice_versions"."reviewed_by" <> "notice_versions"."drafted_by")
);
--> statement-breakpoint
CREATE TABLE "read_tickets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"member_id" uuid NOT NULL,
	"child_id" uuid,
	"purpose" text NOT NULL,
	"fields" text NOT NULL,
	"reason" text NOT NULL,
	"requested_by" uuid NOT NULL,
	"requested_at" bigint NOT NULL,
	"state" text NOT NULL,
	"decided_by" uuid,
	"decided_at" bigint,
	"expires_at" bigint NOT NULL,
	CONSTRAINT "read_tickets_two_people" CHECK ("read_tickets"."decided_by" is null or "read_tickets"."decided_by" <> "read_tickets"."requested_by")
);
--> statement-breakpoint
CREATE TABLE "restrictions" (
	"member_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"since" bigint NOT NULL,
	CONSTRAINT "restrictions_member_id_purpose_pk" PRIMARY KEY("member_id","purpose")
);
--> statement-breakpoint
CREATE TABLE "served_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"member_id" uuid NOT NULL,
	"child_id" uuid,
	"purpose" text NOT NULL,
	"purpose_version" bigint NOT NULL,
	"notice_version_id" uuid NOT NULL,
	"notice_hash" text NOT NULL,
	"channel" text NOT NULL,
	"locale" text NOT NULL,
	"screen_hash" text NOT NULL,
	"shown_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "served_screens" (
	"hash" text PRIMARY KEY NOT NULL,
	"locale" text NOT NULL,
	"words" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "vault_values" (
	"id" uuid PRIMARY KEY NOT NULL,
	"member_id" uuid NOT NULL,
	"child_id" uuid,
	"grant_id" uuid NOT NULL,
	"grant_holds" boolean NOT NULL,
	"field" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"collected_at" bigint NOT NULL,
	"expires_at" bigint,
	CONSTRAINT "vault_values_grant_holds" CHECK ("vault_values"."grant_holds")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "grants_holding" ON "grants" USING btree ("id","holds_values");--> statement-breakpoint
ALTER TABLE "benefit_grants" ADD CONSTRAINT "benefit_grants_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "benefit_grants" ADD CONSTRAINT "benefit_grants_benefit_id_benefits_id_fk" FOREIGN KEY ("benefit_id") REFERENCES "public"."benefits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "benefit_grants" ADD CONSTRAINT "benefit_grants_granted_by_staff_id_fk" FOREIGN KEY ("granted_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "benefit_grants" ADD CONSTRAINT "benefit_grants_revoked_by_staff_id_fk" FOREIGN KEY ("revoked_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "benefit_versions" ADD CONSTRAINT "benefit_versions_benefit_id_benefits_id_fk" FOREIGN KEY ("benefit_id") REFERENCES "public"."benefits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "benefit_versions" ADD CONSTRAINT "benefit_versions_drafted_by_staff_id_fk" FOREIGN KEY ("drafted_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "benefit_versions" ADD CONSTRAINT "benefit_versions_approved_by_staff_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "benefit_versions" ADD CONSTRAINT "benefit_versions_published_by_staff_id_fk" FOREIGN KEY ("published_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "benefits" ADD CONSTRAINT "benefits_saved_by_staff_id_fk" FOREIGN KEY ("saved_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "benefits" ADD CONSTRAINT "benefits_approved_by_staff_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "benefits" ADD CONSTRAINT "benefits_retired_by_staff_id_fk" FOREIGN KEY ("retired_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_benefit_id_benefits_id_fk" FOREIGN KEY ("benefit_id") REFERENCES "public"."benefits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_slot_id_slots_id_fk" FOREIGN KEY ("slot_id") REFERENCES "public"."slots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_child_id_children_id_fk" FOREIGN KEY ("child_id") REFERENCES "public"."children"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_benefit_id_benefits_id_fk" FOREIGN KEY ("benefit_id") REFERENCES "public"."benefits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "redemption_codes" ADD CONSTRAINT "redemption_codes_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "redemption_codes" ADD CONSTRAINT "redemption_codes_benefit_id_benefits_id_fk" FOREIGN KEY ("benefit_id") REFERENCES "public"."benefits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "redemption_codes" ADD CONSTRAINT "redemption_codes_child_id_children_id_fk" FOREIGN KEY ("child_id") REFERENCES "public"."children"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "redemption_codes" ADD CONSTRAINT "redemption_codes_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "redemptions" ADD CONSTRAINT "redemptions_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "redemptions" ADD CONSTRAINT "redemptions_benefit_id_benefits_id_fk" FOREIGN KEY ("benefit_id") REFERENCES "public"."benefits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "redemptions" ADD CONSTRAINT "redemptions_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "redemptions" ADD CONSTRAINT "redemptions_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "redemptions" ADD CONSTRAINT "redemptions_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slots" ADD CONSTRAINT "slots_benefit_id_benefits_id_fk" FOREIGN KEY ("benefit_id") REFERENCES "public"."benefits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slots" ADD CONSTRAINT "slots_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "store_staff" ADD CONSTRAINT "store_staff_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "store_staff" ADD CONSTRAINT "store_staff_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activity_versions" ADD CONSTRAINT "activity_versions_code_activities_code_fk" FOREIGN KEY ("code") REFERENCES "public"."activities"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activity_versions" ADD CONSTRAINT "activity_versions_assessment_id_impact_assessments_id_fk" FOREIGN KEY ("assessment_id") REFERENCES "public"."impact_assessments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activity_versions" ADD CONSTRAINT "activity_versions_activated_by_staff_id_fk" FOREIGN KEY ("activated_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brand_fields" ADD CONSTRAINT "brand_fields_added_by_staff_id_fk" FOREIGN KEY ("added_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "children" ADD CONSTRAINT "children_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent_events" ADD CONSTRAINT "consent_events_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent_events" ADD CONSTRAINT "consent_events_child_id_children_id_fk" FOREIGN KEY ("child_id") REFERENCES "public"."children"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent_events" ADD CONSTRAINT "consent_events_relation_id_guardian_relations_id_fk" FOREIGN KEY ("relation_id") REFERENCES "public"."guardian_relations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent_events" ADD CONSTRAINT "consent_events_served_id_served_events_id_fk" FOREIGN KEY ("served_id") REFERENCES "public"."served_events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent_events" ADD CONSTRAINT "consent_events_notice_version_id_notice_versions_id_fk" FOREIGN KEY ("notice_version_id") REFERENCES "public"."notice_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disposals" ADD CONSTRAINT "disposals_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disposals" ADD CONSTRAINT "disposals_child_id_children_id_fk" FOREIGN KEY ("child_id") REFERENCES "public"."children"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disposals" ADD CONSTRAINT "disposals_event_id_consent_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."consent_events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_child_id_children_id_fk" FOREIGN KEY ("child_id") REFERENCES "public"."children"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_decision_id_consent_events_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."consent_events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_notice_version_id_notice_versions_id_fk" FOREIGN KEY ("notice_version_id") REFERENCES "public"."notice_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_relation_id_guardian_relations_id_fk" FOREIGN KEY ("relation_id") REFERENCES "public"."guardian_relations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guardian_cases" ADD CONSTRAINT "guardian_cases_relation_id_guardian_relations_id_fk" FOREIGN KEY ("relation_id") REFERENCES "public"."guardian_relations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guardian_cases" ADD CONSTRAINT "guardian_cases_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guardian_cases" ADD CONSTRAINT "guardian_cases_opened_by_staff_id_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guardian_cases" ADD CONSTRAINT "guardian_cases_decided_by_staff_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guardian_relations" ADD CONSTRAINT "guardian_relations_child_id_children_id_fk" FOREIGN KEY ("child_id") REFERENCES "public"."children"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guardian_relations" ADD CONSTRAINT "guardian_relations_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "impact_assessments" ADD CONSTRAINT "impact_assessments_code_activities_code_fk" FOREIGN KEY ("code") REFERENCES "public"."activities"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "impact_assessments" ADD CONSTRAINT "impact_assessments_submitted_by_staff_id_fk" FOREIGN KEY ("submitted_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "impact_decisions" ADD CONSTRAINT "impact_decisions_assessment_id_impact_assessments_id_fk" FOREIGN KEY ("assessment_id") REFERENCES "public"."impact_assessments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "impact_decisions" ADD CONSTRAINT "impact_decisions_submitted_by_staff_id_fk" FOREIGN KEY ("submitted_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "impact_decisions" ADD CONSTRAINT "impact_decisions_decided_by_staff_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_drafts" ADD CONSTRAINT "notice_drafts_saved_by_staff_id_fk" FOREIGN KEY ("saved_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_drafts" ADD CONSTRAINT "notice_drafts_reviewed_by_staff_id_fk" FOREIGN KEY ("reviewed_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_versions" ADD CONSTRAINT "notice_versions_drafted_by_staff_id_fk" FOREIGN KEY ("drafted_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_versions" ADD CONSTRAINT "notice_versions_reviewed_by_staff_id_fk" FOREIGN KEY ("reviewed_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_versions" ADD CONSTRAINT "notice_versions_published_by_staff_id_fk" FOREIGN KEY ("published_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "read_tickets" ADD CONSTRAINT "read_tickets_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "read_tickets" ADD CONSTRAINT "read_tickets_child_id_children_id_fk" FOREIGN KEY ("child_id") REFERENCES "public"."children"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "read_tickets" ADD CONSTRAINT "read_tickets_requested_by_staff_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "read_tickets" ADD CONSTRAINT "read_tickets_decided_by_staff_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "restrictions" ADD CONSTRAINT "restrictions_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "served_events" ADD CONSTRAINT "served_events_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "served_events" ADD CONSTRAINT "served_events_child_id_children_id_fk" FOREIGN KEY ("child_id") REFERENCES "public"."children"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "served_events" ADD CONSTRAINT "served_events_notice_version_id_notice_versions_id_fk" FOREIGN KEY ("notice_version_id") REFERENCES "public"."notice_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "served_events" ADD CONSTRAINT "served_events_screen_hash_served_screens_hash_fk" FOREIGN KEY ("screen_hash") REFERENCES "public"."served_screens"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vault_values" ADD CONSTRAINT "vault_values_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vault_values" ADD CONSTRAINT "vault_values_child_id_children_id_fk" FOREIGN KEY ("child_id") REFERENCES "public"."children"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vault_values" ADD CONSTRAINT "vault_values_grant_id_grant_holds_grants_id_holds_values_fk" FOREIGN KEY ("grant_id","grant_holds") REFERENCES "public"."grants"("id","holds_values") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "benefit_grants_member" ON "benefit_grants" USING btree ("member_id","benefit_id");--> statement-breakpoint
CREATE INDEX "benefit_grants_benefit" ON "benefit_grants" USING btree ("benefit_id");--> statement-breakpoint
CREATE INDEX "benefit_grants_granted" ON "benefit_grants" USING btree ("granted_by");--> statement-breakpoint
CREATE INDEX "benefit_grants_revoked" ON "benefit_grants" USING btree ("revoked_by");--> statement-breakpoint
CREATE UNIQUE INDEX "benefit_versions_version" ON "benefit_versions" USING btree ("benefit_id","version");--> statement-breakpoint
CREATE INDEX "benefit_versions_drafted" ON "benefit_versions" USING btree ("drafted_by");--> statement-breakpoint
CREATE INDEX "benefit_versions_approved" ON "benefit_versions" USING btree ("approved_by");--> statement-breakpoint
CREATE INDEX "benefit_versions_published" ON "benefit_versions" USING btree ("published_by");--> statement-breakpoint
CREATE INDEX "benefits_saved" ON "benefits" USING btree ("saved_by");--> statement-breakpoint
CREATE INDEX "benefits_approved" ON "benefits" USING btree ("approved_by");--> statement-breakpoint
CREATE INDEX "benefits_retired" ON "benefits" USING btree ("retired_by");--> statement-breakpoint
CREATE UNIQUE INDEX "bookings_once" ON "bookings" USING btree ("slot_id","subject_id") WHERE "bookings"."state" = 'booked';--> statement-breakpoint
CREATE INDEX "bookings_slot" ON "bookings" USING btree ("slot_id","state");--> statement-breakpoint
CREATE INDEX "bookings_member" ON "bookings" USING btree ("member_id","created_at");--> statement-breakpoint
CREATE INDEX "bookings_benefit" ON "bookings" USING btree ("benefit_id");--> statement-breakpoint
CREATE INDEX "bookings_child" ON "bookings" USING btree ("child_id");--> statement-breakpoint
CREATE INDEX "entitlements_benefit" ON "entitlements" USING btree ("benefit_id");--> statement-breakpoint
CREATE UNIQUE INDEX "redemption_codes_digits" ON "redemption_codes" USING btree ("digits_hash");--> statement-breakpoint
CREATE INDEX "redemption_codes_member" ON "redemption_codes" USING btree ("member_id","benefit_id","state");--> statement-breakpoint
CREATE INDEX "redemption_codes_benefit" ON "redemption_codes" USING btree ("benefit_id");--> statement-breakpoint
CREATE INDEX "redemption_codes_child" ON "redemption_codes" USING btree ("child_id");--> statement-breakpoint
CREATE INDEX "redemption_codes_booking" ON "redemption_codes" USING btree ("booking_id");--> statement-breakpoint
CREATE INDEX "redemption_codes_expiry" ON "redemption_codes" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "redemptions_code" ON "redemptions" USING btree ("code_id");--> statement-breakpoint
CREATE UNIQUE INDEX "redemptions_booking" ON "redemptions" USING btree ("booking_id");--> statement-breakpoint
CREATE INDEX "redemptions_member" ON "redemptions" USING btree ("member_id","at");--> statement-breakpoint
CREATE INDEX "redemptions_benefit" ON "redemptions" USING btree ("benefit_id");--> statement-breakpoint
CREATE INDEX "redemptions_store" ON "redemptions" USING btree ("store_id","at");--> statement-breakpoint
CREATE INDEX "redemptions_staff" ON "redemptions" USING btree ("staff_id");--> statement-breakpoint
CREATE UNIQUE INDEX "slots_start" ON "slots" USING btree ("benefit_id","store_id","starts_at");--> statement-breakpoint
CREATE INDEX "slots_store" ON "slots" USING btree ("store_id","starts_at");--> statement-breakpoint
CREATE INDEX "store_staff_staff" ON "store_staff" USING btree ("staff_id");--> statement-breakpoint
CREATE INDEX "activity_versions_assessment" ON "activity_versions" USING btree ("assessment_id");--> statement-breakpoint
CREATE INDEX "activity_versions_activated" ON "activity_versions" USING btree ("activated_by");--> statement-breakpoint
CREATE INDEX "brand_fields_added" ON "brand_fields" USING btree ("added_by");--> statement-breakpoint
CREATE UNIQUE INDEX "children_ordinal" ON "children" USING btree ("member_id","ordinal");--> statement-breakpoint
CREATE UNIQUE INDEX "children_code" ON "children" USING btree ("code");--> statement-breakpoint
CREATE UNIQUE INDEX "consent_events_seq" ON "consent_events" USING btree ("member_id","seq");--> statement-breakpoint
CREATE INDEX "consent_events_child" ON "consent_events" USING btree ("child_id");--> statement-breakpoint
CREATE INDEX "consent_events_relation" ON "consent_events" USING btree ("relation_id");--> statement-breakpoint
CREATE INDEX "consent_events_served" ON "consent_events" USING btree ("served_id");--> statement-breakpoint
CREATE INDEX "consent_events_notice" ON "consent_events" USING btree ("notice_version_id");--> statement-breakpoint
CREATE INDEX "disposals_member" ON "disposals" USING btree ("member_id","at");--> statement-breakpoint
CREATE INDEX "disposals_child" ON "disposals" USING btree ("child_id");--> statement-breakpoint
CREATE INDEX "disposals_event" ON "disposals" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "disposals_at" ON "disposals" USING btree ("at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "grants_subject" ON "grants" USING btree ("member_id","subject_id","purpose");--> statement-breakpoint
CREATE INDEX "grants_child" ON "grants" USING btree ("child_id");--> statement-breakpoint
CREATE INDEX "grants_decision" ON "grants" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "grants_notice" ON "grants" USING btree ("notice_version_id");--> statement-breakpoint
CREATE INDEX "grants_relation" ON "grants" USING btree ("relation_id");--> statement-breakpoint
CREATE INDEX "grants_purpose" ON "grants" USING btree ("purpose","state","id");--> statement-breakpoint
CREATE INDEX "grants_hold" ON "grants" USING btree ("hold_until") WHERE "grants"."hold_until" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "guardian_cases_open" ON "guardian_cases" USING btree ("relation_id") WHERE "guardian_cases"."state" = 'open';--> statement-breakpoint
CREATE INDEX "guardian_cases_relation" ON "guardian_cases" USING btree ("relation_id");--> statement-breakpoint
CREATE INDEX "guardian_cases_member" ON "guardian_cases" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "guardian_cases_opened" ON "guardian_cases" USING btree ("opened_by");--> statement-breakpoint
CREATE INDEX "guardian_cases_decided" ON "guardian_cases" USING btree ("decided_by");--> statement-breakpoint
CREATE INDEX "guardian_cases_state" ON "guardian_cases" USING btree ("state","id");--> statement-breakpoint
CREATE UNIQUE INDEX "guardian_relations_open" ON "guardian_relations" USING btree ("child_id") WHERE "guardian_relations"."state" <> 'ended';--> statement-breakpoint
CREATE INDEX "guardian_relations_child" ON "guardian_relations" USING btree ("child_id");--> statement-breakpoint
CREATE INDEX "guardian_relations_member" ON "guardian_relations" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "impact_assessments_activity" ON "impact_assessments" USING btree ("code","id");--> statement-breakpoint
CREATE INDEX "impact_assessments_submitted" ON "impact_assessments" USING btree ("submitted_by");--> statement-breakpoint
CREATE INDEX "impact_decisions_submitted" ON "impact_decisions" USING btree ("submitted_by");--> statement-breakpoint
CREATE INDEX "impact_decisions_decided" ON "impact_decisions" USING btree ("decided_by");--> statement-breakpoint
CREATE INDEX "notice_drafts_saved" ON "notice_drafts" USING btree ("saved_by");--> statement-breakpoint
CREATE INDEX "notice_drafts_reviewed" ON "notice_drafts" USING btree ("reviewed_by");--> statement-breakpoint
CREATE UNIQUE INDEX "notice_versions_version" ON "notice_versions" USING btree ("key","version");--> statement-breakpoint
CREATE INDEX "notice_versions_drafted" ON "notice_versions" USING btree ("drafted_by");--> statement-breakpoint
CREATE INDEX "notice_versions_reviewed" ON "notice_versions" USING btree ("reviewed_by");--> statement-breakpoint
CREATE INDEX "notice_versions_published" ON "notice_versions" USING btree ("published_by");--> statement-breakpoint
CREATE INDEX "read_tickets_member" ON "read_tickets" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "read_tickets_child" ON "read_tickets" USING btree ("child_id");--> statement-breakpoint
CREATE INDEX "read_tickets_requested" ON "read_tickets" USING btree ("requested_by","requested_at");--> statement-breakpoint
CREATE INDEX "read_tickets_decided" ON "read_tickets" USING btree ("decided_by");--> statement-breakpoint
CREATE INDEX "read_tickets_state" ON "read_tickets" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "served_events_member" ON "served_events" USING btree ("member_id","purpose","shown_at");--> statement-breakpoint
CREATE INDEX "served_events_child" ON "served_events" USING btree ("child_id");--> statement-breakpoint
CREATE INDEX "served_events_notice" ON "served_events" USING btree ("notice_version_id");--> statement-breakpoint
CREATE INDEX "served_events_screen" ON "served_events" USING btree ("screen_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "vault_values_field" ON "vault_values" USING btree ("grant_id","field");--> statement-breakpoint
CREATE INDEX "vault_values_grant" ON "vault_values" USING btree ("grant_id","grant_holds");--> statement-breakpoint
CREATE INDEX "vault_values_member" ON "vault_values" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "vault_values_child" ON "vault_values" USING btree ("child_id");--> statement-breakpoint
CREATE INDEX "vault_values_expiry" ON "vault_values" USING btree ("expires_at") WHERE "vault_values"."expires_at" is not null;