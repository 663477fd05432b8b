import { lockBooking } from '../../use-cases/bookings.ts';
import type { Work } from '../../use-cases/perform.ts';
import type { Context } from '../context.ts';
import { requireUnchanged } from './etag.ts';
import { showBooking } from './schemas/booking.ts';

/** The booking of the address under its lock, still as the client saw it where `If-Match` says what that was. */
export async function lockSeen(work: Work, context: Context): Promise<number> {
  const found = await lockBooking(work, context.id('bookingId'));
  requireUnchanged(context, showBooking(found));
  return found.id;
}
