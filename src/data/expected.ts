import { and, asc, between, eq, sql } from './sql.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import type { HalfHour } from '../domain/slots.ts';
import { type Span, occupies } from './claims.ts';
import type { Reading } from './database.ts';
import { preparedAmong } from './prepared.ts';

/** A stay that is booked, as staff are planned and families are told for it. */
export interface ExpectedStay {
  readonly childId: number;
  readonly childName: string;
  readonly centreId: number;
  readonly groupId: number;
  readonly date: PlainDate;
  /** The part that still occupies a place. */
  readonly from: HalfHour;
  readonly to: HalfHour;
  /** Hundredths. */
  readonly weight: number;
  readonly skills: readonly string[];
  readonly arrived: boolean;
}

type Row = Omit<ExpectedStay, 'arrived'> & { readonly arrivedAt: Instant | null };

const ofGroups = preparedAmong<{ from: PlainDate; to: PlainDate }, Row[]>(({ db, t }, among) => {
  const { booking: b, child, careGroup: g, attendance } = t;
  return db
    .select({
      childId: b.childId,
      childName: child.name,
      centreId: g.centreId,
      groupId: b.groupId,
      date: b.date,
      from: b.fromHalfHour,
      to: sql<number>`coalesce(${b.releasedFrom}, ${b.toHalfHour})`,
      weight: b.weight,
      skills: child.skillsNeeded,
      arrivedAt: attendance.arrivedAt,
    })
    .from(b)
    .innerJoin(child, eq(child.id, b.childId))
    .innerJoin(g, eq(g.id, b.groupId))
    .leftJoin(attendance, eq(attendance.bookingId, b.id))
    .where(
      and(among(b.groupId), between(b.date, sql.placeholder('from'), sql.placeholder('to')), occupies(b)),
    )
    .orderBy(asc(b.date), asc(b.childId));
});

/** Bookings that occupy anything in these days, with what their children need; by date and child. */
export async function listExpected(tx: Reading, { groupIds, from, to }: Span): Promise<ExpectedStay[]> {
  const rows = groupIds.length === 0 ? [] : await ofGroups(tx, groupIds, { from, to });
  return rows.map(({ arrivedAt, ...row }) => ({ ...row, arrived: arrivedAt !== null }));
}
