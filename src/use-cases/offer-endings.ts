import type { Instant } from '../domain/calendar.ts';
import type { OfferChannel, OfferOutcome } from '../domain/offer.ts';
import { worksAt } from '../domain/people.ts';
import { beside, occupied } from '../domain/places.ts';
import { refuse } from '../domain/refusal.ts';
import { listBookings } from '../data/bookings.ts';
import { mayBookFor } from '../data/children.ts';
import { deleteHolds, lockChildren } from '../data/claims.ts';
import type { Reading } from '../data/database.ts';
import { insertEvent, type EventKind } from '../data/events.ts';
import { recountDays } from '../data/day-counts.ts';
import { lockDaysOfGroups, type StoredDay } from '../data/group-days.ts';
import { endOffer, findOffer, listOfferHolds, listOffers, type Offer } from '../data/offers.ts';
import { listChoices } from '../data/waiting-list.ts';
import { keepForMatching, planMatching, type Freed } from './matching.ts';
import { authorOf, todayOf, type Work } from './perform.ts';

/** Whether somebody may answer an offer: a guardian who books for the child, or the centre on the family's behalf. */
async function mayAnswer(tx: Reading, work: Pick<Work, 'now' | 'actor'>, offer: Offer): Promise<boolean> {
  const { actor } = work;
  return actor.role === 'guardian'
    ? await mayBookFor(tx, actor, offer.childId, todayOf(work))
    : worksAt(actor, offer.centreId);
}

/** The offer and those answered with it, under their children's locks. Anybody else's is `missing`. */
export async function lockOffer(work: Work, offerId: number): Promise<Offer[]> {
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
export function checkLive(offer: Offer, now: Instant): void {
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

export async function writeEnd(
  work: Work,
  offer: Offer,
  ending: Ending,
  enrolmentId: number | null,
  /** Places that were free when the centre took the offer back, its own among them. */
  free?: number,
): Promise<void> {
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
      ...(free !== undefined && { free }),
    },
  });
}

/** The groups an entry still waits for. */
export async function groupsOf(tx: Reading, entryId: number): Promise<number[]> {
  const choices = await listChoices(tx, entryId);
  return choices.filter((choice) => choice.refusedAt === null).map((choice) => choice.groupId);
}

/** What ended offers give up: not the half-hours in which their children are booked in the group already. */
async function besideBookings(
  tx: Reading,
  groupId: number,
  holds: Awaited<ReturnType<typeof listOfferHolds>>,
): Promise<Freed[]> {
  const childIds = [...new Set(holds.flatMap(({ childId }) => childId ?? []))];
  const dates = holds.map(({ date }) => date).toSorted();
  if (childIds.length === 0) return holds;
  const range = { childIds, groupIds: [groupId], from: dates[0]!, to: dates.at(-1)!, occupying: true };
  const bookings = await listBookings(tx, range);
  return holds.flatMap((hold) => {
    const own = bookings.filter((each) => each.childId === hold.childId && each.date === hold.date);
    const slots = beside(
      hold,
      own.flatMap((each) => occupied(each) ?? []),
    );
    return slots.map((slot) => ({ ...hold, ...slot, childId: null }));
  });
}

/** Fewest places that are free at what ended offers give up, counted without their holds. */
function leastFree(days: readonly StoredDay[], freed: readonly Freed[]): number {
  const byDate = new Map(days.map((day) => [day.date, day]));
  let least = Infinity;
  for (const { date, from, to } of freed) {
    const day = byDate.get(date);
    const here = freed.filter((each) => each.date === date);
    if (!day) continue;
    for (let at = from; at < to; at++) {
      const own = here.filter((each) => at >= each.from && at < each.to).length;
      least = Math.min(least, day.room - (day.booked[at] ?? 0) - (day.held[at] ?? 0) + own);
    }
  }
  return least === Infinity ? 1 : Math.max(1, least);
}

/** Ends offers that nobody takes: what they held goes to whoever waits next. */
export async function letGo(work: Work, offers: readonly Offer[], ending: Ending): Promise<void> {
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
  const freed = await besideBookings(tx, groupId, holds);
  const free = ending.outcome === 'withdrawn' ? leastFree(days, freed) : undefined;
  for (const offer of offers) await writeEnd(work, offer, ending, null, free);
  await keepForMatching(work, freed);
  const touched = new Set(dates);
  await recountDays(
    tx,
    days.filter((day) => touched.has(day.date)),
  );
  planMatching(tx, now, groupId);
}
