import { and, asc, desc, eq, inArray, isNull, sql } from './sql.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import type { PatternJson } from '../domain/pattern.ts';
import type { EndReason, Tolerance } from '../domain/waiting-list.ts';
import type { Reading } from './database.ts';
import { isShort, prepared, preparedForIds } from './prepared.ts';

/** A wish as it is stored, with how it stands. */
export interface Entry {
  readonly id: number;
  readonly childId: number;
  readonly pattern: PatternJson;
  readonly minimumMinutesPerWeek: number | null;
  readonly startsOn: PlainDate;
  readonly registeredAt: Instant;
  readonly tolerance: Tolerance | null;
  readonly togetherKey: string | null;
  /** Since when it is paused; null while it is offered places. */
  readonly pausedAt: Instant | null;
  /** Null while it waits. */
  readonly endedAt: Instant | null;
  readonly endReason: EndReason | null;
}

export interface Choice {
  readonly groupId: number;
  readonly preference: number;
  readonly refusedAt: Instant | null;
}

function entryQuery({ db, t }: Pick<Reading, 'db' | 't'>) {
  const { waitingListEntry: e, waitingListPause: pause, waitingListEnd: end } = t;
  return db
    .select({
      id: e.id,
      childId: e.childId,
      pattern: e.pattern,
      minimumMinutesPerWeek: e.minimumMinutesPerWeek,
      startsOn: e.startsOn,
      registeredAt: e.registeredAt,
      tolerance: e.tolerance,
      togetherKey: e.togetherKey,
      pausedAt: pause.startedAt,
      endedAt: end.at,
      endReason: end.reason,
    })
    .from(e)
    .leftJoin(pause, and(eq(pause.entryId, e.id), isNull(pause.endedAt)))
    .leftJoin(end, and(eq(end.entryId, e.id), isNull(end.restoredAt)));
}

const byId = prepared<{ id: number }, Entry[]>((parts) =>
  entryQuery(parts).where(eq(parts.t.waitingListEntry.id, sql.placeholder('id'))),
);

export async function findEntry(tx: Reading, id: number): Promise<Entry | undefined> {
  return (await byId(tx, { id }))[0];
}

const ofFamily = preparedForIds<Record<string, never>, Entry[]>((parts, ids) =>
  entryQuery(parts)
    .where(inArray(parts.t.waitingListEntry.childId, ids))
    .orderBy(desc(parts.t.waitingListEntry.id)),
);

/** Entries of some children, the newest first; those that have ended too. */
export async function listEntriesOf(tx: Reading, childIds: readonly number[]): Promise<Entry[]> {
  if (childIds.length === 0) return [];
  if (isShort(childIds)) return await ofFamily(tx, childIds, {});
  const { waitingListEntry: e } = tx.t;
  return await entryQuery(tx)
    .where(inArray(e.childId, [...childIds]))
    .orderBy(desc(e.id));
}

/** Entries that wait, with the same key: siblings who come together. */
export async function listTogether(tx: Reading, togetherKey: string): Promise<Entry[]> {
  const rows = await entryQuery(tx)
    .where(eq(tx.t.waitingListEntry.togetherKey, togetherKey))
    .orderBy(asc(tx.t.waitingListEntry.childId));
  return rows.filter((row) => row.endedAt === null);
}

const choicesOf = prepared<{ entryId: number }, Choice[]>(({ db, t: { waitingListChoice: c } }) =>
  db
    .select({ groupId: c.groupId, preference: c.preference, refusedAt: c.refusedAt })
    .from(c)
    .where(eq(c.entryId, sql.placeholder('entryId')))
    .orderBy(asc(c.preference)),
);

/** The groups an entry names, best first. */
export function listChoices(tx: Reading, entryId: number): Promise<Choice[]> {
  return choicesOf(tx, { entryId });
}

export interface QueuedEntry extends Entry {
  readonly priority: number;
  readonly birthDate: PlainDate;
  readonly preference: number;
}

const queue = prepared<{ groupId: number }, QueuedEntry[]>(({ db, t }) => {
  const {
    waitingListEntry: e,
    waitingListChoice: c,
    waitingListPause: pause,
    waitingListEnd: end,
    child,
  } = t;
  return db
    .select({
      id: e.id,
      childId: e.childId,
      pattern: e.pattern,
      minimumMinutesPerWeek: e.minimumMinutesPerWeek,
      startsOn: e.startsOn,
      registeredAt: e.registeredAt,
      tolerance: e.tolerance,
      togetherKey: e.togetherKey,
      pausedAt: pause.startedAt,
      endedAt: end.at,
      endReason: end.reason,
      priority: child.priority,
      birthDate: child.birthDate,
      preference: c.preference,
    })
    .from(c)
    .innerJoin(e, eq(e.id, c.entryId))
    .innerJoin(child, eq(child.id, e.childId))
    .leftJoin(pause, and(eq(pause.entryId, e.id), isNull(pause.endedAt)))
    .leftJoin(end, and(eq(end.entryId, e.id), isNull(end.restoredAt)))
    .where(and(eq(c.groupId, sql.placeholder('groupId')), isNull(c.refusedAt), isNull(end.id)))
    .orderBy(asc(e.id));
});

/** Entries that wait for a group, paused ones included, by id. */
export function listQueue(tx: Reading, groupId: number): Promise<QueuedEntry[]> {
  return queue(tx, { groupId });
}

const firstWishes = prepared<
  { centreId: number },
  { groupId: number; pattern: PatternJson; startsOn: PlainDate }[]
>(({ db, t }) => {
  const {
    waitingListEntry: e,
    waitingListChoice: c,
    waitingListPause: pause,
    waitingListEnd: end,
    careGroup,
  } = t;
  return db
    .select({ groupId: c.groupId, pattern: e.pattern, startsOn: e.startsOn })
    .from(careGroup)
    .innerJoin(c, and(eq(c.groupId, careGroup.id), eq(c.preference, 1)))
    .innerJoin(e, eq(e.id, c.entryId))
    .leftJoin(pause, and(eq(pause.entryId, e.id), isNull(pause.endedAt)))
    .leftJoin(end, and(eq(end.entryId, e.id), isNull(end.restoredAt)))
    .where(
      and(
        eq(careGroup.centreId, sql.placeholder('centreId')),
        isNull(c.refusedAt),
        isNull(pause.id),
        isNull(end.id),
      ),
    )
    .orderBy(asc(e.id));
});

/** What those wish for who wait, not paused, and would best like a group of this centre. */
export const listFirstWishes = (tx: Reading, centreId: number) => firstWishes(tx, { centreId });

/** Children who wait for a group, paused or not, each with its entry. */
export async function listWaitingChildren(
  tx: Reading,
  groupId: number,
): Promise<{ entryId: number; childId: number; childName: string }[]> {
  const { waitingListEntry: e, waitingListChoice: c, waitingListEnd: end, child } = tx.t;
  return await tx.db
    .select({ entryId: e.id, childId: child.id, childName: child.name })
    .from(c)
    .innerJoin(e, eq(e.id, c.entryId))
    .innerJoin(child, eq(child.id, e.childId))
    .leftJoin(end, and(eq(end.entryId, e.id), isNull(end.restoredAt)))
    .where(and(eq(c.groupId, groupId), isNull(c.refusedAt), isNull(end.id)))
    .orderBy(asc(e.id));
}

const ends = prepared(({ db, t: { waitingListEnd: end } }) =>
  db
    .select({ id: end.id, at: end.at, reason: end.reason, restoredAt: end.restoredAt })
    .from(end)
    .where(eq(end.entryId, sql.placeholder('entryId')))
    .orderBy(asc(end.id)),
);

/** How often an entry was ended, each with whether it was restored. */
export function listEnds(tx: Reading, entryId: number) {
  return ends(tx, { entryId });
}

/** Groups of every entry that waits: for ranking all anew. */
export async function listQueuedGroups(tx: Reading): Promise<number[]> {
  const { waitingListChoice: c, waitingListEnd: end } = tx.t;
  const rows = await tx.db
    .selectDistinct({ groupId: c.groupId })
    .from(c)
    .leftJoin(end, and(eq(end.entryId, c.entryId), isNull(end.restoredAt)))
    .where(and(isNull(c.refusedAt), isNull(end.id)))
    .orderBy(asc(c.groupId));
  return rows.map((row) => row.groupId);
}
