DROP INDEX "shift_roster";--> statement-breakpoint
DROP INDEX "shift_stretch_shift";--> statement-breakpoint
CREATE INDEX "shift_roster" ON "shift" USING btree ("roster_id","date","from_half_hour","id","staff_id","to_half_hour","break_from","fixed");--> statement-breakpoint
CREATE INDEX "shift_stretch_shift" ON "shift_stretch" USING btree ("shift_id","from_half_hour","to_half_hour","group_id");