import { HALF_HOURS, parseTime } from '../../domain/slots.ts';
import type { DayTimes } from './input.ts';
import { nearestPattern, SHIFTS, type DayStretch } from './nearest.ts';

/** What an entry would take besides exactly its pattern. */
export interface Tolerated {
  /** No half-hour earlier than its stay by more, nor later. */
  readonly earlier: number;
  readonly later: number;
  /** Days that must get the same stay, by what they share: the Mondays of a weekly pattern. Every day of the pattern has one. */
  readonly kinds: Readonly<Record<string, string>>;
  /** Fewest half-hours, one day of each kind together; null when it takes no fewer than its own. */
  readonly least: number | null;
}

/** The stays that an entry is offered in place of its own. */
export interface ToleratedStays {
  /** By kind of day; a kind that is left out has none. */
  readonly stays: ReadonlyMap<string, readonly [from: number, to: number]>;
  /** Every kind of day has as many half-hours as were wished. */
  readonly whole: boolean;
}

/** A day of the pattern with its stay, and what the child has on it already. */
export interface OwnedStretch extends DayStretch {
  readonly own: readonly [from: number, to: number] | undefined;
}

/** Whether somebody has all of these stays already, so that an offer of them would give nothing. */
export function hasAlready(
  days: readonly OwnedStretch[],
  { kinds }: Tolerated,
  { stays }: ToleratedStays,
): boolean {
  return days.every(({ day, own }) => {
    const stay = stays.get(kinds[day]!);
    return !stay || (own !== undefined && own[0] <= stay[0] && own[1] >= stay[1]);
  });
}

/** A kind of day with the numbers of its days and what is known of its half-hours: 0 not asked yet, 1 free, 2 full. */
interface Kind extends DayStretch {
  readonly numbers: number[];
  readonly known: Uint8Array;
}

function kindsOf(days: readonly DayStretch[], { kinds }: Tolerated): Kind[] {
  const found = new Map<string, Kind>();
  for (const [number, { day: name, from, to }] of days.entries()) {
    const day = kinds[name]!;
    const kind = found.get(day);
    if (kind) kind.numbers.push(number);
    else found.set(day, { day, from, to, numbers: [number], known: new Uint8Array(HALF_HOURS) });
  }
  return [...found.values()];
}

function read(nearest: DayTimes): Map<string, readonly [number, number]> {
  return new Map(
    Object.entries(nearest).map(([day, [from, to]]) => [day, [parseTime(from)!, parseTime(to)!] as const]),
  );
}

/**
 * The stays nearest to a pattern that fit on all its days and that its family tolerates: all hours shifted as little as
 * possible, each kind of day by itself; only where that does not fit and the family has said how much is enough, shortened
 * or left out (nearest.ts). Undefined when nothing it tolerates fits, or nothing that the child has not got already.
 * @param isFull whether the half-hour of a day (by its number in `days`) has no place for this entry.
 */
export function toleratedStays(
  days: readonly OwnedStretch[],
  tolerated: Tolerated,
  isFull: (number: number, halfHour: number) => boolean,
): ToleratedStays | undefined {
  const found = nearestStays(kindsOf(days, tolerated), tolerated, isFull);
  return found && !hasAlready(days, tolerated, found) ? found : undefined;
}

function nearestStays(
  kinds: readonly Kind[],
  tolerated: Tolerated,
  isFull: (number: number, halfHour: number) => boolean,
): ToleratedStays | undefined {
  const isBlocked = (at: number, halfHour: number): boolean => {
    const { from, to, numbers, known } = kinds[at]!;
    if (halfHour < from - tolerated.earlier || halfHour >= to + tolerated.later) return true;
    known[halfHour] ||= numbers.some((number) => isFull(number, halfHour)) ? 2 : 1;
    return known[halfHour] === 2;
  };
  const shifted = nearestPattern(kinds, isBlocked, SHIFTS);
  if (shifted !== null && Object.keys(shifted).length === kinds.length)
    return { stays: read(shifted), whole: true };
  if (tolerated.least === null) return undefined;
  const nearest = nearestPattern(kinds, isBlocked);
  const stays = nearest && read(nearest);
  if (!stays) return undefined;
  const halfHours = [...stays.values()].reduce((sum, [from, to]) => sum + to - from, 0);
  return halfHours >= tolerated.least ? { stays, whole: false } : undefined;
}
