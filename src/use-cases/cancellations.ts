import { firstOpenHalfHour } from '../domain/admittance.ts';
import type { PlainDate } from '../domain/calendar.ts';
import { releaseAt } from '../domain/places.ts';
import { refuse } from '../domain/refusal.ts';
import { listBookings, type Booking } from '../data/bookings.ts';
import { insertCancellation, releaseBooking } from '../data/booking-edits.ts';
import { insertEvent } from '../data/events.ts';
import { recountDays } from '../data/day-counts.ts';
import { lockDayKeys } from '../data/group-days.ts';
import { lockBooking } from './bookings.ts';
import { keepForMatching } from './matching.ts';
import { authorOf, type Work } from './perform.ts';

/** Frees what is left of a booking from now on, first for those who wait for it, and recounts its day. */
export async function release(work: Work, booking: Booking): Promise<void> {
  const days = await lockDayKeys(work.tx, [booking]);
  const from = releaseAt(booking, firstOpenHalfHour(booking.date, work.now));
  await releaseBooking(work.tx, booking.id, from);
  const { groupId, date, weight, childId, releasedFrom } = booking;
  await keepForMatching(work, [{ groupId, date, from, to: releasedFrom ?? booking.to, weight, childId }]);
  await recountDays(work.tx, days);
}

/** Cancels what is left of a booking; never locked. A repeat gives the first answer, a stay that began by arrival is over by departure. */
export async function cancelBooking(
  work: Work,
  { bookingId }: { bookingId: number },
): Promise<{ id: number }> {
  const { tx, now, actor } = work;
  const booking = await lockBooking(work, bookingId);
  if (booking.state === 'cancelled') return { id: booking.id };
  if (booking.state !== 'booked') refuse('stale');
  if (firstOpenHalfHour(booking.date, now) >= booking.to) refuse('past');
  await release(work, booking);
  const source = actor.role === 'guardian' ? 'family' : 'centre';
  await insertCancellation(tx, { bookingId, at: now, by: authorOf(actor), source, closureId: null });
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'booking.cancelled',
    centreId: booking.centreId,
    groupId: booking.groupId,
    childId: booking.childId,
    bookingId,
    data: { source },
  });
  return { id: booking.id };
}

/** The bookings of a series from a date on, still ahead. */
async function listSeriesAhead(work: Work, booking: Booking): Promise<Booking[]> {
  if (booking.seriesId === null) return [booking];
  const all = await listBookings(work.tx, {
    childIds: [booking.childId],
    from: booking.date,
    to: '9999-12-31' as PlainDate,
    occupying: true,
  });
  return all.filter((each) => each.seriesId === booking.seriesId && each.state === 'booked');
}

/** Cancels a booking and every later one of its series, all or nothing. */
export async function cancelSeries(
  work: Work,
  { bookingId }: { bookingId: number },
): Promise<{ ids: number[] }> {
  const booking = await lockBooking(work, bookingId);
  const ahead = await listSeriesAhead(work, booking);
  if (ahead.length === 0) refuse('stale');
  await lockDayKeys(work.tx, ahead);
  const ids: number[] = [];
  for (const each of ahead) ids.push((await cancelBooking(work, { bookingId: each.id })).id);
  return { ids };
}
