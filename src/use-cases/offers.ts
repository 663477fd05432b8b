import { addDays, type Instant, type PlainDate } from '../domain/calendar.ts';
import type { OfferChannel, OfferOutcome } from '../domain/offer.ts';
import { worksAt } from '../domain/people.ts';
import { refuse } from '../domain/refusal.ts';
import { POSTPONE_DAYS, type EndReason } from '../domain/waiting-list.ts';
import { listBookings } from '../data/bookings.ts';
import { lockChild, mayBookFor } from '../data/children.ts';
import { deleteHolds, lockChildren } from '../data/claims.ts';
import type { Reading } from '../data/database.ts';
import { insertEvent, type EventKind } from '../data/events.ts';
import { lockDaysOfGroups, recountDays } from '../data/group-days.ts';
import {
  clearReminder,
  endOffer,
  findOffer,
  findPostponement,
  insertPostponement,
  listOfferHolds,
  listOffers,
  markOfferSeen,
  type Offer,
} from '../data/offers.ts';
import { findEntry, insertEnd, listChoices, markChoiceRefused } from '../data/waiting-list.ts';
import { reportAbsence } from './absences.ts';
import { keepForMatching, planMatching } from './matching.ts';
import { tellAboutOffers } from './offering.ts';
import { authorOf, todayOf, type Work } from './perform.ts';
import { takePlace } from './placements.ts';
import { refreshRanks } from './ranks.ts';

/** Whether somebody may answer an offer: a guardian who books for the child, or the centre on the family's behalf. */
async function mayAnswer(tx: Reading, work: Pick<Work, 'now' | 'actor'>, offer: Offer): Promise<boolean> {
  const { actor } = work;
  return actor.role === 'guardian'
    ? await mayBookFor(tx, actor, offer.childId, todayOf(work))
    : worksAt(actor, offer.centreId);
}

/** The offer and those answered with it, under their children's locks. Anybody else's is `missing`. */
async function lockOffer(work: Work, offerId: number): Promise<Offer[]> {
  const { tx } = work;
  const seen = await findOffer(tx, offerId);
  if (!seen) refuse('missing');
  const bundle = async (offer: Offer) =>
    offer.bundle === null
      ? [offer]
      : await listOffers(tx, { bundle: offer.bundle, groupIds: [offer.groupId] });
  await lockChildren(
    tx,
    (await bundle(seen)).map((offer) => offer.childId),
  );
  // Read again: it may have been answered while this waited.
  const offer = (await findOffer(tx, offerId)) ?? refuse('missing');
  const offers = (await bundle(offer)).filter(
    ({ id, offeredAt }) => id === offerId || offeredAt === offer.offeredAt,
  );
  for (const each of offers) if (!(await mayAnswer(tx, work, each))) refuse('missing');
  return offers;
}

/** Refuses what can no longer be answered, in words of its own for each end. */
function checkLive(offer: Offer, now: Instant): void {
  if (offer.outcome === 'expired' || (offer.outcome === null && now >= offer.expiresAt)) refuse('expired');
  if (offer.outcome === 'withdrawn') refuse('withdrawn');
  if (offer.outcome !== null) refuse('taken');
}

interface Ending {
  readonly outcome: OfferOutcome;
  readonly channel: OfferChannel;
  readonly reason: string | null;
}

const EVENTS: Readonly<Record<OfferOutcome, EventKind>> = {
  accepted: 'offer.accepted',
  refused: 'offer.refused',
  expired: 'offer.expired',
  withdrawn: 'offer.withdrawn',
};

async function writeEnd(work: Work, offer: Offer, ending: Ending, enrolmentId: number | null): Promise<void> {
  const { tx, now, actor } = work;
  await endOffer(tx, { offerId: offer.id, at: now, by: authorOf(actor), enrolmentId, ...ending });
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: EVENTS[ending.outcome],
    centreId: offer.centreId,
    groupId: offer.groupId,
    childId: offer.childId,
    data: {
      offerId: offer.id,
      channel: ending.channel,
      ...(ending.reason === null ? {} : { reason: ending.reason }),
    },
  });
}

/** The groups an entry still waits for. */
async function groupsOf(tx: Reading, entryId: number): Promise<number[]> {
  const choices = await listChoices(tx, entryId);
  return choices.filter((choice) => choice.refusedAt === null).map((choice) => choice.groupId);
}

export interface Accepted {
  readonly ids: number[];
  readonly enrolmentIds: number[];
  readonly booked: PlainDate[];
  /** Days of the pattern that could not be booked any more: closed meanwhile, or the hours have passed. */
  readonly left: PlainDate[];
}

/**
 * Takes an offered place: an enrolment, and a booking for every day of the period, in one transaction. What the child
 * has elsewhere on those days is cancelled. Refused: `expired`, `withdrawn`, `taken`.
 */
export async function acceptOffer(
  work: Work,
  { offerId, channel }: { offerId: number; channel: OfferChannel },
): Promise<Accepted> {
  const { tx, now } = work;
  const offers = await lockOffer(work, offerId);
  for (const offer of offers) checkLive(offer, now);
  const answer: Accepted = { ids: [], enrolmentIds: [], booked: [], left: [] };
  const touched = new Set<number>();
  const placed = await takePlace(work, offers);
  for (const [at, offer] of offers.entries()) {
    const { enrolmentId, booked, left } = placed[at]!;
    await writeEnd(work, offer, { outcome: 'accepted', channel, reason: null }, enrolmentId);
    answer.ids.push(offer.id);
    answer.enrolmentIds.push(enrolmentId);
    answer.booked.push(...booked);
    answer.left.push(...left);
    if (offer.kind === 'whole') {
      for (const groupId of await groupsOf(tx, offer.entryId)) touched.add(groupId);
      await insertEnd(tx, { entryId: offer.entryId, at: now, by: authorOf(work.actor), reason: 'placed' });
    }
  }
  await refreshRanks(tx, now, [...touched], { placed: offers.length });
  await tellAboutOffers(work, offers, 'offer_accepted');
  return answer;
}

/** Ends offers that nobody takes: what they held goes to whoever waits next. */
async function letGo(work: Work, offers: readonly Offer[], ending: Ending): Promise<void> {
  const { tx, now } = work;
  const holds = [];
  for (const offer of offers) holds.push(...(await listOfferHolds(tx, offer.id)));
  const dates = holds.map((hold) => hold.date).toSorted();
  const groupId = offers[0]!.groupId;
  const range = { from: dates[0] ?? todayOf(work), to: dates.at(-1) ?? todayOf(work) };
  const days = await lockDaysOfGroups(tx, [groupId], range);
  await deleteHolds(
    tx,
    holds.map((hold) => hold.id),
  );
  for (const offer of offers) await writeEnd(work, offer, ending, null);
  await keepForMatching(work, holds);
  const touched = new Set(dates);
  await recountDays(
    tx,
    days.filter((day) => touched.has(day.date)),
  );
  await planMatching(tx, now, groupId);
}

/** The entry waits on for its other groups; without any it waits no more. */
async function dropChoice(work: Work, offer: Offer): Promise<EndReason | undefined> {
  const { tx, now, actor } = work;
  await markChoiceRefused(tx, offer.entryId, offer.groupId, now);
  if ((await groupsOf(tx, offer.entryId)).length > 0) return undefined;
  await insertEnd(tx, { entryId: offer.entryId, at: now, by: authorOf(actor), reason: 'refused' });
  return 'refused';
}

/** Says no to an offer: the next in line is offered it at once; the entry waits on for the other groups it names. */
export async function refuseOffer(
  work: Work,
  { offerId, channel, reason }: { offerId: number; channel: OfferChannel; reason?: string },
): Promise<{ ids: number[] }> {
  const { tx, now } = work;
  const offers = await lockOffer(work, offerId);
  for (const offer of offers) checkLive(offer, now);
  await letGo(work, offers, { outcome: 'refused', channel, reason: reason ?? null });
  for (const offer of offers) await dropChoice(work, offer);
  await refreshRanks(
    tx,
    now,
    offers.map((offer) => offer.groupId),
    { refused: offers.length },
  );
  return { ids: offers.map((offer) => offer.id) };
}

/**
 * Ends an offer whose answer is overdue; false when there is nothing to end. Its entry lapses: it may be restored once,
 * within 28 days (domain.md).
 */
export async function expireOffer(work: Work, { offerId }: { offerId: number }): Promise<boolean> {
  const { tx, now } = work;
  const offers = (await lockOffer(work, offerId)).filter((offer) => offer.outcome === null);
  if (offers.length === 0 || offers.some((offer) => now < offer.expiresAt)) return false;
  const groups = new Set<number>();
  for (const offer of offers) for (const groupId of await groupsOf(tx, offer.entryId)) groups.add(groupId);
  await letGo(work, offers, { outcome: 'expired', channel: 'job', reason: null });
  for (const { entryId } of offers) {
    const entry = await findEntry(tx, entryId);
    if (entry && entry.endedAt === null)
      await insertEnd(tx, { entryId, at: now, by: null, reason: 'lapsed' });
  }
  await refreshRanks(tx, now, [...groups], { lapsed: offers.length });
  await tellAboutOffers(work, offers, 'offer_expired');
  return true;
}

/** The centre takes an offer back, with a reason; the entry keeps its rank. */
export async function withdrawOffer(
  work: Work,
  { offerId, reason }: { offerId: number; reason: string },
): Promise<{ ids: number[] }> {
  const offers = await lockOffer(work, offerId);
  if (work.actor.role === 'guardian') refuse('forbidden');
  for (const offer of offers) checkLive(offer, work.now);
  await letGo(work, offers, { outcome: 'withdrawn', channel: 'page', reason });
  await tellAboutOffers(work, offers, 'offer_withdrawn');
  return { ids: offers.map((offer) => offer.id) };
}

/** Reminds the family of an offer once; false when it has been answered meanwhile. */
export async function remindOfOffer(work: Work, { offerId }: { offerId: number }): Promise<boolean> {
  const offers = (await lockOffer(work, offerId)).filter((offer) => offer.outcome === null);
  for (const offer of offers) await clearReminder(work.tx, offer.id);
  if (offers.length === 0 || offers.some((offer) => work.now >= offer.expiresAt)) return false;
  await tellAboutOffers(work, offers, 'offer_reminder');
  return true;
}

/** The family has opened the offer's page: it needs no call. */
export async function seeOffer(work: Work, { offerId }: { offerId: number }): Promise<void> {
  await markOfferSeen(work.tx, offerId, work.now);
}

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
