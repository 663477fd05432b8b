import { and, asc, desc, eq, inArray, isNull, sql, type SQL } from './sql.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import type { OfferChannel, OfferKind, OfferOutcome } from '../domain/offer.ts';
import type { PatternJson } from '../domain/pattern.ts';
import type { HalfHour } from '../domain/slots.ts';
import { insertMany } from './bulk.ts';
import type { Reading, Writing } from './database.ts';
import { isShort, prepared, preparedAmong, preparedForIds } from './prepared.ts';

export interface Offer {
  readonly id: number;
  readonly entryId: number;
  readonly childId: number;
  readonly childName: string;
  readonly groupId: number;
  readonly groupName: string;
  readonly centreId: number;
  readonly kind: OfferKind;
  readonly pattern: PatternJson;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
  readonly position: number;
  readonly of: number;
  readonly score: number[];
  readonly ruleId: number | null;
  readonly offeredAt: Instant;
  readonly expiresAt: Instant;
  readonly seenAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly bundle: string | null;
  readonly roundId: number | null;
  readonly replyCode: string;
  /** Null while it is live. */
  readonly outcome: OfferOutcome | null;
  readonly reason: string | null;
  readonly enrolmentId: number | null;
}

function offerQuery({ db, t }: Pick<Reading, 'db' | 't'>) {
  const { offer: o, offerEnd: end, child: c, careGroup: g } = t;
  return db
    .select({
      id: o.id,
      entryId: o.entryId,
      childId: o.childId,
      childName: c.name,
      groupId: o.groupId,
      groupName: g.name,
      centreId: g.centreId,
      kind: o.kind,
      pattern: o.pattern,
      startsOn: o.startsOn,
      endsOn: o.endsOn,
      position: o.position,
      of: o.of,
      score: o.score,
      ruleId: o.ruleId,
      offeredAt: o.offeredAt,
      expiresAt: o.expiresAt,
      seenAt: o.seenAt,
      endedAt: o.endedAt,
      bundle: o.bundle,
      roundId: o.roundId,
      replyCode: o.replyCode,
      outcome: end.outcome,
      reason: end.reason,
      enrolmentId: end.enrolmentId,
    })
    .from(o)
    .innerJoin(c, eq(c.id, o.childId))
    .innerJoin(g, eq(g.id, o.groupId))
    .leftJoin(end, eq(end.offerId, o.id));
}

export async function findOffer(tx: Reading, id: number): Promise<Offer | undefined> {
  const [row] = await offerQuery(tx).where(eq(tx.t.offer.id, id));
  return row;
}

export interface OfferFilter {
  readonly childIds?: readonly number[];
  readonly groupIds?: readonly number[];
  readonly centreId?: number;
  readonly entryId?: number;
  readonly bundle?: string;
  readonly roundId?: number;
  readonly live?: boolean;
  readonly after?: number;
  readonly limit?: number;
}

const liveOfFamily = preparedForIds<Record<string, never>, Offer[]>((parts, ids) =>
  offerQuery(parts)
    .where(and(inArray(parts.t.offer.childId, ids), isNull(parts.t.offer.endedAt)))
    .orderBy(desc(parts.t.offer.id)),
);

/** Live offers to some children, the newest first: what every home of a family asks. */
export async function listLiveOffers(tx: Reading, childIds: readonly number[]): Promise<Offer[]> {
  if (childIds.length === 0) return [];
  return isShort(childIds)
    ? await liveOfFamily(tx, childIds, {})
    : await listOffers(tx, { childIds, live: true });
}

const ofEntry = prepared<{ entryId: number }, Offer[]>((parts) =>
  offerQuery(parts)
    .where(eq(parts.t.offer.entryId, sql.placeholder('entryId')))
    .orderBy(desc(parts.t.offer.id)),
);

/** Everything that an entry was offered, the newest first. */
export function listOffersOf(tx: Reading, entryId: number): Promise<Offer[]> {
  return ofEntry(tx, { entryId });
}

/** Offers, the newest first (by id when paged). Callers scope them. */
export async function listOffers(tx: Reading, filter: OfferFilter): Promise<Offer[]> {
  const { offer: o, careGroup: g } = tx.t;
  const conditions: (SQL | undefined)[] = [];
  for (const [column, ids] of [
    [o.childId, filter.childIds],
    [o.groupId, filter.groupIds],
  ] as const) {
    if (!ids) continue;
    if (ids.length === 0) return [];
    conditions.push(inArray(column, [...ids]));
  }
  if (filter.centreId !== undefined) conditions.push(eq(g.centreId, filter.centreId));
  if (filter.entryId !== undefined) conditions.push(eq(o.entryId, filter.entryId));
  if (filter.bundle !== undefined) conditions.push(eq(o.bundle, filter.bundle));
  if (filter.roundId !== undefined) conditions.push(eq(o.roundId, filter.roundId));
  if (filter.live) conditions.push(isNull(o.endedAt));
  if (filter.after !== undefined) conditions.push(sql`${o.id} > ${filter.after}`);
  const query = offerQuery(tx)
    .where(and(...conditions))
    .orderBy(filter.after === undefined ? desc(o.id) : asc(o.id));
  return await (filter.limit === undefined ? query : query.limit(filter.limit));
}

const withOffer = preparedAmong<Record<string, never>, { childId: number }[]>(
  ({ db, t: { offer: o } }, among) =>
    db
      .select({ childId: o.childId })
      .from(o)
      .where(and(among(o.childId), isNull(o.endedAt))),
);

/** Children, of some, with a live offer. */
export async function childrenWithOffer(tx: Reading, childIds: readonly number[]): Promise<Set<number>> {
  const rows = childIds.length === 0 ? [] : await withOffer(tx, childIds, {});
  return new Set(rows.map((row) => row.childId));
}

/** Entries, of some, that have been offered a part of their wish at a group before. */
export async function entriesWithPart(
  tx: Reading,
  groupId: number,
  entryIds: readonly number[],
): Promise<Set<number>> {
  const { offer: o } = tx.t;
  if (entryIds.length === 0) return new Set();
  const rows = await tx.db
    .selectDistinct({ entryId: o.entryId })
    .from(o)
    .where(and(eq(o.groupId, groupId), inArray(o.entryId, [...entryIds]), eq(o.kind, 'part')));
  return new Set(rows.map((row) => row.entryId));
}

export async function insertOffer(tx: Writing, row: Writing['t']['offer']['$inferInsert']): Promise<number> {
  const [inserted] = await tx.db.insert(tx.t.offer).values(row).returning({ id: tx.t.offer.id });
  return inserted!.id;
}

export async function markOfferSeen(tx: Writing, id: number, at: Instant): Promise<void> {
  const { offer: o } = tx.t;
  await tx.db
    .update(o)
    .set({ seenAt: at })
    .where(and(eq(o.id, id), isNull(o.seenAt)));
}

/** Ends a live offer; its one row in offer_end says how. */
export async function endOffer(
  tx: Writing,
  row: {
    offerId: number;
    at: Instant;
    by: number | null;
    outcome: OfferOutcome;
    channel: OfferChannel;
    reason: string | null;
    enrolmentId: number | null;
  },
): Promise<void> {
  await tx.db
    .update(tx.t.offer)
    .set({ endedAt: row.at, remindAt: null })
    .where(eq(tx.t.offer.id, row.offerId));
  await tx.db.insert(tx.t.offerEnd).values(row);
}

/** Half-hours kept for an offer, by date. */
export async function listOfferHolds(tx: Reading, offerId: number) {
  const { hold: h } = tx.t;
  return await tx.db
    .select({
      id: h.id,
      groupId: h.groupId,
      date: h.date,
      from: h.fromHalfHour,
      to: h.toHalfHour,
      weight: h.weight,
      childId: h.childId,
    })
    .from(h)
    .where(and(eq(h.source, 'offer'), eq(h.sourceId, offerId)))
    .orderBy(asc(h.date));
}

/** What a group keeps for offers to these children on these days. */
export async function listHoldsFor(
  tx: Reading,
  groupId: number,
  childIds: readonly number[],
  dates: readonly PlainDate[],
): Promise<{ childId: number | null; date: PlainDate; from: HalfHour; to: HalfHour }[]> {
  if (childIds.length === 0) return [];
  const { hold: h } = tx.t;
  return await tx.db
    .select({ childId: h.childId, date: h.date, from: h.fromHalfHour, to: h.toHalfHour })
    .from(h)
    .where(
      and(
        eq(h.groupId, groupId),
        eq(h.source, 'offer'),
        inArray(h.childId, [...childIds]),
        inArray(h.date, [...dates]),
      ),
    );
}

export async function insertHolds(
  tx: Writing,
  rows: readonly Writing['t']['hold']['$inferInsert'][],
): Promise<void> {
  await insertMany(tx, tx.t.hold, rows);
}

const matchingHolds = prepared(({ db, t: { hold: h } }) =>
  db
    .select({
      id: h.id,
      groupId: h.groupId,
      date: h.date,
      from: h.fromHalfHour,
      to: h.toHalfHour,
      weight: h.weight,
      expiresAt: h.expiresAt,
    })
    .from(h)
    .where(and(eq(h.groupId, sql.placeholder('groupId')), eq(h.source, 'matching')))
    .orderBy(asc(h.date), asc(h.id)),
);

/** Half-hours kept for matching in a group, by date. */
export function listMatchingHolds(tx: Reading, groupId: number) {
  return matchingHolds(tx, { groupId });
}
