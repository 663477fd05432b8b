import { addDays, startOfWeek, type PlainDate } from './calendar.ts';
import { workMinutes, type Shift } from './shift.ts';
import {
  byWeek,
  dayNorm,
  mayWorkOvertime,
  type RosterFinding,
  type Rule,
  type Worker,
} from './working-time.ts';
import type { WorkTerms } from './work-terms.ts';

export interface DayOfWork {
  readonly date: PlainDate;
  readonly work: number;
  /** What of it is over the day's norm or, from there on, over the week's contract. */
  readonly overtime: number;
}

/**
 * Of each day's minutes of work what is over the day's norm or, from there on, over the week's contract. A week runs from
 * Monday; what a day has over its norm does not use the week up. Days in order, each once.
 */
export function withOvertime(
  worker: Pick<Worker, 'weeklyMinutes' | 'daysPerWeek' | 'summedTime'>,
  days: readonly Pick<DayOfWork, 'date' | 'work'>[],
): DayOfWork[] {
  const norm = dayNorm(worker);
  let sunday: PlainDate | undefined;
  let used = 0;
  return days.map(({ date, work }) => {
    if (sunday === undefined || date > sunday) {
      sunday = addDays(startOfWeek(date), 6);
      used = 0;
    }
    const normal = Math.max(0, Math.min(work, norm, worker.weeklyMinutes - used));
    used += normal;
    return { date, work, overtime: work - normal };
  });
}

/** A contract's days in order, as its shifts are planned. */
export function daysOfWork(worker: Worker, shifts: readonly Shift[]): DayOfWork[] {
  const inOrder = shifts.every((shift, at) => at === 0 || shifts[at - 1]!.date <= shift.date);
  const days: { date: PlainDate; work: number }[] = [];
  for (const shift of inOrder ? shifts : shifts.toSorted((a, b) => (a.date < b.date ? -1 : 1))) {
    const last = days.at(-1);
    if (last?.date === shift.date) last.work += workMinutes(shift);
    else days.push({ date: shift.date, work: workMinutes(shift) });
  }
  return withOvertime(worker, days);
}

/** A rule about one contract's days of work, in order. */
type DayRule = (worker: Worker, days: readonly DayOfWork[], terms: WorkTerms) => RosterFinding[];

const told = (
  rule: RosterFinding['rule'],
  staffId: number,
  date: PlainDate,
  is: number,
  most: number,
): RosterFinding => ({ rule, staffId, date, is, most });

/** A week's work is at most the contract's hours, 40 or 36 (Labour Code; domain.md "staff week"), without overtime. */
const withinWeek: DayRule = (worker, days) =>
  byWeek(days).flatMap((week) => {
    const work = week.reduce((sum, day) => sum + day.work, 0);
    const last = week.at(-1)!.date;
    if (work <= worker.weeklyMinutes || mayWorkOvertime(worker, last)) return [];
    return [told('week_minutes', worker.staffId, last, work, worker.weeklyMinutes)];
  });

/** A day's work is at most the norm of a five- or six-day week (domain.md "staff day"), without overtime. */
const withinDay: DayRule = (worker, days) =>
  days
    .filter(({ date, work }) => work > dayNorm(worker) && !mayWorkOvertime(worker, date))
    .map(({ date, work }) => told('day_minutes', worker.staffId, date, work, dayNorm(worker)));

/** Overtime needs written consent, and is never asked of those whom the law protects. */
const overtimeConsented: DayRule = (worker, days) =>
  days
    .filter(({ date, overtime }) => overtime > 0 && !mayWorkOvertime(worker, date))
    .map(({ date, overtime }) => told('overtime_consent', worker.staffId, date, overtime, 0));

/** At most 2 h of overtime a day (Labour Code; domain.md "overtime"; like the month's and the year's a dated setting). */
const overtimeInADay: DayRule = (worker, days, { overtimeDayMinutes }) =>
  days
    .filter(({ overtime }) => overtime > overtimeDayMinutes)
    .map(({ date, overtime }) => told('overtime_day', worker.staffId, date, overtime, overtimeDayMinutes));

/** Each day on which the sum of a period goes over its limit, or is over it already and grows. */
function overIn(days: readonly DayOfWork[], period: (date: PlainDate) => string, most: number) {
  const sums = new Map<string, number>();
  const over: { date: PlainDate; sum: number }[] = [];
  for (const { date, overtime } of days) {
    if (overtime === 0) continue;
    const sum = (sums.get(period(date)) ?? 0) + overtime;
    sums.set(period(date), sum);
    if (sum > most) over.push({ date, sum });
  }
  return over;
}

/** At most 12 h of overtime in a calendar month. */
const overtimeInAMonth: DayRule = (worker, days, { overtimeMonthMinutes: most }) =>
  overIn(days, (date) => date.slice(0, 7), most).map(({ date, sum }) =>
    told('overtime_month', worker.staffId, date, sum, most),
  );

/** At most 120 h of overtime in a calendar year. */
const overtimeInAYear: DayRule = (worker, days, { overtimeYearMinutes: most }) =>
  overIn(days, (date) => date.slice(0, 4), most).map(({ date, sum }) =>
    told('overtime_year', worker.staffId, date, sum, most),
  );

const DAY_RULES: readonly DayRule[] = [
  withinWeek,
  withinDay,
  overtimeConsented,
  overtimeInADay,
  overtimeInAMonth,
  overtimeInAYear,
];

/** The rules of days, weeks and overtime together: the days are counted once for all of them. */
export const hoursKept: Rule = (worker, shifts, terms) => {
  const days = daysOfWork(worker, shifts);
  return DAY_RULES.flatMap((rule) => rule(worker, days, terms));
};
