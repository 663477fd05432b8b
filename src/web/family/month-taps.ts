import {
  addMonths,
  datesBetween,
  endOfMonth,
  startOfMonth,
  WEEKDAYS,
  weekdayOf,
  type PlainDate,
} from '../../domain/calendar.ts';
import { horizonOf } from '../../domain/horizon.ts';
import { monthTitle } from '../dates.ts';
import type { Language } from '../../domain/language.ts';
import { datesAmong } from './workday-form.ts';

interface Cell {
  readonly date: PlainDate;
  readonly day: string;
  readonly checked: boolean;
}

/** A month's cells as weeks, Monday first; days before its first are empty cells. */
export function weeksOf<Of>(cells: readonly Of[], first: PlainDate): (Of | null)[][] {
  const before = Array.from({ length: WEEKDAYS.indexOf(weekdayOf(first)) }, () => null);
  const all = [...before, ...cells];
  return Array.from({ length: Math.ceil(all.length / 7) }, (_, row) => all.slice(row * 7, row * 7 + 7));
}

/** One month of days to tap; those before `since` are empty cells, so that nothing gone by can be asked for. */
export function monthTaps(
  month: PlainDate,
  chosen: readonly string[],
  language: Language,
  since?: PlainDate,
) {
  const cells = datesBetween(month, endOfMonth(month)).map((date): Cell | null =>
    since !== undefined && date < since
      ? null
      : { date, day: String(Number(date.slice(8))), checked: chosen.includes(date) },
  );
  return {
    name: monthTitle(month, language),
    weeks: weeksOf(cells, month).filter((week) => week.some((cell) => cell !== null)),
  };
}

/** This month and the next to tap on, and every other month that a date was chosen in. */
export function monthsOf(today: PlainDate, chosen: readonly string[], language: Language, since?: PlainDate) {
  const near = [startOfMonth(today), addMonths(startOfMonth(today), 1)];
  const open = (date: PlainDate) => date >= near[0]! && date <= horizonOf(today);
  const others = datesAmong(chosen).filter(open).map(startOfMonth);
  return [...new Set([...near, ...others])]
    .toSorted()
    .map((month) => monthTaps(month, chosen, language, since));
}
