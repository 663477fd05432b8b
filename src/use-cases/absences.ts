import { firstOpenHalfHour } from '../domain/admittance.ts';
import { refuse } from '../domain/refusal.ts';
import type { AbsenceKind } from '../data/bookings.ts';
import { insertAbsence } from '../data/booking-edits.ts';
import { insertEvent } from '../data/events.ts';
import { lockBooking } from './bookings.ts';
import { release } from './cancellations.ts';
import { authorOf, type Work } from './perform.ts';

/** Excused and unexcused are the centre's judgement; the others a family may say itself. */
export const FAMILY_ABSENCES: readonly AbsenceKind[] = ['illness', 'family', 'medical'];
export const ABSENCES: readonly AbsenceKind[] = [...FAMILY_ABSENCES, 'excused', 'unexcused'];

/**
 * Reports that a child does not come (or goes home before it was brought): frees the place from the current half-hour
 * on; never locked. Staff may mark a day that is over: it stays booked and is not attended. A repeat gives the first
 * answer.
 */
export async function reportAbsence(
  work: Work,
  { bookingId, kind }: { bookingId: number; kind: AbsenceKind },
): Promise<{ id: number }> {
  const { tx, now, actor } = work;
  const booking = await lockBooking(work, bookingId);
  const byFamily = actor.role === 'guardian';
  if (byFamily && !FAMILY_ABSENCES.includes(kind)) refuse('forbidden');
  if (booking.state === 'absent') return { id: booking.id };
  if (booking.state !== 'booked') refuse('stale');
  if (byFamily && firstOpenHalfHour(booking.date, now) >= booking.to) refuse('past');
  await release(work, booking);
  await insertAbsence(tx, { bookingId, at: now, by: authorOf(actor), kind });
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'booking.absence',
    centreId: booking.centreId,
    groupId: booking.groupId,
    childId: booking.childId,
    bookingId,
    data: { kind },
  });
  return { id: booking.id };
}
