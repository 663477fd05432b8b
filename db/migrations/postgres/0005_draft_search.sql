CREATE TABLE "draft_search" (
	"centre_id" integer PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"starts_on" text NOT NULL,
	"ends_on" text NOT NULL,
	"started_at" text NOT NULL,
	"started_by" integer,
	"seconds" integer NOT NULL,
	"heard_at" text NOT NULL,
	"best" json,
	"asked" text,
	"outcome" text,
	"roster_id" integer,
	"reason" text
);
--> statement-breakpoint
ALTER TABLE "draft_search" ADD CONSTRAINT "draft_search_centre_id_centre_id_fk" FOREIGN KEY ("centre_id") REFERENCES "public"."centre"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_search" ADD CONSTRAINT "draft_search_started_by_person_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."person"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_search" ADD CONSTRAINT "draft_search_roster_id_roster_id_fk" FOREIGN KEY ("roster_id") REFERENCES "public"."roster"("id") ON DELETE set null ON UPDATE no action;