import { dayRefusal, type Asked, type Refused } from '../domain/admittance.ts';
import { instantAt, type Instant, type PlainDate } from '../domain/calendar.ts';
import type { ClosedReason } from '../domain/opening.ts';
import { countDay, type Claim, type DayContents, type GroupDay } from '../domain/places.ts';
import type { OpeningFacts } from '../data/groups.ts';
import { emptyDay, type GroupSpan } from './group-days.ts';

/** A day of a group in memory: many bookings are admitted to it one by one, and it is written once. */
export interface OpenDay extends GroupDay {
  readonly date: PlainDate;
  readonly closedReason: ClosedReason | null;
  readonly booked: number[];
  readonly load: number[];
}

/** A day that nobody has claimed anything of yet, before any roster. */
export function openDay(group: GroupSpan, date: PlainDate, facts: OpeningFacts): OpenDay {
  return { ...emptyDay(group, date, facts), capacity: null, skillsOnDuty: null };
}

/** Takes a slot of a day if the rules of bookSlot let it, else says why not. */
export function admit(day: OpenDay | undefined, asked: Asked): Refused | undefined {
  const refused = dayRefusal(day, asked);
  if (refused || !day) return refused;
  for (let at = asked.slot.from; at < asked.slot.to; at++) {
    day.booked[at] = (day.booked[at] ?? 0) + 1;
    day.load[at] = (day.load[at] ?? 0) + asked.need.weight;
  }
  return undefined;
}

const mornings = new Map<PlainDate, Instant>();

/** The first moment of a date: what is written down afterwards is asked as on that morning, when nothing of it was past. */
export function morningOf(date: PlainDate): Instant {
  let morning = mornings.get(date);
  if (morning === undefined) mornings.set(date, (morning = instantAt(date, 0)));
  return morning;
}

/** The row of a day that is new, counted from what claims it. */
export function dayRow(groupId: number, day: OpenDay, contents: DayContents) {
  const { date, room, opensAt, closesAt, closedReason } = day;
  return { groupId, date, room, opensAt, closesAt, closedReason, ...countDay(day, contents) };
}

export const contentsOf = (bookings: readonly Claim[], attendedMinutes = 0): DayContents => ({
  bookings,
  holds: [],
  attendedMinutes,
});
