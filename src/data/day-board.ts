import { and, asc, between, eq, sql } from './sql.ts';
import type { PlainDate } from '../domain/calendar.ts';
import { listBookings, type Booking } from './bookings.ts';
import type { Reading } from './database.ts';
import { dayColumns, type StoredDay } from './group-days.ts';
import { prepared } from './prepared.ts';

/** A group's day as a centre's pages show it: the aggregate with its sums. */
export interface CentreDay extends StoredDay {
  readonly peakBooked: number;
  readonly placeMinutes: number;
  readonly bookedMinutes: number;
  readonly attendedMinutes: number;
}

const daysOfCentre = prepared<{ centreId: number; from: PlainDate; to: PlainDate }, CentreDay[]>(
  ({ db, t }) =>
    db
      .select({
        ...dayColumns(t),
        peakBooked: t.groupDay.peakBooked,
        placeMinutes: t.groupDay.placeMinutes,
        bookedMinutes: t.groupDay.bookedMinutes,
        attendedMinutes: t.groupDay.attendedMinutes,
      })
      .from(t.groupDay)
      .innerJoin(t.careGroup, eq(t.careGroup.id, t.groupDay.groupId))
      .where(
        and(
          eq(t.careGroup.centreId, sql.placeholder('centreId')),
          between(t.groupDay.date, sql.placeholder('from'), sql.placeholder('to')),
        ),
      )
      .orderBy(asc(t.groupDay.date), asc(t.groupDay.groupId)),
);

/** The days of all groups of a centre, by date and group. */
export function listCentreDays(
  tx: Reading,
  centreId: number,
  range: { from: PlainDate; to: PlainDate },
): Promise<CentreDay[]> {
  return daysOfCentre(tx, { centreId, from: range.from, to: range.to });
}

/** A booking on the board of a day, with whom it is for and who collected the child. */
export interface BoardBooking extends Booking {
  readonly childName: string;
  readonly skillsNeeded: readonly string[];
  readonly collector: string | null;
}

type Named = Pick<BoardBooking, 'id' | 'childName' | 'skillsNeeded' | 'collector'>;

const namesOfDay = prepared<{ centreId: number; date: PlainDate }, Named[]>(({ db, t }) =>
  db
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
    .where(
      and(eq(t.careGroup.centreId, sql.placeholder('centreId')), eq(t.booking.date, sql.placeholder('date'))),
    )
    .orderBy(asc(t.booking.fromHalfHour), asc(t.booking.id)),
);

/** Every booking of a centre on a day, cancelled ones too. */
export async function listBoardBookings(
  tx: Reading,
  centreId: number,
  date: PlainDate,
): Promise<BoardBooking[]> {
  const bookings = new Map(
    (await listBookings(tx, { centreId, from: date, to: date })).map((each) => [each.id, each]),
  );
  return (await namesOfDay(tx, { centreId, date })).flatMap((row) => {
    const booking = bookings.get(row.id);
    return booking ? [{ ...booking, ...row }] : [];
  });
}
