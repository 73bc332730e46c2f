CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"start" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"scopes" text NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" bigint NOT NULL,
	"last_used_day" text,
	"revoked_at" bigint,
	"refused_day" text
);
--> statement-breakpoint
CREATE TABLE "audit_checkpoints" (
	"size" bigint PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"root" "bytea" NOT NULL,
	"previous" "bytea",
	"note" text NOT NULL,
	"edge" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"role" text,
	"action" text NOT NULL,
	"purpose" text,
	"subject_kind" text NOT NULL,
	"subject_id" text,
	"member_id" uuid,
	"request_id" text NOT NULL,
	"outcome" text NOT NULL,
	"detail" text NOT NULL,
	"commitment" "bytea"
);
--> statement-breakpoint
CREATE TABLE "audit_leaves" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"entry_id" uuid NOT NULL,
	"hash" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_nodes" (
	"height" bigint NOT NULL,
	"position" bigint NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "audit_nodes_height_position_pk" PRIMARY KEY("height","position")
);
--> statement-breakpoint
CREATE TABLE "audit_pending" (
	"entry_id" uuid PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "limit_counters" (
	"bucket" text NOT NULL,
	"key" "bytea" NOT NULL,
	"uses" text NOT NULL,
	"refused_at" bigint,
	"expires_at" bigint NOT NULL,
	CONSTRAINT "limit_counters_bucket_key_pk" PRIMARY KEY("bucket","key")
);
--> statement-breakpoint
CREATE TABLE "passkey_challenges" (
	"id" uuid PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"challenge" text NOT NULL,
	"browser" "bytea" NOT NULL,
	"subject_id" text,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotent_answers" (
	"actor" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" "bytea" NOT NULL,
	"status" bigint NOT NULL,
	"answer" text NOT NULL,
	"expires_at" bigint NOT NULL,
	CONSTRAINT "idempotent_answers_actor_key_pk" PRIMARY KEY("actor","key")
);
--> statement-breakpoint
CREATE TABLE "job_schedules" (
	"kind" text PRIMARY KEY NOT NULL,
	"last_day" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"payload" text NOT NULL,
	"state" text NOT NULL,
	"due_at" bigint,
	"fence" bigint NOT NULL,
	"attempts" bigint NOT NULL,
	"dedupe_key" text,
	"progress" text,
	"last_error" text,
	"created_at" bigint NOT NULL,
	"finished_at" bigint
);
--> statement-breakpoint
CREATE TABLE "member_keys" (
	"member_id" uuid PRIMARY KEY NOT NULL,
	"wrapped" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "member_passkeys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"member_id" uuid NOT NULL,
	"credential_id" text NOT NULL,
	"public_key" "bytea" NOT NULL,
	"counter" bigint NOT NULL,
	"transports" text NOT NULL,
	"backed_up" boolean NOT NULL,
	"device" text NOT NULL,
	"created_at" bigint NOT NULL,
	"last_used_at" bigint
);
--> statement-breakpoint
CREATE TABLE "member_phones" (
	"member_id" uuid PRIMARY KEY NOT NULL,
	"sealed" "bytea" NOT NULL,
	"phone_index" "bytea" NOT NULL,
	"verified_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "member_sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"member_id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"device" text NOT NULL,
	"created_at" bigint NOT NULL,
	"last_seen_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"ended_at" bigint
);
--> statement-breakpoint
CREATE TABLE "member_totals" (
	"bucket" bigint PRIMARY KEY NOT NULL,
	"active" bigint NOT NULL,
	CONSTRAINT "member_totals_active" CHECK ("member_totals"."active" >= 0)
);
--> statement-breakpoint
CREATE TABLE "members" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"state" text NOT NULL,
	"joined_at" bigint NOT NULL,
	"closed_at" bigint,
	CONSTRAINT "members_state" CHECK ("members"."state" in ('active', 'closed'))
);
--> statement-breakpoint
CREATE TABLE "one_time_codes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"phone_index" "bytea" NOT NULL,
	"purpose" text NOT NULL,
	"browser" "bytea" NOT NULL,
	"code_hash" "bytea" NOT NULL,
	"message" "bytea",
	"tries_left" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"used_at" bigint,
	"handed_over_at" bigint
);
--> statement-breakpoint
CREATE TABLE "sms_outbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"browser" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"set_id" uuid NOT NULL,
	"question" text NOT NULL,
	"result" text NOT NULL,
	"result_hash" text NOT NULL,
	"group_hash" text NOT NULL,
	"decided_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "offer_budgets" (
	"version_id" uuid PRIMARY KEY NOT NULL,
	"limit_count" bigint,
	"limit_fen" bigint,
	"used_count" bigint NOT NULL,
	"used_fen" bigint NOT NULL,
	"redeemed_count" bigint NOT NULL,
	"redeemed_fen" bigint NOT NULL,
	"exhausted_at" bigint,
	CONSTRAINT "offer_budgets_count" CHECK ("offer_budgets"."used_count" >= 0 and ("offer_budgets"."limit_count" is null or "offer_budgets"."used_count" <= "offer_budgets"."limit_count")),
	CONSTRAINT "offer_budgets_fen" CHECK ("offer_budgets"."used_fen" >= 0 and ("offer_budgets"."limit_fen" is null or "offer_budgets"."used_fen" <= "offer_budgets"."limit_fen"))
);
--> statement-breakpoint
CREATE TABLE "offer_code_batches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"offer_id" uuid NOT NULL,
	"count" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "offer_codes" (
	"code_hash" "bytea" PRIMARY KEY NOT NULL,
	"batch_id" uuid NOT NULL,
	"offer_id" uuid NOT NULL,
	"taken" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "offer_drafts" (
	"offer_id" uuid PRIMARY KEY NOT NULL,
	"terms" text NOT NULL,
	"terms_hash" text NOT NULL,
	"saved_by" uuid NOT NULL,
	"saved_at" bigint NOT NULL,
	"editors" text NOT NULL,
	"approved_by" uuid,
	"approved_at" bigint,
	"second_approved_by" uuid,
	"second_approved_at" bigint,
	CONSTRAINT "offer_drafts_two_people" CHECK ("offer_drafts"."approved_by" is null or "offer_drafts"."approved_by" <> "offer_drafts"."saved_by"),
	CONSTRAINT "offer_drafts_three_people" CHECK ("offer_drafts"."second_approved_by" is null or ("offer_drafts"."second_approved_by" <> "offer_drafts"."saved_by" and "offer_drafts"."second_approved_by" <> "offer_drafts"."approved_by"))
);
--> statement-breakpoint
CREATE TABLE "offer_reservations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"decision_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"offer_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"period" text NOT NULL,
	"discount_fen" bigint NOT NULL,
	"code_hash" "bytea",
	"state" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"settled_at" bigint,
	CONSTRAINT "offer_reservations_state" CHECK ("offer_reservations"."state" in ('held', 'redeemed', 'released', 'expired'))
);
--> statement-breakpoint
CREATE TABLE "offer_retirements" (
	"offer_id" uuid PRIMARY KEY NOT NULL,
	"retires_at" bigint NOT NULL,
	"decided_by" uuid NOT NULL,
	"decided_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "offer_sets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"versions" text NOT NULL,
	"first_used_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "offer_stamp" (
	"id" bigint PRIMARY KEY NOT NULL,
	"stamp" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "offer_uses" (
	"member_id" uuid NOT NULL,
	"offer_id" uuid NOT NULL,
	"period" text NOT NULL,
	"used" bigint NOT NULL,
	CONSTRAINT "offer_uses_member_id_offer_id_period_pk" PRIMARY KEY("member_id","offer_id","period"),
	CONSTRAINT "offer_uses_used" CHECK ("offer_uses"."used" >= 0)
);
--> statement-breakpoint
CREATE TABLE "offer_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"offer_id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"terms" text NOT NULL,
	"effective_from" bigint NOT NULL,
	"published_at" bigint NOT NULL,
	"drafted_by" uuid NOT NULL,
	"approved_by" uuid NOT NULL,
	"second_approved_by" uuid,
	"published_by" uuid NOT NULL,
	CONSTRAINT "offer_versions_two_people" CHECK ("offer_versions"."approved_by" <> "offer_versions"."drafted_by")
);
--> statement-breakpoint
CREATE TABLE "offers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "showcase_products" (
	"sku" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"category" text NOT NULL,
	"list_price_fen" bigint NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "claim_keys" (
	"order_key" "bytea" NOT NULL,
	"claim_id" uuid NOT NULL,
	CONSTRAINT "claim_keys_order_key_claim_id_pk" PRIMARY KEY("order_key","claim_id")
);
--> statement-breakpoint
CREATE TABLE "claims" (
	"id" uuid PRIMARY KEY NOT NULL,
	"member_id" uuid NOT NULL,
	"state" text NOT NULL,
	"masked_id" text NOT NULL,
	"fact_kind" text NOT NULL,
	"fact_hash" "bytea" NOT NULL,
	"order_id" uuid,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"decided_at" bigint,
	"decided_by" uuid,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "import_batches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"file_name" text NOT NULL,
	"sha256" "bytea" NOT NULL,
	"file_bytes" bigint NOT NULL,
	"upload_id" text,
	"source" text NOT NULL,
	"chosen" text NOT NULL,
	"platform" text,
	"layout" text,
	"container" text,
	"encoding" text,
	"columns" text NOT NULL,
	"file_codes" text NOT NULL,
	"counters" text NOT NULL,
	"changed" bigint NOT NULL,
	"sample" text NOT NULL,
	"cursor" bigint NOT NULL,
	"rows_total" bigint,
	"fence" bigint NOT NULL,
	"job_id" uuid,
	"same_as" uuid,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"started_at" bigint,
	"alive_at" bigint,
	"finished_at" bigint
);
--> statement-breakpoint
CREATE TABLE "import_findings" (
	"batch_id" uuid NOT NULL,
	"position" bigint NOT NULL,
	"kind" text NOT NULL,
	"row" bigint NOT NULL,
	"column" text,
	"code" text NOT NULL,
	"masked" text,
	CONSTRAINT "import_findings_batch_id_position_pk" PRIMARY KEY("batch_id","position")
);
--> statement-breakpoint
CREATE TABLE "import_rejects" (
	"batch_id" uuid NOT NULL,
	"position" bigint NOT NULL,
	"sealed" "bytea" NOT NULL,
	"expires_at" bigint NOT NULL,
	CONSTRAINT "import_rejects_batch_id_position_pk" PRIMARY KEY("batch_id","position")
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"platform" text NOT NULL,
	"order_key" "bytea" NOT NULL,
	"masked_id" text NOT NULL,
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
	"batch_id" uuid NOT NULL,
	"owner_id" uuid
);
--> statement-breakpoint
CREATE TABLE "virtual_numbers" (
	"order_id" uuid PRIMARY KEY NOT NULL,
	"sealed" "bytea" NOT NULL,
	"masked" text NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staff" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email_sealed" "bytea" NOT NULL,
	"email_index" "bytea" NOT NULL,
	"state" text NOT NULL,
	"password_hash" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "staff_state" CHECK ("staff"."state" in ('active', 'suspended'))
);
--> statement-breakpoint
CREATE TABLE "staff_invitations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email_sealed" "bytea" NOT NULL,
	"email_index" "bytea" NOT NULL,
	"roles" text NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"invited_by" uuid,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"closed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "staff_passkeys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"staff_id" uuid NOT NULL,
	"credential_id" text NOT NULL,
	"public_key" "bytea" NOT NULL,
	"counter" bigint NOT NULL,
	"transports" text NOT NULL,
	"backed_up" boolean NOT NULL,
	"device" text NOT NULL,
	"created_at" bigint NOT NULL,
	"last_used_at" bigint
);
--> statement-breakpoint
CREATE TABLE "staff_roles" (
	"staff_id" uuid NOT NULL,
	"role" text NOT NULL,
	"assigned_at" bigint NOT NULL,
	CONSTRAINT "staff_roles_staff_id_role_pk" PRIMARY KEY("staff_id","role")
);
--> statement-breakpoint
CREATE TABLE "staff_sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"staff_id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"device" text NOT NULL,
	"created_at" bigint NOT NULL,
	"last_seen_at" bigint NOT NULL,
	"stepped_up_at" bigint,
	"expires_at" bigint NOT NULL,
	"ended_at" bigint
);
--> statement-breakpoint
CREATE TABLE "staff_totps" (
	"staff_id" uuid PRIMARY KEY NOT NULL,
	"secret_sealed" "bytea" NOT NULL,
	"last_step" bigint NOT NULL,
	"confirmed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "growth_lines" (
	"member_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"growth" bigint NOT NULL,
	"earned_at" bigint,
	"recorded_at" bigint NOT NULL,
	"reason" text NOT NULL,
	"revision" bigint,
	CONSTRAINT "growth_lines_member_id_id_pk" PRIMARY KEY("member_id","id")
);
--> statement-breakpoint
CREATE TABLE "tier_assignments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"member_id" uuid NOT NULL,
	"tier" text NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"requested_by" uuid NOT NULL,
	"requested_at" bigint NOT NULL,
	"decided_by" uuid,
	"decided_at" bigint,
	"ends_at" bigint NOT NULL,
	CONSTRAINT "tier_assignments_state_known" CHECK ("tier_assignments"."state" in ('requested', 'approved', 'declined')),
	CONSTRAINT "tier_assignments_two_people" CHECK ("tier_assignments"."decided_by" is null or "tier_assignments"."decided_by" <> "tier_assignments"."requested_by"),
	CONSTRAINT "tier_assignments_ends" CHECK ("tier_assignments"."ends_at" > "tier_assignments"."requested_at")
);
--> statement-breakpoint
CREATE TABLE "tier_changes" (
	"member_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"recorded_at" bigint NOT NULL,
	"from_tier" text NOT NULL,
	"to_tier" text NOT NULL,
	"explanation" text NOT NULL,
	CONSTRAINT "tier_changes_member_id_id_pk" PRIMARY KEY("member_id","id")
);
--> statement-breakpoint
CREATE TABLE "tier_ladder_drafts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"terms" text NOT NULL,
	"state" text NOT NULL,
	"revision" bigint NOT NULL,
	"edited_by" uuid NOT NULL,
	"edited_at" bigint NOT NULL,
	"editors" text NOT NULL,
	"approved_by" uuid,
	"approved_at" bigint,
	CONSTRAINT "tier_ladder_drafts_state" CHECK ("tier_ladder_drafts"."state" in ('draft', 'approved', 'published')),
	CONSTRAINT "tier_ladder_drafts_two_people" CHECK ("tier_ladder_drafts"."approved_by" is null or "tier_ladder_drafts"."approved_by" <> "tier_ladder_drafts"."edited_by")
);
--> statement-breakpoint
CREATE TABLE "tier_ladders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"terms" text NOT NULL,
	"effective_from" bigint NOT NULL,
	"published_at" bigint NOT NULL,
	"drafted_by" uuid NOT NULL,
	"approved_by" uuid NOT NULL,
	"published_by" uuid NOT NULL,
	CONSTRAINT "tier_ladders_two_people" CHECK ("tier_ladders"."approved_by" <> "tier_ladders"."drafted_by")
);
--> statement-breakpoint
CREATE TABLE "tier_standings" (
	"member_id" uuid PRIMARY KEY NOT NULL,
	"tier" text NOT NULL,
	"earned" text NOT NULL,
	"since" bigint,
	"keep_until" bigint,
	"grace_until" bigint,
	"due_at" bigint,
	"evaluated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tier_totals" (
	"tier" text PRIMARY KEY NOT NULL,
	"members" bigint NOT NULL,
	CONSTRAINT "tier_totals_members" CHECK ("tier_totals"."members" >= 0)
);
--> statement-breakpoint
CREATE TABLE "tier_warnings" (
	"member_id" uuid NOT NULL,
	"keep_until" bigint NOT NULL,
	"tier" text NOT NULL,
	"projected_tier" text NOT NULL,
	"missing" bigint NOT NULL,
	"recorded_at" bigint NOT NULL,
	CONSTRAINT "tier_warnings_member_id_keep_until_pk" PRIMARY KEY("member_id","keep_until")
);
--> statement-breakpoint
ALTER TABLE "audit_leaves" ADD CONSTRAINT "audit_leaves_entry_id_audit_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."audit_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_pending" ADD CONSTRAINT "audit_pending_entry_id_audit_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."audit_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member_keys" ADD CONSTRAINT "member_keys_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member_passkeys" ADD CONSTRAINT "member_passkeys_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member_phones" ADD CONSTRAINT "member_phones_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member_sessions" ADD CONSTRAINT "member_sessions_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_set_id_offer_sets_id_fk" FOREIGN KEY ("set_id") REFERENCES "public"."offer_sets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_budgets" ADD CONSTRAINT "offer_budgets_version_id_offer_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."offer_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_code_batches" ADD CONSTRAINT "offer_code_batches_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_code_batches" ADD CONSTRAINT "offer_code_batches_created_by_staff_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_codes" ADD CONSTRAINT "offer_codes_batch_id_offer_code_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."offer_code_batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_codes" ADD CONSTRAINT "offer_codes_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_drafts" ADD CONSTRAINT "offer_drafts_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_drafts" ADD CONSTRAINT "offer_drafts_saved_by_staff_id_fk" FOREIGN KEY ("saved_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_drafts" ADD CONSTRAINT "offer_drafts_approved_by_staff_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_drafts" ADD CONSTRAINT "offer_drafts_second_approved_by_staff_id_fk" FOREIGN KEY ("second_approved_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_reservations" ADD CONSTRAINT "offer_reservations_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_reservations" ADD CONSTRAINT "offer_reservations_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_reservations" ADD CONSTRAINT "offer_reservations_version_id_offer_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."offer_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_retirements" ADD CONSTRAINT "offer_retirements_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_retirements" ADD CONSTRAINT "offer_retirements_decided_by_staff_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_uses" ADD CONSTRAINT "offer_uses_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_uses" ADD CONSTRAINT "offer_uses_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_versions" ADD CONSTRAINT "offer_versions_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_versions" ADD CONSTRAINT "offer_versions_drafted_by_staff_id_fk" FOREIGN KEY ("drafted_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_versions" ADD CONSTRAINT "offer_versions_approved_by_staff_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_versions" ADD CONSTRAINT "offer_versions_second_approved_by_staff_id_fk" FOREIGN KEY ("second_approved_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_versions" ADD CONSTRAINT "offer_versions_published_by_staff_id_fk" FOREIGN KEY ("published_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_keys" ADD CONSTRAINT "claim_keys_claim_id_claims_id_fk" FOREIGN KEY ("claim_id") REFERENCES "public"."claims"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_findings" ADD CONSTRAINT "import_findings_batch_id_import_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."import_batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rejects" ADD CONSTRAINT "import_rejects_batch_id_import_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."import_batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_batch_id_import_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."import_batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_owner_id_members_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "virtual_numbers" ADD CONSTRAINT "virtual_numbers_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_invitations" ADD CONSTRAINT "staff_invitations_invited_by_staff_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_passkeys" ADD CONSTRAINT "staff_passkeys_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_roles" ADD CONSTRAINT "staff_roles_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_sessions" ADD CONSTRAINT "staff_sessions_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_totps" ADD CONSTRAINT "staff_totps_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "growth_lines" ADD CONSTRAINT "growth_lines_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tier_assignments" ADD CONSTRAINT "tier_assignments_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tier_assignments" ADD CONSTRAINT "tier_assignments_requested_by_staff_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tier_assignments" ADD CONSTRAINT "tier_assignments_decided_by_staff_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tier_changes" ADD CONSTRAINT "tier_changes_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tier_ladder_drafts" ADD CONSTRAINT "tier_ladder_drafts_edited_by_staff_id_fk" FOREIGN KEY ("edited_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tier_ladder_drafts" ADD CONSTRAINT "tier_ladder_drafts_approved_by_staff_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tier_ladders" ADD CONSTRAINT "tier_ladders_id_tier_ladder_drafts_id_fk" FOREIGN KEY ("id") REFERENCES "public"."tier_ladder_drafts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tier_ladders" ADD CONSTRAINT "tier_ladders_drafted_by_staff_id_fk" FOREIGN KEY ("drafted_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tier_ladders" ADD CONSTRAINT "tier_ladders_approved_by_staff_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tier_ladders" ADD CONSTRAINT "tier_ladders_published_by_staff_id_fk" FOREIGN KEY ("published_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tier_standings" ADD CONSTRAINT "tier_standings_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tier_warnings" ADD CONSTRAINT "tier_warnings_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_hash" ON "api_keys" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "api_keys_created" ON "api_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "audit_entries_at" ON "audit_entries" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "audit_entries_action" ON "audit_entries" USING btree ("action","at","id");--> statement-breakpoint
CREATE INDEX "audit_entries_actor" ON "audit_entries" USING btree ("actor_id","at","id");--> statement-breakpoint
CREATE INDEX "audit_entries_subject" ON "audit_entries" USING btree ("subject_id","at","id");--> statement-breakpoint
CREATE INDEX "audit_entries_member" ON "audit_entries" USING btree ("member_id","at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "audit_leaves_entry" ON "audit_leaves" USING btree ("entry_id");--> statement-breakpoint
CREATE INDEX "limit_counters_expiry" ON "limit_counters" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "passkey_challenges_challenge" ON "passkey_challenges" USING btree ("challenge");--> statement-breakpoint
CREATE INDEX "passkey_challenges_expiry" ON "passkey_challenges" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "idempotent_answers_expiry" ON "idempotent_answers" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "jobs_due" ON "jobs" USING btree ("due_at");--> statement-breakpoint
CREATE UNIQUE INDEX "jobs_dedupe" ON "jobs" USING btree ("kind","dedupe_key");--> statement-breakpoint
CREATE INDEX "jobs_finished" ON "jobs" USING btree ("finished_at");--> statement-breakpoint
CREATE UNIQUE INDEX "member_passkeys_credential" ON "member_passkeys" USING btree ("credential_id");--> statement-breakpoint
CREATE INDEX "member_passkeys_member" ON "member_passkeys" USING btree ("member_id");--> statement-breakpoint
CREATE UNIQUE INDEX "member_phones_index" ON "member_phones" USING btree ("phone_index");--> statement-breakpoint
CREATE UNIQUE INDEX "member_sessions_token" ON "member_sessions" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "member_sessions_member" ON "member_sessions" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "member_sessions_expiry" ON "member_sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "members_number" ON "members" USING btree ("number");--> statement-breakpoint
CREATE INDEX "members_joined" ON "members" USING btree ("state","joined_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_time_codes_for" ON "one_time_codes" USING btree ("phone_index","purpose","browser");--> statement-breakpoint
CREATE INDEX "one_time_codes_expiry" ON "one_time_codes" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "sms_outbox_browser" ON "sms_outbox" USING btree ("browser","created_at");--> statement-breakpoint
CREATE INDEX "offer_code_batches_offer" ON "offer_code_batches" USING btree ("offer_id");--> statement-breakpoint
CREATE INDEX "offer_code_batches_created" ON "offer_code_batches" USING btree ("created_by");--> statement-breakpoint
CREATE INDEX "offer_codes_batch" ON "offer_codes" USING btree ("batch_id","taken");--> statement-breakpoint
CREATE INDEX "offer_codes_offer" ON "offer_codes" USING btree ("offer_id");--> statement-breakpoint
CREATE INDEX "offer_drafts_saved" ON "offer_drafts" USING btree ("saved_by");--> statement-breakpoint
CREATE INDEX "offer_drafts_approved" ON "offer_drafts" USING btree ("approved_by");--> statement-breakpoint
CREATE INDEX "offer_drafts_second" ON "offer_drafts" USING btree ("second_approved_by");--> statement-breakpoint
CREATE INDEX "offer_reservations_decision" ON "offer_reservations" USING btree ("decision_id","offer_id");--> statement-breakpoint
CREATE INDEX "offer_reservations_member" ON "offer_reservations" USING btree ("member_id","created_at");--> statement-breakpoint
CREATE INDEX "offer_reservations_offer" ON "offer_reservations" USING btree ("offer_id");--> statement-breakpoint
CREATE INDEX "offer_reservations_version" ON "offer_reservations" USING btree ("version_id");--> statement-breakpoint
CREATE INDEX "offer_reservations_held" ON "offer_reservations" USING btree ("offer_id","expires_at") WHERE "offer_reservations"."state" = 'held';--> statement-breakpoint
CREATE INDEX "offer_retirements_decided" ON "offer_retirements" USING btree ("decided_by");--> statement-breakpoint
CREATE UNIQUE INDEX "offer_sets_hash" ON "offer_sets" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "offer_uses_offer" ON "offer_uses" USING btree ("offer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "offer_versions_version" ON "offer_versions" USING btree ("offer_id","version");--> statement-breakpoint
CREATE INDEX "offer_versions_drafted" ON "offer_versions" USING btree ("drafted_by");--> statement-breakpoint
CREATE INDEX "offer_versions_approved" ON "offer_versions" USING btree ("approved_by");--> statement-breakpoint
CREATE INDEX "offer_versions_second" ON "offer_versions" USING btree ("second_approved_by");--> statement-breakpoint
CREATE INDEX "offer_versions_published" ON "offer_versions" USING btree ("published_by");--> statement-breakpoint
CREATE INDEX "claim_keys_claim" ON "claim_keys" USING btree ("claim_id");--> statement-breakpoint
CREATE INDEX "claims_member" ON "claims" USING btree ("member_id","created_at");--> statement-breakpoint
CREATE INDEX "claims_order" ON "claims" USING btree ("order_id") WHERE "claims"."order_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "claims_state" ON "claims" USING btree ("state","created_at");--> statement-breakpoint
CREATE INDEX "import_batches_sha256" ON "import_batches" USING btree ("sha256");--> statement-breakpoint
CREATE UNIQUE INDEX "import_batches_upload" ON "import_batches" USING btree ("upload_id");--> statement-breakpoint
CREATE INDEX "import_rejects_expiry" ON "import_rejects" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "orders_key" ON "orders" USING btree ("order_key");--> statement-breakpoint
CREATE INDEX "orders_placed" ON "orders" USING btree ("placed_at");--> statement-breakpoint
CREATE INDEX "orders_masked" ON "orders" USING btree ("masked_id");--> statement-breakpoint
CREATE INDEX "orders_batch" ON "orders" USING btree ("batch_id");--> statement-breakpoint
CREATE INDEX "orders_owner" ON "orders" USING btree ("owner_id","placed_at") WHERE "orders"."owner_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "virtual_numbers_expiry" ON "virtual_numbers" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "staff_email" ON "staff" USING btree ("email_index");--> statement-breakpoint
CREATE UNIQUE INDEX "staff_invitations_token" ON "staff_invitations" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "staff_invitations_email" ON "staff_invitations" USING btree ("email_index");--> statement-breakpoint
CREATE INDEX "staff_invitations_by" ON "staff_invitations" USING btree ("invited_by");--> statement-breakpoint
CREATE INDEX "staff_invitations_created" ON "staff_invitations" USING btree ("created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "staff_passkeys_credential" ON "staff_passkeys" USING btree ("credential_id");--> statement-breakpoint
CREATE INDEX "staff_passkeys_staff" ON "staff_passkeys" USING btree ("staff_id");--> statement-breakpoint
CREATE INDEX "staff_roles_role" ON "staff_roles" USING btree ("role");--> statement-breakpoint
CREATE UNIQUE INDEX "staff_sessions_token" ON "staff_sessions" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "staff_sessions_staff" ON "staff_sessions" USING btree ("staff_id");--> statement-breakpoint
CREATE INDEX "staff_sessions_expiry" ON "staff_sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "growth_lines_order" ON "growth_lines" USING btree ("member_id","order_id","seq");--> statement-breakpoint
CREATE INDEX "tier_assignments_member" ON "tier_assignments" USING btree ("member_id");--> statement-breakpoint
CREATE UNIQUE INDEX "tier_assignments_open" ON "tier_assignments" USING btree ("member_id") WHERE "tier_assignments"."state" = 'requested';--> statement-breakpoint
CREATE INDEX "tier_assignments_state" ON "tier_assignments" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "tier_assignments_requested" ON "tier_assignments" USING btree ("requested_by");--> statement-breakpoint
CREATE INDEX "tier_assignments_decided" ON "tier_assignments" USING btree ("decided_by");--> statement-breakpoint
CREATE INDEX "tier_ladder_drafts_edited" ON "tier_ladder_drafts" USING btree ("edited_by");--> statement-breakpoint
CREATE INDEX "tier_ladder_drafts_approved" ON "tier_ladder_drafts" USING btree ("approved_by");--> statement-breakpoint
CREATE INDEX "tier_ladder_drafts_recent" ON "tier_ladder_drafts" USING btree ("edited_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "tier_ladders_version" ON "tier_ladders" USING btree ("version");--> statement-breakpoint
CREATE UNIQUE INDEX "tier_ladders_effective" ON "tier_ladders" USING btree ("effective_from");--> statement-breakpoint
CREATE INDEX "tier_ladders_drafted" ON "tier_ladders" USING btree ("drafted_by");--> statement-breakpoint
CREATE INDEX "tier_ladders_approved" ON "tier_ladders" USING btree ("approved_by");--> statement-breakpoint
CREATE INDEX "tier_ladders_published" ON "tier_ladders" USING btree ("published_by");--> statement-breakpoint
CREATE INDEX "tier_standings_due" ON "tier_standings" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "tier_standings_tier" ON "tier_standings" USING btree ("tier","member_id");