import { and, asc, count, gte, inArray, isNull, or } from './sql.ts';
import type { PlainDate } from '../domain/calendar.ts';
import { termsOn } from '../domain/opening.ts';
import { listCentres, type Centre, type CentreFilter } from './centres.ts';
import type { Reading } from './database.ts';
import { rowsOf } from './prepared.ts';

async function listOpenGroups(tx: Reading, centreIds: readonly number[], today: PlainDate) {
  const { db, t } = tx;
  const { careGroup: g } = t;
  const query = db
    .select({
      id: g.id,
      centreId: g.centreId,
      ref: g.ref,
      name: g.name,
      category: g.category,
      fromAgeMonths: g.fromAgeMonths,
      toAgeMonths: g.toAgeMonths,
      admission: g.admission,
      skills: g.skills,
    })
    .from(g)
    .where(and(inArray(g.centreId, [...centreIds]), or(isNull(g.endsOn), gte(g.endsOn, today))))
    .orderBy(asc(g.id));
  return await rowsOf(tx, query);
}

type DirectoryGroup = Awaited<ReturnType<typeof listOpenGroups>>[number] & {
  /** Licensed heads at any instant, as of today; 0 before the group's beginning. */
  readonly places: number;
};

export interface DirectoryCentre extends Centre {
  readonly groups: readonly DirectoryGroup[];
}

/** Centres with the groups that have not ended and their places of today, in three queries. */
export async function listDirectory(tx: Reading, filter: CentreFilter, today: PlainDate): Promise<DirectoryCentre[]> {
  const centres = await listCentres(tx, filter);
  if (centres.length === 0) return [];
  const groups = await listOpenGroups(tx, centres.map((centre) => centre.id), today);
  const { groupTerms } = tx.t;
  const ids = groups.map((group) => group.id);
  const terms =
    ids.length === 0
      ? []
      : await rowsOf(
          tx,
          tx.db
            .select({ groupId: groupTerms.groupId, startsOn: groupTerms.startsOn, room: groupTerms.room })
            .from(groupTerms)
            .where(inArray(groupTerms.groupId, ids)),
        );
  const termsOf = Map.groupBy(terms, (each) => each.groupId);
  const groupsOf = Map.groupBy(groups, (group) => group.centreId);
  return centres.map((centre) => ({
    ...centre,
    groups: (groupsOf.get(centre.id) ?? []).map((group) => ({
      ...group,
      places: termsOn(termsOf.get(group.id) ?? [], today)?.room ?? 0,
    })),
  }));
}

/** How many centres stand in each region, by its code. */
export async function countCentresByRegion({ db, t }: Reading): Promise<Map<string, number>> {
  const rows = await db
    .select({ regionCode: t.centre.regionCode, count: count() })
    .from(t.centre)
    .groupBy(t.centre.regionCode);
  return new Map(rows.map((row) => [row.regionCode, row.count]));
}
