import { z } from 'zod';
import { addMonths, WEEKDAYS } from '../../../domain/calendar.ts';
import {
  LONGEST_CYCLE,
  MOST_DATES,
  parsePattern,
  type Pattern,
  type PatternError,
} from '../../../domain/pattern.ts';
import { LONGEST_SERIES_MONTHS, type RefusedDay } from '../../../use-cases/booking-series.ts';
import { named } from './named.ts';
import { refusedDay } from './problem.ts';
import { date, dateAsked, id, idAsked, issue, time } from './values.ts';

const stretch = named('Stretch', z.tuple([time, time]));

/** The forms of a pattern for readers; domain/pattern.ts reads it and names every wrong field. */
named(
  'Pattern',
  z
    .union([
      z.strictObject(Object.fromEntries(WEEKDAYS.map((day) => [day, stretch.optional()]))),
      z.strictObject({
        cycle: z.int().min(2).max(LONGEST_CYCLE),
        from: date,
        days: z.record(z.string(), stretch),
      }),
      z.strictObject({ dates: z.record(z.string(), stretch) }),
    ])
    .meta({ description: `Weekly; a cycle, whose day 1 is \`from\`; or at most ${MOST_DATES} dates.` }),
);

/** A pattern as asked for. Times off the grid and lengths are told later, after access. */
export interface PatternAsked {
  readonly pattern?: Pattern;
  readonly errors: readonly PatternError[];
}

function readPattern(json: unknown): PatternAsked {
  const read = parsePattern(json, { checkLength: true });
  return 'pattern' in read ? { ...read, errors: [] } : read;
}

export const patternAsked = z
  .unknown()
  .meta({ $ref: '#/components/schemas/Pattern' })
  .transform((json, context): PatternAsked => {
    const asked = readPattern(json);
    for (const { field, reason } of asked.errors) {
      if (reason === 'invalid') context.addIssue(issue('invalid', ...field.split('.').slice(1)));
    }
    return asked;
  });

export const seriesAsked = z
  .strictObject({
    childId: idAsked,
    groupId: idAsked,
    pattern: patternAsked,
    startsOn: dateAsked,
    endsOn: dateAsked,
    ifFull: z.enum(['refuse_all', 'book_free']),
  })
  .superRefine(({ startsOn, endsOn }, context) => {
    if (endsOn < startsOn) context.addIssue(issue('invalid', 'endsOn'));
    else if (endsOn > addMonths(startsOn, LONGEST_SERIES_MONTHS))
      context.addIssue(issue('too_wide', 'endsOn'));
  });

export const series = named(
  'BookingSeries',
  z.strictObject({ id, booked: z.array(date), refused: z.array(refusedDay) }),
);

export function showRefused(day: RefusedDay): z.output<typeof refusedDay> {
  return { date: day.date, reason: day.reason, fullAt: day.fullAt ?? [] };
}
