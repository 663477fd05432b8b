import { formatDate, longDate, monthName } from '../domain/calendar-words.ts';
import { parsePlainDate, plainDate, yearOf, type PlainDate } from '../domain/calendar.ts';
import type { Language } from '../domain/language.ts';
import { refuse } from '../domain/refusal.ts';
import { capital } from './words.ts';

/** Pages of days go so far and no further: far enough for every record, near enough to count days on. */
export const FIRST_DAY = plainDate('2000-01-01');
export const LAST_DAY = plainDate('2099-12-31');

/** A date of the query string; undefined where it is absent, unreadable or beyond the pages. */
export function dateOf(text: string): PlainDate | undefined {
  const date = parsePlainDate(text);
  return date !== undefined && date >= FIRST_DAY && date <= LAST_DAY ? date : undefined;
}

/** A date of the address; one that does not exist is a page that does not exist. */
export function dateOfAddress(text: string): PlainDate {
  return dateOf(text) ?? refuse('missing');
}

/** As a heading: 'Бейсенбі, 14 қаңтар', with the year where it is not this one. */
export function dayTitle(date: PlainDate, language: Language, today: PlainDate): string {
  const title = capital(longDate(date, language), language);
  return yearOf(date) === yearOf(today) ? title : `${title}, ${yearOf(date)}`;
}

/** A month as a heading: 'Ақпан 2027'. */
export function monthTitle(date: PlainDate, language: Language): string {
  return `${capital(monthName(Number(date.slice(5, 7)), language), language)} ${yearOf(date)}`;
}

/** '01.02–07.02.2027'; one day stands alone. */
export function formatPeriod(from: PlainDate, to: PlainDate): string {
  return from === to
    ? formatDate(from)
    : `${formatDate(from).slice(0, yearOf(from) === yearOf(to) ? 5 : 10)}–${formatDate(to)}`;
}
