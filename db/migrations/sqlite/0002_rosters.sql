CREATE TABLE `roster_day` (
	`centre_id` integer NOT NULL,
	`date` text NOT NULL,
	`roster_id` integer NOT NULL,
	PRIMARY KEY(`centre_id`, `date`),
	FOREIGN KEY (`centre_id`) REFERENCES `centre`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`roster_id`) REFERENCES `roster`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `roster_day_roster` ON `roster_day` (`roster_id`,`date`);--> statement-breakpoint
CREATE TABLE `staff_leave_decision` (
	`leave_id` integer PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`by` integer,
	`outcome` text NOT NULL,
	`note` text,
	FOREIGN KEY (`leave_id`) REFERENCES `staff_leave`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE TABLE `staff_qualification` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`staff_id` integer NOT NULL,
	`kind` text NOT NULL,
	`institution` text NOT NULL,
	`issued_on` text NOT NULL,
	`valid_until` text,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `staff_qualification_staff` ON `staff_qualification` (`staff_id`);--> statement-breakpoint
CREATE TABLE `work_terms` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`starts_on` text NOT NULL,
	`terms` text NOT NULL,
	`doubt` text,
	`created_at` text,
	`created_by` integer,
	FOREIGN KEY (`created_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `work_terms_day` ON `work_terms` (`starts_on`);--> statement-breakpoint
DROP INDEX `staff_leave_staff`;--> statement-breakpoint
ALTER TABLE `staff_leave` ADD `kind` text DEFAULT 'annual' NOT NULL;--> statement-breakpoint
ALTER TABLE `staff_leave` ADD `requested_at` text;--> statement-breakpoint
ALTER TABLE `staff_leave` ADD `requested_by` integer REFERENCES person(id) ON DELETE set null;--> statement-breakpoint
CREATE INDEX `staff_leave_days` ON `staff_leave` (`staff_id`,`starts_on`);--> statement-breakpoint
ALTER TABLE `centre` ADD `barring_papers` text;--> statement-breakpoint
ALTER TABLE `centre` ADD `parent_in_own_group` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `centre` ADD `roster_reserve` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `norm` ADD `on_call_break_minutes` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `norm` ADD `edge_staff` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `norm` ADD `created_at` text;--> statement-breakpoint
ALTER TABLE `norm` ADD `created_by` integer REFERENCES person(id) ON DELETE set null;--> statement-breakpoint
ALTER TABLE `roster` ADD `version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `roster` ADD `basis` text;--> statement-breakpoint
ALTER TABLE `roster` ADD `outcome` text;--> statement-breakpoint
ALTER TABLE `roster_publication` ADD `shortages` text;--> statement-breakpoint
ALTER TABLE `shift` ADD `fixed` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `staff` ADD `days_per_week` integer DEFAULT 5 NOT NULL;--> statement-breakpoint
ALTER TABLE `staff` ADD `summed_time` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `staff` ADD `overtime_consent_on` text;--> statement-breakpoint
ALTER TABLE `staff` ADD `overtime_barred` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `staff` ADD `preferences` text;--> statement-breakpoint
ALTER TABLE `staff` ADD `medical_book_until` text;--> statement-breakpoint
ALTER TABLE `staff` ADD `background_checked_on` text;--> statement-breakpoint
ALTER TABLE `staff` ADD `background_check_until` text;--> statement-breakpoint
ALTER TABLE `staff` ADD `attestation` text;--> statement-breakpoint
ALTER TABLE `staff` ADD `attested_on` text;--> statement-breakpoint
ALTER TABLE `staff` ADD `attestation_due_on` text;--> statement-breakpoint
ALTER TABLE `staff` ADD `version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX `staff_person` ON `staff` (`person_id`);