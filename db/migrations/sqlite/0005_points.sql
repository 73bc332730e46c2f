CREATE TABLE `points_accounts` (
	`member_id` text PRIMARY KEY NOT NULL,
	`lines` integer NOT NULL,
	`due_at` integer,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `points_accounts_due` ON `points_accounts` (`due_at`);--> statement-breakpoint
CREATE TABLE `points_deductions` (
	`member_id` text NOT NULL,
	`id` text NOT NULL,
	`points` integer NOT NULL,
	`reason` text NOT NULL,
	`deducted_by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`member_id`, `id`),
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`deducted_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "points_deductions_points" CHECK("points_deductions"."points" > 0)
);
--> statement-breakpoint
CREATE INDEX `points_deductions_by` ON `points_deductions` (`deducted_by`);--> statement-breakpoint
CREATE TABLE `points_lines` (
	`member_id` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`rule` text NOT NULL,
	`direction` text NOT NULL,
	`source_id` text NOT NULL,
	`seq` integer NOT NULL,
	`points` integer NOT NULL,
	`lot_id` text,
	`available_at` integer,
	`expires_at` integer,
	`recorded_at` integer NOT NULL,
	`revision` integer,
	PRIMARY KEY(`member_id`, `id`),
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "points_lines_direction" CHECK(("points_lines"."direction" = 'credit') = ("points_lines"."points" > 0) and "points_lines"."points" <> 0),
	CONSTRAINT "points_lines_rule" CHECK("points_lines"."rule" in ('order', 'benefit', 'deduction')),
	CONSTRAINT "points_lines_kind" CHECK("points_lines"."kind" in ('pending', 'available', 'reversed', 'reinstated', 'corrected', 'spent', 'expired', 'repaid', 'forgiven')),
	CONSTRAINT "points_lines_lot" CHECK(("points_lines"."lot_id" is null) = ("points_lines"."available_at" is null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `points_lines_source` ON `points_lines` (`member_id`,`rule`,`source_id`,`direction`,`seq`);--> statement-breakpoint
CREATE TABLE `points_policies` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`terms` text NOT NULL,
	`effective_from` integer NOT NULL,
	`published_at` integer NOT NULL,
	`proposed_by` text NOT NULL,
	`published_by` text NOT NULL,
	FOREIGN KEY (`id`) REFERENCES `points_proposals`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`proposed_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`published_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "points_policies_two_people" CHECK("points_policies"."published_by" <> "points_policies"."proposed_by")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `points_policies_version` ON `points_policies` (`version`);--> statement-breakpoint
CREATE UNIQUE INDEX `points_policies_effective` ON `points_policies` (`effective_from`);--> statement-breakpoint
CREATE INDEX `points_policies_proposed` ON `points_policies` (`proposed_by`);--> statement-breakpoint
CREATE INDEX `points_policies_published` ON `points_policies` (`published_by`);--> statement-breakpoint
CREATE TABLE `points_proposals` (
	`id` text PRIMARY KEY NOT NULL,
	`terms` text NOT NULL,
	`proposed_by` text NOT NULL,
	`proposed_at` integer NOT NULL,
	FOREIGN KEY (`proposed_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `points_proposals_proposed` ON `points_proposals` (`proposed_by`);