import { maxOf, type PlainDate } from './calendar.ts';
import type { FieldRefusal } from './refusal.ts';
import type { Post } from './staffing.ts';

/** How a candidacy stands. */
export const CANDIDACY_STATES = [
  'submitted',
  'papers_asked',
  'papers_complete',
  'invited',
  'passed',
  'not_passed',
  'hired',
  'refused',
  'withdrawn',
] as const;
export type CandidacyState = (typeof CANDIDACY_STATES)[number];

/**
 * Which state may follow which: the papers are looked at, then the competition is held (domain.md: qualification, then the
 * competition), then one is hired. Nobody is hired past the competition. Inviting again sets another time.
 */
export const CANDIDACY_TRANSITIONS: Readonly<Record<CandidacyState, readonly CandidacyState[]>> = {
  submitted: ['papers_asked', 'papers_complete', 'refused', 'withdrawn'],
  papers_asked: ['papers_complete', 'refused', 'withdrawn'],
  papers_complete: ['invited', 'papers_asked', 'refused', 'withdrawn'],
  invited: ['invited', 'passed', 'not_passed', 'refused', 'withdrawn'],
  passed: ['hired', 'refused', 'withdrawn'],
  not_passed: [],
  hired: [],
  refused: [],
  withdrawn: [],
};

/** Whose step leads to a state: only candidates send and withdraw, only the centre does the rest. */
export function stepBelongsTo(state: CandidacyState): 'candidate' | 'centre' {
  return state === 'submitted' || state === 'withdrawn' ? 'candidate' : 'centre';
}

/** Whether nothing can follow any more. */
export function isCandidacyOver(state: CandidacyState): boolean {
  return CANDIDACY_TRANSITIONS[state].length === 0;
}

export function mayFollow(from: CandidacyState, to: CandidacyState): boolean {
  return CANDIDACY_TRANSITIONS[from].includes(to);
}

/** Papers change until the centre has found them complete; it may ask for more and so open them again. */
export function arePapersOpen(state: CandidacyState): boolean {
  return state === 'submitted' || state === 'papers_asked';
}

/** These end a candidacy against the candidate, who reads why. */
export function needsReason(state: CandidacyState): boolean {
  return state === 'not_passed' || state === 'refused';
}

/** Papers that a post may ask for. Education is vocational or higher. */
export const CANDIDATE_PAPERS = [
  'education_social',
  'education_pedagogical',
  'education_medical',
  'basic_secondary',
  'social_training',
  'medical_book',
  'background_check',
] as const;
export type CandidatePaper = (typeof CANDIDATE_PAPERS)[number];

/** What a post asks for: one way of education, and the papers that everybody needs. */
export interface PostRule {
  /** Each is enough. */
  readonly ways: readonly (readonly CandidatePaper[])[];
  readonly always: readonly CandidatePaper[];
  /** Where the rule was read: the Prime Minister's letter of 11.06.2020, or the practice of centres. */
  readonly source: 'letter' | 'practice';
  /** What it must still be checked against; null once it has been. */
  readonly doubt: string | null;
}

const EVERYBODY: readonly CandidatePaper[] = ['medical_book', 'background_check'];
const ORDER = 'Order 263';

/**
 * A caring parent qualifies as a care worker by vocational education (social, pedagogical, medical), or by basic
 * secondary education and a certificate of social training (domain.md). The other posts go by their own profession.
 * All of it is to be checked against Order 263.
 */
export const POST_RULES: Readonly<Record<Post, PostRule>> = {
  care_worker: {
    ways: [
      ['education_social'],
      ['education_pedagogical'],
      ['education_medical'],
      ['basic_secondary', 'social_training'],
    ],
    always: EVERYBODY,
    source: 'letter',
    doubt: ORDER,
  },
  tutor: { ways: [['education_pedagogical']], always: EVERYBODY, source: 'practice', doubt: ORDER },
  nurse: { ways: [['education_medical']], always: EVERYBODY, source: 'practice', doubt: ORDER },
  specialist: {
    ways: [['education_pedagogical'], ['education_medical']],
    always: EVERYBODY,
    source: 'practice',
    doubt: ORDER,
  },
  social_work_specialist: {
    ways: [['education_social'], ['education_pedagogical']],
    always: EVERYBODY,
    source: 'practice',
    doubt: ORDER,
  },
};

/** A paper as it is handed in; null = does not end. */
export interface HeldPaper {
  readonly kind: CandidatePaper;
  readonly validUntil: PlainDate | null;
}

export interface Lacking {
  /** Ways of education, the one with least lacking first; empty where one is whole. */
  readonly ways: readonly (readonly CandidatePaper[])[];
  /** Of the papers that everybody needs. */
  readonly papers: readonly CandidatePaper[];
}

/** What somebody's papers lack for a post on a day: those that have run out by then do not count. */
export function lackingFor(post: Post, held: readonly HeldPaper[], on: PlainDate): Lacking {
  const valid = new Set(
    held.filter((each) => each.validUntil === null || each.validUntil >= on).map((each) => each.kind),
  );
  const lacks = (kinds: readonly CandidatePaper[]) => kinds.filter((kind) => !valid.has(kind));
  const { ways, always } = POST_RULES[post];
  const open = ways.map(lacks).toSorted((a, b) => a.length - b.length);
  return { ways: open.some((way) => way.length === 0) ? [] : open, papers: lacks(always) };
}

export function isComplete({ ways, papers }: Lacking): boolean {
  return ways.length === 0 && papers.length === 0;
}

/** The day on which papers must hold: the first day of work, or today where that is gone. */
export function papersHoldOn(startsOn: PlainDate, today: PlainDate): PlainDate {
  return maxOf([startsOn, today]);
}

export interface NewPaper extends HeldPaper {
  readonly institution: string;
  readonly issuedOn: PlainDate;
}

/** What is wrong with a paper: issued ahead, ending before it begins or already over, a medical book without an end. */
export function paperErrors(paper: NewPaper, today: PlainDate): FieldRefusal[] {
  const errors: FieldRefusal[] = [];
  const wrong = (field: string, detail: string) => errors.push({ field, reason: 'invalid', detail });
  if (paper.issuedOn > today) wrong('issuedOn', 'issued_ahead');
  if (paper.validUntil !== null && paper.validUntil < paper.issuedOn) wrong('validUntil', 'ends_first');
  else if (paper.validUntil !== null && paper.validUntil < today) wrong('validUntil', 'run_out');
  else if (paper.validUntil === null && paper.kind === 'medical_book') wrong('validUntil', 'end_needed');
  return errors;
}
