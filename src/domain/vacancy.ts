import { addMonths, weekdayOf, type PlainDate } from './calendar.ts';
import type { WeeklyHours } from './opening.ts';
import { refusalAt, without, type GroupDay, type Need } from './places.ts';
import type { FieldRefusal } from './refusal.ts';
import {
  LONGEST_STAY,
  MINUTES_PER_HALF_HOUR,
  SHORTEST_STAY,
  stretches,
  type HalfHour,
  type Slot,
} from './slots.ts';
import type { Post } from './staffing.ts';

/** What a centre says of a post that it wants to fill. */
export interface VacancyWish {
  readonly post: Post;
  readonly weeklyMinutes: number;
  /** Hours of the week within which the work lies. */
  readonly hours: WeeklyHours;
  readonly startsOn: PlainDate;
  /** Last day on which one may apply. */
  readonly applyUntil: PlainDate;
  readonly details: string;
}

/** The Labour Code's ordinary week is the most a contract may have (domain.md: ≤ 40 h). */
const MOST_WEEK = 2400;
const LEAST_WEEK = 30;
const MONTHS_AHEAD = 12;
export const LONGEST_DETAILS = 1000;

/** Minutes of a week of hours. */
function minutesOfWeek(hours: WeeklyHours): number {
  const halves = Object.values(hours).reduce((sum, [from, to]) => sum + to - from, 0);
  return halves * MINUTES_PER_HALF_HOUR;
}

/**
 * What is wrong with a vacancy: a contract beyond 0.5–40 h or longer than its hours of the week, no hours, a last day to
 * apply that is gone or after the first day of work, a start more than 12 months ahead.
 */
export function vacancyErrors(wish: VacancyWish, today: PlainDate): FieldRefusal[] {
  const errors: FieldRefusal[] = [];
  const wrong = (field: string, detail: string) => errors.push({ field, reason: 'invalid', detail });
  if (wish.weeklyMinutes < LEAST_WEEK || wish.weeklyMinutes > MOST_WEEK)
    wrong('weeklyMinutes', 'week_bounds');
  if (Object.keys(wish.hours).length === 0) wrong('hours', 'no_hours');
  else if (wish.weeklyMinutes <= MOST_WEEK && minutesOfWeek(wish.hours) < wish.weeklyMinutes)
    wrong('hours', 'hours_too_few');
  if (wish.startsOn < today || wish.startsOn > addMonths(today, MONTHS_AHEAD))
    wrong('startsOn', 'start_bounds');
  if (wish.applyUntil < today) wrong('applyUntil', 'apply_gone');
  else if (wish.applyUntil > wish.startsOn) wrong('applyUntil', 'apply_after_start');
  if (wish.details.length > LONGEST_DETAILS) wrong('details', 'details_long');
  return errors;
}

export type VacancyState = 'open' | 'over' | 'closed';

/** Open until its last day to apply is over, or until the centre closes it. */
export function vacancyState(
  { applyUntil, closedAt }: { readonly applyUntil: PlainDate; readonly closedAt: string | null },
  today: PlainDate,
): VacancyState {
  if (closedAt !== null) return 'closed';
  return applyUntil < today ? 'over' : 'open';
}

/** A group's day as a child could come to it. */
export interface PossibleDay {
  readonly day: GroupDay;
  /** What the child has booked there already: it does not stand in its own way. */
  readonly own: (Slot & { readonly weight: number }) | undefined;
}

/** How a post's hours and a child's go together, in minutes of the post's hours over the days counted. */
export interface Fit {
  readonly workMinutes: number;
  readonly bookedMinutes: number;
  /** Booked, or free to be booked in one stay of 4–10 hours a day; never less than booked. */
  readonly possibleMinutes: number;
}

const overlap = (a: Slot, b: Slot): HalfHour => Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));

/** Half-hours of the work that the best single stay of 4–10 hours in a group covers. */
function bestStay(work: Slot, { day, own }: PossibleDay, need: Need): HalfHour {
  if (day.opensAt === null || day.closesAt === null) return 0;
  const open = own === undefined ? day : without(day, own);
  const free: HalfHour[] = [];
  for (let at = day.opensAt; at < day.closesAt; at++)
    if (refusalAt(open, at, need) === undefined) free.push(at);
  const long = stretches(free).filter((stretch) => stretch.to - stretch.from >= SHORTEST_STAY);
  return Math.max(0, ...long.map((stretch) => Math.min(LONGEST_STAY, overlap(work, stretch))));
}

/**
 * How much of a post's hours the own child is booked, and could be: day by day over the given days, of which only those
 * count on which the post works. `possible` lists the groups that admit the child on each date.
 */
export function fitOf(
  hours: WeeklyHours,
  days: readonly {
    readonly date: PlainDate;
    readonly booked: readonly Slot[];
    readonly possible: readonly PossibleDay[];
  }[],
  need: Need,
): Fit {
  let [work, booked, possible] = [0, 0, 0];
  for (const day of days) {
    const stretch = hours[weekdayOf(day.date)];
    if (!stretch) continue;
    const slot = { from: stretch[0], to: stretch[1] };
    const own = day.booked.reduce((sum, each) => sum + overlap(slot, each), 0);
    work += slot.to - slot.from;
    booked += own;
    possible += Math.max(own, ...day.possible.map((each) => bestStay(slot, each, need)));
  }
  return {
    workMinutes: work * MINUTES_PER_HALF_HOUR,
    bookedMinutes: booked * MINUTES_PER_HALF_HOUR,
    possibleMinutes: possible * MINUTES_PER_HALF_HOUR,
  };
}

export type FitState = 'booked' | 'possible' | 'short';

/**
 * Whether the child is looked after for as much of the post's hours as its contract has: booked already, free to be booked,
 * or neither. A contract of 20 hours within 40 hours of the week asks for half of them.
 */
export function fitState(
  fit: Fit,
  { weeklyMinutes, hours }: { readonly weeklyMinutes: number; readonly hours: WeeklyHours },
): FitState {
  const asked = (fit.workMinutes * weeklyMinutes) / Math.max(weeklyMinutes, minutesOfWeek(hours));
  if (fit.workMinutes === 0) return 'short';
  if (fit.bookedMinutes >= asked) return 'booked';
  return fit.possibleMinutes >= asked ? 'possible' : 'short';
}
