import { z } from 'zod';
import { daysBetween } from '../../../domain/calendar.ts';
import { occupancyOf, STEPS } from '../../../domain/occupancy.ts';
import type { OccupancyRow } from '../../../data/occupancy.ts';
import { named } from './named.ts';
import { count, date, dateAsked, idAsked, instant, issue, regionAsked } from './values.ts';

const MOST_SINGLE_DAYS = 400;
const MOST_DAYS = 1100;

export const occupancyAsked = z
  .strictObject({
    region: regionAsked.optional(),
    centre: idAsked.optional(),
    group: idAsked.optional(),
    from: dateAsked,
    to: dateAsked,
    by: z
      .enum(STEPS)
      .default('day')
      .meta({ description: 'Weeks start on Monday; weeks and months are clipped to from and to.' }),
    each: z.enum(['group', 'centre', 'region']).default('centre'),
  })
  .superRefine(({ from, to, by }, context) => {
    if (to < from) context.addIssue(issue('invalid', 'to'));
    else if (daysBetween(from, to) >= (by === 'day' ? MOST_SINGLE_DAYS : MOST_DAYS))
      context.addIssue(issue('too_wide', 'to'));
  });

const row = named(
  'OccupancyRow',
  z.strictObject({
    key: z.string().meta({ description: 'The id of the group or centre, the code of the region.' }),
    from: date,
    to: date,
    placeMinutes: count.meta({ description: 'Room minutes while open.' }),
    rosteredPlaceMinutes: count
      .nullable()
      .meta({ description: 'The same of days with a published roster; null if none.' }),
    staffedMinutes: count.nullable().meta({
      description:
        'Children-minutes that the staff on duty can look after, at most the room; of published days, null if none.',
    }),
    bookedMinutes: count,
    attendedMinutes: count.meta({ description: 'Whole minutes between arrival and departure.' }),
    peakBooked: count.meta({
      description:
        'Most children booked at one time in a group; of a centre or region the highest sum of its groups’ peaks of a day.',
    }),
    occupancy: z.number().min(0).nullable().meta({
      description:
        'bookedMinutes / placeMinutes, rounded once, half up, to 4 decimals; null when nothing is open.',
    }),
  }),
);

export const occupancy = named('Occupancy', z.strictObject({ asAt: instant, items: z.array(row) }));

export function showOccupancy(each: OccupancyRow): z.output<typeof row> {
  return { ...each, occupancy: occupancyOf(each.bookedMinutes, each.placeMinutes) };
}
