import { addDays, dateAt, millisOf, type Instant, type PlainDate } from './calendar.ts';
import { randomFrom } from './random.ts';

/** What a family would take besides exactly its pattern, in half-hours; see nearest patterns. */
export interface Tolerance {
  /** Whole stay earlier or later by at most so many half-hours. */
  readonly earlier: number;
  readonly later: number;
}

/** Why an entry waits no more. */
export const END_REASONS = ['placed', 'withdrawn', 'refused', 'lapsed', 'ineligible'] as const;
export type EndReason = (typeof END_REASONS)[number];

/**
 * A region's order of the queue and its deadlines (domain.md: state register's model; kindergarten rule of offers).
 * Where a region has stated none, START_TERMS hold: they are marked to be checked.
 */
export interface QueueTerms {
  /** Whether the statutory out-of-turn class comes before everything else. */
  readonly outOfTurn: boolean;
  /** Points at a group whose centre a brother or sister attends, or whose centre stands in the family's district. */
  readonly siblingPoints: number;
  readonly districtPoints: number;
  /** The drawn lot's seed: the last word between families registered in the same second. */
  readonly lotSeed: string;
  /** Working days to answer an offer in. */
  readonly answerWorkingDays: number;
  /** Minutes in which families answer for hours freed the same day. */
  readonly rescueMinutes: number;
  /** Passings-over after which free half-hours are kept for an entry. */
  readonly reserveAfter: number;
}

export const START_TERMS: QueueTerms = {
  outOfTurn: true,
  siblingPoints: 2,
  districtPoints: 1,
  lotSeed: 'kundiz',
  answerWorkingDays: 2,
  rescueMinutes: 10,
  reserveAfter: 5,
};

/** A lapsed entry is restored once within so many days; an arrival is put off once by at most so many (Order 379). */
export const RESTORE_DAYS = 28;
export const POSTPONE_DAYS = 10;
/** Groups that one entry names. */
export const MOST_CHOICES = 10;

/** Names of terms out of bounds: points 0–100, 1–30 working days, 1–240 minutes, 1–100 passings-over, a seed of 1–64 letters. */
export function wrongTerms(terms: QueueTerms): (keyof QueueTerms)[] {
  const wrong: (keyof QueueTerms)[] = [];
  const within = (name: keyof QueueTerms, lo: number, hi: number) => {
    const value = terms[name];
    if (typeof value !== 'number' || !Number.isInteger(value) || value < lo || value > hi) wrong.push(name);
  };
  within('siblingPoints', 0, 100);
  within('districtPoints', 0, 100);
  within('answerWorkingDays', 1, 30);
  within('rescueMinutes', 1, 240);
  within('reserveAfter', 1, 100);
  if (typeof terms.lotSeed !== 'string' || terms.lotSeed.length < 1 || terms.lotSeed.length > 64)
    wrong.push('lotSeed');
  return wrong;
}

/** Everything a rank follows from, besides the terms. */
export interface RankInputs {
  readonly entryId: number;
  /** Statutory out-of-turn class; higher comes first. */
  readonly priority: number;
  readonly sibling: boolean;
  readonly district: boolean;
  readonly registeredAt: Instant;
}

/** The lot of an entry, 0 ≤ lot < 2³²: drawn from the seed and the entry's number alone, so anybody can draw it again. */
export function lotOf(seed: string, entryId: number): number {
  return Math.floor(randomFrom(`${seed} ${entryId}`).next() * 2 ** 32);
}

/**
 * [class, points at this group, −seconds of the registration since 1970, lot]: compared from left to right, higher
 * first. Whole numbers only, so that it is the same bit for bit wherever it is recomputed.
 */
export function scoreOf(inputs: RankInputs, terms: QueueTerms): number[] {
  return [
    terms.outOfTurn ? inputs.priority : 0,
    (inputs.sibling ? terms.siblingPoints : 0) + (inputs.district ? terms.districtPoints : 0),
    -Math.floor(millisOf(inputs.registeredAt) / 1000),
    lotOf(terms.lotSeed, inputs.entryId),
  ];
}

export function compareScores(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (b[at] ?? 0) - (a[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export interface Scored {
  readonly entryId: number;
  readonly score: readonly number[];
}

/** Best first; equal scores (a lot drawn twice) by number of the entry. */
export function rankOrder<T extends Scored>(entries: readonly T[]): T[] {
  return entries.toSorted((a, b) => compareScores(a.score, b.score) || a.entryId - b.entryId);
}

/** Which word of the rule set an entry before another: what a family is told. */
export type RankWord = 'class' | 'points' | 'registered' | 'lot';
const WORDS: readonly RankWord[] = ['class', 'points', 'registered', 'lot'];

/** What decided between two scores; undefined when nothing did. */
export function decidedBy(a: readonly number[], b: readonly number[]): RankWord | undefined {
  return WORDS[a.findIndex((value, at) => value !== b[at])];
}

/** How many entries left or came since the last rank, by why: anonymous by construction. */
export interface MoveCauses {
  readonly placed?: number;
  readonly withdrawn?: number;
  readonly refused?: number;
  readonly lapsed?: number;
  readonly ineligible?: number;
  readonly joined?: number;
  /** Somebody's class, district, brother or sister changed, or the rule did. */
  readonly reordered?: number;
}

/** Whether a changed wish keeps its date of registration: it does unless it asks for more minutes or for other groups. */
export function grows(
  before: { readonly minutesPerWeek: number; readonly choices: readonly number[] },
  after: { readonly minutesPerWeek: number; readonly choices: readonly number[] },
): boolean {
  return (
    after.minutesPerWeek > before.minutesPerWeek ||
    after.choices.some((groupId) => !before.choices.includes(groupId))
  );
}

/** Until which day what lapsed may be restored. */
export function restorableUntil(lapsedAt: Instant): PlainDate {
  return addDays(dateAt(lapsedAt), RESTORE_DAYS);
}
