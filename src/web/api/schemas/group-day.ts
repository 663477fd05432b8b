import { z } from 'zod';
import { daysBetween } from '../../../domain/calendar.ts';
import { freeAt, placesAt } from '../../../domain/places.ts';
import { HALF_HOURS } from '../../../domain/slots.ts';
import { staffedAt } from '../../../domain/staffing.ts';
import type { StoredDay } from '../../../data/group-days.ts';
import { named } from './named.ts';
import { pageOf, paging } from './pages.ts';
import { count, date, dateAsked, issue, time, timeOf } from './values.ts';

export const MOST_DAYS = 92;

const halfHour = named(
  'HalfHour',
  z.strictObject({
    at: time,
    places: count.meta({ description: 'The room while open, 0 when closed.' }),
    staffed: count.nullable().meta({
      description:
        'Children of weight 1 whom the staff on duty can look after; null until a roster is published.',
    }),
    booked: count,
    free: count.meta({
      description:
        'For a child of weight 1 without special skills; places held for families in the queue are not free.',
    }),
  }),
);

const groupDay = named(
  'GroupDay',
  z.strictObject({
    date,
    opensAt: time.nullable(),
    closesAt: time.nullable(),
    closedReason: z.enum(['day_off', 'holiday', 'closure', 'emergency', 'ended']).nullable(),
    halfHours: z.array(halfHour).length(HALF_HOURS),
  }),
);

export const groupDayPage = pageOf('GroupDayPage', groupDay);

export const daysAsked = z
  .strictObject({ from: dateAsked, to: dateAsked, ...paging })
  .superRefine(({ from, to }, context) => {
    if (to < from) context.addIssue(issue('invalid', 'to'));
    else if (daysBetween(from, to) >= MOST_DAYS) context.addIssue(issue('too_wide', 'to'));
  });

export function showDay(day: StoredDay): z.output<typeof groupDay> {
  return {
    date: day.date,
    opensAt: day.opensAt === null ? null : timeOf(day.opensAt),
    closesAt: day.closesAt === null ? null : timeOf(day.closesAt),
    closedReason: day.closedReason,
    halfHours: Array.from({ length: HALF_HOURS }, (_, at) => ({
      at: timeOf(at),
      places: placesAt(day, at),
      staffed: staffedAt(day.capacity, at),
      booked: day.booked[at] ?? 0,
      free: freeAt(day, at),
    })),
  };
}
