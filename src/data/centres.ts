import { and, asc, eq, gt, inArray, sql, type SQL } from './sql.ts';
import type { Place } from '../domain/people.ts';
import type { Reading } from './database.ts';
import { prepared, preparedAmong, rowsOf } from './prepared.ts';

const placeById = prepared<{ id: number }, Place[]>(({ db, t }) =>
  db
    .select({ centreId: t.centre.id, regionCode: t.centre.regionCode })
    .from(t.centre)
    .where(eq(t.centre.id, sql.placeholder('id'))),
);

/** Where a centre stands; enough to say whose it is. */
export async function findCentrePlace(tx: Reading, id: number): Promise<Place | undefined> {
  return (await placeById(tx, { id }))[0];
}

export type Centre = Reading['t']['centre']['$inferSelect'];

const byId = prepared<{ id: number }, Centre[]>(({ db, t }) =>
  db
    .select()
    .from(t.centre)
    .where(eq(t.centre.id, sql.placeholder('id'))),
);

export async function findCentre(tx: Reading, id: number): Promise<Centre | undefined> {
  return (await byId(tx, { id }))[0];
}

export interface CentreFilter {
  readonly regionCode?: string | undefined;
  readonly ids?: readonly number[];
  /** For paging by id. */
  readonly after?: number;
  readonly limit?: number;
}

const amongCentres = preparedAmong<Record<string, never>, Centre[]>(({ db, t: { centre } }, among) =>
  db.select().from(centre).where(among(centre.id)).orderBy(asc(centre.searchName), asc(centre.id)),
);

const everyCentre = prepared<Record<string, never>, Centre[]>(({ db, t: { centre } }) =>
  db.select().from(centre).orderBy(asc(centre.searchName), asc(centre.id)),
);

const ofRegion = prepared<{ regionCode: string }, Centre[]>(({ db, t: { centre } }) =>
  db
    .select()
    .from(centre)
    .where(eq(centre.regionCode, sql.placeholder('regionCode')))
    .orderBy(asc(centre.searchName), asc(centre.id)),
);

/** Centres, by id when paged, else by name. */
export async function listCentres(tx: Reading, filter: CentreFilter = {}): Promise<Centre[]> {
  const { centre } = tx.t;
  const { ids, regionCode, after, limit } = filter;
  if (after === undefined && limit === undefined) {
    if (ids === undefined)
      return await (regionCode === undefined ? everyCentre(tx, {}) : ofRegion(tx, { regionCode }));
    if (regionCode === undefined) return ids.length === 0 ? [] : await amongCentres(tx, ids, {});
  }
  const conditions: (SQL | undefined)[] = [];
  if (filter.regionCode !== undefined) conditions.push(eq(centre.regionCode, filter.regionCode));
  if (filter.ids) {
    if (filter.ids.length === 0) return [];
    conditions.push(inArray(centre.id, [...filter.ids]));
  }
  if (filter.after !== undefined) conditions.push(gt(centre.id, filter.after));
  const query = tx.db
    .select()
    .from(centre)
    .where(and(...conditions))
    .orderBy(...(filter.limit === undefined ? [asc(centre.searchName), asc(centre.id)] : [asc(centre.id)]));
  return await rowsOf(tx, filter.limit === undefined ? query : query.limit(filter.limit));
}
