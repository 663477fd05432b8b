import { dateAt, instantAt, millisOf, minuteOfDay, type Instant, type PlainDate } from './calendar.ts';
import type { Shift } from './shift.ts';
import { MINUTES_PER_HALF_HOUR } from './slots.ts';

export type Direction = 'in' | 'out';

/** Somebody came or went, as the door says. */
export interface Clocking {
  readonly direction: Direction;
  readonly at: Instant;
}

/** A time at work as it was clocked; where one of its ends is null, somebody forgot it. */
export interface Spell {
  readonly date: PlainDate;
  readonly cameAt: Instant | null;
  readonly leftAt: Instant | null;
}

/**
 * Nobody is at work longer at a stretch (a shift has 12 hours at most), nor past the small hours: whoever seems so has
 * forgotten to say "left".
 */
const LONGEST_SPELL = 960;
const MORNING = 360;
/** What was tapped by mistake may be taken back at the door for so many minutes; later the administrator corrects it. */
export const UNDO_MINUTES = 10;
/** From so many minutes after a shift's start on somebody is late, or missing (field practice). */
const LATE_MINUTES = 5;
const MISSING_MINUTES = 60;

const minutesBetween = (from: Instant, to: Instant): number => (millisOf(to) - millisOf(from)) / 60_000;

/** Whether a time at work that began then may still go on. */
function goesOn(cameAt: Instant, at: Instant): boolean {
  if (minutesBetween(cameAt, at) > LONGEST_SPELL) return false;
  return dateAt(cameAt) === dateAt(at) || minuteOfDay(at) < MORNING;
}

/** Pairs of coming and going, in order of time; each belongs to the day on which it began. */
export function spellsOf(clockings: readonly Clocking[]): Spell[] {
  const spells: Spell[] = [];
  let cameAt: Instant | null = null;
  const end = (leftAt: Instant | null) => {
    const at = cameAt ?? leftAt;
    if (at !== null) spells.push({ date: dateAt(at), cameAt, leftAt });
    cameAt = null;
  };
  for (const { direction, at } of clockings) {
    if (direction === 'in') {
      end(null);
      cameAt = at;
    } else {
      if (cameAt !== null && !goesOn(cameAt, at)) end(null);
      end(at);
    }
  }
  end(null);
  return spells;
}

/** Whether a spell still goes on: then nobody has forgotten anything yet. */
export function isRunning({ cameAt, leftAt }: Spell, now: Instant): boolean {
  return leftAt === null && cameAt !== null && goesOn(cameAt, now);
}

/**
 * `future`: not yet. `already_in`, `already_out`: the one before or after says the same. `not_in`: gone without having
 * come. `same_time`: another is written at this very moment.
 */
export type ClockingProblem = 'future' | 'already_in' | 'already_out' | 'not_in' | 'same_time';

/** Why a clocking cannot stand among the others of the same person, if it cannot: comings and goings alternate. */
export function clockingProblem(
  others: readonly Clocking[],
  added: Clocking,
  now: Instant,
): ClockingProblem | undefined {
  const { direction, at } = added;
  if (at > now) return 'future';
  if (others.some((each) => each.at === at)) return 'same_time';
  const before = others.findLast((each) => each.at < at);
  const after = others.find((each) => each.at > at);
  const last = before && goesOn(before.at, at) ? before.direction : 'out';
  if (direction === 'in') {
    if (last === 'in' || (after?.direction === 'in' && dateAt(after.at) === dateAt(at))) return 'already_in';
    return undefined;
  }
  if (last === 'out') return 'not_in';
  return after?.direction === 'out' && goesOn(at, after.at) ? 'already_out' : undefined;
}

/** Whether a clocking moved to another time would pass the one before it or the one after it: then pairs fall apart. */
export function passesNeighbour(
  others: readonly Clocking[],
  wrong: Pick<Clocking, 'at'>,
  at: Instant,
): boolean {
  const before = others.findLast((each) => each.at < wrong.at);
  const after = others.find((each) => each.at > wrong.at);
  return (before !== undefined && at <= before.at) || (after !== undefined && at >= after.at);
}

/** How somebody stands at the door: nothing is asked of `off` and `away`. */
export type DoorState = 'present' | 'left' | 'expected' | 'late' | 'missing' | 'away' | 'off';

/**
 * How somebody stands on the day of `now`. Who has a shift and has not come is late five minutes after its start, and
 * missing after an hour or once it is over (field practice: told calmly, it has no consequence).
 */
export function doorState(
  own: {
    readonly shifts: readonly Pick<Shift, 'from' | 'to'>[];
    readonly clockings: readonly Clocking[];
    readonly away: boolean;
  },
  now: Instant,
): DoorState {
  const last = own.clockings.at(-1);
  if (last?.direction === 'in' && goesOn(last.at, now)) return 'present';
  if (last?.direction === 'out' && dateAt(last.at) === dateAt(now)) return 'left';
  if (own.away) return 'away';
  if (own.shifts.length === 0) return 'off';
  const starts = Math.min(...own.shifts.map((shift) => shift.from)) * MINUTES_PER_HALF_HOUR;
  const ends = Math.max(...own.shifts.map((shift) => shift.to)) * MINUTES_PER_HALF_HOUR;
  const minute = minuteOfDay(now);
  if (minute >= ends || minute >= starts + MISSING_MINUTES) return 'missing';
  return minute >= starts + LATE_MINUTES ? 'late' : 'expected';
}

/** Whether what was tapped may still be taken back at the door. */
export function mayUndo(recordedAt: Instant, now: Instant): boolean {
  return minutesBetween(recordedAt, now) <= UNDO_MINUTES;
}

/** The clockings that are missing of a day as it was planned: what a person confirms who counts it as planned. */
export function missingAsPlanned(
  date: PlainDate,
  shifts: readonly Pick<Shift, 'from' | 'to'>[],
  spells: readonly Spell[],
): Clocking[] {
  if (shifts.length === 0) return [];
  const starts = instantAt(date, Math.min(...shifts.map((each) => each.from)) * MINUTES_PER_HALF_HOUR);
  const ends = instantAt(date, Math.max(...shifts.map((each) => each.to)) * MINUTES_PER_HALF_HOUR);
  const came: Clocking = { direction: 'in', at: starts };
  const left: Clocking = { direction: 'out', at: ends };
  if (spells.length === 0) return [came, left];
  const [first, last] = [spells[0]!, spells.at(-1)!];
  return [
    ...(first.cameAt === null && first.leftAt! > starts ? [came] : []),
    ...(last.leftAt === null && last.cameAt! < ends ? [left] : []),
  ];
}
