import { longDate } from '../../domain/calendar-words.ts';
import type { Child } from '../../data/children.ts';
import type { Reading } from '../../data/database.ts';
import { findGroup } from '../../data/groups.ts';
import { listLiveOffers } from '../../data/offers.ts';
import { listRanksOf } from '../../data/ranks.ts';
import { listEnds, listEntriesOf } from '../../data/waiting-list.ts';
import type { Context } from '../context.ts';
import { paths } from '../paths.ts';
import { lastDayOf } from '../queue-words.ts';
import { entryState, restorable } from './entry-state.ts';

/** What waits for an answer, and where each child stands: for a guardian's home and a child's page. */
export async function readQueue(context: Context, tx: Reading, children: readonly Child[]) {
  const { now, today } = context;
  const childIds = children.map((child) => child.id);
  const offers = (await listLiveOffers(tx, childIds)).filter((offer) => now < offer.expiresAt);
  const entries = [];
  for (const entry of await listEntriesOf(tx, childIds)) {
    const until = entry.endedAt === null ? undefined : restorable(await listEnds(tx, entry.id), today);
    if (entry.endedAt !== null && !until) continue;
    const ranks = [];
    for (const rank of await listRanksOf(tx, entry.id))
      ranks.push({ rank, group: await findGroup(tx, rank.groupId) });
    entries.push({ entry, ranks, offered: offers.some((offer) => offer.entryId === entry.id) });
  }
  return { offers, entries };
}

type Queue = Awaited<ReturnType<typeof readQueue>>;

/** Live offers, the most urgent first; those of one bundle are answered together and told once. */
export function offerNotices({ offers }: Queue, { t, language }: Context) {
  const bundles = Map.groupBy(offers, (offer) =>
    offer.bundle === null ? `${offer.id}` : `${offer.bundle} ${offer.groupId}`,
  );
  return [...bundles.values()]
    .toSorted(([a], [b]) => (a!.expiresAt < b!.expiresAt ? -1 : 1))
    .map((all) => ({
      href: paths.offer(all[0]!.id),
      children: all.map((offer) => offer.childName).join(', '),
      group: all[0]!.groupName,
      until: t('offer.until', { date: longDate(lastDayOf(all[0]!.expiresAt), language) }),
    }));
}

/** A child's entries as lines: where each stands at each group. */
export function queueLines({ entries }: Queue, childId: number, { t }: Context) {
  return entries
    .filter(({ entry }) => entry.childId === childId)
    .map(({ entry, ranks, offered }) => ({
      href: paths.entry(childId, entry.id),
      state: entryState(entry, offered, t),
      places: ranks.map(({ rank, group }) => ({
        group: group?.name ?? '',
        position: t('waiting.position', { position: String(rank.position), of: String(rank.of) }),
      })),
    }));
}
