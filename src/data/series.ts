import { and, asc, eq } from './sql.ts';
import type { PlainDate } from '../domain/calendar.ts';
import type { PatternJson } from '../domain/pattern.ts';
import type { Reading, Writing } from './database.ts';

export interface Series {
  readonly id: number;
  readonly childId: number;
  readonly groupId: number;
  readonly pattern: PatternJson;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
}

/** A series of a child, with the days that it booked. */
export async function findSeries(
  tx: Reading,
  childId: number,
  id: number,
): Promise<(Series & { readonly dates: PlainDate[] }) | undefined> {
  const { bookingSeries: s, booking: b } = tx.t;
  const [row] = await tx.db
    .select({
      id: s.id,
      childId: s.childId,
      groupId: s.groupId,
      pattern: s.pattern,
      startsOn: s.startsOn,
      endsOn: s.endsOn,
    })
    .from(s)
    .where(and(eq(s.id, id), eq(s.childId, childId)));
  if (!row) return undefined;
  const booked = await tx.db.select({ date: b.date }).from(b).where(eq(b.seriesId, id)).orderBy(asc(b.date));
  return { ...row, dates: booked.map((each) => each.date) };
}

export async function insertSeries(
  tx: Writing,
  row: Writing['t']['bookingSeries']['$inferInsert'],
): Promise<number> {
  const [stored] = await tx.db
    .insert(tx.t.bookingSeries)
    .values(row)
    .returning({ id: tx.t.bookingSeries.id });
  return stored!.id;
}
