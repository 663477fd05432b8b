import { weekdayOf } from '../../domain/calendar.ts';
import { weekdayName } from '../../domain/calendar-words.ts';
import { formatSlot, type Slot } from '../../domain/slots.ts';
import { sumsOf, type TimesheetDay } from '../../domain/timesheet.ts';
import type { StoredClocking } from '../../data/clockings.ts';
import type { T } from '../../i18n/translate.ts';
import type { Timesheet } from '../../use-cases/timesheets.ts';
import { clockTime } from '../figures.ts';
import { accountWords, cellOf, hoursText } from './timesheet-sheet.ts';

interface Day {
  readonly shifts: readonly Slot[];
  readonly clockings: readonly StoredClocking[];
  /** Where a clocking is corrected; '' where it cannot be. */
  readonly correct: (clocking: StoredClocking) => string;
  readonly names: ReadonlyMap<number, string>;
}

/** A day of one person: planned, clocked and counted. */
export function dayRow(day: TimesheetDay, { shifts, clockings, correct, names }: Day, t: T) {
  const { date } = day;
  return {
    date: `${date.slice(8)}.${date.slice(5, 7)}`,
    weekday: weekdayName(weekdayOf(date), t.language, 'short'),
    plan: shifts.map((shift) => formatSlot(shift)).join(', '),
    clockings: clockings.map((each) => ({
      text: t(`door.${each.direction}_at`, { time: clockTime(each.at) }),
      withdrawn: each.withdrawnAt !== null,
      note: each.note ?? '',
      by: each.recordedBy === null ? '' : (names.get(each.recordedBy) ?? ''),
      href: each.withdrawnAt === null ? correct(each) : '',
    })),
    ...cellOf(day, t),
    hours: day.worked > 0 ? hoursText(day.worked, t) : '',
  };
}

/** The sums and the overtime account of one person's month. */
export function factsOf(line: Timesheet['lines'][number], t: T) {
  const sums = sumsOf(line.days);
  const account = accountWords(line.overtime, t);
  return [
    { term: t('sheet.days_worked'), value: String(sums.daysWorked), bad: false },
    { term: t('sheet.hours_worked'), value: hoursText(sums.worked, t), bad: false },
    { term: t('sheet.hours_planned'), value: hoursText(sums.planned, t), bad: false },
    { term: t('sheet.account_month'), value: account.month, bad: account.over },
    { term: t('sheet.account_year'), value: account.year, bad: account.over },
  ];
}
