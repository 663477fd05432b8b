import { weekdayOf, type PlainDate, datesBetween } from '../../domain/calendar.ts';
import { weekdayName } from '../../domain/calendar-words.ts';
import {
  ABSENCE_CODES,
  isOpen,
  LETTERS,
  sumsOf,
  type TimesheetDay,
  type TimesheetSums,
} from '../../domain/timesheet.ts';
import { monthSpan } from '../../domain/timesheet-month.ts';
import { INTL_TAG, type Language } from '../../domain/language.ts';
import { collator } from '../../domain/names.ts';
import { POSTS } from '../../domain/staffing.ts';
import { figure, type T } from '../../i18n/translate.ts';
import type { OvertimeAccount, Timesheet } from '../../use-cases/timesheets.ts';

/** Minutes → hours as accounts take them, to a hundredth. */
const hours = (minutes: number): number => Math.round((minutes / 60) * 100) / 100;

const formats = new Map<Language, Intl.NumberFormat>();

/** '7,25': hours as a page shows them, the same number as in the file. */
export function hoursText(minutes: number, { language }: T): string {
  const format =
    formats.get(language) ?? new Intl.NumberFormat(INTL_TAG[language], { maximumFractionDigits: 2 });
  formats.set(language, format);
  return figure(hours(minutes), format);
}

export interface SheetCell {
  /** Letter of the form; '' where nothing can be said. */
  readonly letter: string;
  readonly word: string;
  /** Hours worked; null on days without work. */
  readonly hours: number | null;
  readonly text: string;
  /** Overtime, night and holiday work of the day: 'С 1'. */
  readonly marks: readonly string[];
  /** What a person must look at; '' where nothing. */
  readonly flag: string;
  readonly open: boolean;
}

export function cellOf(day: TimesheetDay, t: T): SheetCell {
  const { code } = day;
  const work = code === 'work';
  const mark = (letter: string, minutes: number) =>
    minutes > 0 ? [`${letter} ${hoursText(minutes, t)}`] : [];
  return {
    letter: code === null ? '' : LETTERS[code],
    word: code === null ? '' : t(`sheet.code_${code}`),
    hours: work ? hours(day.worked) : null,
    text: work ? hoursText(day.worked, t) : '',
    marks: [
      ...mark(LETTERS.overtime, day.overtime),
      ...mark(LETTERS.night, day.night),
      ...mark(LETTERS.holiday_work, day.holiday),
    ],
    flag: day.flags.map((flag) => t(`sheet.flag_${flag}`)).join(', '),
    open: isOpen(day),
  };
}

/** The columns after the days: their heads, and what they take of the sums. Days, or hours where it says so. */
function columnsOf(t: T): { head: string; value: (sums: TimesheetSums) => number; inHours: boolean }[] {
  return [
    { head: t('sheet.days_worked'), value: (sums) => sums.daysWorked, inHours: false },
    { head: t('sheet.hours_worked'), value: (sums) => sums.worked, inHours: true },
    { head: t('sheet.hours_planned'), value: (sums) => sums.planned, inHours: true },
    { head: t('sheet.days_off'), value: (sums) => sums.daysOff, inHours: false },
    ...ABSENCE_CODES.map((code) => ({
      head: t(`sheet.code_${code}`),
      value: (sums: TimesheetSums) => sums.absences[code],
      inHours: false,
    })),
    { head: t('sheet.overtime'), value: (sums) => sums.overtime, inHours: true },
    { head: t('sheet.night'), value: (sums) => sums.night, inHours: true },
    { head: t('sheet.holiday_work'), value: (sums) => sums.holiday, inHours: true },
  ];
}

export interface SheetRow {
  readonly staffId: number;
  readonly number: number;
  readonly name: string;
  readonly post: string;
  readonly cells: readonly SheetCell[];
  readonly totals: readonly { readonly value: number; readonly text: string }[];
  readonly account: ReturnType<typeof accountWords>;
  readonly open: number;
}

/** The overtime account against what the terms of working time allow. */
export function accountWords({ month, year, mostInMonth, mostInYear }: OvertimeAccount, t: T) {
  return {
    month: t('sheet.account', { is: hoursText(month, t), most: hoursText(mostInMonth, t) }),
    year: t('sheet.account', { is: hoursText(year, t), most: hoursText(mostInYear, t) }),
    over: month > mostInMonth || year > mostInYear,
  };
}

export interface Sheet {
  readonly dates: readonly { readonly day: string; readonly weekday: string }[];
  readonly heads: readonly string[];
  readonly rows: readonly SheetRow[];
  readonly totals: readonly { readonly value: number; readonly text: string }[];
  /** Days that a person must confirm before the month can be closed. */
  readonly open: number;
}

/** A month in the layout of form 421, as the page, the print and the files show it: one row a contract. */
export function sheetOf({ month, lines }: Timesheet, t: T): Sheet {
  const { from, to } = monthSpan(month);
  const columns = columnsOf(t);
  const { compare } = collator(t.language);
  const totalsOf = (sums: TimesheetSums) =>
    columns.map(({ value, inHours }) => {
      const number = inHours ? hours(value(sums)) : value(sums);
      return { value: number, text: inHours ? hoursText(value(sums), t) : String(number) };
    });
  const sorted = lines.toSorted(
    (a, b) =>
      POSTS.indexOf(a.post) - POSTS.indexOf(b.post) || compare(a.name, b.name) || a.staffId - b.staffId,
  );
  const all = sumsOf(lines.flatMap((line) => line.days));
  return {
    dates: datesBetween(from, to).map((date: PlainDate) => ({
      day: String(Number(date.slice(8))),
      weekday: weekdayName(weekdayOf(date), t.language, 'short'),
    })),
    heads: columns.map(({ head }) => head),
    rows: sorted.map((line, at) => {
      const sums = sumsOf(line.days);
      return {
        staffId: line.staffId,
        number: at + 1,
        name: line.name,
        post: t(`post.${line.post}`),
        cells: line.days.map((day) => cellOf(day, t)),
        totals: totalsOf(sums),
        account: accountWords(line.overtime, t),
        open: sums.open,
      };
    }),
    totals: totalsOf(all),
    open: all.open,
  };
}

/** The sums that stand before the days on a screen: days and hours worked, hours planned. */
const FIRST_SUMS = 3;

/**
 * The sheet as a screen shows it: the sums that matter most stand beside the name, where they are seen without
 * scrolling, and columns without anything in them are left out. On paper and in files the form's own order holds.
 */
export function onScreen(sheet: Sheet) {
  const first = <Each>(each: readonly Each[]) => each.slice(0, FIRST_SUMS);
  const kept = <Each>(each: readonly Each[]) =>
    each.filter((_, at) => at >= FIRST_SUMS && sheet.totals[at]!.value !== 0);
  return {
    ...sheet,
    firstHeads: first(sheet.heads),
    heads: kept(sheet.heads),
    firstTotals: first(sheet.totals),
    totals: kept(sheet.totals),
    rows: sheet.rows.map((row) => ({ ...row, firstTotals: first(row.totals), totals: kept(row.totals) })),
  };
}

/** The same fields with every sum after the days, as the form has them. */
export function onPaper(sheet: Sheet) {
  return {
    ...sheet,
    firstHeads: [],
    firstTotals: [],
    rows: sheet.rows.map((row) => ({ ...row, firstTotals: [] })),
  };
}

/** The letters in use, each once, with what they mean. */
export function legendOf(t: T): { letter: string; text: string }[] {
  const words = (['work', 'off', 'holiday', ...ABSENCE_CODES] as const).map(
    (code) => [LETTERS[code], t(`sheet.code_${code}`)] as const,
  );
  const marks = (['overtime', 'night', 'holiday_work'] as const).map(
    (mark) => [LETTERS[mark], t(`sheet.${mark}`)] as const,
  );
  return [...Map.groupBy([...words, ...marks], ([letter]) => letter)].map(([letter, same]) => ({
    letter,
    text: same.map(([, text]) => text).join(', '),
  }));
}
