import { z } from 'zod';
import { daysBetween } from '../../../domain/calendar.ts';
import { formatPattern, parsePattern, type Pattern } from '../../../domain/pattern.ts';
import { SKILLS } from '../../../domain/staffing.ts';
import type { FoundHours } from '../../../data/hours-search.ts';
import { LONGEST_COMMUTE_MINUTES } from '../../../use-cases/workday.ts';
import { named } from './named.ts';
import { count, date, dateAsked, id, idAsked, issue, regionAsked } from './values.ts';

const MOST_DAYS = 92;

/** A pattern as URL-encoded JSON. Work may be shorter or longer than a stay; off the grid is told as `off_grid`. */
const patternAsked = z
  .string()
  .max(20_000)
  .meta({ description: 'A pattern as URL-encoded JSON.' })
  .transform((text, context): Pattern => {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      context.addIssue(issue('invalid'));
      return z.NEVER;
    }
    const read = parsePattern(json, { field: '' });
    if ('pattern' in read) return read.pattern;
    for (const { field, reason } of read.errors)
      context.addIssue(issue(reason, ...field.split('.').filter(Boolean)));
    return z.NEVER;
  });

const commuteAsked = z
  .string()
  .refine((text) => /^\d{1,3}$/.test(text) && Number(text) <= LONGEST_COMMUTE_MINUTES)
  .meta({
    type: 'integer',
    minimum: 0,
    maximum: LONGEST_COMMUTE_MINUTES,
    default: 0,
    description: 'Minutes one way.',
  })
  .transform(Number)
  .default(0);

export const searchAsked = z
  .strictObject({
    child: idAsked,
    from: dateAsked,
    to: dateAsked,
    region: regionAsked.optional(),
    skill: z.enum(SKILLS).optional().meta({ description: 'Only groups that state this help.' }),
    pattern: patternAsked.optional(),
    work: patternAsked.optional(),
    commute: commuteAsked,
  })
  .superRefine(({ from, to, pattern, work }, context) => {
    if (to < from) context.addIssue(issue('invalid', 'to'));
    else if (daysBetween(from, to) >= MOST_DAYS) context.addIssue(issue('too_wide', 'to'));
    if ((pattern === undefined) === (work === undefined)) context.addIssue(issue('invalid', 'work'));
  });

const item = named(
  'FoundHours',
  z.strictObject({
    groupId: id,
    centreId: id,
    pattern: z.unknown().meta({ $ref: '#/components/schemas/Pattern' }),
    uncoveredMinutesPerWeek: count.meta({
      description: 'Minutes of [work − commute, work + commute] outside the pattern.',
    }),
    distanceKm: z
      .number()
      .nullable()
      .meta({ description: 'From the home of the family; null where it is not known.' }),
    freeDates: z.array(date),
    fullDates: z.array(date),
    reason: z.string().nullable().meta({
      description:
        'Why something stays uncovered or cannot be booked at once: too_long, outside_hours, full, skill_missing, not_enrolled.',
    }),
  }),
);

export const searchPage = named(
  'FoundHoursPage',
  z.strictObject({ items: z.array(item), next: z.string().nullable() }),
);

export function showFound(found: FoundHours): z.output<typeof item> {
  const { group, cover, eligibility, distanceKm } = found;
  return {
    groupId: String(group.id),
    centreId: String(group.centreId),
    pattern: cover.pattern ? formatPattern(cover.pattern) : {},
    uncoveredMinutesPerWeek: cover.uncoveredMinutesPerWeek,
    distanceKm,
    freeDates: cover.freeDates,
    fullDates: cover.fullDates,
    reason: eligibility ?? cover.reason,
  };
}
