import { and, asc, between, eq, gt, inArray, isNull, or, sql } from './sql.ts';
import type { PlainDate } from '../domain/calendar.ts';
import type { HalfHour } from '../domain/slots.ts';
import type { Span } from './claims.ts';
import type { Reading } from './database.ts';

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

/** Bookings that occupy anything in these days, with what their children need; by date and child. */
export async function listExpected(tx: Reading, span: Span): Promise<ExpectedStay[]> {
  if (span.groupIds.length === 0) return [];
  const { booking: b, child, careGroup: g, attendance } = tx.t;
  const rows = await tx.db
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
      and(
        inArray(b.groupId, [...span.groupIds]),
        between(b.date, span.from, span.to),
        or(isNull(b.releasedFrom), gt(b.releasedFrom, b.fromHalfHour)),
      ),
    )
    .orderBy(asc(b.date), asc(b.childId));
  return rows.map(({ arrivedAt, ...row }) => ({ ...row, arrived: arrivedAt !== null }));
}
