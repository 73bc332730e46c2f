CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`start` text NOT NULL,
	`hash` blob NOT NULL,
	`scopes` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_used_day` text,
	`revoked_at` integer,
	`refused_day` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_hash` ON `api_keys` (`hash`);--> statement-breakpoint
CREATE INDEX `api_keys_created` ON `api_keys` (`created_at`);--> statement-breakpoint
CREATE TABLE `audit_checkpoints` (
	`size` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`root` blob NOT NULL,
	`previous` blob,
	`note` text NOT NULL,
	`edge` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `audit_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` text,
	`role` text,
	`action` text NOT NULL,
	`purpose` text,
	`subject_kind` text NOT NULL,
	`subject_id` text,
	`member_id` text,
	`request_id` text NOT NULL,
	`outcome` text NOT NULL,
	`detail` text NOT NULL,
	`commitment` blob
);
--> statement-breakpoint
CREATE INDEX `audit_entries_at` ON `audit_entries` (`at`,`id`);--> statement-breakpoint
CREATE INDEX `audit_entries_action` ON `audit_entries` (`action`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `audit_entries_actor` ON `audit_entries` (`actor_id`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `audit_entries_subject` ON `audit_entries` (`subject_id`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `audit_entries_member` ON `audit_entries` (`member_id`,`at`,`id`);--> statement-breakpoint
CREATE TABLE `audit_leaves` (
	`seq` integer PRIMARY KEY NOT NULL,
	`entry_id` text NOT NULL,
	`hash` blob NOT NULL,
	FOREIGN KEY (`entry_id`) REFERENCES `audit_entries`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_leaves_entry` ON `audit_leaves` (`entry_id`);--> statement-breakpoint
CREATE TABLE `audit_nodes` (
	`height` integer NOT NULL,
	`position` integer NOT NULL,
	`hash` blob NOT NULL,
	PRIMARY KEY(`height`, `position`)
);
--> statement-breakpoint
CREATE TABLE `audit_pending` (
	`entry_id` text PRIMARY KEY NOT NULL,
	FOREIGN KEY (`entry_id`) REFERENCES `audit_entries`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `limit_counters` (
	`bucket` text NOT NULL,
	`key` blob NOT NULL,
	`uses` text NOT NULL,
	`refused_at` integer,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`bucket`, `key`)
);
--> statement-breakpoint
CREATE INDEX `limit_counters_expiry` ON `limit_counters` (`expires_at`);--> statement-breakpoint
CREATE TABLE `passkey_challenges` (
	`id` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`challenge` text NOT NULL,
	`browser` blob NOT NULL,
	`subject_id` text,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `passkey_challenges_challenge` ON `passkey_challenges` (`challenge`);--> statement-breakpoint
CREATE INDEX `passkey_challenges_expiry` ON `passkey_challenges` (`expires_at`);--> statement-breakpoint
CREATE TABLE `idempotent_answers` (
	`actor` text NOT NULL,
	`key` text NOT NULL,
	`request_hash` blob NOT NULL,
	`status` integer NOT NULL,
	`answer` text NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`actor`, `key`)
);
--> statement-breakpoint
CREATE INDEX `idempotent_answers_expiry` ON `idempotent_answers` (`expires_at`);--> statement-breakpoint
CREATE TABLE `job_schedules` (
	`kind` text PRIMARY KEY NOT NULL,
	`last_day` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`payload` text NOT NULL,
	`state` text NOT NULL,
	`due_at` integer,
	`fence` integer NOT NULL,
	`attempts` integer NOT NULL,
	`dedupe_key` text,
	`progress` text,
	`last_error` text,
	`created_at` integer NOT NULL,
	`finished_at` integer
);
--> statement-breakpoint
CREATE INDEX `jobs_due` ON `jobs` (`due_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_dedupe` ON `jobs` (`kind`,`dedupe_key`);--> statement-breakpoint
CREATE INDEX `jobs_finished` ON `jobs` (`finished_at`);--> statement-breakpoint
CREATE TABLE `member_keys` (
	`member_id` text PRIMARY KEY NOT NULL,
	`wrapped` blob NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `member_passkeys` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`credential_id` text NOT NULL,
	`public_key` blob NOT NULL,
	`counter` integer NOT NULL,
	`transports` text NOT NULL,
	`backed_up` integer NOT NULL,
	`device` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_used_at` integer,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `member_passkeys_credential` ON `member_passkeys` (`credential_id`);--> statement-breakpoint
CREATE INDEX `member_passkeys_member` ON `member_passkeys` (`member_id`);--> statement-breakpoint
CREATE TABLE `member_phones` (
	`member_id` text PRIMARY KEY NOT NULL,
	`sealed` blob NOT NULL,
	`phone_index` blob NOT NULL,
	`verified_at` integer NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `member_phones_index` ON `member_phones` (`phone_index`);--> statement-breakpoint
CREATE TABLE `member_sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`token_hash` blob NOT NULL,
	`device` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `member_sessions_token` ON `member_sessions` (`token_hash`);--> statement-breakpoint
CREATE INDEX `member_sessions_member` ON `member_sessions` (`member_id`);--> statement-breakpoint
CREATE INDEX `member_sessions_expiry` ON `member_sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `member_totals` (
	`bucket` integer PRIMARY KEY NOT NULL,
	`active` integer NOT NULL,
	CONSTRAINT "member_totals_active" CHECK("member_totals"."active" >= 0)
);
--> statement-breakpoint
CREATE TABLE `members` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`state` text NOT NULL,
	`joined_at` integer NOT NULL,
	`closed_at` integer,
	CONSTRAINT "members_state" CHECK("members"."state" in ('active', 'closed'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `members_number` ON `members` (`number`);--> statement-breakpoint
CREATE INDEX `members_joined` ON `members` (`state`,`joined_at`,`id`);--> statement-breakpoint
CREATE TABLE `one_time_codes` (
	`id` text PRIMARY KEY NOT NULL,
	`phone_index` blob NOT NULL,
	`purpose` text NOT NULL,
	`browser` blob NOT NULL,
	`code_hash` blob NOT NULL,
	`message` blob,
	`tries_left` integer NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`handed_over_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_time_codes_for` ON `one_time_codes` (`phone_index`,`purpose`,`browser`);--> statement-breakpoint
CREATE INDEX `one_time_codes_expiry` ON `one_time_codes` (`expires_at`);--> statement-breakpoint
CREATE TABLE `sms_outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`browser` blob NOT NULL,
	`sealed` blob NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sms_outbox_browser` ON `sms_outbox` (`browser`,`created_at`);--> statement-breakpoint
CREATE TABLE `decisions` (
	`id` text PRIMARY KEY NOT NULL,
	`set_id` text NOT NULL,
	`question` text NOT NULL,
	`result` text NOT NULL,
	`result_hash` text NOT NULL,
	`group_hash` text NOT NULL,
	`decided_at` integer NOT NULL,
	FOREIGN KEY (`set_id`) REFERENCES `offer_sets`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `offer_budgets` (
	`version_id` text PRIMARY KEY NOT NULL,
	`limit_count` integer,
	`limit_fen` integer,
	`used_count` integer NOT NULL,
	`used_fen` integer NOT NULL,
	`redeemed_count` integer NOT NULL,
	`redeemed_fen` integer NOT NULL,
	`exhausted_at` integer,
	FOREIGN KEY (`version_id`) REFERENCES `offer_versions`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "offer_budgets_count" CHECK("offer_budgets"."used_count" >= 0 and ("offer_budgets"."limit_count" is null or "offer_budgets"."used_count" <= "offer_budgets"."limit_count")),
	CONSTRAINT "offer_budgets_fen" CHECK("offer_budgets"."used_fen" >= 0 and ("offer_budgets"."limit_fen" is null or "offer_budgets"."used_fen" <= "offer_budgets"."limit_fen"))
);
--> statement-breakpoint
CREATE TABLE `offer_code_batches` (
	`id` text PRIMARY KEY NOT NULL,
	`offer_id` text NOT NULL,
	`count` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`offer_id`) REFERENCES `offers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `offer_code_batches_offer` ON `offer_code_batches` (`offer_id`);--> statement-breakpoint
CREATE INDEX `offer_code_batches_created` ON `offer_code_batches` (`created_by`);--> statement-breakpoint
CREATE TABLE `offer_codes` (
	`code_hash` blob PRIMARY KEY NOT NULL,
	`batch_id` text NOT NULL,
	`offer_id` text NOT NULL,
	`taken` integer NOT NULL,
	FOREIGN KEY (`batch_id`) REFERENCES `offer_code_batches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`offer_id`) REFERENCES `offers`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `offer_codes_batch` ON `offer_codes` (`batch_id`,`taken`);--> statement-breakpoint
CREATE INDEX `offer_codes_offer` ON `offer_codes` (`offer_id`);--> statement-breakpoint
CREATE TABLE `offer_drafts` (
	`offer_id` text PRIMARY KEY NOT NULL,
	`terms` text NOT NULL,
	`terms_hash` text NOT NULL,
	`saved_by` text NOT NULL,
	`saved_at` integer NOT NULL,
	`editors` text NOT NULL,
	`approved_by` text,
	`approved_at` integer,
	`second_approved_by` text,
	`second_approved_at` integer,
	FOREIGN KEY (`offer_id`) REFERENCES `offers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`saved_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`approved_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`second_approved_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "offer_drafts_two_people" CHECK("offer_drafts"."approved_by" is null or "offer_drafts"."approved_by" <> "offer_drafts"."saved_by"),
	CONSTRAINT "offer_drafts_three_people" CHECK("offer_drafts"."second_approved_by" is null or ("offer_drafts"."second_approved_by" <> "offer_drafts"."saved_by" and "offer_drafts"."second_approved_by" <> "offer_drafts"."approved_by"))
);
--> statement-breakpoint
CREATE INDEX `offer_drafts_saved` ON `offer_drafts` (`saved_by`);--> statement-breakpoint
CREATE INDEX `offer_drafts_approved` ON `offer_drafts` (`approved_by`);--> statement-breakpoint
CREATE INDEX `offer_drafts_second` ON `offer_drafts` (`second_approved_by`);--> statement-breakpoint
CREATE TABLE `offer_reservations` (
	`id` text PRIMARY KEY NOT NULL,
	`decision_id` text NOT NULL,
	`member_id` text NOT NULL,
	`offer_id` text NOT NULL,
	`version_id` text NOT NULL,
	`period` text NOT NULL,
	`discount_fen` integer NOT NULL,
	`code_hash` blob,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`settled_at` integer,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`offer_id`) REFERENCES `offers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`version_id`) REFERENCES `offer_versions`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "offer_reservations_state" CHECK("offer_reservations"."state" in ('held', 'redeemed', 'released', 'expired'))
);
--> statement-breakpoint
CREATE INDEX `offer_reservations_decision` ON `offer_reservations` (`decision_id`,`offer_id`);--> statement-breakpoint
CREATE INDEX `offer_reservations_member` ON `offer_reservations` (`member_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `offer_reservations_offer` ON `offer_reservations` (`offer_id`);--> statement-breakpoint
CREATE INDEX `offer_reservations_version` ON `offer_reservations` (`version_id`);--> statement-breakpoint
CREATE INDEX `offer_reservations_held` ON `offer_reservations` (`offer_id`,`expires_at`) WHERE "offer_reservations"."state" = 'held';--> statement-breakpoint
CREATE TABLE `offer_retirements` (
	`offer_id` text PRIMARY KEY NOT NULL,
	`retires_at` integer NOT NULL,
	`decided_by` text NOT NULL,
	`decided_at` integer NOT NULL,
	FOREIGN KEY (`offer_id`) REFERENCES `offers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `offer_retirements_decided` ON `offer_retirements` (`decided_by`);--> statement-breakpoint
CREATE TABLE `offer_sets` (
	`id` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`versions` text NOT NULL,
	`first_used_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `offer_sets_hash` ON `offer_sets` (`hash`);--> statement-breakpoint
CREATE TABLE `offer_stamp` (
	`id` integer PRIMARY KEY NOT NULL,
	`stamp` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `offer_uses` (
	`member_id` text NOT NULL,
	`offer_id` text NOT NULL,
	`period` text NOT NULL,
	`used` integer NOT NULL,
	PRIMARY KEY(`member_id`, `offer_id`, `period`),
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`offer_id`) REFERENCES `offers`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "offer_uses_used" CHECK("offer_uses"."used" >= 0)
);
--> statement-breakpoint
CREATE INDEX `offer_uses_offer` ON `offer_uses` (`offer_id`);--> statement-breakpoint
CREATE TABLE `offer_versions` (
	`id` text PRIMARY KEY NOT NULL,
	`offer_id` text NOT NULL,
	`version` integer NOT NULL,
	`terms` text NOT NULL,
	`effective_from` integer NOT NULL,
	`published_at` integer NOT NULL,
	`drafted_by` text NOT NULL,
	`approved_by` text NOT NULL,
	`second_approved_by` text,
	`published_by` text NOT NULL,
	FOREIGN KEY (`offer_id`) REFERENCES `offers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`drafted_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`approved_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`second_approved_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`published_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "offer_versions_two_people" CHECK("offer_versions"."approved_by" <> "offer_versions"."drafted_by")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `offer_versions_version` ON `offer_versions` (`offer_id`,`version`);--> statement-breakpoint
CREATE INDEX `offer_versions_drafted` ON `offer_versions` (`drafted_by`);--> statement-breakpoint
CREATE INDEX `offer_versions_approved` ON `offer_versions` (`approved_by`);--> statement-breakpoint
CREATE INDEX `offer_versions_second` ON `offer_versions` (`second_approved_by`);--> statement-breakpoint
CREATE INDEX `offer_versions_published` ON `offer_versions` (`published_by`);--> statement-breakpoint
CREATE TABLE `offers` (
	`id` text PRIMARY KEY NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `showcase_products` (
	`sku` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`category` text NOT NULL,
	`list_price_fen` integer NOT NULL,
	`position` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `claim_keys` (
	`order_key` blob NOT NULL,
	`claim_id` text NOT NULL,
	PRIMARY KEY(`order_key`, `claim_id`),
	FOREIGN KEY (`claim_id`) REFERENCES `claims`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `claim_keys_claim` ON `claim_keys` (`claim_id`);--> statement-breakpoint
CREATE TABLE `claims` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`state` text NOT NULL,
	`masked_id` text NOT NULL,
	`fact_kind` text NOT NULL,
	`fact_hash` blob NOT NULL,
	`order_id` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`decided_at` integer,
	`decided_by` text,
	`reason` text,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `claims_member` ON `claims` (`member_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `claims_order` ON `claims` (`order_id`) WHERE "claims"."order_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `claims_state` ON `claims` (`state`,`created_at`);--> statement-breakpoint
CREATE TABLE `import_batches` (
	`id` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`file_name` text NOT NULL,
	`sha256` blob NOT NULL,
	`file_bytes` integer NOT NULL,
	`upload_id` text,
	`source` text NOT NULL,
	`chosen` text NOT NULL,
	`platform` text,
	`layout` text,
	`container` text,
	`encoding` text,
	`columns` text NOT NULL,
	`file_codes` text NOT NULL,
	`counters` text NOT NULL,
	`changed` integer NOT NULL,
	`sample` text NOT NULL,
	`cursor` integer NOT NULL,
	`rows_total` integer,
	`fence` integer NOT NULL,
	`job_id` text,
	`same_as` text,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`started_at` integer,
	`alive_at` integer,
	`finished_at` integer
);
--> statement-breakpoint
CREATE INDEX `import_batches_sha256` ON `import_batches` (`sha256`);--> statement-breakpoint
CREATE UNIQUE INDEX `import_batches_upload` ON `import_batches` (`upload_id`);--> statement-breakpoint
CREATE TABLE `import_findings` (
	`batch_id` text NOT NULL,
	`position` integer NOT NULL,
	`kind` text NOT NULL,
	`row` integer NOT NULL,
	`column` text,
	`code` text NOT NULL,
	`masked` text,
	PRIMARY KEY(`batch_id`, `position`),
	FOREIGN KEY (`batch_id`) REFERENCES `import_batches`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `import_rejects` (
	`batch_id` text NOT NULL,
	`position` integer NOT NULL,
	`sealed` blob NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`batch_id`, `position`),
	FOREIGN KEY (`batch_id`) REFERENCES `import_batches`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `import_rejects_expiry` ON `import_rejects` (`expires_at`);--> statement-breakpoint
CREATE TABLE `orders` (
	`id` text PRIMARY KEY NOT NULL,
	`platform` text NOT NULL,
	`order_key` blob NOT NULL,
	`masked_id` text NOT NULL,
	`status` text NOT NULL,
	`paid` integer NOT NULL,
	`refunded` integer NOT NULL,
	`refund_unknown` integer NOT NULL,
	`placed_at` integer NOT NULL,
	`paid_at` integer,
	`shipped_at` integer,
	`completed_at` integer,
	`parts` text NOT NULL,
	`revision` integer NOT NULL,
	`batch_id` text NOT NULL,
	`owner_id` text,
	FOREIGN KEY (`batch_id`) REFERENCES `import_batches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`owner_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `orders_key` ON `orders` (`order_key`);--> statement-breakpoint
CREATE INDEX `orders_placed` ON `orders` (`placed_at`);--> statement-breakpoint
CREATE INDEX `orders_masked` ON `orders` (`masked_id`);--> statement-breakpoint
CREATE INDEX `orders_batch` ON `orders` (`batch_id`);--> statement-breakpoint
CREATE INDEX `orders_owner` ON `orders` (`owner_id`,`placed_at`) WHERE "orders"."owner_id" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `virtual_numbers` (
	`order_id` text PRIMARY KEY NOT NULL,
	`sealed` blob NOT NULL,
	`masked` text NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `virtual_numbers_expiry` ON `virtual_numbers` (`expires_at`);--> statement-breakpoint
CREATE TABLE `staff` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email_sealed` blob NOT NULL,
	`email_index` blob NOT NULL,
	`state` text NOT NULL,
	`password_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "staff_state" CHECK("staff"."state" in ('active', 'suspended'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_email` ON `staff` (`email_index`);--> statement-breakpoint
CREATE TABLE `staff_invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`email_sealed` blob NOT NULL,
	`email_index` blob NOT NULL,
	`roles` text NOT NULL,
	`token_hash` blob NOT NULL,
	`invited_by` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`closed_at` integer,
	FOREIGN KEY (`invited_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_invitations_token` ON `staff_invitations` (`token_hash`);--> statement-breakpoint
CREATE INDEX `staff_invitations_email` ON `staff_invitations` (`email_index`);--> statement-breakpoint
CREATE INDEX `staff_invitations_by` ON `staff_invitations` (`invited_by`);--> statement-breakpoint
CREATE INDEX `staff_invitations_created` ON `staff_invitations` (`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `staff_passkeys` (
	`id` text PRIMARY KEY NOT NULL,
	`staff_id` text NOT NULL,
	`credential_id` text NOT NULL,
	`public_key` blob NOT NULL,
	`counter` integer NOT NULL,
	`transports` text NOT NULL,
	`backed_up` integer NOT NULL,
	`device` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_used_at` integer,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_passkeys_credential` ON `staff_passkeys` (`credential_id`);--> statement-breakpoint
CREATE INDEX `staff_passkeys_staff` ON `staff_passkeys` (`staff_id`);--> statement-breakpoint
CREATE TABLE `staff_roles` (
	`staff_id` text NOT NULL,
	`role` text NOT NULL,
	`assigned_at` integer NOT NULL,
	PRIMARY KEY(`staff_id`, `role`),
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `staff_roles_role` ON `staff_roles` (`role`);--> statement-breakpoint
CREATE TABLE `staff_sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`staff_id` text NOT NULL,
	`token_hash` blob NOT NULL,
	`device` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`stepped_up_at` integer,
	`expires_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_sessions_token` ON `staff_sessions` (`token_hash`);--> statement-breakpoint
CREATE INDEX `staff_sessions_staff` ON `staff_sessions` (`staff_id`);--> statement-breakpoint
CREATE INDEX `staff_sessions_expiry` ON `staff_sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `staff_totps` (
	`staff_id` text PRIMARY KEY NOT NULL,
	`secret_sealed` blob NOT NULL,
	`last_step` integer NOT NULL,
	`confirmed_at` integer NOT NULL,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `growth_lines` (
	`member_id` text NOT NULL,
	`id` text NOT NULL,
	`order_id` text NOT NULL,
	`seq` integer NOT NULL,
	`growth` integer NOT NULL,
	`earned_at` integer,
	`recorded_at` integer NOT NULL,
	`reason` text NOT NULL,
	`revision` integer,
	PRIMARY KEY(`member_id`, `id`),
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `growth_lines_order` ON `growth_lines` (`member_id`,`order_id`,`seq`);--> statement-breakpoint
CREATE TABLE `tier_assignments` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`tier` text NOT NULL,
	`reason` text NOT NULL,
	`state` text NOT NULL,
	`requested_by` text NOT NULL,
	`requested_at` integer NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`ends_at` integer NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`requested_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "tier_assignments_state_known" CHECK("tier_assignments"."state" in ('requested', 'approved', 'declined')),
	CONSTRAINT "tier_assignments_two_people" CHECK("tier_assignments"."decided_by" is null or "tier_assignments"."decided_by" <> "tier_assignments"."requested_by"),
	CONSTRAINT "tier_assignments_ends" CHECK("tier_assignments"."ends_at" > "tier_assignments"."requested_at")
);
--> statement-breakpoint
CREATE INDEX `tier_assignments_member` ON `tier_assignments` (`member_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `tier_assignments_open` ON `tier_assignments` (`member_id`) WHERE "tier_assignments"."state" = 'requested';--> statement-breakpoint
CREATE INDEX `tier_assignments_state` ON `tier_assignments` (`state`,`id`);--> statement-breakpoint
CREATE INDEX `tier_assignments_requested` ON `tier_assignments` (`requested_by`);--> statement-breakpoint
CREATE INDEX `tier_assignments_decided` ON `tier_assignments` (`decided_by`);--> statement-breakpoint
CREATE TABLE `tier_changes` (
	`member_id` text NOT NULL,
	`id` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`from_tier` text NOT NULL,
	`to_tier` text NOT NULL,
	`explanation` text NOT NULL,
	PRIMARY KEY(`member_id`, `id`),
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `tier_ladder_drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`terms` text NOT NULL,
	`state` text NOT NULL,
	`revision` integer NOT NULL,
	`edited_by` text NOT NULL,
	`edited_at` integer NOT NULL,
	`editors` text NOT NULL,
	`approved_by` text,
	`approved_at` integer,
	FOREIGN KEY (`edited_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`approved_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "tier_ladder_drafts_state" CHECK("tier_ladder_drafts"."state" in ('draft', 'approved', 'published')),
	CONSTRAINT "tier_ladder_drafts_two_people" CHECK("tier_ladder_drafts"."approved_by" is null or "tier_ladder_drafts"."approved_by" <> "tier_ladder_drafts"."edited_by")
);
--> statement-breakpoint
CREATE INDEX `tier_ladder_drafts_edited` ON `tier_ladder_drafts` (`edited_by`);--> statement-breakpoint
CREATE INDEX `tier_ladder_drafts_approved` ON `tier_ladder_drafts` (`approved_by`);--> statement-breakpoint
CREATE INDEX `tier_ladder_drafts_recent` ON `tier_ladder_drafts` (`edited_at`,`id`);--> statement-breakpoint
CREATE TABLE `tier_ladders` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`terms` text NOT NULL,
	`effective_from` integer NOT NULL,
	`published_at` integer NOT NULL,
	`drafted_by` text NOT NULL,
	`approved_by` text NOT NULL,
	`published_by` text NOT NULL,
	FOREIGN KEY (`id`) REFERENCES `tier_ladder_drafts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`drafted_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`approved_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`published_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "tier_ladders_two_people" CHECK("tier_ladders"."approved_by" <> "tier_ladders"."drafted_by")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tier_ladders_version` ON `tier_ladders` (`version`);--> statement-breakpoint
CREATE UNIQUE INDEX `tier_ladders_effective` ON `tier_ladders` (`effective_from`);--> statement-breakpoint
CREATE INDEX `tier_ladders_drafted` ON `tier_ladders` (`drafted_by`);--> statement-breakpoint
CREATE INDEX `tier_ladders_approved` ON `tier_ladders` (`approved_by`);--> statement-breakpoint
CREATE INDEX `tier_ladders_published` ON `tier_ladders` (`published_by`);--> statement-breakpoint
CREATE TABLE `tier_standings` (
	`member_id` text PRIMARY KEY NOT NULL,
	`tier` text NOT NULL,
	`earned` text NOT NULL,
	`since` integer,
	`keep_until` integer,
	`grace_until` integer,
	`due_at` integer,
	`evaluated_at` integer NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `tier_standings_due` ON `tier_standings` (`due_at`);--> statement-breakpoint
CREATE INDEX `tier_standings_tier` ON `tier_standings` (`tier`,`member_id`);--> statement-breakpoint
CREATE TABLE `tier_totals` (
	`tier` text PRIMARY KEY NOT NULL,
	`members` integer NOT NULL,
	CONSTRAINT "tier_totals_members" CHECK("tier_totals"."members" >= 0)
);
--> statement-breakpoint
CREATE TABLE `tier_warnings` (
	`member_id` text NOT NULL,
	`keep_until` integer NOT NULL,
	`tier` text NOT NULL,
	`projected_tier` text NOT NULL,
	`missing` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	PRIMARY KEY(`member_id`, `keep_until`),
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
