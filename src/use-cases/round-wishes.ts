import { dateAt } from '../domain/calendar.ts';
import { eligibilityReason } from '../domain/eligibility.ts';
import { parsePattern, type Pattern } from '../domain/pattern.ts';
import { listChildrenById, type Child } from '../data/children.ts';
import { chunksOf } from '../data/claims.ts';
import type { Reading } from '../data/database.ts';
import { childrenWithOffer } from '../data/offers.ts';
import { listRanks } from '../data/ranks.ts';
import type { Round, RoundGroup } from '../data/rounds.ts';
import { listQueue, type QueuedEntry } from '../data/waiting-list.ts';

/** Why an entry that waits for a group of the round does not take part. */
export type Apart = 'late' | 'paused' | 'offered' | 'other_entry' | 'together' | 'ineligible' | 'no_days';

export interface Wanting {
  readonly entry: QueuedEntry;
  readonly child: Child;
  readonly pattern: Pattern;
  /** Groups of the round, the dearest first. */
  readonly wishes: { readonly groupId: number; readonly preference: number; readonly score: number[] }[];
}

/** Everybody who waits for a group of the round from its start or earlier, with what each wishes there. */
export async function readWanting(
  tx: Reading,
  round: Pick<Round, 'startsOn' | 'wishesUntil'>,
  groups: readonly RoundGroup[],
): Promise<{ wanting: Wanting[]; apart: { entryId: number; why: Apart }[] }> {
  const entries = new Map<number, QueuedEntry>();
  const wishes = new Map<number, Wanting['wishes']>();
  for (const { id: groupId } of groups) {
    const queue = (await listQueue(tx, groupId)).filter((entry) => entry.startsOn <= round.startsOn);
    if (queue.length === 0) continue;
    const ranks = new Map((await listRanks(tx, groupId)).map((rank) => [rank.entryId, rank]));
    for (const entry of queue) {
      entries.set(entry.id, entry);
      const rank = ranks.get(entry.id);
      const own = wishes.get(entry.id) ?? [];
      if (rank) own.push({ groupId, preference: entry.preference, score: rank.score });
      wishes.set(entry.id, own);
    }
  }
  const childIds = [...new Set([...entries.values()].map((entry) => entry.childId))];
  const children = new Map<number, Child>();
  const offered = new Set<number>();
  for (const chunk of chunksOf(childIds)) {
    for (const child of await listChildrenById(tx, chunk)) children.set(child.id, child);
    for (const id of await childrenWithOffer(tx, chunk)) offered.add(id);
  }
  const group = new Map(groups.map((each) => [each.id, each]));
  const wanting: Wanting[] = [];
  const apart: { entryId: number; why: Apart }[] = [];
  const seen = new Set<number>();
  for (const entry of [...entries.values()].toSorted((a, b) => a.id - b.id)) {
    const child = children.get(entry.childId)!;
    const parsed = parsePattern(entry.pattern);
    const own = wishes
      .get(entry.id)!
      .filter(
        ({ groupId }) =>
          !eligibilityReason(child, { ...group.get(groupId)!, admission: 'open' }, [], round.startsOn),
      )
      .toSorted((a, b) => a.preference - b.preference);
    const why = ((): Apart | undefined => {
      if (dateAt(entry.registeredAt) > round.wishesUntil) return 'late';
      if (entry.pausedAt !== null) return 'paused';
      if (offered.has(entry.childId)) return 'offered';
      if (own.length === 0 || !('pattern' in parsed)) return 'ineligible';
      return seen.has(entry.childId) ? 'other_entry' : undefined;
    })();
    if (why) apart.push({ entryId: entry.id, why });
    else if ('pattern' in parsed) {
      seen.add(entry.childId);
      wanting.push({ entry, child, pattern: parsed.pattern, wishes: own });
    }
  }
  return { wanting, apart };
}
