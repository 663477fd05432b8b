import { z } from 'zod';
import { parsePlainDate, WEEKDAYS, type PlainDate } from '../../domain/calendar.ts';
import { MINUTES_PER_HALF_HOUR, parseTime, timeShape } from '../../domain/slots.ts';

export const DEMAND_KINDS = ['legal', 'quality'] as const;
/** `legal`: must be covered, before anything else; `quality`: should be. */
export type DemandKind = (typeof DEMAND_KINDS)[number];

/** Four weeks: what a centre plans at once. */
export const MOST_DAYS = 28;
/** A week of work is at most 40 hours (Labour Code). */
export const LONGEST_WEEK_MINUTES = 2400;
/** A shift is at most 12 hours. */
const LONGEST_SHIFT_MINUTES = 720;
const MOST_STAFF = 200;
const MOST_ROWS = 20_000;
const MINUTES_PER_DAY = 1440;

const id = z.string('must be a text').min(1, 'must not be empty').max(200, 'is longer than 200 characters');

const date = z
  .string('must be a date YYYY-MM-DD')
  .refine((text) => parsePlainDate(text) !== undefined, 'is no date YYYY-MM-DD')
  .transform((text) => text as PlainDate);

const time = z
  .string('must be a time HH:MM')
  .refine(timeShape, { message: 'is no time HH:MM', abort: true })
  .refine((text) => parseTime(text) !== undefined, 'is not on the half-hour');

const startsFirst = (from: string, to: string): boolean => (parseTime(from) ?? 0) < (parseTime(to) ?? 0);

const window = z
  .tuple([time, time])
  .refine(([from, to]) => startsFirst(from, to), 'must end after it starts');

const weekdays = WEEKDAYS.join(', ');

/** Windows by weekday; any other key is told for what it is. */
const windows = z.record(z.string(), window).superRefine((days, context) => {
  for (const day of Object.keys(days))
    if (!(WEEKDAYS as readonly string[]).includes(day))
      context.addIssue({ code: 'custom', path: [day], message: `is no weekday: ${weekdays}` });
});

const minutes = (least: number, most: number) =>
  z
    .int('must be whole minutes')
    .min(least, `must be at least ${least} minutes`)
    .max(most, `is over ${most} minutes`);

const onGrid = (least: number, most: number) =>
  minutes(least, most).multipleOf(MINUTES_PER_HALF_HOUR, 'must be a multiple of 30 minutes');

const level = z.int('must be 0, 1 or 2').min(0, 'must be 0, 1 or 2').max(2, 'must be 0, 1 or 2');

const fixed = z
  .strictObject({ date, from: time, to: time })
  .refine(({ from, to }) => startsFirst(from, to), 'must end after it starts');

const dayWish = z.strictObject({ date, hours: window.nullable() });

const member = z
  .strictObject({
    id,
    level,
    skills: z.array(id).max(50, 'has more than 50 skills').default([]),
    weeklyMinutes: z
      .int('must be whole minutes')
      .min(MINUTES_PER_HALF_HOUR, 'must be at least 30: who has no contract hours is not rostered')
      .max(LONGEST_WEEK_MINUTES, 'is over 2400: a contract is at most 40 hours a week'),
    minShiftMinutes: onGrid(MINUTES_PER_HALF_HOUR, LONGEST_SHIFT_MINUTES),
    maxShiftMinutes: onGrid(MINUTES_PER_HALF_HOUR, LONGEST_SHIFT_MINUTES),
    daysPerWeek: z.int('must be a whole number of days').min(1, 'must be 1 to 7').max(7, 'must be 1 to 7'),
    overtimeMinutesPerWeek: minutes(0, LONGEST_WEEK_MINUTES).default(0),
    absent: z.array(date).max(400, 'has more than 400 days').default([]),
    available: windows.optional(),
    prefers: windows.default({}),
    /** Of single dates, in the place of `prefers`; null hours = would rather be free. */
    wishes: z.array(dayWish).max(MOST_DAYS, `has more than ${MOST_DAYS} days`).optional(),
    fixed: z.array(fixed).max(MOST_DAYS, `has more than ${MOST_DAYS} shifts`).default([]),
  })
  .refine((each) => each.minShiftMinutes <= each.maxShiftMinutes, {
    path: ['minShiftMinutes'],
    message: 'is more than maxShiftMinutes',
  });

const demand = z
  .strictObject({
    date,
    from: time,
    to: time,
    level: level.optional(),
    skill: id.optional(),
    count: z.int('must be a whole number of people').min(0, 'is below 0').max(MOST_STAFF, 'is over 200'),
    kind: z.enum(DEMAND_KINDS, `must be one of ${DEMAND_KINDS.join(', ')}`),
    /** Of a skill: a break of at most so many minutes leaves it on duty (in the building, on call); 0 = never. */
    onCallBreakMinutes: minutes(0, 240).default(0),
  })
  .refine(({ from, to }) => startsFirst(from, to), 'must end after it starts')
  .refine(
    (row) => (row.level === undefined) !== (row.skill === undefined),
    'must name a level or a skill, not both',
  );

const rules = z.strictObject({
  restMinutes: minutes(0, MINUTES_PER_DAY),
  breakAfterMinutes: minutes(0, MINUTES_PER_DAY),
  breakMinutes: onGrid(0, 240),
  breakEarliestMinutes: onGrid(0, MINUTES_PER_DAY),
  breakLatestMinutes: onGrid(0, MINUTES_PER_DAY),
});

export const rosterShape = z
  .strictObject({
    from: date,
    to: date,
    opens: time,
    closes: time,
    seed: z.int('must be a whole number').default(1),
    staff: z.array(member).max(MOST_STAFF, `has more than ${MOST_STAFF} people`),
    demand: z.array(demand).max(MOST_ROWS, `has more than ${MOST_ROWS} rows`),
    rules,
  })
  .refine(({ opens, closes }) => startsFirst(opens, closes), {
    path: ['closes'],
    message: 'must be after opens',
  });

/**
 * What a roster is made for (engines.md, Roster). Days are both included; lengths of shifts are from start to end, the
 * break within; a break begins breakEarliest…breakLatest minutes after its shift. Without `available` somebody may work in
 * all opening hours; with it, only on the weekdays it names. A row of demand says that at least `count` people must be
 * present who serve as its level or have its skill: rows that overlap hold side by side and do not add up.
 * A break is no presence, except for the skill of a row whose `onCallBreakMinutes` are no fewer than the break's.
 */
export type RosterInput = z.output<typeof rosterShape>;
export type RosterStaff = RosterInput['staff'][number];
export type RosterRules = RosterInput['rules'];

export interface InputError {
  /** Dotted, from the top: 'staff.3.fixed.0'; empty for the whole. */
  readonly path: string;
  /** A sentence's end in English: 'is no time HH:MM'. */
  readonly problem: string;
}
