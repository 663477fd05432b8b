import { and, asc, eq, gte, isNull, lt, sql } from './sql.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Direction } from '../domain/clocking.ts';
import { forUpdate, type Reading, type Writing } from './database.ts';
import { preparedAmong } from './prepared.ts';

export interface StoredClocking {
  readonly id: number;
  readonly staffId: number;
  readonly direction: Direction;
  readonly at: Instant;
  readonly recordedAt: Instant;
  readonly recordedBy: number | null;
  /** Why it was written afterwards; null at the door. */
  readonly note: string | null;
  readonly withdrawnAt: Instant | null;
  readonly withdrawnBy: number | null;
}

export type ClockingTime = Pick<StoredClocking, 'staffId' | 'direction' | 'at'>;

const ofStaff = (withdrawn: boolean) =>
  preparedAmong<{ from: Instant; to: Instant }, StoredClocking[]>(({ db, t: { clocking: c } }, among) =>
    db
      .select()
      .from(c)
      .where(
        and(
          among(c.staffId),
          gte(c.at, sql.placeholder('from')),
          lt(c.at, sql.placeholder('to')),
          withdrawn ? undefined : isNull(c.withdrawnAt),
        ),
      )
      .orderBy(asc(c.at), asc(c.id)),
  );
const allOfStaff = ofStaff(true);
const validOfStaff = ofStaff(false);

/**
 * Clockings of some staff from an instant up to another, in order of time; those withdrawn too only where `withdrawn`
 * says so.
 */
export async function listClockings(
  tx: Reading,
  staffIds: readonly number[],
  span: { readonly from: Instant; readonly to: Instant },
  withdrawn = false,
): Promise<StoredClocking[]> {
  if (staffIds.length === 0) return [];
  const query = withdrawn ? allOfStaff : validOfStaff;
  return await query(tx, staffIds, { from: span.from, to: span.to });
}

const timesOfStaff = preparedAmong<{ from: Instant; to: Instant }, ClockingTime[]>(
  ({ db, t: { clocking: c } }, among) =>
    db
      .select({ staffId: c.staffId, direction: c.direction, at: c.at })
      .from(c)
      .where(
        and(
          among(c.staffId),
          gte(c.at, sql.placeholder('from')),
          lt(c.at, sql.placeholder('to')),
          isNull(c.withdrawnAt),
        ),
      )
      .orderBy(asc(c.at), asc(c.id)),
);

/** What counts of them, and nothing that a month of a whole centre would be slower with. */
export async function listClockingTimes(
  tx: Reading,
  staffIds: readonly number[],
  span: { readonly from: Instant; readonly to: Instant },
): Promise<ClockingTime[]> {
  return staffIds.length === 0 ? [] : await timesOfStaff(tx, staffIds, { from: span.from, to: span.to });
}

export async function findClocking(tx: Reading, id: number): Promise<StoredClocking | undefined> {
  const [row] = await tx.db.select().from(tx.t.clocking).where(eq(tx.t.clocking.id, id));
  return row;
}

export async function insertClocking(
  tx: Writing,
  row: Omit<StoredClocking, 'id' | 'withdrawnAt' | 'withdrawnBy'>,
): Promise<number> {
  const [inserted] = await tx.db.insert(tx.t.clocking).values(row).returning({ id: tx.t.clocking.id });
  return inserted!.id;
}

export async function withdrawClocking(
  tx: Writing,
  id: number,
  by: { readonly withdrawnAt: Instant; readonly withdrawnBy: number | null },
): Promise<void> {
  await tx.db.update(tx.t.clocking).set(by).where(eq(tx.t.clocking.id, id));
}

/** Locks everybody who works or worked at a centre, by id: none of them clocks while a month is being closed. */
export async function lockStaffOf(tx: Writing, centreId: number): Promise<void> {
  const { staff: s } = tx.t;
  await forUpdate(tx, tx.db.select({ id: s.id }).from(s).where(eq(s.centreId, centreId)).orderBy(asc(s.id)));
}
