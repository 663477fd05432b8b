import { addMinutes, type Instant } from '../domain/calendar.ts';
import type { Finding } from '../domain/day-check.ts';
import { checkHold, checkLiveOffers, checkOffer, checkQueue } from '../domain/queue-check.ts';
import type { Reading } from '../data/database.ts';
import { listAllHolds, listCheckedOffers, listCheckedRanks } from '../data/queue-check.ts';
import { listQueue, listQueuedGroups } from '../data/waiting-list.ts';

/** Held for matching or rescue: let go within a minute or a window, by a job that may be late. */
const OVERDUE_MINUTES = 60;

/** Queues, offers and what is held for them: one live offer a child, holds equal offers, accepted ones booked, ranks recomputed. */
export async function checkQueues(tx: Reading, now: Instant): Promise<Finding[]> {
  const offers = await listCheckedOffers(tx);
  const holds = await listAllHolds(tx);
  const byOffer = Map.groupBy(
    holds.filter((hold) => hold.source === 'offer'),
    (hold) => hold.sourceId,
  );
  const live = new Set(offers.filter((offer) => offer.endedAt === null).map((offer) => offer.id));
  const overdue = addMinutes(now, -OVERDUE_MINUTES);
  const findings = [
    ...checkLiveOffers(offers),
    ...offers.flatMap((offer) => checkOffer(offer, byOffer.get(offer.id) ?? [])),
    ...holds.flatMap((hold) => checkHold(hold, live, overdue)),
  ];
  const ranks = await listCheckedRanks(tx);
  const groups = new Set([...ranks.keys(), ...(await listQueuedGroups(tx))]);
  for (const groupId of groups) {
    const waiting = (await listQueue(tx, groupId)).map((entry) => entry.id);
    findings.push(...checkQueue(groupId, ranks.get(groupId) ?? [], waiting));
  }
  return findings;
}
