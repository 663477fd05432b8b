import { firstOpenHalfHour } from '../domain/admittance.ts';
import type { Instant } from '../domain/calendar.ts';
import { releaseAt } from '../domain/places.ts';
import { refuse } from '../domain/refusal.ts';
import type { Booking } from '../data/bookings.ts';
import { insertArrival, releaseBooking, updateDeparture } from '../data/booking-edits.ts';
import { listCollectors } from '../data/adults.ts';
import { insertEvent, type EventKind } from '../data/events.ts';
import { recountDays } from '../data/day-counts.ts';
import { lockDayKeys } from '../data/group-days.ts';
import { lockBooking } from './bookings.ts';
import { authorOf, todayOf, type Work } from './perform.ts';

export interface Presence {
  readonly id: number;
  readonly arrivedAt: Instant;
  readonly departedAt: Instant | null;
}

async function tell(work: Work, booking: Booking, kind: EventKind): Promise<void> {
  await insertEvent(work.tx, {
    at: work.now,
    by: authorOf(work.actor),
    kind,
    centreId: booking.centreId,
    groupId: booking.groupId,
    childId: booking.childId,
    bookingId: booking.id,
  });
}

/** A child comes, on the day of the booking. A repeat gives the first answer. */
export async function recordArrival(work: Work, { bookingId }: { bookingId: number }): Promise<Presence> {
  const { tx, now, actor } = work;
  if (actor.role === 'guardian') refuse('forbidden');
  const booking = await lockBooking(work, bookingId);
  if (booking.arrivedAt !== null) {
    return { id: bookingId, arrivedAt: booking.arrivedAt, departedAt: booking.departedAt };
  }
  if (booking.state !== 'booked') refuse('stale');
  const today = todayOf(work);
  if (booking.date < today) refuse('past');
  if (booking.date > today) refuse('not_arrived');
  await insertArrival(tx, { bookingId, arrivedAt: now, arrivedBy: authorOf(actor) });
  await tell(work, booking, 'booking.arrival');
  return { id: bookingId, arrivedAt: now, departedAt: null };
}

/**
 * A child leaves, where one is named with an adult who may collect it on that day: another is `invalid`. Leaving early frees the rest of the stay. A repeat gives the
 * first answer; without an arrival it is refused as `not_arrived`.
 */
export async function recordDeparture(
  work: Work,
  { bookingId, collectorId }: { bookingId: number; collectorId: number | null },
): Promise<Presence> {
  const { tx, now, actor } = work;
  if (actor.role === 'guardian') refuse('forbidden');
  const booking = await lockBooking(work, bookingId);
  if (booking.arrivedAt === null) refuse('not_arrived');
  const { arrivedAt } = booking;
  if (booking.departedAt !== null) return { id: bookingId, arrivedAt, departedAt: booking.departedAt };
  if (collectorId !== null) {
    const collectors = await listCollectors(tx, [booking.childId], booking.date);
    if (!collectors.some((collector) => collector.id === collectorId)) {
      refuse('invalid', { errors: [{ field: 'collectorId', reason: 'invalid' }] });
    }
  }
  const days = await lockDayKeys(tx, [booking]);
  const from = releaseAt(booking, firstOpenHalfHour(booking.date, now));
  if (from < (booking.releasedFrom ?? booking.to)) await releaseBooking(tx, bookingId, from);
  await updateDeparture(tx, { bookingId, departedAt: now, departedBy: authorOf(actor), collectorId });
  await recountDays(tx, days);
  await tell(work, booking, 'booking.departure');
  return { id: bookingId, arrivedAt, departedAt: now };
}
