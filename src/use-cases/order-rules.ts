import type { PlainDate } from '../domain/calendar.ts';
import { horizonOf } from '../domain/horizon.ts';
import { refuse, type FieldRefusal } from '../domain/refusal.ts';
import { isRegionCode } from '../domain/regions.ts';
import { rankOrder, scoreOf, wrongTerms, type QueueTerms } from '../domain/waiting-list.ts';
import type { Reading } from '../data/database.ts';
import { insertEvent } from '../data/events.ts';
import { insertOrderRule } from '../data/order-rules.ts';
import { listQueuedGroupsOf, listRegionRanks } from '../data/region-queue.ts';
import { refuseErrors } from './administration.ts';
import { authorOf, todayOf, type Work } from './perform.ts';
import { refreshRanks } from './ranks.ts';

export interface OrderWish {
  readonly regionCode: string;
  readonly startsOn: PlainDate;
  readonly terms: QueueTerms;
}

/** What is wrong with a rule: not into the past nor beyond what can be booked, and its numbers within bounds. */
export function orderErrors(
  { startsOn, terms }: Omit<OrderWish, 'regionCode'>,
  today: PlainDate,
): FieldRefusal[] {
  const errors: FieldRefusal[] = [];
  if (startsOn < today) errors.push({ field: 'startsOn', reason: 'past' });
  if (startsOn > horizonOf(today)) errors.push({ field: 'startsOn', reason: 'beyond_horizon' });
  for (const field of wrongTerms(terms)) errors.push({ field, reason: 'invalid' });
  return errors;
}

/**
 * States a region's order of the queue and its deadlines from a day on, as a new version: earlier ones stay as they were.
 * One that begins today ranks every queue of the region anew at once; a later one does so in the night in which it begins.
 */
export async function changeOrder(work: Work, wish: OrderWish): Promise<{ id: number; ranked: number }> {
  const { tx, now, actor } = work;
  const { regionCode, startsOn, terms } = wish;
  const manages =
    actor.role === 'system_admin' || (actor.role === 'regional_manager' && actor.regionCode === regionCode);
  if (!manages || !isRegionCode(regionCode)) refuse('missing');
  const today = todayOf(work);
  refuseErrors(orderErrors(wish, today));
  const by = authorOf(actor);
  const id = await insertOrderRule(tx, { regionCode, startsOn, terms, createdAt: now, createdBy: by });
  await insertEvent(tx, {
    at: now,
    by,
    kind: 'order.changed',
    data: { ruleId: id, regionCode, startsOn, terms },
  });
  if (startsOn > today) return { id, ranked: 0 };
  const groupIds = await listQueuedGroupsOf(tx, regionCode);
  await refreshRanks(tx, now, groupIds, { reordered: 1 });
  return { id, ranked: groupIds.length };
}

/** Children whose place in some queue would change, and by which way it would move; somebody may do both. */
export interface OrderEffect {
  readonly waiting: number;
  readonly up: number;
  readonly down: number;
  readonly moved: number;
}

/** What a rule would do to the queues of a region as they stand, before it is saved. */
export async function previewOrder(
  tx: Reading,
  { regionCode, terms }: Pick<OrderWish, 'regionCode' | 'terms'>,
): Promise<OrderEffect> {
  const ranks = await listRegionRanks(tx, regionCode);
  const [up, down] = [new Set<number>(), new Set<number>()];
  for (const own of Map.groupBy(ranks, (rank) => rank.groupId).values()) {
    const before = new Map(own.map((rank) => [rank.entryId, rank]));
    const after = rankOrder(own.map(({ entryId, inputs }) => ({ entryId, score: scoreOf(inputs, terms) })));
    after.forEach(({ entryId }, at) => {
      const { position, childId } = before.get(entryId)!;
      if (at + 1 < position) up.add(childId);
      if (at + 1 > position) down.add(childId);
    });
  }
  return {
    waiting: new Set(ranks.map((rank) => rank.childId)).size,
    up: up.size,
    down: down.size,
    moved: new Set([...up, ...down]).size,
  };
}
