import type { DayTimes, Rule } from './input.ts';

export interface Placed {
  readonly child: string;
  readonly group: string;
  /** 1 for the first wish; null for a place that the child held and did not wish again. */
  readonly wish: number | null;
}

/** A half-hour of a day, 0…47. */
export type DayHalfHour = readonly [day: string, halfHour: number];

/** Why a child was not given a wish. */
export interface RefusedWish {
  readonly group: string;
  /** Half-hours of the pattern that those ranked above fill. Empty when not the hours stood in the way: a sibling, a cut-off. */
  readonly full: readonly DayHalfHour[];
  /** Place in the order of the group, from 1, among `of` who wished for it or hold a place there. */
  readonly rank: number;
  readonly of: number;
  /** Least statutory class (first number of the score) among those placed there; null when nobody with a score is. */
  readonly lowestClassPlaced: number | null;
  /** What would fit into the room that is left, each day by itself: shifted or shortened by at most 2 hours, or left out. */
  readonly nearest: DayTimes | null;
  /** Whether one place more in the group, all else staying as it is, would have reached this child in its turn. */
  readonly onePlaceMore: boolean;
  /** Only under `strict`: the group admits ranks before this one alone; null when it refused nobody. */
  readonly cutOff?: number | null;
}

export interface Refused {
  readonly child: string;
  readonly wishes: readonly RefusedWish[];
}

/** A child that, alone or with its siblings, blocks: it would rather be in the group and its rank would let it in. */
export interface Residue {
  readonly child: string;
  readonly group: string;
}

export interface Report {
  readonly rule: Rule;
  readonly placed: number;
  readonly firstWish: number;
  /** Children alone, or families with joint wishes, that prefer a wish and fit beside those ranked above them. */
  readonly blocking: number;
  /** Of these, those that fit beside everybody present. */
  readonly wasted: number;
  /** Those that fit only by displacing somebody ranked lower; under `strict` those that see anybody lower in a wished group. */
  readonly justifiedEnvy: number;
  /** Half-hours of groups with more children than places. */
  readonly overCapacity: number;
  readonly seconds: number;
}

/** Lists are in the order of child ids. A child without a place is in `refused`, everybody else in `placed`. */
export interface Allocation {
  readonly placed: readonly Placed[];
  readonly refused: readonly Refused[];
  readonly residue: readonly Residue[];
  readonly report: Report;
}
