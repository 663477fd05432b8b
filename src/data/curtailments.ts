import { and, asc, between, eq, inArray, sql } from './sql.ts';
import type { PlainDate } from '../domain/calendar.ts';
import type { Slot } from '../domain/slots.ts';
import { chunksOf } from './claims.ts';
import type { Reading, Tables, Writing } from './database.ts';

export type NewCurtailment = Tables['curtailment']['$inferInsert'];

/** How often each child's stays were cut in some days for want of staff. */
export async function countCurtailments(
  tx: Reading,
  childIds: readonly number[],
  span: { from: PlainDate; to: PlainDate },
): Promise<Map<number, number>> {
  const { curtailment: c } = tx.t;
  const counts = new Map<number, number>();
  for (const chunk of chunksOf(childIds))
    for (const { childId, n } of await tx.db
      .select({ childId: c.childId, n: sql<number>`count(*)`.mapWith(Number) })
      .from(c)
      .where(and(inArray(c.childId, chunk), between(c.date, span.from, span.to)))
      .groupBy(c.childId))
      counts.set(childId, n);
  return counts;
}

/** Remembers what a family lost; a stay that is cut again loses more. */
export async function addCurtailment(tx: Writing, row: NewCurtailment): Promise<void> {
  const { curtailment: c } = tx.t;
  await tx.db
    .insert(c)
    .values(row)
    .onConflictDoUpdate({
      target: c.bookingId,
      set: {
        date: row.date,
        at: row.at,
        by: row.by ?? null,
        lostMinutes: sql`${c.lostMinutes} + ${row.lostMinutes}`,
        lostWorkMinutes: sql`${c.lostWorkMinutes} + ${row.lostWorkMinutes}`,
      },
    });
}

/** Shortens a stay under its id; everything else about it holds. */
export async function shortenBooking(tx: Writing, id: number, { from, to }: Slot): Promise<void> {
  const { booking: b } = tx.t;
  await tx.db.update(b).set({ fromHalfHour: from, toHalfHour: to }).where(eq(b.id, id));
}

/** Curtailments without minutes, or whose booking was never cancelled or changed in that instant. */
export async function listUncut(tx: Reading): Promise<{ bookingId: number; lostMinutes: number }[]> {
  const { curtailment: c, event: e } = tx.t;
  const cut = sql`exists (select 1 from ${e} where ${e.bookingId} = ${c.bookingId} and ${e.at} = ${c.at} and ${e.kind} in ('booking.cancelled', 'booking.changed'))`;
  return await tx.db
    .select({ bookingId: c.bookingId, lostMinutes: c.lostMinutes })
    .from(c)
    .where(sql`not ${cut} or ${c.lostMinutes} <= 0 or ${c.lostWorkMinutes} > ${c.lostMinutes}`)
    .orderBy(asc(c.bookingId));
}
