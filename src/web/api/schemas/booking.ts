import { z } from 'zod';
import type { Booking } from '../../../data/bookings.ts';
import { ABSENCES } from '../../../use-cases/absences.ts';
import { named } from './named.ts';
import { pageOf, paging } from './pages.ts';
import { date, dateAsked, id, idAsked, instant, time, timeAsked, timeOf } from './values.ts';

const absenceKind = z.enum(ABSENCES as [(typeof ABSENCES)[number], ...typeof ABSENCES]);

export const booking = named(
  'Booking',
  z.strictObject({
    id,
    childId: id,
    groupId: id,
    date,
    from: time,
    to: time,
    state: z.enum(['booked', 'attended', 'absent', 'cancelled']),
    releasedFrom: time
      .optional()
      .meta({ description: 'From here on the place is free again; before, it stays booked.' }),
    late: z.boolean().meta({ description: "Made or last changed after the centre's deadline." }),
    absence: absenceKind.optional(),
    arrivedAt: instant.nullable(),
    departedAt: instant.nullable(),
  }),
);

export const bookingPage = pageOf('BookingPage', booking);

export function showBooking(row: Booking): z.output<typeof booking> {
  return {
    id: String(row.id),
    childId: String(row.childId),
    groupId: String(row.groupId),
    date: row.date,
    from: timeOf(row.from),
    to: timeOf(row.to),
    state: row.state,
    ...(row.releasedFrom !== null && { releasedFrom: timeOf(row.releasedFrom) }),
    late: row.late,
    ...(row.absence !== null && { absence: row.absence }),
    arrivedAt: row.arrivedAt,
    departedAt: row.departedAt,
  };
}

export const bookingAsked = z.strictObject({
  childId: idAsked,
  groupId: idAsked,
  date: dateAsked,
  from: timeAsked,
  to: timeAsked,
});

export const changeAsked = z.strictObject({
  groupId: idAsked.optional(),
  date: dateAsked.optional(),
  from: timeAsked,
  to: timeAsked,
});

export const bookingsAsked = z.strictObject({
  child: idAsked.optional(),
  group: idAsked.optional(),
  from: dateAsked.optional(),
  to: dateAsked.optional(),
  ...paging,
});

export const absenceAsked = z.strictObject({ kind: absenceKind });

export const departureAsked = z.strictObject({ collectorId: idAsked.optional() });

export const presence = named(
  'Presence',
  z.strictObject({ id, arrivedAt: instant, departedAt: instant.nullable() }),
);
