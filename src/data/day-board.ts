import { and, asc, between, eq } from './sql.ts';
import type { PlainDate } from '../domain/calendar.ts';
import { listBookings, type Booking } from './bookings.ts';
import type { Reading } from './database.ts';
import { dayColumns, type StoredDay } from './group-days.ts';
import { rowsOf } from './prepared.ts';

/** A group's day as a centre's pages show it: the aggregate with its sums. */
export interface CentreDay extends StoredDay {
  readonly peakBooked: number;
  readonly placeMinutes: number;
  readonly bookedMinutes: number;
  readonly attendedMinutes: number;
}

/** The days of all groups of a centre, by date and group. */
export async function listCentreDays(
  tx: Reading,
  centreId: number,
  range: { from: PlainDate; to: PlainDate },
): Promise<CentreDay[]> {
  const { groupDay: d, careGroup: g } = tx.t;
  const query = tx.db
    .select({
      ...dayColumns(tx.t),
      peakBooked: d.peakBooked,
      placeMinutes: d.placeMinutes,
      bookedMinutes: d.bookedMinutes,
      attendedMinutes: d.attendedMinutes,
    })
    .from(d)
    .innerJoin(g, eq(g.id, d.groupId))
    .where(and(eq(g.centreId, centreId), between(d.date, range.from, range.to)))
    .orderBy(asc(d.date), asc(d.groupId));
  return await rowsOf(tx, query);
}

/** A booking on the board of a day, with whom it is for and who collected the child. */
export interface BoardBooking extends Booking {
  readonly childName: string;
  readonly skillsNeeded: readonly string[];
  readonly collector: string | null;
}

/** Every booking of a centre on a day, cancelled ones too. */
export async function listBoardBookings(tx: Reading, centreId: number, date: PlainDate): Promise<BoardBooking[]> {
  const { t } = tx;
  const bookings = new Map((await listBookings(tx, { centreId, from: date, to: date })).map((each) => [each.id, each]));
  const query = tx.db
    .select({
      id: t.booking.id,
      childName: t.child.name,
      skillsNeeded: t.child.skillsNeeded,
      collector: t.person.name,
    })
    .from(t.booking)
    .innerJoin(t.careGroup, eq(t.careGroup.id, t.booking.groupId))
    .innerJoin(t.child, eq(t.child.id, t.booking.childId))
    .leftJoin(t.attendance, eq(t.attendance.bookingId, t.booking.id))
    .leftJoin(t.person, eq(t.person.id, t.attendance.collectorId))
    .where(and(eq(t.careGroup.centreId, centreId), eq(t.booking.date, date)))
    .orderBy(asc(t.booking.fromHalfHour), asc(t.booking.id));
  const rows = await rowsOf(tx, query);
  return rows.flatMap((row) => {
    const booking = bookings.get(row.id);
    return booking ? [{ ...booking, ...row }] : [];
  });
}
