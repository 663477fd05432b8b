import { and, asc, eq, inArray } from './sql.ts';
import type { PlainDate } from '../domain/calendar.ts';
import type { Reading } from './database.ts';
import { holdsOn } from './dated.ts';

/** Adults who are told about a child, on a day, and whether that right lets them see its pages as well. */
export async function listPeopleToTell(
  tx: Reading,
  childIds: readonly number[],
  on: PlainDate,
): Promise<{ childId: number; personId: number; maySee: boolean }[]> {
  const { guardianship: g } = tx.t;
  if (childIds.length === 0) return [];
  return await tx.db
    .select({ childId: g.childId, personId: g.personId, maySee: g.maySee })
    .from(g)
    .where(and(inArray(g.childId, [...childIds]), eq(g.mayBeTold, true), holdsOn(g, on)))
    .orderBy(asc(g.personId), asc(g.childId));
}

export interface Collector {
  readonly id: number;
  readonly name: string;
}

/** Adults who may collect a child on a day, each once a child. */
export async function listCollectors(
  tx: Reading,
  childIds: readonly number[],
  on: PlainDate,
): Promise<(Collector & { childId: number })[]> {
  const { guardianship: g, person: p } = tx.t;
  if (childIds.length === 0) return [];
  const rows = await tx.db
    .select({ id: p.id, name: p.name, childId: g.childId })
    .from(g)
    .innerJoin(p, eq(p.id, g.personId))
    .where(and(inArray(g.childId, [...childIds]), eq(g.mayCollect, true), holdsOn(g, on)))
    .orderBy(asc(p.searchName), asc(p.id));
  const once = new Map(rows.map((row) => [`${row.childId} ${row.id}`, row]));
  return [...once.values()];
}
