import { daysBetween, startOfWeek, type PlainDate } from './calendar.ts';
import { hoursKept } from './overtime.ts';
import type { Shift, StretchedShift } from './shift.ts';
import type { WorkTerms } from './work-terms.ts';
import {
  breakWithin,
  daysOff,
  leaveKept,
  neverTwoInARow,
  notWithOwnChild,
  papersValid,
  restBetween,
  shiftLength,
  stretchesFit,
  whileEmployed,
  withinAvailability,
  type RosterFinding,
  type Rule,
  type Worker,
} from './working-time.ts';

/** Rules of working time alone: they hold for what was worked, whatever became known later. */
export const WORKING_TIME_RULES: readonly Rule[] = [
  shiftLength,
  neverTwoInARow,
  restBetween,
  breakWithin,
  hoursKept,
  daysOff,
];

/** Rules about the person on the day, as it is known when a roster is published. */
const PERSONAL_RULES: readonly Rule[] = [leaveKept, withinAvailability, whileEmployed, papersValid];

export interface RosterToCheck {
  readonly from: PlainDate;
  readonly to: PlainDate;
  /** The day of publication, from which notice is counted. */
  readonly today: PlainDate;
  readonly terms: WorkTerms;
  readonly workers: readonly Worker[];
  readonly shifts: readonly StretchedShift[];
  /** Shifts of the same contracts that hold around it: at least the weeks and the year which it touches. */
  readonly around: readonly Shift[];
  /** Shifts of the same persons under other contracts, each told by the contract of this roster. */
  readonly elsewhere: readonly Shift[];
}

const compare = (a: Shift, b: Shift): number =>
  a.date === b.date ? a.from - b.from : a.date < b.date ? -1 : 1;

/** By date and start; stored shifts come so, and looking costs less than sorting. */
const inOrder = <Each extends Shift>(shifts: readonly Each[]): readonly Each[] =>
  shifts.every((shift, at) => at === 0 || compare(shifts[at - 1]!, shift) <= 0)
    ? shifts
    : shifts.toSorted(compare);

const overlap = (a: Shift, b: Shift): boolean => a.date === b.date && a.from < b.to && b.from < a.to;

/** Nobody is at two centres at once (field practice). */
function atTwoCentres(shifts: readonly Shift[], elsewhere: readonly Shift[]): RosterFinding[] {
  return shifts
    .filter((shift) => elsewhere.some((other) => other.staffId === shift.staffId && overlap(shift, other)))
    .map(({ staffId, date }) => ({ rule: 'at_two_centres', staffId, date }));
}

/** Published at least so many calendar days before its first day: a warning (domain.md "roster notice", to be checked). */
function noticeGiven({ from, today, terms }: Pick<RosterToCheck, 'from' | 'today' | 'terms'>) {
  // Of days that are over already no notice can be given.
  const days = Math.max(0, daysBetween(today, from));
  const late: RosterFinding = { rule: 'notice', staffId: null, date: from, is: days, most: terms.noticeDays };
  return days >= terms.noticeDays ? [] : [late];
}

/** Which findings about one person are the doing of a roster with these shifts, and not of others around it. */
function doneBy(shifts: readonly Shift[], all: readonly Shift[], to: PlainDate) {
  const weeks = new Set(shifts.map((shift) => startOfWeek(shift.date)));
  const dates = new Set(shifts.map((shift) => shift.date));
  const next = all.find((shift) => shift.date > to)?.date;
  return ({ rule, date }: RosterFinding): boolean => {
    if (rule === 'week_minutes' || rule === 'days_off') return weeks.has(startOfWeek(date));
    // The shift after the roster's last may be left too little rest by it.
    if (rule === 'rest') return dates.has(date) || date === next;
    return dates.has(date);
  };
}

/**
 * Everything that a roster breaks, by person and day. Of what shifts around it add to (a week, a month, rest), only
 * findings on the roster's own days, or in its weeks, are told: the others are not its doing.
 */
export function checkRoster(roster: RosterToCheck): RosterFinding[] {
  const { from, to, workers, terms } = roster;
  const findings: RosterFinding[] = [];
  const own = Map.groupBy(roster.shifts, (shift) => shift.staffId);
  const around = Map.groupBy(roster.around, (shift) => shift.staffId);
  for (const worker of workers) {
    const shifts = inOrder(own.get(worker.staffId) ?? []);
    if (shifts.length === 0) continue;
    const others = around.get(worker.staffId);
    const all = others ? inOrder<Shift>([...shifts, ...others]) : shifts;
    const found = WORKING_TIME_RULES.flatMap((rule) => rule(worker, all, terms));
    if (found.length > 0) findings.push(...found.filter(doneBy(shifts, all, to)));
    for (const rule of PERSONAL_RULES) findings.push(...rule(worker, shifts, terms));
    findings.push(...notWithOwnChild(worker, shifts), ...stretchesFit(shifts));
  }
  findings.push(...atTwoCentres(roster.shifts, roster.elsewhere), ...noticeGiven(roster));
  const unknown = new Set(workers.map((worker) => worker.staffId));
  for (const { staffId, date } of roster.shifts)
    if (!unknown.has(staffId) || date < from || date > to)
      findings.push({ rule: 'employment', staffId, date });
  return findings;
}
