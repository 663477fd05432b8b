import { and, asc, eq, isNull } from './sql.ts';
import type { PlainDate } from '../domain/calendar.ts';
import type { Reading } from './database.ts';

/** Families who would come on a day if hours became free, by id. */
export async function listStandBys(tx: Reading, groupId: number, date: PlainDate) {
  const { standBy: s } = tx.t;
  return await tx.db
    .select()
    .from(s)
    .where(and(eq(s.groupId, groupId), eq(s.date, date), isNull(s.endedAt)))
    .orderBy(asc(s.id));
}
