import { and, asc, desc, eq, gte, inArray, isNull, or, sql } from './sql.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import type { RoundScope } from '../domain/rounds.ts';
import { forUpdate, type Reading, type Writing } from './database.ts';
import { prepared, preparedAmong } from './prepared.ts';
import { lastsTo } from './dated.ts';

export interface Round extends RoundScope {
  readonly id: number;
  readonly name: string;
  readonly startsOn: PlainDate;
  readonly wishesUntil: PlainDate;
  readonly createdAt: Instant;
  readonly closedAt: Instant | null;
  /** When its publication began. */
  readonly publishedAt: Instant | null;
  readonly publishedPreviewId: number | null;
}

function roundQuery({ db, t }: Pick<Reading, 'db' | 't'>) {
  const { allocationRound: r, allocationPublication: p } = t;
  return db
    .select({
      id: r.id,
      regionCode: r.regionCode,
      centreId: r.centreId,
      name: r.name,
      startsOn: r.startsOn,
      wishesUntil: r.wishesUntil,
      createdAt: r.createdAt,
      closedAt: r.closedAt,
      publishedAt: p.at,
      publishedPreviewId: p.previewId,
    })
    .from(r)
    .leftJoin(p, eq(p.roundId, r.id));
}

export async function findRound(tx: Reading, id: number): Promise<Round | undefined> {
  const [row] = await roundQuery(tx).where(eq(tx.t.allocationRound.id, id));
  return row;
}

/** Rounds of a region, or those that a centre takes part in: its own and the region's. The newest first. */
export async function listRounds(tx: Reading, scope: RoundScope): Promise<Round[]> {
  const { allocationRound: r } = tx.t;
  const ofCentre =
    scope.centreId === null ? undefined : or(eq(r.centreId, scope.centreId), isNull(r.centreId));
  return await roundQuery(tx)
    .where(and(eq(r.regionCode, scope.regionCode), ofCentre))
    .orderBy(desc(r.id));
}

/** Locks a round's row: one decision at a time. After children, group-days and groups. */
export async function lockRound(tx: Writing, id: number): Promise<void> {
  const { allocationRound: r } = tx.t;
  await forUpdate(tx, tx.db.select({ id: r.id }).from(r).where(eq(r.id, id)));
}

export async function insertRound(
  tx: Writing,
  row: Writing['t']['allocationRound']['$inferInsert'],
): Promise<number> {
  const [inserted] = await tx.db
    .insert(tx.t.allocationRound)
    .values(row)
    .returning({ id: tx.t.allocationRound.id });
  return inserted!.id;
}

export async function markRoundClosed(tx: Writing, id: number, at: Instant): Promise<void> {
  const { allocationRound: r } = tx.t;
  await tx.db
    .update(r)
    .set({ closedAt: at })
    .where(and(eq(r.id, id), isNull(r.closedAt)));
}

/** Groups that take part in a round: of its centre or region, not ended before it starts. */
export async function listRoundGroups(tx: Reading, round: RoundScope & { readonly startsOn: PlainDate }) {
  const { careGroup: g, centre: c } = tx.t;
  const where = round.centreId === null ? eq(c.regionCode, round.regionCode) : eq(c.id, round.centreId);
  return await tx.db
    .select({
      id: g.id,
      name: g.name,
      centreId: c.id,
      nameRu: c.nameRu,
      nameKk: c.nameKk,
      category: g.category,
      skills: g.skills,
      fromAgeMonths: g.fromAgeMonths,
      toAgeMonths: g.toAgeMonths,
    })
    .from(g)
    .innerJoin(c, eq(c.id, g.centreId))
    .where(and(where, lastsTo(g, round.startsOn)))
    .orderBy(asc(g.id));
}

export type RoundGroup = Awaited<ReturnType<typeof listRoundGroups>>[number];

export async function insertPublication(
  tx: Writing,
  row: { roundId: number; previewId: number; at: Instant; by: number | null },
): Promise<void> {
  await tx.db.insert(tx.t.allocationPublication).values(row);
}

/** Offers that a round has made, by entry. */
export async function listRoundOffers(tx: Reading, roundId: number) {
  const { offer: o } = tx.t;
  return await tx.db
    .select({ id: o.id, entryId: o.entryId, groupId: o.groupId })
    .from(o)
    .where(eq(o.roundId, roundId))
    .orderBy(asc(o.id));
}

/** Groups of a round whose offers are still to be written. */
export async function listGroupsToPublish(tx: Reading, roundId: number): Promise<number[]> {
  const { job: j } = tx.t;
  const rows = await tx.db
    .select({ key: j.key })
    .from(j)
    .where(and(eq(j.kind, 'publish'), sql`${j.key} like ${`${roundId} %`}`));
  return rows.map((row) => Number(row.key.split(' ')[1]));
}

/** Entries that a publication had to leave out, as it was written down. */
export async function listLeftOut(tx: Reading, groupIds: readonly number[], from: Instant) {
  const { event: e, careGroup: g } = tx.t;
  if (groupIds.length === 0) return [];
  return await tx.db
    .select({ groupId: e.groupId, data: e.data })
    .from(e)
    .innerJoin(g, eq(g.id, e.groupId))
    .where(
      and(
        eq(e.kind, 'round.left_out'),
        inArray(g.id, [...groupIds]),
        eq(e.centreId, g.centreId),
        gte(e.at, from),
      ),
    )
    .orderBy(asc(e.id));
}

const openStart = prepared<{ groupId: number }, { startsOn: PlainDate }[]>(({ db, t }) => {
  const { allocationRound: r, careGroup: g, centre: c } = t;
  return db
    .select({ startsOn: r.startsOn })
    .from(g)
    .innerJoin(c, eq(c.id, g.centreId))
    .innerJoin(
      r,
      and(eq(r.regionCode, c.regionCode), or(isNull(r.centreId), eq(r.centreId, c.id)), isNull(r.closedAt)),
    )
    .where(eq(g.id, sql.placeholder('groupId')))
    .orderBy(asc(r.startsOn))
    .limit(1);
});

/**
 * The start of the first open round that a group takes part in; undefined when none is open. Wishes for that day and
 * later wait for the round: ordinary matching leaves them alone.
 */
export async function findOpenRoundStart(tx: Reading, groupId: number): Promise<PlainDate | undefined> {
  return (await openStart(tx, { groupId }))[0]?.startsOn;
}

type OpenRound = Pick<Round, 'id' | 'name' | 'startsOn' | 'wishesUntil'>;

const openRounds = preparedAmong<{ today: PlainDate }, OpenRound[]>(({ db, t }, among) => {
  const { allocationRound: r, careGroup: g, centre: c } = t;
  return db
    .selectDistinct({ id: r.id, name: r.name, startsOn: r.startsOn, wishesUntil: r.wishesUntil })
    .from(g)
    .innerJoin(c, eq(c.id, g.centreId))
    .innerJoin(
      r,
      and(
        eq(r.regionCode, c.regionCode),
        or(isNull(r.centreId), eq(r.centreId, c.id)),
        isNull(r.closedAt),
        gte(r.wishesUntil, sql.placeholder('today')),
      ),
    )
    .where(among(g.id))
    .orderBy(asc(r.wishesUntil), asc(r.id));
});

/** Rounds in which families may still rank some groups: what a family is told of them. */
export async function listOpenRounds(
  tx: Reading,
  groupIds: readonly number[],
  today: PlainDate,
): Promise<OpenRound[]> {
  return groupIds.length === 0 ? [] : await openRounds(tx, groupIds, { today });
}

/** An open round over some of the same groups: two would place one child twice. */
export async function findOpenRival(tx: Reading, scope: RoundScope): Promise<Round | undefined> {
  const { allocationRound: r } = tx.t;
  const overlaps =
    scope.centreId === null ? undefined : or(isNull(r.centreId), eq(r.centreId, scope.centreId));
  const [row] = await roundQuery(tx)
    .where(and(eq(r.regionCode, scope.regionCode), isNull(r.closedAt), overlaps))
    .orderBy(asc(r.id))
    .limit(1);
  return row;
}
