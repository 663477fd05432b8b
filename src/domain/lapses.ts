import { addDays, daysBetween, minOf, type PlainDate } from './calendar.ts';

/** What a member of staff must keep valid. */
export const PAPERS = ['medical_book', 'background_check', 'attestation', 'qualification'] as const;
export type Paper = (typeof PAPERS)[number];

export const ATTESTATIONS = ['none', 'second', 'first', 'highest'] as const;
export type Attestation = (typeof ATTESTATIONS)[number];

export const LEAVE_KINDS = ['annual', 'sick', 'study', 'unpaid', 'other'] as const;
export type LeaveKind = (typeof LEAVE_KINDS)[number];

/** Days before the end of a paper's validity at which it is warned of (domain.md: 60/30/14). */
const WARNING_DAYS = [14, 30, 60] as const;

/** Papers without which nobody is rostered where a centre has set nothing. */
export const FIRST_BARRING: readonly Paper[] = ['medical_book'];

export interface Papers {
  readonly medicalBookUntil: PlainDate | null;
  readonly backgroundCheckUntil: PlainDate | null;
  readonly attestationDueOn: PlainDate | null;
}

/** Last days on which each paper holds; null where none is recorded or it does not end. */
function lastDays(
  papers: Papers,
  qualifications: readonly { readonly validUntil: PlainDate | null }[],
): Record<Paper, PlainDate | null> {
  // One qualification that holds is enough: the last of them to run out counts, and one without an end never does.
  const ends = qualifications.map((each) => each.validUntil);
  const last = ends.includes(null) ? undefined : ends.toSorted((a, b) => (a! < b! ? -1 : 1)).at(-1);
  return {
    medical_book: papers.medicalBookUntil,
    background_check: papers.backgroundCheckUntil,
    attestation: papers.attestationDueOn,
    qualification: last ?? null,
  };
}

/**
 * The first day on which somebody may not be rostered, because a paper that the centre asks for has run out; null while
 * none does. What was never recorded bars nobody: it is warned of instead.
 */
export function lapseOf(
  papers: Papers,
  qualifications: readonly { readonly validUntil: PlainDate | null }[],
  barring: readonly Paper[] | null,
): PlainDate | null {
  const last = lastDays(papers, qualifications);
  const ends = (barring ?? FIRST_BARRING).flatMap((paper) => last[paper] ?? []);
  const first = minOf(ends);
  return first === undefined ? null : addDays(first, 1);
}

export interface PaperWarning {
  readonly paper: Paper;
  /** Null where nothing is recorded. */
  readonly until: PlainDate | null;
  /** Days left, below 0 once it has run out; null where nothing is recorded. */
  readonly daysLeft: number | null;
  /** The narrowest of 14, 30 and 60 days within which it ends; 0 when it has; null where nothing is recorded. */
  readonly within: 0 | 14 | 30 | 60 | null;
}

/** Papers that have run out, run out within 60 days, or were never recorded, the most urgent first. */
export function paperWarnings(
  papers: Papers,
  qualifications: readonly { readonly validUntil: PlainDate | null }[],
  today: PlainDate,
): PaperWarning[] {
  const last = lastDays(papers, qualifications);
  const warnings = PAPERS.flatMap((paper): PaperWarning[] => {
    const until = last[paper];
    if (until === null) {
      const endless = paper === 'qualification' ? qualifications.length > 0 : paper === 'attestation';
      return endless ? [] : [{ paper, until, daysLeft: null, within: null }];
    }
    const daysLeft = daysBetween(today, until);
    if (daysLeft < 0) return [{ paper, until, daysLeft, within: 0 }];
    const within = WARNING_DAYS.find((days) => daysLeft <= days);
    return within === undefined ? [] : [{ paper, until, daysLeft, within }];
  });
  const urgency = ({ daysLeft }: PaperWarning): number => daysLeft ?? 61;
  return warnings.toSorted((a, b) => urgency(a) - urgency(b));
}
