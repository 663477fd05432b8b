import { addDays, endOfMonth, parsePlainDate, type PlainDate } from './calendar.ts';

const MONTH = /^(\d{4})-(\d{2})$/;

/** 'YYYY-MM' → its first day; undefined where there is no such month. */
export function parseMonth(text: string): PlainDate | undefined {
  return MONTH.test(text) ? parsePlainDate(`${text}-01`) : undefined;
}

/** The days of a month. */
export function monthSpan(first: PlainDate): { from: PlainDate; to: PlainDate } {
  return { from: first, to: endOfMonth(first) };
}

/** Whether a month is over: only then can it be closed. */
export function isOver(first: PlainDate, today: PlainDate): boolean {
  return addDays(endOfMonth(first), 1) <= today;
}
