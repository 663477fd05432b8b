import { addDays, daysBetween, startOfWeek, weekdayOf, type PlainDate } from './calendar.ts';
import type { WeeklyHours } from './opening.ts';
import { BREAK_HALF_HOURS, spanMinutes, type Shift, type StretchedShift } from './shift.ts';
import { HALF_HOURS, MINUTES_PER_HALF_HOUR } from './slots.ts';
import type { WorkTerms } from './work-terms.ts';

/** A contract as the rules of working time need it. */
export interface Worker {
  readonly staffId: number;
  readonly weeklyMinutes: number;
  readonly daysPerWeek: number;
  /** Working time is summed over weeks: a day may be longer than the daily norm. */
  readonly summedTime: boolean;
  readonly overtimeConsentOn: PlainDate | null;
  readonly overtimeBarred: boolean;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate | null;
  readonly availability: WeeklyHours;
  readonly leave: readonly { readonly startsOn: PlainDate; readonly endsOn: PlainDate }[];
  /** Not rostered from this day on: a paper has run out; null while all are valid. */
  readonly lapsesOn: PlainDate | null;
  /** Groups in which this person's own child is, where the centre keeps parents out of them. */
  readonly ownGroups: readonly number[];
}

export const ROSTER_RULES = [
  'week_minutes',
  'day_minutes',
  'shift_length',
  'two_in_a_row',
  'rest',
  'break',
  'overtime_consent',
  'overtime_day',
  'overtime_month',
  'overtime_year',
  'days_off',
  'leave',
  'availability',
  'employment',
  'papers',
  'own_child',
  'at_two_centres',
  'stretch',
  'notice',
] as const;
export type RosterRule = (typeof ROSTER_RULES)[number];

/** What a roster breaks, of whom and when. Numbers are minutes, or days for `days_off` and `notice`. */
export interface RosterFinding {
  readonly rule: RosterRule;
  readonly staffId: number | null;
  readonly date: PlainDate;
  readonly is?: number;
  readonly most?: number;
}

/** A warning is told and may be published all the same. */
export function isWarning(finding: Pick<RosterFinding, 'rule'>): boolean {
  return finding.rule === 'notice';
}

/** A rule about one contract's shifts, in order of date and start. */
export type Rule = (worker: Worker, shifts: readonly Shift[], terms: WorkTerms) => RosterFinding[];

const LONGEST_SHIFT = 720;
const WEEK = 2400;
const SHORT_WEEK = 2160;

/**
 * Minutes of a normal working day: 8 h in a five-day week, 7 h in a six-day one; with a 36-hour contract 7 h 12 and 6 h
 * (Labour Code, domain.md "staff day"). Where time is summed, only the length of a shift bounds a day.
 */
export function dayNorm({
  weeklyMinutes,
  daysPerWeek,
  summedTime,
}: Pick<Worker, 'weeklyMinutes' | 'daysPerWeek' | 'summedTime'>): number {
  if (summedTime) return LONGEST_SHIFT;
  const short = weeklyMinutes === SHORT_WEEK;
  if (daysPerWeek >= 6) return short ? 360 : 420;
  return (short ? SHORT_WEEK : WEEK) / 5;
}

/** Whether overtime may be asked of somebody on a day: written consent, and never of those whom the law protects. */
export function mayWorkOvertime(worker: Worker, date: PlainDate): boolean {
  return !worker.overtimeBarred && worker.overtimeConsentOn !== null && worker.overtimeConsentOn <= date;
}

const finding = (rule: RosterRule, shift: Shift, is?: number, most?: number): RosterFinding => ({
  rule,
  staffId: shift.staffId,
  date: shift.date,
  ...(is === undefined ? {} : { is }),
  ...(most === undefined ? {} : { most }),
});

/** A shift lasts at most 12 hours from start to end (Labour Code; domain.md "staff day"; a dated setting). */
export const shiftLength: Rule = (_, shifts, { maxShiftMinutes }) =>
  shifts
    .filter((shift) => spanMinutes(shift) > maxShiftMinutes)
    .map((shift) => finding('shift_length', shift, spanMinutes(shift), maxShiftMinutes));

/** Never two shifts in a row: one shift a day, and none that begins as another ends (Labour Code). */
export const neverTwoInARow: Rule = (_, shifts) =>
  shifts
    .filter((shift, number) => {
      const before = shifts[number - 1];
      if (!before) return false;
      return before.date === shift.date || minutesApart(before, shift) <= 0;
    })
    .map((shift) => finding('two_in_a_row', shift));

/** Minutes from the end of one shift to the start of a later one; below 0 where they overlap. */
function minutesApart(before: Shift, after: Shift): number {
  const halfHours = daysBetween(before.date, after.date) * HALF_HOURS + after.from - before.to;
  return halfHours * MINUTES_PER_HALF_HOUR;
}

/** At least 12 hours' rest between shifts (domain.md "staff day", to be checked: the number is a dated setting). */
export const restBetween: Rule = (_, shifts, { restMinutes }) =>
  shifts.flatMap((shift, number) => {
    const before = shifts[number - 1];
    if (!before || before.date === shift.date) return [];
    const rest = minutesApart(before, shift);
    return rest >= restMinutes ? [] : [finding('rest', shift, rest, restMinutes)];
  });

/**
 * A break of at least 30 minutes within every shift longer than the terms say; it is no working time (Labour Code;
 * domain.md "staff day"). It lies within the shift: work before it and after it.
 */
export const breakWithin: Rule = (_, shifts, { breakAfterMinutes }) =>
  shifts
    .filter(({ from, to, breakFrom }) =>
      breakFrom === null
        ? (to - from) * MINUTES_PER_HALF_HOUR > breakAfterMinutes
        : breakFrom <= from || breakFrom + BREAK_HALF_HOURS >= to,
    )
    .map((shift) => finding('break', shift));

/** What stands in order of dates, week by week from Monday. */
export function byWeek<Dated extends { readonly date: PlainDate }>(inOrder: readonly Dated[]): Dated[][] {
  const weeks: Dated[][] = [];
  let sunday: PlainDate | undefined;
  for (const each of inOrder) {
    if (sunday !== undefined && each.date <= sunday) {
      weeks.at(-1)!.push(each);
      continue;
    }
    weeks.push([each]);
    sunday = addDays(startOfWeek(each.date), 6);
  }
  return weeks;
}

/** No more working days in a week, from Monday, than the contract has: the others are days off (Labour Code). */
export const daysOff: Rule = ({ daysPerWeek }, shifts) =>
  byWeek(shifts).flatMap((week) => {
    const days = [...new Set(week.map((shift) => shift.date))];
    if (days.length <= daysPerWeek) return [];
    const over = week.filter((shift) => days.indexOf(shift.date) >= daysPerWeek);
    return over.map((shift) => finding('days_off', shift, days.length, daysPerWeek));
  });

/** Nobody works on a day of leave that has been approved (Labour Code; domain.md "leave"). */
export const leaveKept: Rule = ({ leave }, shifts) =>
  shifts
    .filter(({ date }) => leave.some((each) => each.startsOn <= date && date <= each.endsOn))
    .map((shift) => finding('leave', shift));

/** Only within the hours in which the person can work (field practice: the staff register's availability). */
export const withinAvailability: Rule = ({ availability }, shifts) =>
  shifts
    .filter((shift) => {
      const window = availability[weekdayOf(shift.date)];
      return !window || shift.from < window[0] || shift.to > window[1];
    })
    .map((shift) => finding('availability', shift));

/** Only while the contract holds. */
export const whileEmployed: Rule = ({ startsOn, endsOn }, shifts) =>
  shifts
    .filter(({ date }) => date < startsOn || (endsOn !== null && date > endsOn))
    .map((shift) => finding('employment', shift));

/** Not once a paper has run out without which the centre rosters nobody (domain.md "staff"; the centre's setting). */
export const papersValid: Rule = ({ lapsesOn }, shifts) =>
  shifts.filter(({ date }) => lapsesOn !== null && date >= lapsesOn).map((shift) => finding('papers', shift));

/** Not in the own child's group, unless the centre's setting allows it (domain.md "staff"). */
export function notWithOwnChild({ ownGroups }: Worker, shifts: readonly StretchedShift[]): RosterFinding[] {
  if (ownGroups.length === 0) return [];
  return shifts
    .filter(({ stretches }) => stretches.some(({ groupId }) => ownGroups.includes(groupId)))
    .map((shift) => finding('own_child', shift));
}

/** Time with groups lies within the shift and is spent with one group at a time: nobody is counted twice. */
export function stretchesFit(shifts: readonly StretchedShift[]): RosterFinding[] {
  return shifts
    .filter(({ from, to, stretches }) => {
      const sorted = stretches.length > 1 ? stretches.toSorted((a, b) => a.from - b.from) : stretches;
      return sorted.some(
        (stretch, number) =>
          stretch.from < from ||
          stretch.to > to ||
          stretch.from >= stretch.to ||
          stretch.from < (sorted[number - 1]?.to ?? 0),
      );
    })
    .map((shift) => finding('stretch', shift));
}
