import type { Rule } from './input.ts';

/**
 * A market as typed arrays. Children, groups and units are numbered in canonical order, so that any order of the input
 * gives the same market. A *unit* decides as one: a child alone, or the siblings of a family with joint wishes. A unit
 * chooses among *options*, best first; an option is a list of wishes, one for each child that it places. What a unit
 * holds already is its last option. `…At` arrays give where the list of each begins; they are one longer than the list.
 */
export interface Market {
  readonly rule: Rule;
  readonly groupIds: readonly string[];
  readonly childIds: readonly string[];
  /** Labels of the days; cell = day × 48 + half-hour. */
  readonly days: readonly string[];
  readonly cells: number;
  /** Places by group × cells + cell: those free and those that its holders hold. */
  readonly capacity: Int32Array;

  /** Stretches of each child, [from, to) in cells. */
  readonly stretchAt: Int32Array;
  readonly stretchFrom: Int32Array;
  readonly stretchTo: Int32Array;

  /** Wishes of each child, in order of preference; a held place that is no wish comes last. */
  readonly wishAt: Int32Array;
  readonly wishChild: Int32Array;
  readonly wishGroup: Int32Array;
  /** Place in the order of the group, 0 the best; holders stand before everybody. */
  readonly wishRank: Int32Array;
  /** 1 for the first wish; 0 for a held place that is no wish. */
  readonly wishNumber: Int32Array;
  /** First number of the score: the statutory class; NaN for a held place that is no wish. */
  readonly wishClass: Float64Array;
  /** The first option of the unit that contains the wish, counted from 0 within the unit; NEVER when none does. */
  readonly wishOption: Int32Array;

  /** Wishes for each group, by rank. */
  readonly groupAt: Int32Array;
  readonly groupWish: Int32Array;

  /** Units in canonical order: best score first, then id of the first child. */
  readonly unitOf: Int32Array;
  readonly unitAt: Int32Array;
  /** Whether the unit is a single child: every option is then one wish. */
  readonly single: Uint8Array;
  /** Whether the last option of the unit is what it holds already. */
  readonly holds: Uint8Array;
  /** Wishes of each option, by rank. */
  readonly optionAt: Int32Array;
  readonly optionWish: Int32Array;
}

export const NEVER = 0x7fffffff;

/** Code-unit order of ids: the same on every machine, whatever its language. */
export function compareIds(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Where each list begins, from its length; one longer than `lengths`, the last is the total. */
export function startsOf(lengths: ArrayLike<number>): Int32Array {
  const starts = new Int32Array(lengths.length + 1);
  for (let at = 0; at < lengths.length; at++) starts[at + 1] = (starts[at] ?? 0) + (lengths[at] ?? 0);
  return starts;
}
