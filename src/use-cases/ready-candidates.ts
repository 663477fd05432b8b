import type { Instant } from '../domain/calendar.ts';
import type { Reading } from '../data/database.ts';
import type { StoredDay } from '../data/group-days.ts';
import type { listMatchingHolds } from '../data/offers.ts';
import { listTogether } from '../data/waiting-list.ts';
import { listCandidates, type Candidate, type Ground } from './candidates.ts';

export type MatchingHold = Awaited<ReturnType<typeof listMatchingHolds>>[number];

/** Days as if nothing were held for matching. */
export function withoutMatching(days: readonly StoredDay[], holds: readonly MatchingHold[]) {
  const byDate = Map.groupBy(holds, (hold) => hold.date);
  return new Map(
    days.map((day) => {
      const own = byDate.get(day.date);
      if (!own) return [day.date, day] as const;
      const held = [...day.held];
      const load = [...day.load];
      for (const { from, to, weight } of own) {
        for (let at = from; at < to; at++) {
          held[at] = (held[at] ?? 0) - 1;
          load[at] = (load[at] ?? 0) - weight;
        }
      }
      return [day.date, { ...day, held, load }] as const;
    }),
  );
}

/** Who may be offered something in a group now; siblings who come together only while all of them may. */
export async function listReady(
  tx: Reading,
  ground: Ground,
  now: Instant,
  expiresAt: Instant,
): Promise<Candidate[]> {
  const candidates = await listCandidates(tx, ground, now, expiresAt);
  const ready: Candidate[] = [];
  for (const candidate of candidates) if (await isWhole(tx, candidate, candidates)) ready.push(candidate);
  return ready;
}

/** Siblings who come together are offered something only while all of them can be. */
async function isWhole(
  tx: Reading,
  { entry }: Candidate,
  candidates: readonly Candidate[],
): Promise<boolean> {
  if (entry.togetherKey === null) return true;
  const members = await listTogether(tx, entry.togetherKey);
  return members.every((member) => candidates.some((each) => each.entry.id === member.id));
}
