import { addDays, type PlainDate } from '../domain/calendar.ts';
import { refuse } from '../domain/refusal.ts';
import { POSTPONE_DAYS } from '../domain/waiting-list.ts';
import { findPostponement, insertPostponement } from '../data/arrival-postponements.ts';
import { listBookings } from '../data/bookings.ts';
import { lockChild } from '../data/children.ts';
import { insertEvent } from '../data/events.ts';
import { lockDaysOfGroups } from '../data/group-days.ts';
import { reportAbsence } from './absences.ts';
import { lockOffer } from './offer-endings.ts';
import { authorOf, todayOf, type Work } from './perform.ts';

/**
 * Puts the arrival off, once, by at most ten calendar days, for illness or hospital: the days until then are absences
 * and the place is kept. Refused: `stale` when it is not accepted, has been put off already or has begun; `invalid` a
 * date out of bounds.
 */
export async function postponeArrival(
  work: Work,
  { offerId, toDate }: { offerId: number; toDate: PlainDate },
): Promise<{ id: number; absent: number }> {
  const { tx, now, actor } = work;
  const [offer] = (await lockOffer(work, offerId)).filter((each) => each.id === offerId);
  if (!offer || offer.outcome !== 'accepted') refuse('stale');
  if (await findPostponement(tx, offerId))
    refuse('stale', { errors: [{ field: 'toDate', reason: 'taken' }] });
  await lockChild(tx, offer.childId);
  const bookings = await listBookings(tx, {
    childIds: [offer.childId],
    groupIds: [offer.groupId],
    from: offer.startsOn,
    to: offer.endsOn,
    occupying: true,
  });
  const first = bookings[0];
  if (!first || first.date < todayOf(work) || first.arrivedAt !== null) refuse('stale');
  if (toDate <= first.date || toDate > addDays(first.date, POSTPONE_DAYS))
    refuse('invalid', { errors: [{ field: 'toDate', reason: 'invalid' }] });
  await insertPostponement(tx, { offerId, at: now, by: authorOf(actor), fromDate: first.date, toDate });
  const before = bookings.filter((booking) => booking.date < toDate && booking.state === 'booked');
  await lockDaysOfGroups(tx, [offer.groupId], { from: first.date, to: toDate });
  for (const booking of before) await reportAbsence(work, { bookingId: booking.id, kind: 'illness' });
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'offer.postponed',
    centreId: offer.centreId,
    groupId: offer.groupId,
    childId: offer.childId,
    data: { offerId, from: first.date, to: toDate },
  });
  return { id: offerId, absent: before.length };
}
