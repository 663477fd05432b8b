import { asc, eq, sql } from './sql.ts';
import type { CheckedHold, CheckedOffer, CheckedRank } from '../domain/queue-check.ts';
import { START_TERMS } from '../domain/waiting-list.ts';
import type { Reading } from './database.ts';

/** Every offer there ever was, with its end and how many bookings it became. */
export async function listCheckedOffers(tx: Reading): Promise<CheckedOffer[]> {
  const { offer: o, offerEnd: end, booking: b } = tx.t;
  return await tx.db
    .select({
      id: o.id,
      childId: o.childId,
      groupId: o.groupId,
      pattern: o.pattern,
      startsOn: o.startsOn,
      endsOn: o.endsOn,
      endedAt: o.endedAt,
      outcome: end.outcome,
      enrolmentId: end.enrolmentId,
      // What was moved to another group since is under its enrolment no more, and made at that instant still.
      bookings:
        sql<number>`(select count(*) from ${b} where ${b.childId} = ${o.childId} and (${b.enrolmentId} = ${end.enrolmentId} or ${b.bookedAt} = ${end.at}))`.mapWith(
          Number,
        ),
    })
    .from(o)
    .leftJoin(end, eq(end.offerId, o.id))
    .orderBy(asc(o.id));
}

export async function listAllHolds(tx: Reading): Promise<CheckedHold[]> {
  const { hold: h } = tx.t;
  return await tx.db
    .select({
      id: h.id,
      groupId: h.groupId,
      date: h.date,
      from: h.fromHalfHour,
      to: h.toHalfHour,
      childId: h.childId,
      source: h.source,
      sourceId: h.sourceId,
      expiresAt: h.expiresAt,
    })
    .from(h)
    .orderBy(asc(h.id));
}

/** Every stored rank with the terms it was made under, by group. */
export async function listCheckedRanks(tx: Reading): Promise<Map<number, CheckedRank[]>> {
  const { waitingListRank: r, orderRule } = tx.t;
  const rows = await tx.db
    .select({
      groupId: r.groupId,
      entryId: r.entryId,
      position: r.position,
      of: r.of,
      score: r.score,
      inputs: r.inputs,
      terms: orderRule.terms,
    })
    .from(r)
    .leftJoin(orderRule, eq(orderRule.id, r.ruleId))
    .orderBy(asc(r.groupId), asc(r.position));
  return Map.groupBy(
    rows.map((row) => ({ ...row, terms: row.terms ?? START_TERMS })),
    (row) => row.groupId,
  );
}
