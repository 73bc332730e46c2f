CREATE TABLE `benefit_grants` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`benefit_id` text NOT NULL,
	`uses` integer NOT NULL,
	`reason` text NOT NULL,
	`granted_by` text NOT NULL,
	`granted_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`revoked_by` text,
	`revoked_at` integer,
	`revoke_reason` text,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`benefit_id`) REFERENCES `benefits`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`granted_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`revoked_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "benefit_grants_uses" CHECK("benefit_grants"."uses" > 0)
);
--> statement-breakpoint
CREATE INDEX `benefit_grants_member` ON `benefit_grants` (`member_id`,`benefit_id`);--> statement-breakpoint
CREATE INDEX `benefit_grants_benefit` ON `benefit_grants` (`benefit_id`);--> statement-breakpoint
CREATE INDEX `benefit_grants_granted` ON `benefit_grants` (`granted_by`);--> statement-breakpoint
CREATE INDEX `benefit_grants_revoked` ON `benefit_grants` (`revoked_by`);--> statement-breakpoint
CREATE TABLE `benefit_versions` (
	`id` text PRIMARY KEY NOT NULL,
	`benefit_id` text NOT NULL,
	`version` integer NOT NULL,
	`terms` text NOT NULL,
	`drafted_by` text NOT NULL,
	`approved_by` text NOT NULL,
	`published_by` text NOT NULL,
	`published_at` integer NOT NULL,
	FOREIGN KEY (`benefit_id`) REFERENCES `benefits`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`drafted_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`approved_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`published_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "benefit_versions_two_people" CHECK("benefit_versions"."approved_by" <> "benefit_versions"."drafted_by")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `benefit_versions_version` ON `benefit_versions` (`benefit_id`,`version`);--> statement-breakpoint
CREATE INDEX `benefit_versions_drafted` ON `benefit_versions` (`drafted_by`);--> statement-breakpoint
CREATE INDEX `benefit_versions_approved` ON `benefit_versions` (`approved_by`);--> statement-breakpoint
CREATE INDEX `benefit_versions_published` ON `benefit_versions` (`published_by`);--> statement-breakpoint
CREATE TABLE `benefits` (
	`id` text PRIMARY KEY NOT NULL,
	`created_at` integer NOT NULL,
	`version` integer NOT NULL,
	`draft` text,
	`draft_hash` text,
	`editors` text NOT NULL,
	`saved_by` text NOT NULL,
	`saved_at` integer NOT NULL,
	`approved_by` text,
	`approved_at` integer,
	`retired_at` integer,
	`retired_by` text,
	FOREIGN KEY (`saved_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`approved_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`retired_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "benefits_two_people" CHECK("benefits"."approved_by" is null or "benefits"."approved_by" <> "benefits"."saved_by")
);
--> statement-breakpoint
CREATE INDEX `benefits_saved` ON `benefits` (`saved_by`);--> statement-breakpoint
CREATE INDEX `benefits_approved` ON `benefits` (`approved_by`);--> statement-breakpoint
CREATE INDEX `benefits_retired` ON `benefits` (`retired_by`);--> statement-breakpoint
CREATE TABLE `bookings` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`benefit_id` text NOT NULL,
	`slot_id` text NOT NULL,
	`child_id` text,
	`subject_id` text NOT NULL,
	`period` text NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`settled_at` integer,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`benefit_id`) REFERENCES `benefits`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`slot_id`) REFERENCES `slots`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`child_id`) REFERENCES `children`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "bookings_state" CHECK("bookings"."state" in ('booked', 'cancelled', 'redeemed'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `bookings_once` ON `bookings` (`slot_id`,`subject_id`) WHERE "bookings"."state" = 'booked';--> statement-breakpoint
CREATE INDEX `bookings_slot` ON `bookings` (`slot_id`,`state`);--> statement-breakpoint
CREATE INDEX `bookings_member` ON `bookings` (`member_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `bookings_benefit` ON `bookings` (`benefit_id`);--> statement-breakpoint
CREATE INDEX `bookings_child` ON `bookings` (`child_id`);--> statement-breakpoint
CREATE TABLE `entitlements` (
	`member_id` text NOT NULL,
	`benefit_id` text NOT NULL,
	`period` text NOT NULL,
	`allowance` integer NOT NULL,
	`used` integer NOT NULL,
	PRIMARY KEY(`member_id`, `benefit_id`, `period`),
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`benefit_id`) REFERENCES `benefits`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "entitlements_used" CHECK("entitlements"."used" >= 0 and "entitlements"."used" <= "entitlements"."allowance")
);
--> statement-breakpoint
CREATE INDEX `entitlements_benefit` ON `entitlements` (`benefit_id`);--> statement-breakpoint
CREATE TABLE `redemption_codes` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`benefit_id` text NOT NULL,
	`child_id` text,
	`booking_id` text,
	`digits_hash` blob NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`benefit_id`) REFERENCES `benefits`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`child_id`) REFERENCES `children`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`booking_id`) REFERENCES `bookings`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "redemption_codes_state" CHECK("redemption_codes"."state" in ('open', 'used', 'revoked'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `redemption_codes_digits` ON `redemption_codes` (`digits_hash`);--> statement-breakpoint
CREATE INDEX `redemption_codes_member` ON `redemption_codes` (`member_id`,`benefit_id`,`state`);--> statement-breakpoint
CREATE INDEX `redemption_codes_benefit` ON `redemption_codes` (`benefit_id`);--> statement-breakpoint
CREATE INDEX `redemption_codes_child` ON `redemption_codes` (`child_id`);--> statement-breakpoint
CREATE INDEX `redemption_codes_booking` ON `redemption_codes` (`booking_id`);--> statement-breakpoint
CREATE INDEX `redemption_codes_expiry` ON `redemption_codes` (`expires_at`);--> statement-breakpoint
CREATE TABLE `redemptions` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`benefit_id` text NOT NULL,
	`code_id` text NOT NULL,
	`booking_id` text,
	`period` text NOT NULL,
	`store_id` text NOT NULL,
	`staff_id` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`benefit_id`) REFERENCES `benefits`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`booking_id`) REFERENCES `bookings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`store_id`) REFERENCES `stores`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `redemptions_code` ON `redemptions` (`code_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `redemptions_booking` ON `redemptions` (`booking_id`);--> statement-breakpoint
CREATE INDEX `redemptions_member` ON `redemptions` (`member_id`,`at`);--> statement-breakpoint
CREATE INDEX `redemptions_benefit` ON `redemptions` (`benefit_id`);--> statement-breakpoint
CREATE INDEX `redemptions_store` ON `redemptions` (`store_id`,`at`);--> statement-breakpoint
CREATE INDEX `redemptions_staff` ON `redemptions` (`staff_id`);--> statement-breakpoint
CREATE TABLE `slots` (
	`id` text PRIMARY KEY NOT NULL,
	`benefit_id` text NOT NULL,
	`store_id` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`capacity` integer NOT NULL,
	`booked` integer NOT NULL,
	FOREIGN KEY (`benefit_id`) REFERENCES `benefits`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`store_id`) REFERENCES `stores`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "slots_booked" CHECK("slots"."booked" >= 0 and "slots"."booked" <= "slots"."capacity")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `slots_start` ON `slots` (`benefit_id`,`store_id`,`starts_at`);--> statement-breakpoint
CREATE INDEX `slots_store` ON `slots` (`store_id`,`starts_at`);--> statement-breakpoint
CREATE TABLE `store_staff` (
	`store_id` text NOT NULL,
	`staff_id` text NOT NULL,
	`since` integer NOT NULL,
	PRIMARY KEY(`store_id`, `staff_id`),
	FOREIGN KEY (`store_id`) REFERENCES `stores`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `store_staff_staff` ON `store_staff` (`staff_id`);--> statement-breakpoint
CREATE TABLE `stores` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`address` text NOT NULL,
	`open` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `activities` (
	`code` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`draft` text,
	`draft_hash` text,
	`editors` text NOT NULL,
	`saved_at` integer NOT NULL,
	`fresh_since` integer,
	CONSTRAINT "activities_state" CHECK(state in ('draft', 'active', 'suspended', 'retired'))
);
--> statement-breakpoint
CREATE TABLE `activity_versions` (
	`code` text NOT NULL,
	`version` integer NOT NULL,
	`terms` text NOT NULL,
	`terms_hash` text NOT NULL,
	`assessment_id` text,
	`activated_by` text NOT NULL,
	`activated_at` integer NOT NULL,
	PRIMARY KEY(`code`, `version`),
	FOREIGN KEY (`code`) REFERENCES `activities`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`assessment_id`) REFERENCES `impact_assessments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`activated_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `activity_versions_assessment` ON `activity_versions` (`assessment_id`);--> statement-breakpoint
CREATE INDEX `activity_versions_activated` ON `activity_versions` (`activated_by`);--> statement-breakpoint
CREATE TABLE `brand_fields` (
	`key` text PRIMARY KEY NOT NULL,
	`definition` text NOT NULL,
	`added_by` text NOT NULL,
	`added_at` integer NOT NULL,
	FOREIGN KEY (`added_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `brand_fields_added` ON `brand_fields` (`added_by`);--> statement-breakpoint
CREATE TABLE `children` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`ordinal` integer NOT NULL,
	`code` text NOT NULL,
	`added_at` integer NOT NULL,
	`removed_at` integer,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `children_ordinal` ON `children` (`member_id`,`ordinal`);--> statement-breakpoint
CREATE UNIQUE INDEX `children_code` ON `children` (`code`);--> statement-breakpoint
CREATE TABLE `consent_events` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`seq` integer NOT NULL,
	`child_id` text,
	`relation_id` text,
	`purpose` text NOT NULL,
	`purpose_version` integer NOT NULL,
	`action` text NOT NULL,
	`reason` text,
	`served_id` text NOT NULL,
	`notice_version_id` text NOT NULL,
	`notice_hash` text NOT NULL,
	`fields` text NOT NULL,
	`channel` text,
	`locale` text,
	`at` integer NOT NULL,
	`previous_hash` text,
	`hash` text NOT NULL,
	`audit_entry_id` text NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`child_id`) REFERENCES `children`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`relation_id`) REFERENCES `guardian_relations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`served_id`) REFERENCES `served_events`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`notice_version_id`) REFERENCES `notice_versions`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "consent_events_action" CHECK("consent_events"."action" in ('grant', 'refuse', 'withdraw', 'supersede', 'expire', 'invalidate'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `consent_events_seq` ON `consent_events` (`member_id`,`seq`);--> statement-breakpoint
CREATE INDEX `consent_events_child` ON `consent_events` (`child_id`);--> statement-breakpoint
CREATE INDEX `consent_events_relation` ON `consent_events` (`relation_id`);--> statement-breakpoint
CREATE INDEX `consent_events_served` ON `consent_events` (`served_id`);--> statement-breakpoint
CREATE INDEX `consent_events_notice` ON `consent_events` (`notice_version_id`);--> statement-breakpoint
CREATE TABLE `disposals` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`child_id` text,
	`purpose` text NOT NULL,
	`fields` text NOT NULL,
	`erased` integer NOT NULL,
	`remaining` integer NOT NULL,
	`trigger` text NOT NULL,
	`event_id` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`child_id`) REFERENCES `children`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`event_id`) REFERENCES `consent_events`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "disposals_remaining" CHECK("disposals"."remaining" = 0)
);
--> statement-breakpoint
CREATE INDEX `disposals_member` ON `disposals` (`member_id`,`at`);--> statement-breakpoint
CREATE INDEX `disposals_child` ON `disposals` (`child_id`);--> statement-breakpoint
CREATE INDEX `disposals_event` ON `disposals` (`event_id`);--> statement-breakpoint
CREATE INDEX `disposals_at` ON `disposals` (`at`,`id`);--> statement-breakpoint
CREATE TABLE `grants` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`child_id` text,
	`subject_id` text NOT NULL,
	`purpose` text NOT NULL,
	`state` text NOT NULL,
	`since` integer NOT NULL,
	`last_seq` integer NOT NULL,
	`decision_id` text NOT NULL,
	`purpose_version` integer NOT NULL,
	`notice_version_id` text NOT NULL,
	`fields` text NOT NULL,
	`relation_id` text,
	`hold_until` integer,
	`holds_values` integer NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`child_id`) REFERENCES `children`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decision_id`) REFERENCES `consent_events`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`notice_version_id`) REFERENCES `notice_versions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`relation_id`) REFERENCES `guardian_relations`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "grants_state" CHECK("grants"."state" in ('granted', 'refused', 'withdrawn', 'superseded', 'expired', 'invalidated')),
	CONSTRAINT "grants_holds" CHECK(not "grants"."holds_values" or "grants"."state" = 'granted' or ("grants"."state" = 'superseded' and "grants"."hold_until" is not null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `grants_subject` ON `grants` (`member_id`,`subject_id`,`purpose`);--> statement-breakpoint
CREATE UNIQUE INDEX `grants_holding` ON `grants` (`id`,`holds_values`);--> statement-breakpoint
CREATE INDEX `grants_child` ON `grants` (`child_id`);--> statement-breakpoint
CREATE INDEX `grants_decision` ON `grants` (`decision_id`);--> statement-breakpoint
CREATE INDEX `grants_notice` ON `grants` (`notice_version_id`);--> statement-breakpoint
CREATE INDEX `grants_relation` ON `grants` (`relation_id`);--> statement-breakpoint
CREATE INDEX `grants_purpose` ON `grants` (`purpose`,`state`,`id`);--> statement-breakpoint
CREATE INDEX `grants_hold` ON `grants` (`hold_until`) WHERE "grants"."hold_until" is not null;--> statement-breakpoint
CREATE TABLE `guardian_cases` (
	`id` text PRIMARY KEY NOT NULL,
	`relation_id` text NOT NULL,
	`reason` text NOT NULL,
	`member_id` text,
	`opened_by` text,
	`opened_at` integer NOT NULL,
	`state` text NOT NULL,
	`note` text,
	`decided_by` text,
	`decided_at` integer,
	FOREIGN KEY (`relation_id`) REFERENCES `guardian_relations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`opened_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `guardian_cases_open` ON `guardian_cases` (`relation_id`) WHERE "guardian_cases"."state" = 'open';--> statement-breakpoint
CREATE INDEX `guardian_cases_relation` ON `guardian_cases` (`relation_id`);--> statement-breakpoint
CREATE INDEX `guardian_cases_member` ON `guardian_cases` (`member_id`);--> statement-breakpoint
CREATE INDEX `guardian_cases_opened` ON `guardian_cases` (`opened_by`);--> statement-breakpoint
CREATE INDEX `guardian_cases_decided` ON `guardian_cases` (`decided_by`);--> statement-breakpoint
CREATE INDEX `guardian_cases_state` ON `guardian_cases` (`state`,`id`);--> statement-breakpoint
CREATE TABLE `guardian_relations` (
	`id` text PRIMARY KEY NOT NULL,
	`child_id` text NOT NULL,
	`member_id` text NOT NULL,
	`relation` text NOT NULL,
	`method` text NOT NULL,
	`state` text NOT NULL,
	`declared_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`child_id`) REFERENCES `children`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "guardian_relations_state" CHECK("guardian_relations"."state" in ('active', 'disputed', 'ended'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `guardian_relations_open` ON `guardian_relations` (`child_id`) WHERE "guardian_relations"."state" <> 'ended';--> statement-breakpoint
CREATE INDEX `guardian_relations_child` ON `guardian_relations` (`child_id`);--> statement-breakpoint
CREATE INDEX `guardian_relations_member` ON `guardian_relations` (`member_id`);--> statement-breakpoint
CREATE TABLE `impact_assessments` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`terms_hash` text NOT NULL,
	`content` text NOT NULL,
	`submitted_by` text NOT NULL,
	`submitted_at` integer NOT NULL,
	FOREIGN KEY (`code`) REFERENCES `activities`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`submitted_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `impact_assessments_activity` ON `impact_assessments` (`code`,`id`);--> statement-breakpoint
CREATE INDEX `impact_assessments_submitted` ON `impact_assessments` (`submitted_by`);--> statement-breakpoint
CREATE TABLE `impact_decisions` (
	`assessment_id` text PRIMARY KEY NOT NULL,
	`approved` integer NOT NULL,
	`note` text NOT NULL,
	`submitted_by` text NOT NULL,
	`decided_by` text NOT NULL,
	`decided_at` integer NOT NULL,
	`keep_until` integer NOT NULL,
	FOREIGN KEY (`assessment_id`) REFERENCES `impact_assessments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`submitted_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "impact_decisions_two_people" CHECK("impact_decisions"."decided_by" <> "impact_decisions"."submitted_by")
);
--> statement-breakpoint
CREATE INDEX `impact_decisions_submitted` ON `impact_decisions` (`submitted_by`);--> statement-breakpoint
CREATE INDEX `impact_decisions_decided` ON `impact_decisions` (`decided_by`);--> statement-breakpoint
CREATE TABLE `notice_drafts` (
	`key` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`content` text NOT NULL,
	`content_hash` text NOT NULL,
	`editors` text NOT NULL,
	`saved_by` text NOT NULL,
	`saved_at` integer NOT NULL,
	`reviewed_by` text,
	`reviewed_at` integer,
	FOREIGN KEY (`saved_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reviewed_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "notice_drafts_two_people" CHECK("notice_drafts"."reviewed_by" is null or "notice_drafts"."reviewed_by" <> "notice_drafts"."saved_by")
);
--> statement-breakpoint
CREATE INDEX `notice_drafts_saved` ON `notice_drafts` (`saved_by`);--> statement-breakpoint
CREATE INDEX `notice_drafts_reviewed` ON `notice_drafts` (`reviewed_by`);--> statement-breakpoint
CREATE TABLE `notice_versions` (
	`id` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`kind` text NOT NULL,
	`version` integer NOT NULL,
	`content` text NOT NULL,
	`purposes` text NOT NULL,
	`hash` text NOT NULL,
	`material` integer NOT NULL,
	`material_reason` text NOT NULL,
	`drafted_by` text NOT NULL,
	`reviewed_by` text NOT NULL,
	`published_by` text NOT NULL,
	`published_at` integer NOT NULL,
	FOREIGN KEY (`drafted_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reviewed_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`published_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "notice_versions_two_people" CHECK("notice_versions"."reviewed_by" <> "notice_versions"."drafted_by")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `notice_versions_version` ON `notice_versions` (`key`,`version`);--> statement-breakpoint
CREATE INDEX `notice_versions_drafted` ON `notice_versions` (`drafted_by`);--> statement-breakpoint
CREATE INDEX `notice_versions_reviewed` ON `notice_versions` (`reviewed_by`);--> statement-breakpoint
CREATE INDEX `notice_versions_published` ON `notice_versions` (`published_by`);--> statement-breakpoint
CREATE TABLE `read_tickets` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`child_id` text,
	`purpose` text NOT NULL,
	`fields` text NOT NULL,
	`reason` text NOT NULL,
	`requested_by` text NOT NULL,
	`requested_at` integer NOT NULL,
	`state` text NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`child_id`) REFERENCES `children`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`requested_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "read_tickets_two_people" CHECK("read_tickets"."decided_by" is null or "read_tickets"."decided_by" <> "read_tickets"."requested_by")
);
--> statement-breakpoint
CREATE INDEX `read_tickets_member` ON `read_tickets` (`member_id`);--> statement-breakpoint
CREATE INDEX `read_tickets_child` ON `read_tickets` (`child_id`);--> statement-breakpoint
CREATE INDEX `read_tickets_requested` ON `read_tickets` (`requested_by`,`requested_at`);--> statement-breakpoint
CREATE INDEX `read_tickets_decided` ON `read_tickets` (`decided_by`);--> statement-breakpoint
CREATE INDEX `read_tickets_state` ON `read_tickets` (`state`,`id`);--> statement-breakpoint
CREATE TABLE `restrictions` (
	`member_id` text NOT NULL,
	`purpose` text NOT NULL,
	`since` integer NOT NULL,
	PRIMARY KEY(`member_id`, `purpose`),
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `served_events` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`child_id` text,
	`purpose` text NOT NULL,
	`purpose_version` integer NOT NULL,
	`notice_version_id` text NOT NULL,
	`notice_hash` text NOT NULL,
	`channel` text NOT NULL,
	`locale` text NOT NULL,
	`screen_hash` text NOT NULL,
	`shown_at` integer NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`child_id`) REFERENCES `children`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`notice_version_id`) REFERENCES `notice_versions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`screen_hash`) REFERENCES `served_screens`(`hash`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `served_events_member` ON `served_events` (`member_id`,`purpose`,`shown_at`);--> statement-breakpoint
CREATE INDEX `served_events_child` ON `served_events` (`child_id`);--> statement-breakpoint
CREATE INDEX `served_events_notice` ON `served_events` (`notice_version_id`);--> statement-breakpoint
CREATE INDEX `served_events_screen` ON `served_events` (`screen_hash`);--> statement-breakpoint
CREATE TABLE `served_screens` (
	`hash` text PRIMARY KEY NOT NULL,
	`locale` text NOT NULL,
	`words` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `vault_values` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`child_id` text,
	`grant_id` text NOT NULL,
	`grant_holds` integer NOT NULL,
	`field` text NOT NULL,
	`sealed` blob NOT NULL,
	`collected_at` integer NOT NULL,
	`expires_at` integer,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`child_id`) REFERENCES `children`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`grant_id`,`grant_holds`) REFERENCES `grants`(`id`,`holds_values`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "vault_values_grant_holds" CHECK("vault_values"."grant_holds")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `vault_values_field` ON `vault_values` (`grant_id`,`field`);--> statement-breakpoint
CREATE INDEX `vault_values_grant` ON `vault_values` (`grant_id`,`grant_holds`);--> statement-breakpoint
CREATE INDEX `vault_values_member` ON `vault_values` (`member_id`);--> statement-breakpoint
CREATE INDEX `vault_values_child` ON `vault_values` (`child_id`);--> statement-breakpoint
CREATE INDEX `vault_values_expiry` ON `vault_values` (`expires_at`) WHERE "vault_values"."expires_at" is not null;