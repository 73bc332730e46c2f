CREATE TABLE `served_screens` (
	`hash` text PRIMARY KEY NOT NULL,
	`locale` text NOT NULL,
	`words` text NOT NULL
);
--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_served_events` (
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
INSERT INTO `__new_served_events`("id", "member_id", "child_id", "purpose", "purpose_version", "notice_version_id", "notice_hash", "channel", "locale", "screen_hash", "shown_at") SELECT "id", "member_id", "child_id", "purpose", "purpose_version", "notice_version_id", "notice_hash", "channel", "locale", "screen_hash", "shown_at" FROM `served_events`;--> statement-breakpoint
DROP TABLE `served_events`;--> statement-breakpoint
ALTER TABLE `__new_served_events` RENAME TO `served_events`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `served_events_member` ON `served_events` (`member_id`,`purpose`,`shown_at`);--> statement-breakpoint
CREATE INDEX `served_events_child` ON `served_events` (`child_id`);--> statement-breakpoint
CREATE INDEX `served_events_notice` ON `served_events` (`notice_version_id`);--> statement-breakpoint
CREATE INDEX `served_events_screen` ON `served_events` (`screen_hash`);