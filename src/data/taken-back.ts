import { and, eq, gte, inArray, isNull, lt, ne, or, sql } from './sql.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import type { PatternJson } from '../domain/pattern.ts';
import type { Reading } from './database.ts';
import { prepared, type Parts } from './prepared.ts';

/** An offer that the centre took back: what was free then is not for the same entry again. */
export interface TakenBack {
  /** So many places are still withheld. */
  readonly places: number;
  readonly offerId: number;
  readonly entryId: number;
  readonly childId: number;
  readonly groupId: number;
  readonly pattern: PatternJson;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
  readonly at: Instant;
  readonly reason: string | null;
}

type Row = Omit<TakenBack, 'places'>;

/** Of entries that still wait and whose wish has not been changed since. */
function takenBackQuery({ db, t }: Pick<Parts, 'db' | 't'>) {
  const { offer: o, offerEnd: end, waitingListEntry: entry, waitingListEnd: gone } = t;
  return (
    db
      .select({
        offerId: o.id,
        entryId: o.entryId,
        childId: o.childId,
        groupId: o.groupId,
        pattern: o.pattern,
        startsOn: o.startsOn,
        endsOn: o.endsOn,
        at: end.at,
        reason: end.reason,
      })
      .from(o)
      // What the job takes back had no days left: nothing is withheld when they come back.
      .innerJoin(end, and(eq(end.offerId, o.id), eq(end.outcome, 'withdrawn'), ne(end.channel, 'job')))
      .innerJoin(entry, eq(entry.id, o.entryId))
      .leftJoin(gone, and(eq(gone.entryId, entry.id), isNull(gone.restoredAt)))
      .$dynamic()
  );
}

const waits = ({ t }: Pick<Parts, 't'>) =>
  and(
    isNull(t.waitingListEnd.id),
    or(isNull(t.waitingListEntry.changedAt), lt(t.waitingListEntry.changedAt, t.offerEnd.at)),
  );

const ofGroup = prepared<{ groupId: number; today: PlainDate }, Row[]>((parts) => {
  const { offer: o } = parts.t;
  return takenBackQuery(parts).where(
    and(eq(o.groupId, sql.placeholder('groupId')), gte(o.endsOn, sql.placeholder('today')), waits(parts)),
  );
});

/**
 * Offers in a group that its centre took back, with how many places are still withheld: as many as were free then, less
 * those that others have taken since; none once the centre allows it again or the family has changed its wish.
 */
export async function listTakenBack(tx: Reading, groupId: number, today: PlainDate): Promise<TakenBack[]> {
  return await stillWithheld(tx, await ofGroup(tx, { groupId, today }));
}

/** The same for one entry, at all its groups. */
export async function listTakenBackFrom(
  tx: Reading,
  entryId: number,
  today: PlainDate,
): Promise<TakenBack[]> {
  const { offer: o } = tx.t;
  const rows = await takenBackQuery(tx).where(and(eq(o.entryId, entryId), gte(o.endsOn, today), waits(tx)));
  return await stillWithheld(tx, rows);
}

async function stillWithheld(tx: Reading, rows: readonly Row[]): Promise<TakenBack[]> {
  if (rows.length === 0) return [];
  const { event, offer: o, offerEnd: end } = tx.t;
  const groupIds = [...new Set(rows.map(({ groupId }) => groupId))];
  const childIds = [...new Set(rows.map(({ childId }) => childId))];
  const events = await tx.db
    .select({ kind: event.kind, groupId: event.groupId, childId: event.childId, data: event.data })
    .from(event)
    .where(
      and(
        inArray(event.childId, childIds),
        inArray(event.groupId, groupIds),
        inArray(event.kind, ['offer.allowed', 'offer.withdrawn']),
      ),
    );
  const since = rows.map(({ at }) => at).toSorted()[0]!;
  const taken = await tx.db
    .select({ groupId: o.groupId, offeredAt: o.offeredAt, startsOn: o.startsOn, endsOn: o.endsOn })
    .from(o)
    .innerJoin(end, and(eq(end.offerId, o.id), eq(end.outcome, 'accepted')))
    .where(and(inArray(o.groupId, groupIds), gte(o.offeredAt, since)));
  return rows.flatMap((row) => {
    const own = events.filter(({ groupId, childId }) => groupId === row.groupId && childId === row.childId);
    const told = own.map(({ kind, data }) => ({ kind, ...(data as { offerId: number; free?: number }) }));
    // By the numbers of the offers: a clock may have been set back between the two.
    if (told.some(({ kind, offerId }) => kind === 'offer.allowed' && offerId >= row.offerId)) return [];
    const free =
      told.find(({ offerId, free: left }) => offerId === row.offerId && left !== undefined)?.free ?? 1;
    const gone = taken.filter(
      (each) =>
        each.groupId === row.groupId &&
        each.offeredAt >= row.at &&
        each.startsOn <= row.endsOn &&
        row.startsOn <= each.endsOn,
    );
    const places = free - gone.length;
    return places > 0 ? [{ ...row, places }] : [];
  });
}
