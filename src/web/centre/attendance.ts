import { z } from 'zod';
import { findBooking } from '../../data/bookings.ts';
import { ABSENCES, reportAbsence } from '../../use-cases/absences.ts';
import { recordArrival, recordDeparture } from '../../use-cases/attendance.ts';
import { centreBooking } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { parseForm } from '../form.ts';
import { paths } from '../paths.ts';
import { refuse } from '../../domain/refusal.ts';
import { routes } from '../route.ts';
import { showDay } from './day.ts';

/** Sends a form of the board and comes back to the row it was sent from; a refusal is said on the board itself. */
async function atTheDoor(context: Context, write: (bookingId: number) => Promise<unknown>): Promise<void> {
  const bookingId = context.id('bookingId');
  const booking = (await context.database.read((tx) => findBooking(tx, bookingId))) ?? refuse('missing');
  const { refused } = await attempt(write(bookingId));
  if (refused) return await showDay(context, booking.date, { bookingId, refusal: refused });
  const path = paths.centreDay(booking.centreId, booking.date, bookingId);
  context.done(`${path}#booking-${bookingId}`);
}

const departure = z.strictObject({
  collectorId: z
    .string()
    .regex(/^\d{0,9}$/)
    .optional(),
});
const absence = z.strictObject({ kind: z.enum(ABSENCES) });

async function leave(context: Context): Promise<void> {
  const { values } = parseForm(departure, context.req.body);
  // What is no number names nobody who may collect the child.
  if (!values) refuse('invalid');
  const collectorId = values.collectorId ? Number(values.collectorId) : null;
  await atTheDoor(context, (bookingId) => context.perform(recordDeparture, { bookingId, collectorId }));
}

async function missDay(context: Context): Promise<void> {
  const { values } = parseForm(absence, context.req.body);
  if (!values) refuse('invalid');
  await atTheDoor(context, (bookingId) => context.perform(reportAbsence, { bookingId, kind: values.kind }));
}

/** Arrival, departure and absence, as the day board sends them. */
export const attendance = routes('/centres/:centreId/bookings/:bookingId')
  .post('/arrival', centreBooking, (context) =>
    atTheDoor(context, (bookingId) => context.perform(recordArrival, { bookingId })),
  )
  .post('/departure', centreBooking, leave)
  .post('/absence', centreBooking, missDay);
