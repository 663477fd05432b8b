import { and, asc, desc, eq, inArray, isNull, or, sql } from './sql.ts';
import { dateAt, minuteOfDay, type Instant, type PlainDate } from '../domain/calendar.ts';
import { MINUTES_PER_HALF_HOUR } from '../domain/slots.ts';
import { chunksOf } from './claims.ts';
import { forUpdate, type Reading, type Tables, type Writing } from './database.ts';
import { holdsOn } from './dated.ts';

export type SwapOutcome = Tables['shiftSwapEnd']['$inferSelect']['outcome'];

/** A question between two colleagues about their shifts, and how it stands. */
export interface ShiftSwap {
  readonly id: number;
  readonly shiftId: number;
  readonly withStaffId: number;
  /** Null where the colleague only takes the shift. */
  readonly returnShiftId: number | null;
  readonly askedAt: Instant;
  /** The person who asked: the shift's own staff. */
  readonly askedBy: number | null;
  readonly note: string;
  readonly endedAt: Instant | null;
  readonly agreedAt: Instant | null;
  readonly outcome: SwapOutcome | null;
  readonly endNote: string | null;
}

function swapQuery({ db, t }: Pick<Reading, 'db' | 't'>) {
  const { shiftSwap: s, shiftSwapConsent: c, shiftSwapEnd: e } = t;
  return db
    .select({
      id: s.id,
      shiftId: s.shiftId,
      withStaffId: s.withStaffId,
      returnShiftId: s.returnShiftId,
      askedAt: s.askedAt,
      askedBy: s.askedBy,
      note: s.note,
      endedAt: s.endedAt,
      agreedAt: c.at,
      outcome: e.outcome,
      endNote: e.note,
    })
    .from(s)
    .leftJoin(c, eq(c.swapId, s.id))
    .leftJoin(e, eq(e.swapId, s.id));
}

export async function findSwap(tx: Reading, id: number): Promise<ShiftSwap | undefined> {
  const [row] = await swapQuery(tx).where(eq(tx.t.shiftSwap.id, id));
  return row;
}

/** Locks a swap's row: of an answer, a withdrawal and a confirmation at once, one comes first and the others see it. */
export async function lockSwap(tx: Writing, id: number): Promise<ShiftSwap | undefined> {
  const { shiftSwap: s } = tx.t;
  await forUpdate(tx, tx.db.select({ id: s.id }).from(s).where(eq(s.id, id)));
  return await findSwap(tx, id);
}

/** Locks shifts in the order of their ids: nobody asks twice about one. */
export async function lockShifts(tx: Writing, ids: readonly number[]): Promise<void> {
  const { shift: s } = tx.t;
  await forUpdate(
    tx,
    tx.db
      .select({ id: s.id })
      .from(s)
      .where(inArray(s.id, [...ids]))
      .orderBy(asc(s.id)),
  );
}

/** Swaps that concern a person, as the one who asks or the colleague; the newest first. */
export async function listSwapsOf(
  tx: Reading,
  who: { readonly personId: number; readonly staffIds: readonly number[] },
  limit: number,
): Promise<ShiftSwap[]> {
  const { shiftSwap: s } = tx.t;
  return await swapQuery(tx)
    .where(or(eq(s.askedBy, who.personId), inArray(s.withStaffId, [...who.staffIds])))
    .orderBy(desc(s.id))
    .limit(limit);
}

/** A centre's swaps: those that wait, or the last ones that have ended. */
export async function listCentreSwaps(
  tx: Reading,
  centreId: number,
  which: { readonly ended: boolean; readonly limit: number },
): Promise<ShiftSwap[]> {
  const { shiftSwap: s, staff } = tx.t;
  return await swapQuery(tx)
    .innerJoin(staff, eq(staff.id, s.withStaffId))
    .where(and(eq(staff.centreId, centreId), which.ended ? sql`${s.endedAt} is not null` : isNull(s.endedAt)))
    .orderBy(which.ended ? desc(s.id) : asc(s.id))
    .limit(which.limit);
}

/** Swaps that wait and have one of these shifts in them. */
export async function listLiveSwaps(tx: Reading, shiftIds: readonly number[]): Promise<ShiftSwap[]> {
  const { shiftSwap: s } = tx.t;
  const rows: ShiftSwap[] = [];
  for (const chunk of chunksOf(shiftIds))
    rows.push(
      ...(await swapQuery(tx)
        .where(and(isNull(s.endedAt), or(inArray(s.shiftId, chunk), inArray(s.returnShiftId, chunk))))
        .orderBy(asc(s.id))),
    );
  return rows;
}

/**
 * Ids of swaps that wait in vain: the roster of one of their shifts does not hold on its day any more, a shift has gone
 * to somebody else, or it has begun.
 */
export async function listLostSwaps(
  tx: Reading,
  { now, centreId, limit }: { now: Instant; centreId?: number; limit: number },
): Promise<number[]> {
  const { shiftSwap: w, shift: s, rosterDay: d, staff } = tx.t;
  const [today, begun] = [dateAt(now), Math.floor(minuteOfDay(now) / MINUTES_PER_HALF_HOUR)];
  const rows = await tx.db
    .select({ id: w.id })
    .from(w)
    .innerJoin(s, or(eq(s.id, w.shiftId), eq(s.id, w.returnShiftId)))
    .innerJoin(staff, eq(staff.id, s.staffId))
    .leftJoin(d, and(eq(d.rosterId, s.rosterId), eq(d.date, s.date)))
    .where(
      and(
        isNull(w.endedAt),
        ...(centreId === undefined ? [] : [eq(staff.centreId, centreId)]),
        or(
          isNull(d.rosterId),
          sql`${s.date} < ${today}`,
          and(eq(s.date, today), sql`${s.fromHalfHour} <= ${begun}`),
          and(eq(s.id, w.returnShiftId), sql`${s.staffId} <> ${w.withStaffId}`),
          and(eq(s.id, w.shiftId), sql`coalesce(${staff.personId}, 0) <> coalesce(${w.askedBy}, 0)`),
        ),
      ),
    )
    .orderBy(asc(w.id))
    .limit(limit);
  return [...new Set(rows.map((row) => row.id))];
}

/** Where a shift is, whether its roster still holds on its day, and whose it is. */
export interface SwapShift {
  readonly id: number;
  readonly rosterId: number;
  readonly staffId: number;
  readonly centreId: number;
  readonly personId: number | null;
  readonly staffName: string;
  readonly date: PlainDate;
  readonly from: number;
  readonly to: number;
  readonly standing: boolean;
}

export async function listSwapShifts(tx: Reading, ids: readonly number[]): Promise<SwapShift[]> {
  const { shift: s, staff, rosterDay: d } = tx.t;
  const rows: (Omit<SwapShift, 'standing'> & { holding: number | null })[] = [];
  for (const chunk of chunksOf([...new Set(ids)]))
    rows.push(
      ...(await tx.db
        .select({
          id: s.id,
          rosterId: s.rosterId,
          staffId: s.staffId,
          centreId: staff.centreId,
          personId: staff.personId,
          staffName: staff.name,
          date: s.date,
          from: s.fromHalfHour,
          to: s.toHalfHour,
          holding: d.rosterId,
        })
        .from(s)
        .innerJoin(staff, eq(staff.id, s.staffId))
        .leftJoin(d, and(eq(d.rosterId, s.rosterId), eq(d.date, s.date)))
        .where(inArray(s.id, chunk))),
    );
  return rows.map(({ holding, ...row }) => ({ ...row, standing: holding !== null }));
}

export async function insertSwap(
  tx: Writing,
  row: Omit<Tables['shiftSwap']['$inferInsert'], 'id'>,
): Promise<number> {
  const [inserted] = await tx.db.insert(tx.t.shiftSwap).values(row).returning({ id: tx.t.shiftSwap.id });
  return inserted!.id;
}

export async function insertConsent(
  tx: Writing,
  row: Tables['shiftSwapConsent']['$inferInsert'],
): Promise<void> {
  await tx.db.insert(tx.t.shiftSwapConsent).values(row);
}

/** The one end of a swap: a second one breaks the key. */
export async function endSwap(tx: Writing, row: Tables['shiftSwapEnd']['$inferInsert']): Promise<void> {
  const { shiftSwap: s, shiftSwapEnd: e } = tx.t;
  await tx.db.insert(e).values(row);
  await tx.db.update(s).set({ endedAt: row.at }).where(eq(s.id, row.swapId));
}

/** Persons who administer a centre on a day. */
export async function listAdministrators(tx: Reading, centreId: number, on: PlainDate): Promise<number[]> {
  const { assignment: a } = tx.t;
  const rows = await tx.db
    .selectDistinct({ personId: a.personId })
    .from(a)
    .where(and(eq(a.centreId, centreId), eq(a.role, 'centre_admin'), holdsOn(a, on)))
    .orderBy(asc(a.personId));
  return rows.map((row) => row.personId);
}
