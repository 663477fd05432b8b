import { weekdayOf, WEEKDAYS, type PlainDate } from './calendar.ts';
import { placesAt, type GroupDay } from './places.ts';
import { HALF_HOURS, MINUTES_PER_HALF_HOUR, type HalfHour } from './slots.ts';
import { staffedAt } from './staffing.ts';

/** A week of half-hours, Monday 00:00 first. */
export const HALF_HOURS_A_WEEK = WEEKDAYS.length * HALF_HOURS;

/** Heads by half-hour of a week, 336 numbers each, all groups together. */
export interface WeekProfile {
  /** May be present: the room while open. */
  readonly places: readonly number[];
  readonly booked: readonly number[];
  /** That published staff carry, at most the room; null where no roster of the week is published. */
  readonly staffed: readonly number[] | null;
}

/** What a profile needs to know of a group's day. */
export type ProfiledDay = Pick<GroupDay, 'room' | 'opensAt' | 'closesAt' | 'booked' | 'capacity'> & {
  readonly date: PlainDate;
};

const NONE: readonly number[] = Array.from({ length: HALF_HOURS_A_WEEK }, () => 0);

/** Where a weekday (Monday is 0) and half-hour stand in a profile. */
export function indexOf(weekday: number, at: HalfHour): number {
  return weekday * HALF_HOURS + at;
}

function add(to: number[], at: number, heads: number): void {
  to[at] = (to[at] ?? 0) + heads;
}

/** The days of one week, of any groups, added up by weekday and half-hour. */
export function profileOf(days: readonly ProfiledDay[]): WeekProfile {
  const places = NONE.slice();
  const booked = NONE.slice();
  const staffed = NONE.slice();
  for (const day of days) {
    const weekday = WEEKDAYS.indexOf(weekdayOf(day.date));
    for (let at = 0; at < HALF_HOURS; at++) {
      const index = indexOf(weekday, at);
      const open = placesAt(day, at);
      add(places, index, open);
      add(booked, index, day.booked[at] ?? 0);
      if (day.capacity !== null) add(staffed, index, Math.min(open, staffedAt(day.capacity, at) ?? 0));
    }
  }
  return { places, booked, staffed: days.some((day) => day.capacity !== null) ? staffed : null };
}

/** Profiles of the same week together. Staffed counts those of which a roster is published. */
export function addProfiles(profiles: readonly WeekProfile[]): WeekProfile {
  const places = NONE.slice();
  const booked = NONE.slice();
  const staffed = NONE.slice();
  for (const profile of profiles) {
    for (let at = 0; at < HALF_HOURS_A_WEEK; at++) {
      add(places, at, profile.places[at] ?? 0);
      add(booked, at, profile.booked[at] ?? 0);
      add(staffed, at, profile.staffed?.[at] ?? 0);
    }
  }
  return { places, booked, staffed: profiles.some((profile) => profile.staffed !== null) ? staffed : null };
}

/** Sums of a profile as the other pages have them, in minutes, and the most heads at any one half-hour. */
export function sumsOfProfile({ places, booked }: Pick<WeekProfile, 'places' | 'booked'>) {
  const sum = (heads: readonly number[]) => heads.reduce((all, each) => all + each, 0);
  return {
    placeMinutes: sum(places) * MINUTES_PER_HALF_HOUR,
    bookedMinutes: sum(booked) * MINUTES_PER_HALF_HOUR,
    most: Math.max(...booked),
  };
}
