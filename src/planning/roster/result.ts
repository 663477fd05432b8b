import type { PlainDate } from '../../domain/calendar.ts';
import type { DemandKind } from './input.ts';

export interface Shift {
  readonly staff: string;
  readonly date: PlainDate;
  readonly from: string;
  readonly to: string;
  /** Start of the break; null for a shift too short to need one. */
  readonly breakFrom: string | null;
}

/**
 * Why one person does not close a gap. Of these, `absent`, `window`, `no_shift` and `fixed` hold in any roster; `on_duty`
 * counts already; `on_break`, `rest`, `weekly_minutes`, `days` and `needed_elsewhere` say what stands in the way in this
 * one; `costs_more` is for quality alone: somebody could come, but overtime or an hour elsewhere weighs more.
 */
export const FACTS = [
  'nobody_qualified',
  'absent',
  'window',
  'no_shift',
  'fixed',
  'on_duty',
  'on_break',
  'rest',
  'weekly_minutes',
  'days',
  'needed_elsewhere',
  'costs_more',
  'minimum_proved',
] as const;
export type FactKind = (typeof FACTS)[number];

export interface Fact {
  readonly fact: FactKind;
  /** Absent where the fact is about nobody alone. */
  readonly staff?: string;
  /** The part of the stretch for which it holds, where that is not the whole. */
  readonly from?: string;
  readonly to?: string;
  /** Of `weekly_minutes` and `days`: what is used of what there is. */
  readonly used?: number;
  readonly most?: number;
  /** A sentence in English. */
  readonly text: string;
}

/** What would close a gap: so many more people of that level or skill, at that time. */
export interface Closes {
  readonly level?: number;
  readonly skill?: string;
  readonly people: number;
  readonly date: PlainDate;
  readonly from: string;
  readonly to: string;
  /** Hours of work of them all. */
  readonly hours: number;
  readonly text: string;
}

/** A stretch of demand that stays open; `missing` people at each of its half-hours. */
export interface Uncovered {
  readonly date: PlainDate;
  readonly from: string;
  readonly to: string;
  readonly level?: number;
  readonly skill?: string;
  readonly kind: DemandKind;
  readonly missing: number;
  readonly why: readonly Fact[];
  readonly closes: Closes;
}

/** Weighted, so that the terms add up to the total. One unit is a ninth of a half-hour of overtime. */
export interface Cost {
  readonly total: number;
  readonly legal: number;
  readonly quality: number;
  readonly overtime: number;
  readonly underContract: number;
  readonly preference: number;
  readonly surplus: number;
  readonly fairness: number;
}

export interface Roster {
  readonly shifts: readonly Shift[];
  readonly uncovered: readonly Uncovered[];
  readonly cost: Cost;
  /** No legal roster costs less. */
  readonly bound: number;
  /** (cost − bound) / payroll; payroll is 9 × the half-hours of staff that the demand requires. */
  readonly gap: number;
  /** Whether this is the best there is: the least legal demand uncovered, and of those the least cost. */
  readonly proved: boolean;
  readonly seconds: number;
}
