import type { PlainDate } from './calendar.ts';
import type { Slot } from './slots.ts';

/** One of the solver's reasons as plain data, so that a page says it in its own language. */
export interface OpenFact {
  /** As the planner names it. */
  readonly fact: string;
  readonly staffId: number | null;
  /** The part of the stretch for which it holds, where that is not the whole. */
  readonly slot: Slot | null;
  /** Of weekly minutes and days: what is used of what there is. */
  readonly used: number | null;
  readonly most: number | null;
}

/** Demand that a draft leaves open, in half-hours, with the solver's reasons in English. */
export interface OpenDemand extends Slot {
  readonly date: PlainDate;
  readonly level: number | null;
  readonly skill: string | null;
  readonly missing: number;
  readonly kind: 'legal' | 'quality';
  readonly why: readonly string[];
  /** The same reasons as data; absent in drafts of an earlier day. */
  readonly facts?: readonly OpenFact[];
  readonly closes: string;
  /** People who would close it, and their hours of work together. */
  readonly closedBy?: { readonly people: number; readonly hours: number };
}

/** Contract minutes of a person that a draft leaves idle in a week, and why; the reason that holds most often first. */
export interface IdleContract {
  readonly staffId: number;
  /** Its Monday. */
  readonly week: PlainDate;
  readonly minutes: number;
  /** As the planner names it, at how many half-hours that lack somebody, and the first of those. */
  readonly why: readonly {
    readonly reason: string;
    readonly halfHours: number;
    readonly date: PlainDate | null;
  }[];
}

/** What the solver said of the roster that it drafted. */
export interface DraftOutcome {
  readonly uncovered: readonly OpenDemand[];
  /** Absent in drafts of an earlier day. */
  readonly idle?: readonly IdleContract[];
  readonly cost: Readonly<Record<string, number>>;
  readonly bound: number;
  readonly gap: number;
  readonly proved: boolean;
  /** Half-hours of staff with a group that they were with on the day before it, of all; 0 … 1 (continuityOf). */
  readonly continuity: number | null;
}

/** The best that a search has found so far. */
export interface Incumbent {
  readonly cost: number;
  readonly bound: number;
  /** Share of the payroll that proof is still missing for; 0 = nothing better exists. */
  readonly gap: number;
  readonly proved: boolean;
  /** Half-hours of demand that stay open, the missing people counted each. */
  readonly openLegal: number;
  readonly openQuality: number;
}

/** Half-hours of a published day at which more is booked than the staff may look after. */
export interface Shortage {
  readonly groupId: number;
  readonly date: PlainDate;
  /** Grid indexes. */
  readonly halfHours: readonly number[];
  /** Children with a stay in these half-hours. */
  readonly childIds: readonly number[];
  /** Skills that a child needs and nobody on duty has; empty when it is the number of staff. */
  readonly skills: readonly string[];
}
