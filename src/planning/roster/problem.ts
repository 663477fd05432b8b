import type { PlainDate } from '../../domain/calendar.ts';
import type { Catalogue } from './catalogue.ts';
import type { RosterInput, RosterStaff } from './input.ts';

/** What demand asks for: people of a level or above, or with a skill. */
export type Ask = { readonly level: number } | { readonly skill: string };

/** How many people of an ask the demand wants, by cell. */
export interface Line {
  readonly ask: Ask;
  /** Whether somebody in a break counts: on call in the building. */
  readonly onCall: boolean;
  readonly legal: Int32Array;
  readonly quality: Int32Array;
}

/**
 * A roster to be found, as arrays. Staff stand in an order that depends on what they may do, ids last, so that neither
 * the order of the input nor names change the roster. Duty = staff × days + day: what a person does on a day.
 * Cell = day × 48 + half-hour. All lengths are in half-hours.
 */
export interface Problem {
  readonly input: RosterInput;
  readonly dates: readonly PlainDate[];
  readonly days: number;
  /** ISO week of each day, counted from 0. */
  readonly weekOf: Int32Array;
  readonly weeks: number;
  readonly opens: number;
  readonly closes: number;
  readonly staff: readonly RosterStaff[];

  /** Shifts by duty; empty when the person cannot work on that day. */
  readonly catalogue: readonly Catalogue[];
  /** By duty: 1 when a shift is fixed, so that one of the catalogue must be taken. */
  readonly must: Uint8Array;
  /** By duty and shift: half-hours of work outside what the person prefers. */
  readonly disliked: readonly Uint8Array[];

  /** Most working half-hours a week, by staff: contract and overtime. */
  readonly most: Int32Array;
  /** Contract half-hours by staff × weeks + week, less those of absent days and of days outside the roster. */
  readonly target: Float64Array;
  readonly daysPerWeek: Int32Array;
  /** Full-time equivalents by staff, at least a quarter. */
  readonly fullTime: Float64Array;
  /** Half-hours between two shifts. */
  readonly rest: number;

  /** The first line is always that of anybody (level 0). */
  readonly lines: readonly Line[];
  /** Staff who serve the same lines are of one class. */
  readonly classOf: Int32Array;
  /** Lines served by each class: all of them, those that a break leaves, and those for which it counts. */
  readonly serves: readonly (readonly number[])[];
  readonly servesAtWork: readonly (readonly number[])[];
  readonly servesOnCall: readonly (readonly number[])[];
  /** By cell: the most people that any line asks for; who comes beside them is surplus. */
  readonly needed: Int32Array;
  /** 9 × needed half-hours. */
  readonly payroll: number;
}

export const OFF = -1;

/** What a half-hour costs, in ninths of a half-hour of overtime; fairness by early or late shifts of a full-time person. */
export const WEIGHTS = {
  legal: 1000,
  quality: 300,
  overtime: 9,
  underContract: 6,
  preference: 1,
  surplus: 0.2,
  fairness: 1,
} as const;
