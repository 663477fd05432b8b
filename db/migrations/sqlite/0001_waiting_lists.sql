CREATE TABLE `allocation_approval` (
	`preview_id` integer PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`by` integer,
	FOREIGN KEY (`preview_id`) REFERENCES `allocation_preview`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE TABLE `allocation_preview` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`round_id` integer NOT NULL,
	`rule` text NOT NULL,
	`made_at` text NOT NULL,
	`made_by` integer,
	`input` text NOT NULL,
	`result` text NOT NULL,
	FOREIGN KEY (`round_id`) REFERENCES `allocation_round`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`made_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `allocation_preview_round` ON `allocation_preview` (`round_id`,`id`);--> statement-breakpoint
CREATE TABLE `allocation_publication` (
	`round_id` integer PRIMARY KEY NOT NULL,
	`preview_id` integer NOT NULL,
	`at` text NOT NULL,
	`by` integer,
	FOREIGN KEY (`round_id`) REFERENCES `allocation_round`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`preview_id`) REFERENCES `allocation_preview`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE TABLE `allocation_round` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`region_code` text NOT NULL,
	`centre_id` integer,
	`name` text NOT NULL,
	`starts_on` text NOT NULL,
	`wishes_until` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` integer,
	`closed_at` text,
	FOREIGN KEY (`centre_id`) REFERENCES `centre`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`created_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `allocation_round_region` ON `allocation_round` (`region_code`,`starts_on`);--> statement-breakpoint
CREATE TABLE `arrival_postponement` (
	`offer_id` integer PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`by` integer,
	`from_date` text NOT NULL,
	`to_date` text NOT NULL,
	FOREIGN KEY (`offer_id`) REFERENCES `offer`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE TABLE `calendar_feed` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` integer NOT NULL,
	`token_hash` text NOT NULL,
	`created_at` text NOT NULL,
	`revoked_at` text,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_feed_token` ON `calendar_feed` (`token_hash`);--> statement-breakpoint
CREATE INDEX `calendar_feed_person` ON `calendar_feed` (`person_id`);--> statement-breakpoint
CREATE TABLE `offer` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`entry_id` integer NOT NULL,
	`child_id` integer NOT NULL,
	`group_id` integer NOT NULL,
	`kind` text NOT NULL,
	`pattern` text NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	`position` integer NOT NULL,
	`of` integer NOT NULL,
	`score` text NOT NULL,
	`rule_id` integer,
	`offered_at` text NOT NULL,
	`offered_by` integer,
	`expires_at` text NOT NULL,
	`remind_at` text,
	`seen_at` text,
	`ended_at` text,
	`reply_code` text NOT NULL,
	`bundle` text,
	`round_id` integer,
	FOREIGN KEY (`entry_id`) REFERENCES `waiting_list_entry`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`child_id`) REFERENCES `child`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`group_id`) REFERENCES `care_group`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`rule_id`) REFERENCES `order_rule`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`offered_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`round_id`) REFERENCES `allocation_round`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `offer_live_child` ON `offer` (`child_id`) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX `offer_child` ON `offer` (`child_id`);--> statement-breakpoint
CREATE INDEX `offer_entry` ON `offer` (`entry_id`);--> statement-breakpoint
CREATE INDEX `offer_group` ON `offer` (`group_id`,`offered_at`);--> statement-breakpoint
CREATE INDEX `offer_live_expiry` ON `offer` (`expires_at`) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX `offer_remind` ON `offer` (`remind_at`) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX `offer_reply_code` ON `offer` (`reply_code`) WHERE ended_at is null;--> statement-breakpoint
CREATE TABLE `offer_call` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`offer_id` integer NOT NULL,
	`at` text NOT NULL,
	`by` integer,
	`outcome` text NOT NULL,
	`note` text NOT NULL,
	FOREIGN KEY (`offer_id`) REFERENCES `offer`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `offer_call_offer` ON `offer_call` (`offer_id`);--> statement-breakpoint
CREATE TABLE `offer_end` (
	`offer_id` integer PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`by` integer,
	`outcome` text NOT NULL,
	`channel` text NOT NULL,
	`reason` text,
	`enrolment_id` integer,
	FOREIGN KEY (`offer_id`) REFERENCES `offer`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`enrolment_id`) REFERENCES `enrolment`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `order_rule` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`region_code` text NOT NULL,
	`starts_on` text NOT NULL,
	`terms` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` integer,
	FOREIGN KEY (`created_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `order_rule_region` ON `order_rule` (`region_code`,`starts_on`);--> statement-breakpoint
CREATE TABLE `passing_over` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`entry_id` integer NOT NULL,
	`group_id` integer NOT NULL,
	`offer_id` integer NOT NULL,
	`at` text NOT NULL,
	`full` text NOT NULL,
	FOREIGN KEY (`entry_id`) REFERENCES `waiting_list_entry`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`group_id`) REFERENCES `care_group`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`offer_id`) REFERENCES `offer`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `passing_over_entry` ON `passing_over` (`entry_id`,`group_id`);--> statement-breakpoint
CREATE TABLE `release_request` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`child_id` integer NOT NULL,
	`group_id` integer NOT NULL,
	`weekday` text NOT NULL,
	`from_half_hour` integer NOT NULL,
	`to_half_hour` integer NOT NULL,
	`asked_at` text NOT NULL,
	`answered_at` text,
	`answered_by` integer,
	`answer` text,
	FOREIGN KEY (`child_id`) REFERENCES `child`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`group_id`) REFERENCES `care_group`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`answered_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `release_request_child` ON `release_request` (`child_id`);--> statement-breakpoint
CREATE TABLE `rescue` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`group_id` integer NOT NULL,
	`date` text NOT NULL,
	`from_half_hour` integer NOT NULL,
	`to_half_hour` integer NOT NULL,
	`opened_at` text NOT NULL,
	`closes_at` text NOT NULL,
	`closed_at` text,
	`booking_id` integer,
	`freed_minutes` integer NOT NULL,
	`rescued_minutes` integer NOT NULL,
	FOREIGN KEY (`group_id`) REFERENCES `care_group`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `rescue_group` ON `rescue` (`group_id`,`date`);--> statement-breakpoint
CREATE INDEX `rescue_live` ON `rescue` (`closes_at`) WHERE closed_at is null;--> statement-breakpoint
CREATE TABLE `rescue_answer` (
	`rescue_id` integer NOT NULL,
	`stand_by_id` integer NOT NULL,
	`asked_at` text NOT NULL,
	`at` text,
	`by` integer,
	`answer` text,
	`score` text NOT NULL,
	PRIMARY KEY(`rescue_id`, `stand_by_id`),
	FOREIGN KEY (`rescue_id`) REFERENCES `rescue`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`stand_by_id`) REFERENCES `stand_by`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE TABLE `stand_by` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`child_id` integer NOT NULL,
	`group_id` integer NOT NULL,
	`date` text NOT NULL,
	`from_half_hour` integer NOT NULL,
	`to_half_hour` integer NOT NULL,
	`take_until_minute` integer,
	`created_at` text NOT NULL,
	`created_by` integer,
	`ended_at` text,
	FOREIGN KEY (`child_id`) REFERENCES `child`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`group_id`) REFERENCES `care_group`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`created_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `stand_by_live` ON `stand_by` (`child_id`,`group_id`,`date`) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX `stand_by_group` ON `stand_by` (`group_id`,`date`);--> statement-breakpoint
CREATE TABLE `waiting_list_end` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`entry_id` integer NOT NULL,
	`at` text NOT NULL,
	`by` integer,
	`reason` text NOT NULL,
	`restored_at` text,
	`restored_by` integer,
	FOREIGN KEY (`entry_id`) REFERENCES `waiting_list_entry`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`restored_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `waiting_list_end_entry` ON `waiting_list_end` (`entry_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `waiting_list_end_live` ON `waiting_list_end` (`entry_id`) WHERE restored_at is null;--> statement-breakpoint
CREATE TABLE `waiting_list_move` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`entry_id` integer NOT NULL,
	`group_id` integer NOT NULL,
	`at` text NOT NULL,
	`from_position` integer,
	`to_position` integer NOT NULL,
	`of` integer NOT NULL,
	`causes` text NOT NULL,
	FOREIGN KEY (`entry_id`) REFERENCES `waiting_list_entry`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `waiting_list_move_entry` ON `waiting_list_move` (`entry_id`,`id`);--> statement-breakpoint
CREATE TABLE `waiting_list_pause` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`entry_id` integer NOT NULL,
	`started_at` text NOT NULL,
	`started_by` integer,
	`ended_at` text,
	FOREIGN KEY (`entry_id`) REFERENCES `waiting_list_entry`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`started_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `waiting_list_pause_live` ON `waiting_list_pause` (`entry_id`) WHERE ended_at is null;--> statement-breakpoint
CREATE TABLE `waiting_list_rank` (
	`group_id` integer NOT NULL,
	`entry_id` integer NOT NULL,
	`position` integer NOT NULL,
	`of` integer NOT NULL,
	`score` text NOT NULL,
	`inputs` text NOT NULL,
	`rule_id` integer,
	`ranked_at` text NOT NULL,
	PRIMARY KEY(`group_id`, `entry_id`),
	FOREIGN KEY (`group_id`) REFERENCES `care_group`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`entry_id`) REFERENCES `waiting_list_entry`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`rule_id`) REFERENCES `order_rule`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `waiting_list_rank_entry` ON `waiting_list_rank` (`entry_id`);--> statement-breakpoint
CREATE TABLE `week_profile` (
	`centre_id` integer NOT NULL,
	`week` text NOT NULL,
	`as_at` text NOT NULL,
	`places` text NOT NULL,
	`booked` text NOT NULL,
	`staffed` text,
	PRIMARY KEY(`centre_id`, `week`),
	FOREIGN KEY (`centre_id`) REFERENCES `centre`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `week_profile_week` ON `week_profile` (`week`);--> statement-breakpoint
ALTER TABLE `hold` ADD `source_id` integer;--> statement-breakpoint
CREATE INDEX `hold_source` ON `hold` (`source`,`source_id`);--> statement-breakpoint
ALTER TABLE `waiting_list_choice` ADD `refused_at` text;--> statement-breakpoint
ALTER TABLE `waiting_list_entry` ADD `tolerance` text;--> statement-breakpoint
ALTER TABLE `waiting_list_entry` ADD `together_key` text;--> statement-breakpoint
ALTER TABLE `waiting_list_entry` ADD `registered_by` integer REFERENCES person(id);--> statement-breakpoint
ALTER TABLE `waiting_list_entry` ADD `changed_at` text;--> statement-breakpoint
CREATE INDEX `waiting_list_entry_together` ON `waiting_list_entry` (`together_key`);