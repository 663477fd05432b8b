import { and, asc, eq, isNull } from './sql.ts';
import type { RankInputs } from '../domain/waiting-list.ts';
import type { Reading } from './database.ts';

/** Groups of a region for which somebody waits. */
export async function listQueuedGroupsOf(tx: Reading, regionCode: string): Promise<number[]> {
  const { waitingListChoice: c, waitingListEnd: end, careGroup: g, centre } = tx.t;
  const rows = await tx.db
    .selectDistinct({ groupId: c.groupId })
    .from(c)
    .innerJoin(g, eq(g.id, c.groupId))
    .innerJoin(centre, eq(centre.id, g.centreId))
    .leftJoin(end, and(eq(end.entryId, c.entryId), isNull(end.restoredAt)))
    .where(and(eq(centre.regionCode, regionCode), isNull(c.refusedAt), isNull(end.id)))
    .orderBy(asc(c.groupId));
  return rows.map((row) => row.groupId);
}

export interface RegionRank {
  readonly groupId: number;
  readonly entryId: number;
  readonly childId: number;
  readonly position: number;
  readonly inputs: RankInputs;
}

/** Every stored rank of a region with what gave it, by group and position. */
export async function listRegionRanks(tx: Reading, regionCode: string): Promise<RegionRank[]> {
  const { waitingListRank: r, waitingListEntry: e, careGroup: g, centre } = tx.t;
  return await tx.db
    .select({
      groupId: r.groupId,
      entryId: r.entryId,
      childId: e.childId,
      position: r.position,
      inputs: r.inputs,
    })
    .from(r)
    .innerJoin(e, eq(e.id, r.entryId))
    .innerJoin(g, eq(g.id, r.groupId))
    .innerJoin(centre, eq(centre.id, g.centreId))
    .where(eq(centre.regionCode, regionCode))
    .orderBy(asc(r.groupId), asc(r.position));
}
