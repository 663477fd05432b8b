import { and, asc, between, inArray } from './sql.ts';
import type { PlainDate } from '../domain/calendar.ts';
import type { Reading } from './database.ts';
import { dayColumns, findDays, type StoredDay } from './group-days.ts';

/**
 * The days of some groups by group id and date, for telling free half-hours (places.ts, freeAt). SQLite runs one
 * prepared query a group, as it has no way to go; PostgreSQL one query in all.
 */
export async function findDaysOfGroups(
  tx: Reading,
  groupIds: readonly number[],
  from: PlainDate,
  to: PlainDate,
): Promise<StoredDay[]> {
  const ids = [...new Set(groupIds)].toSorted((a, b) => a - b);
  if (tx.dialect === 'sqlite') {
    const days: StoredDay[][] = [];
    for (const groupId of ids) days.push(await findDays(tx, { groupId, from, to }));
    return days.flat();
  }
  const { groupDay: d } = tx.t;
  return await tx.db
    .select(dayColumns(tx.t))
    .from(d)
    .where(and(inArray(d.groupId, ids), between(d.date, from, to)))
    .orderBy(asc(d.groupId), asc(d.date));
}
