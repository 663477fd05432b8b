import { datesBetween, type PlainDate } from './calendar.ts';
import { daysOfWork } from './overtime.ts';
import { BREAK_MINUTES, type Shift } from './shift.ts';
import { MINUTES_PER_HALF_HOUR } from './slots.ts';
import type { WorkTerms } from './work-terms.ts';
import { dayNorm, mayWorkOvertime, type Worker } from './working-time.ts';

/** A shift planned by the machine is at least four hours, or the whole week of a smaller contract. */
const SHORTEST_SHIFT = 240;
/** What the machine plans at most over a day's norm: so that even 23 days of a month stay within 12 h. */
const DAILY_OVERTIME = 30;
const WEEKLY_OVERTIME = 5 * DAILY_OVERTIME;

/** The days that are planned, and the terms that hold in them. */
export interface PlannedDays {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly terms: WorkTerms;
}

export interface ShiftLimits {
  /** From start to end, the break within; multiples of 30. */
  readonly minShiftMinutes: number;
  readonly maxShiftMinutes: number;
  readonly overtimeMinutesPerWeek: number;
}

const onGrid = (minutes: number): number =>
  Math.floor(minutes / MINUTES_PER_HALF_HOUR) * MINUTES_PER_HALF_HOUR;

/** Whether somebody may work a little over on each of these days without passing the month or the year. */
function hasOvertimeLeft(
  worker: Worker,
  { from, to, terms }: Pick<PlannedDays, 'from' | 'to' | 'terms'>,
  around: readonly Shift[],
): boolean {
  if (!mayWorkOvertime(worker, from) || terms.overtimeDayMinutes < DAILY_OVERTIME) return false;
  const worked = daysOfWork(worker, around);
  const used = (period: string) =>
    worked.filter(({ date }) => date.startsWith(period)).reduce((sum, day) => sum + day.overtime, 0);
  const planned = datesBetween(from, to);
  const within = (length: number, most: number) =>
    [...Map.groupBy(planned, (date) => date.slice(0, length))].every(
      ([period, dates]) => used(period) + dates.length * DAILY_OVERTIME <= most,
    );
  return within(7, terms.overtimeMonthMinutes) && within(4, terms.overtimeYearMinutes);
}

/**
 * Within which lengths the solver may give somebody shifts, so that its weekly minutes and these keep the law of days,
 * months and years. A break is counted in where the shift is long enough to need one.
 */
export function limitsOf(worker: Worker, days: PlannedDays, around: readonly Shift[]): ShiftLimits {
  const overtime = hasOvertimeLeft(worker, days, around);
  const net = onGrid(dayNorm(worker)) + (overtime && !worker.summedTime ? DAILY_OVERTIME : 0);
  const span = net > days.terms.breakAfterMinutes ? net + BREAK_MINUTES : net;
  const maxShiftMinutes = Math.min(days.terms.maxShiftMinutes, span);
  return {
    minShiftMinutes: Math.min(SHORTEST_SHIFT, maxShiftMinutes, Math.max(30, onGrid(worker.weeklyMinutes))),
    maxShiftMinutes,
    overtimeMinutesPerWeek: overtime ? WEEKLY_OVERTIME : 0,
  };
}
