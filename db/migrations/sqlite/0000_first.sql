CREATE TABLE `absence` (
	`booking_id` integer PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`by` integer,
	`kind` text NOT NULL,
	FOREIGN KEY (`booking_id`) REFERENCES `booking`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE TABLE `api_token` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`token_hash` text NOT NULL,
	`assignment_id` integer NOT NULL,
	`label` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`revoked_at` text,
	FOREIGN KEY (`assignment_id`) REFERENCES `assignment`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_token_token` ON `api_token` (`token_hash`);--> statement-breakpoint
CREATE INDEX `api_token_assignment` ON `api_token` (`assignment_id`);--> statement-breakpoint
CREATE TABLE `application` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`reference` text NOT NULL,
	`centre_id` integer NOT NULL,
	`submitted_at` text NOT NULL,
	`child_name` text NOT NULL,
	`birth_date` text NOT NULL,
	`iin` text,
	`category` text NOT NULL,
	`need` text NOT NULL,
	`pattern` text,
	`starts_on` text NOT NULL,
	`guardian_name` text NOT NULL,
	`phone` text NOT NULL,
	`email` text,
	`language` text NOT NULL,
	FOREIGN KEY (`centre_id`) REFERENCES `centre`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `application_reference` ON `application` (`reference`);--> statement-breakpoint
CREATE INDEX `application_centre` ON `application` (`centre_id`,`submitted_at`);--> statement-breakpoint
CREATE TABLE `application_decision` (
	`application_id` integer PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`by` integer,
	`outcome` text NOT NULL,
	`reason` text NOT NULL,
	`child_id` integer,
	`person_id` integer,
	FOREIGN KEY (`application_id`) REFERENCES `application`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`child_id`) REFERENCES `child`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE TABLE `application_document` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`application_id` integer NOT NULL,
	`kind` text NOT NULL,
	`number` text NOT NULL,
	`issued_on` text,
	`expires_on` text,
	FOREIGN KEY (`application_id`) REFERENCES `application`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `application_document_application` ON `application_document` (`application_id`);--> statement-breakpoint
CREATE TABLE `assignment` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` integer NOT NULL,
	`role` text NOT NULL,
	`region_code` text,
	`centre_id` integer,
	`starts_on` text NOT NULL,
	`ends_on` text,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `assignment_person` ON `assignment` (`person_id`);--> statement-breakpoint
CREATE INDEX `assignment_centre` ON `assignment` (`centre_id`);--> statement-breakpoint
CREATE TABLE `attendance` (
	`booking_id` integer PRIMARY KEY NOT NULL,
	`arrived_at` text NOT NULL,
	`departed_at` text,
	`collector_id` integer,
	`arrived_by` integer,
	`departed_by` integer,
	FOREIGN KEY (`booking_id`) REFERENCES `booking`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`collector_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`arrived_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`departed_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE TABLE `booking` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`child_id` integer NOT NULL,
	`group_id` integer NOT NULL,
	`date` text NOT NULL,
	`from_half_hour` integer NOT NULL,
	`to_half_hour` integer NOT NULL,
	`weight` integer NOT NULL,
	`released_from` integer,
	`series_id` integer,
	`enrolment_id` integer,
	`booked_at` text NOT NULL,
	`booked_by` integer,
	`late` integer NOT NULL,
	FOREIGN KEY (`child_id`) REFERENCES `child`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`series_id`) REFERENCES `booking_series`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`enrolment_id`) REFERENCES `enrolment`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`booked_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`group_id`,`date`) REFERENCES `group_day`(`group_id`,`date`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "booking_length" CHECK(to_half_hour - from_half_hour between 8 and 20),
	CONSTRAINT "booking_grid" CHECK(from_half_hour >= 0 and to_half_hour <= 48),
	CONSTRAINT "booking_released_inside" CHECK(released_from is null or (released_from >= from_half_hour and released_from <= to_half_hour))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `booking_one_a_day` ON `booking` (`child_id`,`date`) WHERE released_from is null or released_from > from_half_hour;--> statement-breakpoint
CREATE INDEX `booking_child` ON `booking` (`child_id`,`date`);--> statement-breakpoint
CREATE INDEX `booking_group` ON `booking` (`group_id`,`date`);--> statement-breakpoint
CREATE INDEX `booking_series_id` ON `booking` (`series_id`);--> statement-breakpoint
CREATE TABLE `booking_series` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`child_id` integer NOT NULL,
	`group_id` integer NOT NULL,
	`pattern` text NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	`if_full` text NOT NULL,
	`booked_at` text NOT NULL,
	`booked_by` integer,
	FOREIGN KEY (`child_id`) REFERENCES `child`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`group_id`) REFERENCES `care_group`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`booked_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE TABLE `calendar_override` (
	`date` text PRIMARY KEY NOT NULL,
	`working` integer NOT NULL,
	`stands_for` text,
	`name` text
);
--> statement-breakpoint
CREATE TABLE `cancellation` (
	`booking_id` integer PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`by` integer,
	`source` text NOT NULL,
	`closure_id` integer,
	FOREIGN KEY (`booking_id`) REFERENCES `booking`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`closure_id`) REFERENCES `closure`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `cancellation_closure` ON `cancellation` (`closure_id`);--> statement-breakpoint
CREATE TABLE `care_group` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`ref` text,
	`centre_id` integer NOT NULL,
	`name` text NOT NULL,
	`category` text NOT NULL,
	`admission` text NOT NULL,
	`skills` text,
	`languages` text,
	`from_age_months` integer NOT NULL,
	`to_age_months` integer NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text,
	`version` integer NOT NULL,
	FOREIGN KEY (`centre_id`) REFERENCES `centre`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `care_group_ref` ON `care_group` (`ref`);--> statement-breakpoint
CREATE INDEX `care_group_centre` ON `care_group` (`centre_id`);--> statement-breakpoint
CREATE TABLE `centre` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`ref` text,
	`name_ru` text NOT NULL,
	`name_kk` text NOT NULL,
	`search_name` text NOT NULL,
	`region_code` text NOT NULL,
	`district` text NOT NULL,
	`address` text NOT NULL,
	`lat` real,
	`lon` real,
	`hours` text NOT NULL,
	`deadline_weekday` integer NOT NULL,
	`deadline_half_hour` integer NOT NULL,
	`late_changes` text NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `centre_ref` ON `centre` (`ref`);--> statement-breakpoint
CREATE INDEX `centre_region` ON `centre` (`region_code`,`id`);--> statement-breakpoint
CREATE TABLE `child` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`ref` text,
	`name` text NOT NULL,
	`search_name` text NOT NULL,
	`iin` text,
	`iin_missing_reason` text,
	`birth_date` text NOT NULL,
	`category` text NOT NULL,
	`support_weight` integer NOT NULL,
	`skills_needed` text NOT NULL,
	`priority` integer NOT NULL,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `child_ref` ON `child` (`ref`);--> statement-breakpoint
CREATE UNIQUE INDEX `child_iin` ON `child` (`iin`);--> statement-breakpoint
CREATE INDEX `child_search_name` ON `child` (`search_name`);--> statement-breakpoint
CREATE TABLE `closure` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`centre_id` integer NOT NULL,
	`group_id` integer,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	`from_half_hour` integer,
	`kind` text NOT NULL,
	`reason` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` integer,
	`lifted_at` text,
	FOREIGN KEY (`centre_id`) REFERENCES `centre`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`group_id`) REFERENCES `care_group`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`created_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `closure_centre` ON `closure` (`centre_id`,`starts_on`);--> statement-breakpoint
CREATE TABLE `enrolment` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`child_id` integer NOT NULL,
	`group_id` integer NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text,
	`ground` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` integer,
	FOREIGN KEY (`child_id`) REFERENCES `child`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`group_id`) REFERENCES `care_group`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `enrolment_child` ON `enrolment` (`child_id`);--> statement-breakpoint
CREATE INDEX `enrolment_group` ON `enrolment` (`group_id`);--> statement-breakpoint
CREATE TABLE `event` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` text NOT NULL,
	`by` integer,
	`kind` text NOT NULL,
	`centre_id` integer,
	`group_id` integer,
	`child_id` integer,
	`booking_id` integer,
	`data` text
);
--> statement-breakpoint
CREATE INDEX `event_centre` ON `event` (`centre_id`,`at`);--> statement-breakpoint
CREATE INDEX `event_child` ON `event` (`child_id`,`at`);--> statement-breakpoint
CREATE INDEX `event_booking` ON `event` (`booking_id`);--> statement-breakpoint
CREATE TABLE `group_day` (
	`group_id` integer NOT NULL,
	`date` text NOT NULL,
	`room` integer NOT NULL,
	`opens_at` integer,
	`closes_at` integer,
	`closed_reason` text,
	`booked` text NOT NULL,
	`held` text NOT NULL,
	`load` text NOT NULL,
	`peak_taken` integer NOT NULL,
	`peak_booked` integer NOT NULL,
	`roster_id` integer,
	`capacity` text,
	`skills_on_duty` text,
	`rostered_place_minutes` integer,
	`staffed_minutes` integer,
	`place_minutes` integer NOT NULL,
	`booked_minutes` integer NOT NULL,
	`attended_minutes` integer NOT NULL,
	PRIMARY KEY(`group_id`, `date`),
	FOREIGN KEY (`group_id`) REFERENCES `care_group`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`roster_id`) REFERENCES `roster`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "group_day_not_overbooked" CHECK(peak_taken <= room)
);
--> statement-breakpoint
CREATE INDEX `group_day_sums` ON `group_day` (`date`,`group_id`,`place_minutes`,`rostered_place_minutes`,`staffed_minutes`,`booked_minutes`,`attended_minutes`,`peak_booked`);--> statement-breakpoint
CREATE TABLE `group_terms` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`group_id` integer NOT NULL,
	`starts_on` text NOT NULL,
	`room` integer NOT NULL,
	`hours` text NOT NULL,
	FOREIGN KEY (`group_id`) REFERENCES `care_group`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `group_terms_group` ON `group_terms` (`group_id`,`starts_on`);--> statement-breakpoint
CREATE TABLE `guardianship` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`child_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text,
	`may_see` integer NOT NULL,
	`may_book` integer NOT NULL,
	`may_collect` integer NOT NULL,
	`may_be_told` integer NOT NULL,
	FOREIGN KEY (`child_id`) REFERENCES `child`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `guardianship_child` ON `guardianship` (`child_id`);--> statement-breakpoint
CREATE INDEX `guardianship_person` ON `guardianship` (`person_id`);--> statement-breakpoint
CREATE TABLE `hold` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`group_id` integer NOT NULL,
	`date` text NOT NULL,
	`from_half_hour` integer NOT NULL,
	`to_half_hour` integer NOT NULL,
	`child_id` integer,
	`weight` integer NOT NULL,
	`source` text NOT NULL,
	`expires_at` text NOT NULL,
	FOREIGN KEY (`child_id`) REFERENCES `child`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`group_id`,`date`) REFERENCES `group_day`(`group_id`,`date`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "hold_grid" CHECK(from_half_hour >= 0 and from_half_hour < to_half_hour and to_half_hour <= 48)
);
--> statement-breakpoint
CREATE INDEX `hold_group` ON `hold` (`group_id`,`date`);--> statement-breakpoint
CREATE INDEX `hold_expiry` ON `hold` (`expires_at`);--> statement-breakpoint
CREATE TABLE `job` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`key` text NOT NULL,
	`payload` text,
	`run_at` text NOT NULL,
	`attempts` integer NOT NULL,
	`last_error` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `job_key` ON `job` (`kind`,`key`);--> statement-breakpoint
CREATE INDEX `job_run_at` ON `job` (`run_at`);--> statement-breakpoint
CREATE TABLE `message` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` integer NOT NULL,
	`kind` text NOT NULL,
	`data` text NOT NULL,
	`created_at` text NOT NULL,
	`sent_at` text,
	`due_at` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`read_at` text,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `message_person` ON `message` (`person_id`,`id`);--> statement-breakpoint
CREATE INDEX `message_due` ON `message` (`due_at`);--> statement-breakpoint
CREATE TABLE `norm` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`category` text NOT NULL,
	`starts_on` text NOT NULL,
	`group_size` integer NOT NULL,
	`ratios` text NOT NULL,
	`skills` text NOT NULL,
	`doubt` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `norm_category` ON `norm` (`category`,`starts_on`);--> statement-breakpoint
CREATE TABLE `one_time_code` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` integer NOT NULL,
	`purpose` text NOT NULL,
	`code_hash` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` integer,
	`expires_at` text NOT NULL,
	`used_at` text,
	`wrong_tries` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`created_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `one_time_code_person` ON `one_time_code` (`person_id`);--> statement-breakpoint
CREATE INDEX `one_time_code_hash` ON `one_time_code` (`code_hash`);--> statement-breakpoint
CREATE TABLE `operation` (
	`person_id` integer NOT NULL,
	`route` text NOT NULL,
	`key` text NOT NULL,
	`body_hash` text NOT NULL,
	`answer` text,
	`at` text NOT NULL,
	PRIMARY KEY(`person_id`, `route`, `key`)
);
--> statement-breakpoint
CREATE INDEX `operation_at` ON `operation` (`at`);--> statement-breakpoint
CREATE TABLE `person` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`ref` text,
	`name` text NOT NULL,
	`search_name` text NOT NULL,
	`login` text,
	`phone` text,
	`password_hash` text,
	`language` text NOT NULL,
	`home_region` text,
	`home_district` text,
	`home_lat` real,
	`home_lon` real,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `person_ref` ON `person` (`ref`);--> statement-breakpoint
CREATE UNIQUE INDEX `person_login` ON `person` (`login`);--> statement-breakpoint
CREATE INDEX `person_phone` ON `person` (`phone`);--> statement-breakpoint
CREATE INDEX `person_search_name` ON `person` (`search_name`);--> statement-breakpoint
CREATE TABLE `registration` (
	`child_id` integer NOT NULL,
	`centre_id` integer NOT NULL,
	`registered_at` text NOT NULL,
	`registered_by` integer,
	PRIMARY KEY(`child_id`, `centre_id`),
	FOREIGN KEY (`child_id`) REFERENCES `child`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`centre_id`) REFERENCES `centre`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`registered_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `registration_centre` ON `registration` (`centre_id`);--> statement-breakpoint
CREATE TABLE `roster` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`centre_id` integer NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	`made_at` text NOT NULL,
	`made_by` integer,
	FOREIGN KEY (`centre_id`) REFERENCES `centre`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`made_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `roster_centre` ON `roster` (`centre_id`,`starts_on`);--> statement-breakpoint
CREATE TABLE `roster_publication` (
	`roster_id` integer PRIMARY KEY NOT NULL,
	`published_at` text NOT NULL,
	`published_by` integer,
	FOREIGN KEY (`roster_id`) REFERENCES `roster`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`published_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE TABLE `session` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`token_hash` text NOT NULL,
	`assignment_id` integer NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`device` text NOT NULL,
	FOREIGN KEY (`assignment_id`) REFERENCES `assignment`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `session_token` ON `session` (`token_hash`);--> statement-breakpoint
CREATE INDEX `session_assignment` ON `session` (`assignment_id`);--> statement-breakpoint
CREATE TABLE `shift` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`roster_id` integer NOT NULL,
	`staff_id` integer NOT NULL,
	`date` text NOT NULL,
	`from_half_hour` integer NOT NULL,
	`to_half_hour` integer NOT NULL,
	`break_from` integer,
	FOREIGN KEY (`roster_id`) REFERENCES `roster`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "shift_grid" CHECK(from_half_hour >= 0 and from_half_hour < to_half_hour and to_half_hour <= 48)
);
--> statement-breakpoint
CREATE INDEX `shift_roster` ON `shift` (`roster_id`,`date`);--> statement-breakpoint
CREATE INDEX `shift_staff` ON `shift` (`staff_id`,`date`);--> statement-breakpoint
CREATE TABLE `shift_stretch` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`shift_id` integer NOT NULL,
	`group_id` integer NOT NULL,
	`from_half_hour` integer NOT NULL,
	`to_half_hour` integer NOT NULL,
	FOREIGN KEY (`shift_id`) REFERENCES `shift`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`group_id`) REFERENCES `care_group`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `shift_stretch_shift` ON `shift_stretch` (`shift_id`);--> statement-breakpoint
CREATE INDEX `shift_stretch_group` ON `shift_stretch` (`group_id`);--> statement-breakpoint
CREATE TABLE `staff` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`ref` text,
	`centre_id` integer NOT NULL,
	`person_id` integer,
	`name` text NOT NULL,
	`search_name` text NOT NULL,
	`post` text NOT NULL,
	`level` integer NOT NULL,
	`weekly_minutes` integer NOT NULL,
	`skills` text NOT NULL,
	`availability` text NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text,
	FOREIGN KEY (`centre_id`) REFERENCES `centre`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_ref` ON `staff` (`ref`);--> statement-breakpoint
CREATE INDEX `staff_centre` ON `staff` (`centre_id`);--> statement-breakpoint
CREATE TABLE `staff_leave` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`staff_id` integer NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_leave_staff` ON `staff_leave` (`staff_id`,`starts_on`);--> statement-breakpoint
CREATE TABLE `waiting_list_choice` (
	`entry_id` integer NOT NULL,
	`group_id` integer NOT NULL,
	`preference` integer NOT NULL,
	PRIMARY KEY(`entry_id`, `group_id`),
	FOREIGN KEY (`entry_id`) REFERENCES `waiting_list_entry`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`group_id`) REFERENCES `care_group`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `waiting_list_choice_group` ON `waiting_list_choice` (`group_id`);--> statement-breakpoint
CREATE TABLE `waiting_list_entry` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`child_id` integer NOT NULL,
	`pattern` text NOT NULL,
	`minimum_minutes_per_week` integer,
	`starts_on` text NOT NULL,
	`registered_at` text NOT NULL,
	FOREIGN KEY (`child_id`) REFERENCES `child`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `waiting_list_entry_child` ON `waiting_list_entry` (`child_id`);--> statement-breakpoint
CREATE TABLE `workday` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` integer NOT NULL,
	`starts_on` text NOT NULL,
	`pattern` text NOT NULL,
	`commute_minutes` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `workday_person` ON `workday` (`person_id`,`starts_on`);