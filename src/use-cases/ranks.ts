import { dateAt, type Instant } from '../domain/calendar.ts';
import { rankOrder, scoreOf, type MoveCauses, type RankInputs } from '../domain/waiting-list.ts';
import type { Writing } from '../data/database.ts';
import { findGroup } from '../data/groups.ts';
import { findOrderRule } from '../data/order-rules.ts';
import {
  findPoints,
  insertMoves,
  listRanks,
  lockGroups,
  putRanks,
  type Move,
  type StoredRank,
} from '../data/ranks.ts';
import { listQueue, listQueuedGroups } from '../data/waiting-list.ts';

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Ranks one group's queue anew and writes what changed, with a line in the story of everybody who moved. */
async function rankGroup(tx: Writing, now: Instant, groupId: number, causes: MoveCauses): Promise<void> {
  const group = await findGroup(tx, groupId);
  if (!group) return;
  const on = dateAt(now);
  const rule = await findOrderRule(tx, group.regionCode, on);
  const queue = await listQueue(tx, groupId);
  const childIds = queue.map((entry) => entry.childId);
  const points = await findPoints(tx, group, childIds, on);
  const scored = queue.map((entry) => {
    const inputs: RankInputs = {
      entryId: entry.id,
      priority: entry.priority,
      sibling: points.sibling.has(entry.childId),
      district: points.district.has(entry.childId),
      registeredAt: entry.registeredAt,
    };
    return { entryId: entry.id, inputs, score: scoreOf(inputs, rule.terms) };
  });
  const ranks = rankOrder(scored).map((each, at): StoredRank => ({
    ...each,
    groupId,
    position: at + 1,
    of: scored.length,
    ruleId: rule.id,
    rankedAt: now,
  }));

  const stored = new Map((await listRanks(tx, groupId)).map((rank) => [rank.entryId, rank]));
  const fresh = ranks.filter((rank) => !stored.has(rank.entryId));
  const changed = ranks.filter((rank) => {
    const before = stored.get(rank.entryId);
    return before !== undefined && !same({ ...before, rankedAt: null }, orderedAs(before, rank));
  });
  const ranked = new Set(ranks.map((rank) => rank.entryId));
  const gone = [...stored.keys()].filter((entryId) => !ranked.has(entryId));
  await putRanks(tx, groupId, { gone, changed, fresh });

  const moves = ranks.flatMap((rank): Move[] => {
    const before = stored.get(rank.entryId)?.position ?? null;
    if (before === rank.position) return [];
    const { entryId, position, of } = rank;
    return [{ entryId, groupId, at: now, fromPosition: before, toPosition: position, of, causes }];
  });
  await insertMoves(tx, moves);
}

/** The new rank with its keys in the order of the stored one, and without the time, for comparing. */
function orderedAs(before: StoredRank, rank: StoredRank) {
  const inputs = Object.fromEntries(
    Object.keys(before.inputs).map((key) => [key, rank.inputs[key as keyof RankInputs]]),
  );
  const ordered = Object.fromEntries(Object.keys(before).map((key) => [key, rank[key as keyof StoredRank]]));
  return { ...ordered, inputs, rankedAt: null };
}

/**
 * Ranks the queues of some groups anew, in the transaction of what changed them; `causes` is what the families are told
 * of it. Locks the groups' rows: after children and group-days.
 */
export async function refreshRanks(
  tx: Writing,
  now: Instant,
  groupIds: readonly number[],
  causes: MoveCauses,
): Promise<void> {
  const ids = [...new Set(groupIds)].toSorted((a, b) => a - b);
  await lockGroups(tx, ids);
  for (const groupId of ids) await rankGroup(tx, now, groupId, causes);
}

/** Ranks every queue anew: each night, as brothers and sisters come and go and rules begin. */
export async function refreshAllRanks(tx: Writing, now: Instant): Promise<void> {
  await refreshRanks(tx, now, await listQueuedGroups(tx), { reordered: 1 });
}
