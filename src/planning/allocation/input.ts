import { z } from 'zod';
import { HALF_HOURS, parseTime, timeShape } from '../../domain/slots.ts';

/**
 * `stable`: nobody blocks (slot-wise deferred acceptance, then displacement chains). `common`: all groups rank alike, a
 * serial dictatorship. `strict`: cut-offs of Kamada and Kojima, no envy of anybody ranked lower, even of fewer hours.
 */
export const RULES = ['stable', 'common', 'strict'] as const;
export type Rule = (typeof RULES)[number];

const MOST_PLACES = 10_000;

const id = z.string('must be a text').min(1, 'must not be empty').max(200, 'is longer than 200 characters');
const day = z.string().min(1, 'must not be empty').max(40, 'is longer than 40 characters');
const halfHour = z.int('must be a whole half-hour').min(0, 'is before 0').max(HALF_HOURS, 'is after 48');

const free = z
  .tuple([halfHour, halfHour, z.int('must be a whole number of places').min(0).max(MOST_PLACES)])
  .refine(([from, to]) => from < to, 'must end after it starts');

const time = z
  .string('must be a time HH:MM')
  .refine(timeShape, { message: 'is no time HH:MM', abort: true })
  .refine((text) => parseTime(text) !== undefined, 'is not on the half-hour');

const stretch = z
  .tuple([time, time])
  .refine(([from, to]) => (parseTime(from) ?? 0) < (parseTime(to) ?? 0), 'must end after it starts');

const wish = z.strictObject({
  group: id,
  score: z
    .array(z.number('must be a number'))
    .min(1, 'must not be empty')
    .max(16, 'has more than 16 numbers'),
});

const child = z.strictObject({
  id,
  family: id.nullable().default(null),
  holds: id.nullable().default(null),
  pattern: z.record(day, stretch).refine((days) => Object.keys(days).length > 0, 'has no day'),
  wishes: z.array(wish).max(100, 'has more than 100 wishes'),
});

const family = z.strictObject({ id, bundles: z.array(z.record(id, id.nullable())).max(1000) });

export const allocationShape = z.strictObject({
  rule: z.enum(RULES, `must be one of ${RULES.join(', ')}`),
  groups: z.array(z.strictObject({ id, free: z.record(day, z.array(free)) })),
  children: z.array(child),
  families: z.array(family).default([]),
});

/**
 * A market: what is free in each group, and who wishes what. Half-hours are 0…48; days are labels (weekdays or dates), on
 * which pattern and free places meet. Wishes stand in order of preference; scores are compared left to right, higher first.
 */
export type AllocationInput = z.output<typeof allocationShape>;
export type AllocationGroup = AllocationInput['groups'][number];
export type AllocationChild = AllocationInput['children'][number];
export type AllocationFamily = AllocationInput['families'][number];
export type DayTimes = AllocationChild['pattern'];

export interface InputError {
  /** Dotted, from the top: 'children.3.wishes.0.group'; empty for the whole. */
  readonly path: string;
  /** A sentence's end in English: 'is no time HH:MM'. */
  readonly problem: string;
}
