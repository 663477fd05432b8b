import type { PlainDate } from './calendar.ts';
import { termsOn } from './opening.ts';

/** What the country's rules on working time leave to be checked or changed: dated settings, never constants. */
export interface WorkTerms {
  /** Minutes between the end of a shift and the next one's start. */
  readonly restMinutes: number;
  /** A shift longer than so many minutes has a break. */
  readonly breakAfterMinutes: number;
  /** Calendar days before its first day by which a roster is published. */
  readonly noticeDays: number;
  /** Calendar days of paid leave a year. */
  readonly leaveDays: number;
  /** Minutes from a shift's start to its end at most. */
  readonly maxShiftMinutes: number;
  /** Minutes of overtime at most, in a day, a calendar month and a calendar year. */
  readonly overtimeDayMinutes: number;
  readonly overtimeMonthMinutes: number;
  readonly overtimeYearMinutes: number;
}

export type WorkTerm = keyof WorkTerms;

export interface DatedWorkTerms {
  readonly startsOn: PlainDate;
  readonly terms: WorkTerms;
  /** What must still be checked, and against what; null once it has been. */
  readonly doubt: string | null;
}

/** The start: domain.md, "staff day", "overtime", "leave", "roster notice". */
export const FIRST_WORK_TERMS: WorkTerms = {
  restMinutes: 720,
  breakAfterMinutes: 360,
  noticeDays: 10,
  leaveDays: 24,
  maxShiftMinutes: 720,
  overtimeDayMinutes: 120,
  overtimeMonthMinutes: 720,
  overtimeYearMinutes: 7200,
};

/** What the start is still to be checked against. */
export const LABOUR_CODE = 'Labour Code';

/** Of these domain.md could not read the law first-hand ("check"); the others stand in it. */
export const DOUBTFUL_TERMS: readonly WorkTerm[] = [
  'restMinutes',
  'breakAfterMinutes',
  'noticeDays',
  'leaveDays',
];

/** The terms in force on a day, the first ones where none are written. */
export function workTermsOn(sets: readonly DatedWorkTerms[], date: PlainDate): WorkTerms {
  return termsOn(sets, date)?.terms ?? FIRST_WORK_TERMS;
}

/** What a setting may be: bounds within which rosters can still be made, in its own unit. */
export const WORK_TERM_BOUNDS: Readonly<Record<WorkTerm, { readonly least: number; readonly most: number }>> =
  {
    maxShiftMinutes: { least: 240, most: 720 },
    restMinutes: { least: 480, most: 1440 },
    breakAfterMinutes: { least: 120, most: 720 },
    overtimeDayMinutes: { least: 0, most: 240 },
    overtimeMonthMinutes: { least: 0, most: 2880 },
    overtimeYearMinutes: { least: 0, most: 14_400 },
    leaveDays: { least: 24, most: 90 },
    noticeDays: { least: 0, most: 60 },
  };

/** In the order in which they are told. */
export const WORK_TERMS = Object.keys(WORK_TERM_BOUNDS) as readonly WorkTerm[];

/** Whether a setting is told in hours; the others are days. */
export const inHours = (term: WorkTerm): boolean => term.endsWith('Minutes');

export interface WrongTerm {
  readonly term: WorkTerm;
  /** `order`: overtime of a shorter span is above that of a longer one. */
  readonly problem: 'bounds' | 'order';
}

/**
 * What is wrong with terms: numbers out of bounds or no whole half-hours (rosters know nothing shorter), and overtime of
 * a day above that of the month, or of the month above that of the year.
 */
export function wrongWorkTerms(terms: WorkTerms): WrongTerm[] {
  const wrong = WORK_TERMS.filter((term) => {
    const { least, most } = WORK_TERM_BOUNDS[term];
    const value = terms[term];
    return !Number.isInteger(value) || value < least || value > most || (inHours(term) && value % 30 !== 0);
  }).map((term): WrongTerm => ({ term, problem: 'bounds' }));
  if (wrong.length > 0) return wrong;
  if (terms.overtimeDayMinutes > terms.overtimeMonthMinutes)
    wrong.push({ term: 'overtimeDayMinutes', problem: 'order' });
  if (terms.overtimeMonthMinutes > terms.overtimeYearMinutes)
    wrong.push({ term: 'overtimeMonthMinutes', problem: 'order' });
  return wrong;
}
