import { dateAt, millisOf, type Instant, type PlainDate } from './calendar.ts';
import type { ClosedReason } from './opening.ts';
import { countDay, occupied, type Claim, type DayCount, type DayTerms } from './places.ts';
import type { SkillsOnDuty } from './staffing.ts';
import { formatTime, HALF_HOURS, lengthReason, type HalfHour, type Slot } from './slots.ts';

/** What a recount from raw rows can find wrong. */
export type CheckRule =
  | 'overbooked'
  | 'child_twice'
  | 'length'
  | 'outside_hours'
  | 'day_differs'
  | 'terms_differ'
  | 'days_missing'
  | 'not_released'
  | 'released_without_reason'
  | 'released_outside'
  | 'contradiction'
  | 'orphan'
  | 'offer'
  | 'hold'
  | 'rank'
  | 'shift_twice'
  | 'roster'
  | 'staffing'
  | 'open_shift'
  | 'curtailment';

/** One thing found wrong: ids, dates and numbers, nobody's name. */
export interface Finding {
  readonly rule: CheckRule;
  readonly where: string;
  readonly detail: string;
}

/** A booking with its story, raw. */
export interface CheckedBooking extends Slot {
  readonly id: number;
  readonly childId: number;
  readonly date: PlainDate;
  readonly weight: number;
  readonly releasedFrom: HalfHour | null;
  readonly absent: boolean;
  readonly cancelled: boolean;
  readonly closureId: number | null;
  readonly arrivedAt: Instant | null;
  readonly departedAt: Instant | null;
}

type Stored<Count> = {
  [Name in keyof Count]: Count[Name] extends number[] ? readonly number[] : Count[Name];
};

/** A day as it is stored: its terms and what it says was counted. */
export interface CheckedDay extends DayTerms, Readonly<Stored<DayCount>> {
  readonly groupId: number;
  readonly date: PlainDate;
  readonly closedReason: ClosedReason | null;
  readonly skillsOnDuty: SkillsOnDuty | null;
  readonly rosterId: number | null;
}

/** A booking's own rules: length, grid, where it is released, and a story that does not contradict itself. */
export function checkBooking(booking: CheckedBooking): Finding[] {
  const { from, to, releasedFrom, arrivedAt, departedAt, absent, cancelled, closureId } = booking;
  const findings: Finding[] = [];
  const found = (rule: CheckRule, detail: string) =>
    findings.push({ rule, where: `booking ${booking.id}`, detail });

  if (lengthReason(booking) || from < 0 || to > HALF_HOURS)
    found('length', `${formatTime(from)}–${formatTime(to)}`);
  if (releasedFrom !== null && (releasedFrom < from || releasedFrom > to)) {
    found(
      'released_outside',
      `released from ${formatTime(releasedFrom)}, booked ${formatTime(from)}–${formatTime(to)}`,
    );
  }
  if ((absent || cancelled) && releasedFrom === null) {
    found(
      'not_released',
      cancelled ? 'cancelled and still occupies its place' : 'absent and still occupies its place',
    );
  }
  // A closure cuts the stay of a child who is there without cancelling it.
  if (releasedFrom !== null && !absent && !cancelled && arrivedAt === null) {
    found(
      'released_without_reason',
      `free from ${formatTime(releasedFrom)}, and nobody cancelled, was absent or left`,
    );
  }
  if (arrivedAt !== null && absent) found('contradiction', 'arrived and absent');
  // Only a closure sends home a child who has come, or cancels what is reported absent.
  if (cancelled && closureId === null && (arrivedAt !== null || absent)) {
    found('contradiction', `cancelled and ${absent ? 'absent' : 'arrived'}`);
  }
  if (arrivedAt !== null && dateAt(arrivedAt) !== booking.date)
    found('contradiction', 'arrived on another day');
  if (arrivedAt !== null && departedAt !== null && departedAt < arrivedAt)
    found('contradiction', 'left before arriving');
  return findings;
}

function liesInside(slot: Slot, { opensAt, closesAt }: DayTerms): boolean {
  return opensAt !== null && closesAt !== null && slot.from >= opensAt && slot.to <= closesAt;
}

/**
 * Whether the occupied part lies inside the day's opening. What a closure cut short is left out: half-hours that had
 * elapsed when it was written down stay booked.
 */
function isOutside(booking: CheckedBooking, day: CheckedDay): boolean {
  const taken = occupied(booking);
  if (!taken) return false;
  const cut = day.closedReason === 'closure' || day.closedReason === 'emergency';
  if (cut && booking.releasedFrom !== null) return false;
  return !liesInside(taken, day);
}

function minutesAttended({ arrivedAt, departedAt }: CheckedBooking): number {
  if (arrivedAt === null || departedAt === null) return 0;
  return Math.max(0, Math.floor((millisOf(departedAt) - millisOf(arrivedAt)) / 60_000));
}

const COUNTED = [
  'booked',
  'held',
  'load',
  'peakTaken',
  'peakBooked',
  'placeMinutes',
  'bookedMinutes',
  'attendedMinutes',
  'rosteredPlaceMinutes',
  'staffedMinutes',
] as const satisfies readonly (keyof DayCount)[];

/** Recounts a stored day from its rows: room at every half-hour, opening, and that what is stored is what is counted. */
export function checkDay(
  day: CheckedDay,
  bookings: readonly CheckedBooking[],
  holds: readonly Claim[],
): Finding[] {
  const where = `group ${day.groupId}, ${day.date}`;
  const findings: Finding[] = [];
  const claims: Claim[] = [];
  let attendedMinutes = 0;
  for (const booking of bookings) {
    const taken = occupied(booking);
    if (!taken) continue;
    claims.push({ ...taken, weight: booking.weight, childId: booking.childId });
    attendedMinutes += minutesAttended(booking);
    if (isOutside(booking, day)) {
      const detail = `booking ${booking.id} takes ${formatTime(taken.from)}–${formatTime(taken.to)}`;
      findings.push({ rule: 'outside_hours', where, detail });
    }
  }
  for (const hold of holds) {
    if (liesInside(hold, day)) continue;
    findings.push({
      rule: 'outside_hours',
      where,
      detail: `a hold keeps ${formatTime(hold.from)}–${formatTime(hold.to)}`,
    });
  }
  const count = countDay(day, { bookings: claims, holds, attendedMinutes });
  const over = count.booked.findIndex((heads, at) => heads + (count.held[at] ?? 0) > day.room);
  if (over >= 0) {
    const taken = (count.booked[over] ?? 0) + (count.held[over] ?? 0);
    findings.push({ rule: 'overbooked', where, detail: `${taken} of ${day.room} at ${formatTime(over)}` });
  }
  const published = [day.capacity, day.skillsOnDuty, day.rosteredPlaceMinutes, day.staffedMinutes];
  if (published.some((value) => (value === null) !== (day.rosterId === null))) {
    findings.push({
      rule: 'day_differs',
      where,
      detail: 'has a capacity without a roster, or a roster without one',
    });
  }
  for (const name of COUNTED) {
    const [stored, counted] = [day[name], count[name]];
    const same =
      typeof counted === 'object' && counted !== null
        ? counted.every((value, at) => value === (stored as readonly number[])[at])
        : stored === counted;
    if (!same)
      findings.push({
        rule: 'day_differs',
        where,
        detail: `${name} is stored otherwise than its rows count`,
      });
  }
  return findings;
}
