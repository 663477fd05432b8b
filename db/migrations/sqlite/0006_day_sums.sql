DROP INDEX `booking_group`;--> statement-breakpoint
CREATE INDEX `booking_group` ON `booking` (`group_id`,`date`,`child_id`,`from_half_hour`,`to_half_hour`,`released_from`,`weight`);--> statement-breakpoint
CREATE INDEX `group_day_sums_of_group` ON `group_day` (`group_id`,`date`,`place_minutes`,`rostered_place_minutes`,`staffed_minutes`,`booked_minutes`,`attended_minutes`,`peak_booked`);