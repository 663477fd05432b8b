import { and, asc, eq, gte, inArray, isNull } from './sql.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import type { Child } from './children.ts';
import type { Reading, Writing } from './database.ts';

/** Families who would come on a day if hours became free, by id. */
export async function listStandBys(tx: Reading, groupId: number, date: PlainDate) {
  const { standBy: s } = tx.t;
  return await tx.db
    .select()
    .from(s)
    .where(and(eq(s.groupId, groupId), eq(s.date, date), isNull(s.endedAt)))
    .orderBy(asc(s.id));
}

/** A family that stands by, with what the rules ask of its child. */
export interface StandingBy {
  readonly id: number;
  readonly childId: number;
  readonly groupId: number;
  readonly date: PlainDate;
  readonly from: number;
  readonly to: number;
  readonly takeUntilMinute: number | null;
  readonly createdAt: Instant;
  readonly createdBy: number | null;
  readonly endedAt: Instant | null;
  readonly priority: number;
  readonly child: Child;
}

function standingQuery({ db, t }: Pick<Reading, 'db' | 't'>) {
  const { standBy: s, child: c } = t;
  return db
    .select({
      id: s.id,
      childId: s.childId,
      groupId: s.groupId,
      date: s.date,
      from: s.fromHalfHour,
      to: s.toHalfHour,
      takeUntilMinute: s.takeUntilMinute,
      createdAt: s.createdAt,
      createdBy: s.createdBy,
      endedAt: s.endedAt,
      priority: c.priority,
      child: {
        id: c.id,
        ref: c.ref,
        name: c.name,
        birthDate: c.birthDate,
        category: c.category,
        supportWeight: c.supportWeight,
        skillsNeeded: c.skillsNeeded,
      },
    })
    .from(s)
    .innerJoin(c, eq(c.id, s.childId));
}

/** Everybody who stands by at a group on a day, by id. */
export async function listStandingBy(tx: Reading, groupId: number, date: PlainDate): Promise<StandingBy[]> {
  const { standBy: s } = tx.t;
  return await standingQuery(tx)
    .where(and(eq(s.groupId, groupId), eq(s.date, date), isNull(s.endedAt)))
    .orderBy(asc(s.id));
}

export async function listStandingById(tx: Reading, ids: readonly number[]): Promise<StandingBy[]> {
  if (ids.length === 0) return [];
  return await standingQuery(tx)
    .where(inArray(tx.t.standBy.id, [...ids]))
    .orderBy(asc(tx.t.standBy.id));
}

export async function findStandBy(tx: Reading, id: number) {
  const [row] = await tx.db.select().from(tx.t.standBy).where(eq(tx.t.standBy.id, id));
  return row;
}

/** What a child stands by for from a day on, the soonest first, with the names of group and centre. */
export async function listStandBysOfChild(tx: Reading, childId: number, from: PlainDate) {
  const { standBy: s, careGroup: g, centre: c } = tx.t;
  return await tx.db
    .select({
      id: s.id,
      groupId: s.groupId,
      date: s.date,
      from: s.fromHalfHour,
      to: s.toHalfHour,
      takeUntilMinute: s.takeUntilMinute,
      group: g.name,
      nameRu: c.nameRu,
      nameKk: c.nameKk,
    })
    .from(s)
    .innerJoin(g, eq(g.id, s.groupId))
    .innerJoin(c, eq(c.id, g.centreId))
    .where(and(eq(s.childId, childId), gte(s.date, from), isNull(s.endedAt)))
    .orderBy(asc(s.date), asc(s.id));
}

export async function insertStandBy(
  tx: Writing,
  row: Writing['t']['standBy']['$inferInsert'],
): Promise<number> {
  const [inserted] = await tx.db.insert(tx.t.standBy).values(row).returning({ id: tx.t.standBy.id });
  return inserted!.id;
}

export async function endStandBys(tx: Writing, ids: readonly number[], at: Instant): Promise<void> {
  const { standBy: s } = tx.t;
  if (ids.length === 0) return;
  await tx.db
    .update(s)
    .set({ endedAt: at })
    .where(and(inArray(s.id, [...ids]), isNull(s.endedAt)));
}

/** A child that comes on a day stands by for it nowhere any more. */
export async function endStandBysOfDay(
  tx: Writing,
  childId: number,
  date: PlainDate,
  at: Instant,
): Promise<void> {
  const { standBy: s } = tx.t;
  await tx.db
    .update(s)
    .set({ endedAt: at })
    .where(and(eq(s.childId, childId), eq(s.date, date), isNull(s.endedAt)));
}

/** Stored scores of children who wait for a group, by child: the best where one has several entries. */
export async function findQueueScores(
  tx: Reading,
  groupId: number,
  childIds: readonly number[],
): Promise<Map<number, number[]>> {
  const { waitingListRank: r, waitingListEntry: e } = tx.t;
  if (childIds.length === 0) return new Map();
  const rows = await tx.db
    .select({ childId: e.childId, score: r.score, position: r.position })
    .from(r)
    .innerJoin(e, eq(e.id, r.entryId))
    .where(and(eq(r.groupId, groupId), inArray(e.childId, [...childIds])))
    .orderBy(asc(r.position));
  const scores = new Map<number, number[]>();
  for (const { childId, score } of rows) if (!scores.has(childId)) scores.set(childId, score);
  return scores;
}
