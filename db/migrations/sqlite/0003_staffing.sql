CREATE TABLE `candidacy` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`reference` text NOT NULL,
	`vacancy_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`child_id` integer,
	`submitted_at` text NOT NULL,
	`statement` text NOT NULL,
	`ended_at` text,
	FOREIGN KEY (`vacancy_id`) REFERENCES `vacancy`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`child_id`) REFERENCES `child`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `candidacy_reference` ON `candidacy` (`reference`);--> statement-breakpoint
CREATE UNIQUE INDEX `candidacy_live` ON `candidacy` (`vacancy_id`,`person_id`) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX `candidacy_person` ON `candidacy` (`person_id`);--> statement-breakpoint
CREATE TABLE `candidacy_paper` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`candidacy_id` integer NOT NULL,
	`kind` text NOT NULL,
	`institution` text NOT NULL,
	`issued_on` text NOT NULL,
	`valid_until` text,
	FOREIGN KEY (`candidacy_id`) REFERENCES `candidacy`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `candidacy_paper_candidacy` ON `candidacy_paper` (`candidacy_id`);--> statement-breakpoint
CREATE TABLE `candidacy_step` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`candidacy_id` integer NOT NULL,
	`state` text NOT NULL,
	`at` text NOT NULL,
	`by` integer,
	`note` text NOT NULL,
	`held_at` text,
	`staff_id` integer,
	FOREIGN KEY (`candidacy_id`) REFERENCES `candidacy`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `candidacy_step_candidacy` ON `candidacy_step` (`candidacy_id`,`id`);--> statement-breakpoint
CREATE TABLE `clocking` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`staff_id` integer NOT NULL,
	`direction` text NOT NULL,
	`at` text NOT NULL,
	`recorded_at` text NOT NULL,
	`recorded_by` integer,
	`note` text,
	`withdrawn_at` text,
	`withdrawn_by` integer,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`recorded_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`withdrawn_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `clocking_staff` ON `clocking` (`staff_id`,`at`);--> statement-breakpoint
CREATE TABLE `curtailment` (
	`booking_id` integer PRIMARY KEY NOT NULL,
	`child_id` integer NOT NULL,
	`group_id` integer NOT NULL,
	`date` text NOT NULL,
	`lost_minutes` integer NOT NULL,
	`lost_work_minutes` integer NOT NULL,
	`at` text NOT NULL,
	`by` integer,
	FOREIGN KEY (`booking_id`) REFERENCES `booking`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`child_id`) REFERENCES `child`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`group_id`) REFERENCES `care_group`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `curtailment_group` ON `curtailment` (`group_id`,`date`);--> statement-breakpoint
CREATE INDEX `curtailment_child` ON `curtailment` (`child_id`,`date`);--> statement-breakpoint
CREATE TABLE `day_wish` (
	`staff_id` integer NOT NULL,
	`date` text NOT NULL,
	`from_half_hour` integer,
	`to_half_hour` integer,
	`at` text NOT NULL,
	PRIMARY KEY(`staff_id`, `date`),
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `open_shift` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`group_id` integer NOT NULL,
	`date` text NOT NULL,
	`from_half_hour` integer NOT NULL,
	`to_half_hour` integer NOT NULL,
	`level` integer NOT NULL,
	`skill` text,
	`lost_shift_id` integer,
	`opened_at` text NOT NULL,
	`opened_by` integer,
	`closed_at` text,
	FOREIGN KEY (`group_id`) REFERENCES `care_group`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`lost_shift_id`) REFERENCES `shift`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`opened_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "open_shift_grid" CHECK(from_half_hour >= 0 and from_half_hour < to_half_hour and to_half_hour <= 48)
);
--> statement-breakpoint
CREATE INDEX `open_shift_group` ON `open_shift` (`group_id`,`date`);--> statement-breakpoint
CREATE UNIQUE INDEX `open_shift_live_lost` ON `open_shift` (`lost_shift_id`,`group_id`,`from_half_hour`) WHERE closed_at is null;--> statement-breakpoint
CREATE TABLE `open_shift_ask` (
	`open_shift_id` integer NOT NULL,
	`staff_id` integer NOT NULL,
	`score` text NOT NULL,
	`asked_at` text,
	`answer_until` text,
	`answer` text,
	`answered_at` text,
	PRIMARY KEY(`open_shift_id`, `staff_id`),
	FOREIGN KEY (`open_shift_id`) REFERENCES `open_shift`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `open_shift_ask_staff` ON `open_shift_ask` (`staff_id`);--> statement-breakpoint
CREATE INDEX `open_shift_ask_waiting` ON `open_shift_ask` (`answer_until`) WHERE answer is null;--> statement-breakpoint
CREATE TABLE `open_shift_end` (
	`open_shift_id` integer PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`by` integer,
	`outcome` text NOT NULL,
	`staff_id` integer,
	`shift_id` integer,
	FOREIGN KEY (`open_shift_id`) REFERENCES `open_shift`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`shift_id`) REFERENCES `shift`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE TABLE `shift_swap` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`shift_id` integer NOT NULL,
	`with_staff_id` integer NOT NULL,
	`return_shift_id` integer,
	`asked_at` text NOT NULL,
	`asked_by` integer,
	`note` text NOT NULL,
	`ended_at` text,
	FOREIGN KEY (`shift_id`) REFERENCES `shift`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`with_staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`return_shift_id`) REFERENCES `shift`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`asked_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `shift_swap_live` ON `shift_swap` (`shift_id`) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX `shift_swap_with` ON `shift_swap` (`with_staff_id`);--> statement-breakpoint
CREATE TABLE `shift_swap_consent` (
	`swap_id` integer PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`by` integer,
	FOREIGN KEY (`swap_id`) REFERENCES `shift_swap`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE TABLE `shift_swap_end` (
	`swap_id` integer PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`by` integer,
	`outcome` text NOT NULL,
	`note` text NOT NULL,
	FOREIGN KEY (`swap_id`) REFERENCES `shift_swap`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE TABLE `timesheet` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`centre_id` integer NOT NULL,
	`month` text NOT NULL,
	`closed_at` text NOT NULL,
	`closed_by` integer,
	`lines` text NOT NULL,
	`reopened_at` text,
	`reopened_by` integer,
	FOREIGN KEY (`centre_id`) REFERENCES `centre`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`closed_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`reopened_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `timesheet_closed` ON `timesheet` (`centre_id`,`month`) WHERE reopened_at is null;--> statement-breakpoint
CREATE TABLE `vacancy` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`centre_id` integer NOT NULL,
	`post` text NOT NULL,
	`weekly_minutes` integer NOT NULL,
	`hours` text NOT NULL,
	`starts_on` text NOT NULL,
	`apply_until` text NOT NULL,
	`details` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` integer,
	`closed_at` text,
	FOREIGN KEY (`centre_id`) REFERENCES `centre`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`created_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `vacancy_centre` ON `vacancy` (`centre_id`,`apply_until`);--> statement-breakpoint
ALTER TABLE `staff` ADD `annual_leave_days` integer;--> statement-breakpoint
ALTER TABLE `staff` ADD `leave_carried_days` integer DEFAULT 0 NOT NULL;