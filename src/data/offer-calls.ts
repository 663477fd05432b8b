import { asc, eq, inArray } from './sql.ts';
import type { Instant } from '../domain/calendar.ts';
import type { CallOutcome } from '../domain/offer.ts';
import type { Reading, Writing } from './database.ts';

/** Calls about some offers, the oldest first, with who made them. */
export async function listCalls(tx: Reading, offerIds: readonly number[]) {
  const { offerCall: call, person: p } = tx.t;
  if (offerIds.length === 0) return [];
  return await tx.db
    .select({
      offerId: call.offerId,
      at: call.at,
      by: p.name,
      outcome: call.outcome,
      note: call.note,
    })
    .from(call)
    .leftJoin(p, eq(p.id, call.by))
    .where(inArray(call.offerId, [...offerIds]))
    .orderBy(asc(call.id));
}

export type Call = Awaited<ReturnType<typeof listCalls>>[number];

export async function insertCall(
  tx: Writing,
  row: { offerId: number; at: Instant; by: number | null; outcome: CallOutcome; note: string },
): Promise<number> {
  const [inserted] = await tx.db.insert(tx.t.offerCall).values(row).returning({ id: tx.t.offerCall.id });
  return inserted!.id;
}
