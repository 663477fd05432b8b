import { HALF_HOURS, MINUTES_PER_HALF_HOUR, type HalfHour, type Slot } from './slots.ts';
import { leastCapacity, staffedAt, type Capacity, type SkillsOnDuty } from './staffing.ts';

/** A group's day, the aggregate of the kernel: what holds on that day and who takes which half-hours. */
export interface GroupDay {
  /** Licensed heads at any instant of the day. */
  readonly room: number;
  /** Opening [opensAt, closesAt), both null on a closed day. */
  readonly opensAt: HalfHour | null;
  readonly closesAt: HalfHour | null;
  /** Heads per half-hour, 48 numbers each. */
  readonly booked: readonly number[];
  readonly held: readonly number[];
  /** Support weight of booked and held children per half-hour, in hundredths. */
  readonly load: readonly number[];
  /** Null until a roster is published. */
  readonly capacity: Capacity | null;
  readonly skillsOnDuty: SkillsOnDuty | null;
}

/** Somebody's claim on half-hours: a booking's occupied part, or a hold. Weight in hundredths. */
export interface Claim extends Slot {
  readonly weight: number;
  /** Whose it is; left out where nobody asks. */
  readonly childId?: number | null;
}

export interface Need {
  /** Support weight in hundredths; 100 is one ordinary child. */
  readonly weight: number;
  readonly skills: readonly string[];
}

export const ORDINARY: Need = { weight: 100, skills: [] };

export type FitReason = 'full' | 'skill_missing';

/** Heads that may be present at a half-hour: the room while open, 0 when closed. */
export function placesAt(day: Pick<GroupDay, 'room' | 'opensAt' | 'closesAt'>, at: HalfHour): number {
  if (day.opensAt === null || day.closesAt === null) return 0;
  return at >= day.opensAt && at < day.closesAt ? day.room : 0;
}

/**
 * Why one more child does not fit at an open half-hour, if it does not: booked + held + 1 ≤ room, and, once a roster
 * is published, load + weight ≤ capacity at every level and the child's skills on duty.
 */
export function refusalAt(day: GroupDay, at: HalfHour, need: Need): FitReason | undefined {
  if (day.skillsOnDuty !== null) {
    for (const skill of need.skills) if (day.skillsOnDuty[skill]?.[at] !== true) return 'skill_missing';
  }
  if ((day.booked[at] ?? 0) + (day.held[at] ?? 0) + 1 > day.room) return 'full';
  const capacity = leastCapacity(day.capacity, at);
  if (capacity !== null && (day.load[at] ?? 0) + need.weight > capacity) return 'full';
  return undefined;
}

/** Whether the child fits for the whole slot; otherwise the first reason and every half-hour that has it. */
export function fit(
  day: GroupDay,
  slot: Slot,
  need: Need,
): { reason: FitReason; at: HalfHour[] } | undefined {
  const missing: HalfHour[] = [];
  const full: HalfHour[] = [];
  for (let at = slot.from; at < slot.to; at++) {
    const reason = refusalAt(day, at, need);
    if (reason === 'skill_missing') missing.push(at);
    else if (reason === 'full') full.push(at);
  }
  if (missing.length > 0) return { reason: 'skill_missing', at: missing };
  return full.length > 0 ? { reason: 'full', at: full } : undefined;
}

/** Free places at a half-hour for a child of weight 1 without special skills; never below 0, 0 when closed. */
export function freeAt(day: GroupDay, at: HalfHour): number {
  const places = placesAt(day, at);
  if (places === 0) return 0;
  const byRoom = places - (day.booked[at] ?? 0) - (day.held[at] ?? 0);
  const capacity = leastCapacity(day.capacity, at);
  const byStaff = capacity === null ? byRoom : Math.floor((capacity - (day.load[at] ?? 0)) / 100);
  return Math.max(0, Math.min(byRoom, byStaff));
}

/** How many ordinary children could still come for the whole slot. */
export function freeThrough(day: GroupDay, slot: Slot): number {
  let least = Number.POSITIVE_INFINITY;
  for (let at = slot.from; at < slot.to; at++) least = Math.min(least, freeAt(day, at));
  return least === Number.POSITIVE_INFINITY ? 0 : least;
}

/** Copied for every count, which is many times faster than filling an array. */
const NONE: readonly number[] = Array.from({ length: HALF_HOURS }, () => 0);

/** Heads per half-hour of some claims. */
function headsOf(claims: readonly Claim[]): number[] {
  const heads = NONE.slice();
  for (const claim of claims) for (let at = claim.from; at < claim.to; at++) heads[at] = (heads[at] ?? 0) + 1;
  return heads;
}

/** Support weight per half-hour of some claims, in hundredths. */
function loadOf(claims: readonly Claim[]): number[] {
  const load = NONE.slice();
  for (const claim of claims) {
    for (let at = claim.from; at < claim.to; at++) load[at] = (load[at] ?? 0) + claim.weight;
  }
  return load;
}

/** The part of a booking that still occupies a place: [from, releasedFrom ?? to); undefined when nothing is left. */
export function occupied(booking: Slot & { readonly releasedFrom: HalfHour | null }): Slot | undefined {
  const to = booking.releasedFrom ?? booking.to;
  return to > booking.from ? { from: booking.from, to } : undefined;
}

/** What is left of a slot beside others, in order; nothing where they cover it. */
export function beside(slot: Slot, others: readonly Slot[]): Slot[] {
  let left: Slot[] = [{ from: slot.from, to: slot.to }];
  for (const { from, to } of others) {
    left = left.flatMap((part) => [
      { from: part.from, to: Math.min(part.to, from) },
      { from: Math.max(part.from, to), to: part.to },
    ]);
    left = left.filter((part) => part.from < part.to);
  }
  return left;
}

/**
 * What holds take besides the bookings: a child that is booked here already keeps that place, so that a place held for
 * it takes the same half-hours only once the booking is given up. Nobody sits on two chairs.
 */
function holdsBeside({ bookings, holds }: DayContents): readonly Claim[] {
  if (holds.every((hold) => (hold.childId ?? null) === null)) return holds;
  return holds.flatMap((hold) => {
    const own = bookings.filter(({ childId }) => (childId ?? null) !== null && childId === hold.childId);
    return beside(hold, own).map((slot) => ({ ...hold, ...slot }));
  });
}

/** A day without one booking's own claim, so that a change does not stand in its own way. */
export function without<Day extends GroupDay>(day: Day, claim: Claim): Day {
  const less = (values: readonly number[], amount: number) =>
    values.map((value, at) => (at >= claim.from && at < claim.to ? value - amount : value));
  return { ...day, booked: less(day.booked, 1), load: less(day.load, claim.weight) };
}

/** Where a release at this half-hour (current, rounded up) cuts a booking: elapsed half-hours stay booked. */
export function releaseAt(booking: Slot, current: HalfHour): HalfHour {
  return Math.max(booking.from, Math.min(current, booking.to));
}

export interface DayTerms {
  readonly room: number;
  readonly opensAt: HalfHour | null;
  readonly closesAt: HalfHour | null;
  readonly capacity: Capacity | null;
}

export interface DayContents {
  readonly bookings: readonly Claim[];
  readonly holds: readonly Claim[];
  /** Whole minutes between arrival and departure, all children together. */
  readonly attendedMinutes: number;
}

export interface DayCount {
  readonly booked: number[];
  readonly held: number[];
  readonly load: number[];
  readonly peakTaken: number;
  readonly peakBooked: number;
  readonly placeMinutes: number;
  readonly bookedMinutes: number;
  readonly attendedMinutes: number;
  /** Place-minutes and staffed minutes of published days, null until then. Staffed counts at most the room. */
  readonly rosteredPlaceMinutes: number | null;
  readonly staffedMinutes: number | null;
}

/** Counts a day whole from its rows. The one definition: bookings, import, demo data and check-data all use it. */
export function countDay(terms: DayTerms, contents: DayContents): DayCount {
  const booked = headsOf(contents.bookings);
  const holds = holdsBeside(contents);
  const held = headsOf(holds);
  const load = loadOf(contents.bookings);
  loadOf(holds).forEach((weight, at) => (load[at] = (load[at] ?? 0) + weight));
  let peakTaken = 0;
  let peakBooked = 0;
  let bookedHalfHours = 0;
  let staffedHalfHours = 0;
  let places = 0;
  for (let at = 0; at < HALF_HOURS; at++) {
    const heads = booked[at] ?? 0;
    bookedHalfHours += heads;
    peakBooked = Math.max(peakBooked, heads);
    peakTaken = Math.max(peakTaken, heads + (held[at] ?? 0));
    const open = placesAt(terms, at);
    places += open;
    staffedHalfHours += Math.min(open, staffedAt(terms.capacity, at) ?? 0);
  }
  const placeMinutes = places * MINUTES_PER_HALF_HOUR;
  return {
    booked,
    held,
    load,
    peakTaken,
    peakBooked,
    placeMinutes,
    bookedMinutes: bookedHalfHours * MINUTES_PER_HALF_HOUR,
    attendedMinutes: contents.attendedMinutes,
    rosteredPlaceMinutes: terms.capacity === null ? null : placeMinutes,
    staffedMinutes: terms.capacity === null ? null : staffedHalfHours * MINUTES_PER_HALF_HOUR,
  };
}
