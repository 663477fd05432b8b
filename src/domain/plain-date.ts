import { civilDay, dayNumber, daysInMonth, type CivilDay } from './civil-days.ts';

declare const brand: unique symbol;

/** A day of the calendar, '2027-02-01', years 1900–2199. It sorts, compares, stores and prints as it looks. */
export type PlainDate = string & { readonly [brand]: 'PlainDate' };

/** The week starts on Monday. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const DATE_SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;
const FIRST_DAY = dayNumber(FIRST_YEAR, 1, 1);
const LAST_DAY = dayNumber(LAST_YEAR, 12, 31);

const two = (number: number): string => (number < 10 ? `0${number}` : String(number));

/** The text of every day ever asked for, by day number: one string a day is shared by all who hold it. */
const texts: (PlainDate | undefined)[] = [];

/** Day number (days since 1970-01-01) → date. Throws RangeError beyond 1900–2199 and for fractions. */
export function dateOfNumber(day: number): PlainDate {
  const known = texts[day - FIRST_DAY];
  if (known !== undefined) return known;
  if (!Number.isInteger(day) || day < FIRST_DAY || day > LAST_DAY)
    throw new RangeError(`no such day: ${day}`);
  const { year, month, day: dayOfMonth } = civilDay(day);
  return (texts[day - FIRST_DAY] = `${year}-${two(month)}-${two(dayOfMonth)}` as PlainDate);
}

/** The number that two digits of a date say; read digit by digit, since boards ask for thousands of dates. */
const pairAt = (date: PlainDate, at: number): number =>
  date.charCodeAt(at) * 10 + date.charCodeAt(at + 1) - 528;

function partsOf(date: PlainDate): CivilDay {
  return { year: pairAt(date, 0) * 100 + pairAt(date, 2), month: pairAt(date, 5), day: pairAt(date, 8) };
}

/** Date → day number, days since 1970-01-01. */
export function numberOfDate(date: PlainDate): number {
  const { year, month, day } = partsOf(date);
  return dayNumber(year, month, day);
}

/** Monday 0 … Sunday 6; day 0 was a Thursday. */
const weekdayIndex = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** 'YYYY-MM-DD' of a day that exists, years 1900–2199; undefined otherwise. */
export function parsePlainDate(text: string): PlainDate | undefined {
  const match = DATE_SHAPE.exec(text);
  if (!match) return undefined;
  const year = Number(match[1]);
  const day = Number(match[3]);
  if (year < FIRST_YEAR || year > LAST_YEAR || day < 1 || day > daysInMonth(year, Number(match[2])))
    return undefined;
  return text as PlainDate;
}

/** For texts that are known to be dates; throws RangeError where parsePlainDate answers undefined. */
export function plainDate(text: string): PlainDate {
  const date = parsePlainDate(text);
  if (date === undefined) throw new RangeError(`not a date: ${text}`);
  return date;
}

/** n days later (earlier when negative). Throws RangeError beyond 1900–2199. */
export function addDays(date: PlainDate, n: number): PlainDate {
  return dateOfNumber(numberOfDate(date) + n);
}

/** n months later, clamped to the end of the month: 31 January + 1 = 28 or 29 February. */
export function addMonths(date: PlainDate, n: number): PlainDate {
  const { year, month, day } = partsOf(date);
  const months = year * 12 + month - 1 + n;
  const toYear = Math.floor(months / 12);
  const toMonth = months - toYear * 12 + 1;
  return dateOfNumber(dayNumber(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth))));
}

/** Days from a to b: 1 when b is the day after a, negative when b is before a. */
export function daysBetween(a: PlainDate, b: PlainDate): number {
  return numberOfDate(b) - numberOfDate(a);
}

export function weekdayOf(date: PlainDate): Weekday {
  return WEEKDAYS[weekdayIndex(numberOfDate(date))] as Weekday;
}

/** The Monday of the date's week. */
export function startOfWeek(date: PlainDate): PlainDate {
  const day = numberOfDate(date);
  return dateOfNumber(day - weekdayIndex(day));
}

export function startOfMonth(date: PlainDate): PlainDate {
  return `${date.slice(0, 8)}01` as PlainDate;
}

export function endOfMonth(date: PlainDate): PlainDate {
  const { year, month } = partsOf(date);
  return `${date.slice(0, 8)}${daysInMonth(year, month)}` as PlainDate;
}

/** All days from … to, both included; none when `to` is before `from`. */
export function datesBetween(from: PlainDate, to: PlainDate): PlainDate[] {
  const dates: PlainDate[] = [];
  const last = numberOfDate(to);
  for (let day = numberOfDate(from); day <= last; day++) dates.push(dateOfNumber(day));
  return dates;
}

export function yearOf(date: PlainDate): number {
  return Number(date.slice(0, 4));
}

/** ISO 8601 week 1…53 with its year, which at the turn of the year differs from the date's: the week's Thursday decides. */
export function isoWeekOf(date: PlainDate): { year: number; week: number } {
  const day = numberOfDate(date);
  const thursday = day - weekdayIndex(day) + 3;
  const { year } = civilDay(thursday);
  return { year, week: Math.floor((thursday - dayNumber(year, 1, 1)) / 7) + 1 };
}

/**
 * Whole months lived: the greatest n with addMonths(birthDate, n) ≤ on; negative before birth. A month that lacks the
 * day of birth ends on its last day (the Civil Code's rule for terms in months and years).
 */
export function ageInMonths(birthDate: PlainDate, on: PlainDate): number {
  const born = partsOf(birthDate);
  const { year, month, day } = partsOf(on);
  const complete = day >= Math.min(born.day, daysInMonth(year, month));
  return (year - born.year) * 12 + month - born.month - (complete ? 0 : 1);
}

/** Whole years lived; who was born on 29 February is a year older on 28 February of a common year. */
export function ageInYears(birthDate: PlainDate, on: PlainDate): number {
  return Math.floor(ageInMonths(birthDate, on) / 12);
}

/** The earliest; undefined of none. */
export function minOf(dates: readonly [PlainDate, ...PlainDate[]]): PlainDate;
export function minOf(dates: readonly PlainDate[]): PlainDate | undefined;
export function minOf(dates: readonly PlainDate[]): PlainDate | undefined {
  return dates.reduce<PlainDate | undefined>(
    (least, date) => (least === undefined || date < least ? date : least),
    undefined,
  );
}

/** The latest; undefined of none. */
export function maxOf(dates: readonly [PlainDate, ...PlainDate[]]): PlainDate;
export function maxOf(dates: readonly PlainDate[]): PlainDate | undefined;
export function maxOf(dates: readonly PlainDate[]): PlainDate | undefined {
  return dates.reduce<PlainDate | undefined>(
    (most, date) => (most === undefined || date > most ? date : most),
    undefined,
  );
}
