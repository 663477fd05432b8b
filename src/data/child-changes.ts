import { and, eq, gte, inArray } from './sql.ts';
import type { PlainDate } from '../domain/calendar.ts';
import { chunksOf, occupies } from './claims.ts';
import type { Reading, Writing } from './database.ts';
import type { DayKey } from './group-days.ts';

/** A child's booking that occupies something, or a place that is held for it. */
export interface Claimed extends DayKey {
  readonly id: number;
  readonly held: boolean;
}

/** What a child claims from a day on, by date. */
export async function listClaimed(tx: Reading, childId: number, from: PlainDate): Promise<Claimed[]> {
  const { booking: b, hold: h } = tx.t;
  const bookings = await tx.db
    .select({ id: b.id, groupId: b.groupId, date: b.date })
    .from(b)
    .where(and(eq(b.childId, childId), gte(b.date, from), occupies(b)))
    .orderBy(b.date);
  const holds = await tx.db
    .select({ id: h.id, groupId: h.groupId, date: h.date })
    .from(h)
    .where(and(eq(h.childId, childId), gte(h.date, from)))
    .orderBy(h.date);
  return [
    ...bookings.map((each) => ({ ...each, held: false })),
    ...holds.map((each) => ({ ...each, held: true })),
  ];
}

/** Gives what is claimed another weight, in hundredths; the days must be recounted afterwards. */
export async function setWeights(tx: Writing, claimed: readonly Claimed[], weight: number): Promise<void> {
  const { booking: b, hold: h } = tx.t;
  const idsOf = (held: boolean) => claimed.filter((each) => each.held === held).map((each) => each.id);
  for (const ids of chunksOf(idsOf(false))) await tx.db.update(b).set({ weight }).where(inArray(b.id, ids));
  for (const ids of chunksOf(idsOf(true))) await tx.db.update(h).set({ weight }).where(inArray(h.id, ids));
}

export async function updateChild(
  tx: Writing,
  id: number,
  set: Partial<Omit<Writing['t']['child']['$inferInsert'], 'id'>>,
): Promise<void> {
  const { child: c } = tx.t;
  await tx.db.update(c).set(set).where(eq(c.id, id));
}
