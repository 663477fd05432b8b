CREATE TABLE `draft_search` (
	`centre_id` integer PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	`started_at` text NOT NULL,
	`started_by` integer,
	`seconds` integer NOT NULL,
	`heard_at` text NOT NULL,
	`best` text,
	`asked` text,
	`outcome` text,
	`roster_id` integer,
	`reason` text,
	FOREIGN KEY (`centre_id`) REFERENCES `centre`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`started_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`roster_id`) REFERENCES `roster`(`id`) ON UPDATE no action ON DELETE set null
);
