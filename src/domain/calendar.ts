import { IANAZone } from 'luxon';
import { dateOfNumber, numberOfDate, parsePlainDate, plainDate, type PlainDate } from './plain-date.ts';

export * from './plain-date.ts';

declare const brand: unique symbol;

/** A moment, in UTC with milliseconds, '2026-11-22T04:00:00.000Z'. It sorts, compares and stores as it looks. */
export type Instant = string & { readonly [brand]: 'Instant' };

const MINUTE = 60_000;
const DAY = 86_400_000;
const INSTANT_SHAPE =
  /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:[Zz]|([+-])(\d{2})(?::?(\d{2}))?)$/;
/** Instants run from 1900 in UTC to the end of 2199 in the zone (+05:00), so that each has a PlainDate. */
const FIRST_MILLIS = numberOfDate(plainDate('1900-01-01')) * DAY;
const END_MILLIS = (numberOfDate(plainDate('2199-12-31')) + 1) * DAY - 300 * MINUTE;

/**
 * ISO 8601 date and time with 'Z' or an offset up to ±18:00 → UTC with milliseconds (finer digits are cut off).
 * Refuses a text without an offset, 24:00, leap seconds, and moments before 1900 or after 2199.
 */
export function parseInstant(text: string): Instant | undefined {
  const match = INSTANT_SHAPE.exec(text);
  const date = match?.[1] === undefined ? undefined : parsePlainDate(match[1]);
  if (!match || date === undefined) return undefined;
  const part = (at: number): number => Number(match[at] ?? 0);
  const [hour, minute, second] = [part(2), part(3), part(4)] as const;
  const [offsetHours, offsetMinutes] = [part(7), part(8)] as const;
  const offset = offsetHours * 60 + offsetMinutes;
  if (hour > 23 || minute > 59 || second > 59 || offsetMinutes > 59 || offset > 18 * 60) return undefined;
  const thousandths = Number((match[5] ?? '').slice(0, 3).padEnd(3, '0'));
  const local = numberOfDate(date) * DAY + (hour * 60 + minute) * MINUTE + second * 1000 + thousandths;
  const millis = local - (match[6] === '-' ? -offset : offset) * MINUTE;
  return millis < FIRST_MILLIS || millis >= END_MILLIS ? undefined : instantFromMillis(millis);
}

/** For texts that are known to be instants; throws RangeError where parseInstant answers undefined. */
export function instant(text: string): Instant {
  const parsed = parseInstant(text);
  if (parsed === undefined) throw new RangeError(`not an instant: ${text}`);
  return parsed;
}

/** Whole milliseconds since 1970 in UTC → Instant. Throws RangeError for fractions and beyond 1900–2199. */
export function instantFromMillis(ms: number): Instant {
  if (!Number.isInteger(ms) || ms < FIRST_MILLIS || ms >= END_MILLIS)
    throw new RangeError(`no such instant: ${ms}`);
  return new Date(ms).toISOString() as Instant;
}

const pairAt = (at: Instant, index: number): number =>
  at.charCodeAt(index) * 10 + at.charCodeAt(index + 1) - 528;

/** Milliseconds since 1970, read digit by digit: timesheets ask for thousands. */
export function millisOf(at: Instant): number {
  const minute = pairAt(at, 11) * 60 + pairAt(at, 14);
  const thousandths = (at.charCodeAt(20) - 48) * 100 + pairAt(at, 21);
  return (
    numberOfDate(at as string as PlainDate) * DAY + minute * MINUTE + pairAt(at, 17) * 1000 + thousandths
  );
}

/** n minutes later (earlier when negative). */
export function addMinutes(at: Instant, n: number): Instant {
  return instantFromMillis(millisOf(at) + n * MINUTE);
}

/** The one zone of the country: UTC+5 without summer time since 1 March 2024, +06:00 before; luxon knows the history. */
const zone = IANAZone.create('Asia/Almaty');
const offsetByLuxon = (ms: number): number => Math.round(zone.offset(ms) * MINUTE);

/** Time is cut into stretches of 24.8 days; at most one change of offset lies in each (a test sweeps them all). */
const STRETCH = 2 ** 31;
const stretches = new Map<
  number,
  { readonly changesAt: number; readonly before: number; readonly after: number }
>();

/** Milliseconds that the zone is ahead of UTC. luxon is asked once a stretch, not once a call. */
function offsetAt(ms: number): number {
  const index = Math.floor(ms / STRETCH);
  let stretch = stretches.get(index);
  if (stretch === undefined) {
    let low = index * STRETCH;
    let high = low + STRETCH;
    const before = offsetByLuxon(low);
    const after = offsetByLuxon(high - 1);
    if (before !== after) {
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2);
        if (offsetByLuxon(middle) === before) low = middle;
        else high = middle;
      }
    }
    stretch = { changesAt: high, before, after };
    stretches.set(index, stretch);
  }
  return ms < stretch.changesAt ? stretch.before : stretch.after;
}

function localMillis(at: Instant): number {
  const ms = millisOf(at);
  return ms + offsetAt(ms);
}

/** The day it is in the zone. */
export function dateAt(at: Instant): PlainDate {
  return dateOfNumber(Math.floor(localMillis(at) / DAY));
}

/** Minutes since midnight in the zone, 0…1439, begun ones not counted. */
export function minuteOfDay(at: Instant): number {
  const local = localMillis(at);
  return Math.floor((local - Math.floor(local / DAY) * DAY) / MINUTE);
}

/**
 * The moment when clocks in the zone show this minute (0…1440) of the date. Where they show it twice (29 February 2024,
 * 23:00–23:59) the first; where they skip it (summer time before 2005) as long after the gap as it was into it.
 */
export function instantAt(date: PlainDate, minute: number): Instant {
  if (!Number.isInteger(minute) || minute < 0 || minute > 1440)
    throw new RangeError(`no such minute of a day: ${minute}`);
  return instantFromMillis(millisAt(date, minute));
}

function millisAt(date: PlainDate, minute: number): number {
  const local = numberOfDate(date) * DAY + minute * MINUTE;
  const before = offsetAt(local - DAY);
  const after = offsetAt(local);
  const first = local - before;
  if (before === after || offsetAt(first) === before) return first;
  return offsetAt(local - after) === after ? local - after : first;
}

/** Whole minutes from the date's midnight in the zone to a moment: below 0 before it, beyond 1440 after the next. */
export function minutesFrom(date: PlainDate, at: Instant): number {
  return Math.floor((millisOf(at) - millisAt(date, 0)) / MINUTE);
}
