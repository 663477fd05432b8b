import { and, asc, eq, gte, inArray, isNull, sql } from './sql.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import type { MoveCauses, RankInputs } from '../domain/waiting-list.ts';
import { insertMany } from './bulk.ts';
import { forUpdate, type Reading, type Writing } from './database.ts';
import { prepared } from './prepared.ts';
import { holdsOn, lastsTo } from './dated.ts';

export interface StoredRank {
  readonly groupId: number;
  readonly entryId: number;
  readonly position: number;
  readonly of: number;
  readonly score: number[];
  readonly inputs: RankInputs;
  readonly ruleId: number | null;
  readonly rankedAt: Instant;
}

/** Locks groups' rows in the order of their ids: one ranking of a queue at a time. After the group-days. */
export async function lockGroups(tx: Writing, groupIds: readonly number[]): Promise<void> {
  const { careGroup: g } = tx.t;
  if (groupIds.length === 0) return;
  const ids = [...new Set(groupIds)];
  await forUpdate(tx, tx.db.select({ id: g.id }).from(g).where(inArray(g.id, ids)).orderBy(asc(g.id)));
}

const ofGroup = prepared<{ groupId: number }, StoredRank[]>(({ db, t: { waitingListRank: r } }) =>
  db
    .select()
    .from(r)
    .where(eq(r.groupId, sql.placeholder('groupId')))
    .orderBy(asc(r.position)),
);

/** The stored ranks of a group, best first. */
export function listRanks(tx: Reading, groupId: number): Promise<StoredRank[]> {
  return ofGroup(tx, { groupId });
}

const ofEntry = prepared<{ entryId: number }, StoredRank[]>(({ db, t }) => {
  const { waitingListRank: r, waitingListChoice: c } = t;
  return db
    .select({
      groupId: r.groupId,
      entryId: r.entryId,
      position: r.position,
      of: r.of,
      score: r.score,
      inputs: r.inputs,
      ruleId: r.ruleId,
      rankedAt: r.rankedAt,
    })
    .from(r)
    .innerJoin(c, and(eq(c.entryId, r.entryId), eq(c.groupId, r.groupId)))
    .where(eq(r.entryId, sql.placeholder('entryId')))
    .orderBy(asc(c.preference));
});

/** Where an entry stands, by preference. */
export function listRanksOf(tx: Reading, entryId: number): Promise<StoredRank[]> {
  return ofEntry(tx, { entryId });
}

/** Writes what has changed of a group's ranks. */
export async function putRanks(
  tx: Writing,
  groupId: number,
  change: {
    readonly gone: readonly number[];
    readonly changed: readonly StoredRank[];
    readonly fresh: readonly StoredRank[];
  },
): Promise<void> {
  const { waitingListRank: r } = tx.t;
  if (change.gone.length > 0)
    await tx.db.delete(r).where(and(eq(r.groupId, groupId), inArray(r.entryId, [...change.gone])));
  for (const { entryId, groupId: _, ...values } of change.changed)
    await tx.db
      .update(r)
      .set(values)
      .where(and(eq(r.groupId, groupId), eq(r.entryId, entryId)));
  await insertMany(tx, r, change.fresh);
}

export interface Move {
  readonly entryId: number;
  readonly groupId: number;
  readonly at: Instant;
  readonly fromPosition: number | null;
  readonly toPosition: number;
  readonly of: number;
  readonly causes: MoveCauses;
}

export async function insertMoves(tx: Writing, moves: readonly Move[]): Promise<void> {
  await insertMany(tx, tx.t.waitingListMove, moves);
}

const moves = prepared<{ entryId: number }, Move[]>(({ db, t: { waitingListMove: m } }) =>
  db
    .select({
      entryId: m.entryId,
      groupId: m.groupId,
      at: m.at,
      fromPosition: m.fromPosition,
      toPosition: m.toPosition,
      of: m.of,
      causes: m.causes,
    })
    .from(m)
    .where(eq(m.entryId, sql.placeholder('entryId')))
    .orderBy(asc(m.id)),
);

/** The story of an entry's ranks, oldest first. */
export function listMoves(tx: Reading, entryId: number): Promise<Move[]> {
  return moves(tx, { entryId });
}

/** What gives points at a group: families of the district, and children whose brother or sister attends the centre. */
export async function findPoints(
  tx: Reading,
  group: { readonly id: number; readonly centreId: number },
  childIds: readonly number[],
  on: PlainDate,
): Promise<{ sibling: Set<number>; district: Set<number> }> {
  const { guardianship: g, person: p, centre: c, careGroup, enrolment: e, booking: b } = tx.t;
  const points = { sibling: new Set<number>(), district: new Set<number>() };
  if (childIds.length === 0) return points;
  const holds = holdsOn(g, on);
  const families = await tx.db
    .select({ childId: g.childId, personId: g.personId, region: p.homeRegion, district: p.homeDistrict })
    .from(g)
    .innerJoin(p, eq(p.id, g.personId))
    .where(and(inArray(g.childId, [...childIds]), eq(g.maySee, true), holds));
  const [centre] = await tx.db
    .select({ region: c.regionCode, district: c.district })
    .from(c)
    .where(eq(c.id, group.centreId));
  for (const row of families)
    if (centre && row.district !== null && row.region === centre.region && row.district === centre.district)
      points.district.add(row.childId);

  const personIds = [...new Set(families.map((row) => row.personId))];
  if (personIds.length === 0) return points;
  const others = await tx.db
    .select({ childId: g.childId, personId: g.personId })
    .from(g)
    .where(and(inArray(g.personId, personIds), eq(g.maySee, true), holds));
  const otherIds = [...new Set(others.map((row) => row.childId))];
  const groups = tx.db
    .select({ id: careGroup.id })
    .from(careGroup)
    .where(eq(careGroup.centreId, group.centreId));
  const enrolled = await tx.db
    .selectDistinct({ childId: e.childId })
    .from(e)
    .where(and(inArray(e.childId, otherIds), inArray(e.groupId, groups), lastsTo(e, on)));
  const booked = await tx.db
    .selectDistinct({ childId: b.childId })
    .from(b)
    .where(
      and(inArray(b.childId, otherIds), inArray(b.groupId, groups), gte(b.date, on), isNull(b.releasedFrom)),
    );
  const attending = new Set([...enrolled, ...booked].map((row) => row.childId));
  const attendingOf = new Map<number, number[]>();
  for (const { childId, personId } of others)
    if (attending.has(childId)) attendingOf.set(personId, [...(attendingOf.get(personId) ?? []), childId]);
  for (const { childId, personId } of families)
    if ((attendingOf.get(personId) ?? []).some((other) => other !== childId)) points.sibling.add(childId);
  return points;
}
