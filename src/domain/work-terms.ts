import type { PlainDate } from './calendar.ts';
import { termsOn } from './opening.ts';

/** What the country's rules on working time leave to be checked: dated settings, never constants. */
export interface WorkTerms {
  /** Minutes between the end of a shift and the next one's start. */
  readonly restMinutes: number;
  /** A shift longer than so many minutes has a break. */
  readonly breakAfterMinutes: number;
  /** Calendar days before its first day by which a roster is published. */
  readonly noticeDays: number;
  /** Calendar days of paid leave a year. */
  readonly leaveDays: number;
}

export interface DatedWorkTerms {
  readonly startsOn: PlainDate;
  readonly terms: WorkTerms;
  /** What must still be checked, and against what; null once it has been. */
  readonly doubt: string | null;
}

/** The provisional start: domain.md marks them "check". */
export const FIRST_WORK_TERMS: WorkTerms = {
  restMinutes: 720,
  breakAfterMinutes: 360,
  noticeDays: 10,
  leaveDays: 24,
};

/** The terms in force on a day, the first ones where none are written. */
export function workTermsOn(sets: readonly DatedWorkTerms[], date: PlainDate): WorkTerms {
  return termsOn(sets, date)?.terms ?? FIRST_WORK_TERMS;
}
