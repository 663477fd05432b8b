import { and, asc, count, lte, sql } from './sql.ts';
import type { PlainDate } from '../domain/calendar.ts';
import { termsOn } from '../domain/opening.ts';
import type { Admission, Category } from '../domain/people.ts';
import { listCentres, type Centre, type CentreFilter } from './centres.ts';
import type { Reading } from './database.ts';
import { prepared, preparedAmong } from './prepared.ts';
import { lastsTo } from './dated.ts';

interface OpenGroup {
  readonly id: number;
  readonly centreId: number;
  readonly ref: string | null;
  readonly name: string;
  readonly category: Category;
  readonly fromAgeMonths: number;
  readonly toAgeMonths: number;
  readonly admission: Admission;
  readonly skills: string[] | null;
}

const openGroups = preparedAmong<{ today: PlainDate }, OpenGroup[]>(({ db, t: { careGroup: g } }, among) =>
  db
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
    .where(and(among(g.centreId), lastsTo(g, sql.placeholder('today'))))
    .orderBy(asc(g.id)),
);

const roomOfGroups = preparedAmong<
  { today: PlainDate },
  { groupId: number; startsOn: PlainDate; room: number }[]
>(({ db, t: { groupTerms: t } }, among) =>
  db
    .select({ groupId: t.groupId, startsOn: t.startsOn, room: t.room })
    .from(t)
    .where(and(among(t.groupId), lte(t.startsOn, sql.placeholder('today')))),
);

type DirectoryGroup = OpenGroup & {
  /** Licensed heads at any instant, as of today; 0 before the group's beginning. */
  readonly places: number;
};

export interface DirectoryCentre extends Centre {
  readonly groups: readonly DirectoryGroup[];
}

/** Centres with the groups that have not ended and their places of today, in three queries. */
export async function listDirectory(
  tx: Reading,
  filter: CentreFilter,
  today: PlainDate,
): Promise<DirectoryCentre[]> {
  const centres = await listCentres(tx, filter);
  if (centres.length === 0) return [];
  const centreIds = centres.map((centre) => centre.id);
  const groups = await openGroups(tx, centreIds, { today });
  const groupIds = groups.map((group) => group.id);
  const terms = await roomOfGroups(tx, groupIds, { today });
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

const centresByRegion = prepared<Record<string, never>, { regionCode: string; count: number }[]>(
  ({ db, t: { centre: c } }) =>
    db.select({ regionCode: c.regionCode, count: count() }).from(c).groupBy(c.regionCode),
);

/** How many centres stand in each region, by its code. */
export async function countCentresByRegion(tx: Reading): Promise<Map<string, number>> {
  const rows = await centresByRegion(tx, {});
  return new Map(rows.map((row) => [row.regionCode, row.count]));
}

const groupsByCentre = prepared<{ today: PlainDate }, { centreId: number; count: number }[]>(
  ({ db, t: { careGroup: g } }) =>
    db
      .select({ centreId: g.centreId, count: count() })
      .from(g)
      .where(lastsTo(g, sql.placeholder('today')))
      .groupBy(g.centreId),
);

/** How many groups each centre of the country has that have not ended, by its id. */
export async function countGroupsByCentre(tx: Reading, today: PlainDate): Promise<Map<number, number>> {
  const rows = await groupsByCentre(tx, { today });
  return new Map(rows.map((row) => [row.centreId, row.count]));
}
