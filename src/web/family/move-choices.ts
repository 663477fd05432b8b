import { dayRefusal, type Refused } from '../../domain/admittance.ts';
import { addDays, datesBetween, type PlainDate } from '../../domain/calendar.ts';
import { eligibilityReason } from '../../domain/eligibility.ts';
import { occupied, without } from '../../domain/places.ts';
import { formatSlot, formatTime, type HalfHour, type Slot } from '../../domain/slots.ts';
import { findOccupiedDates } from '../../data/bookings.ts';
import { listEnrolments } from '../../data/enrolments.ts';
import { findDays } from '../../data/group-days.ts';
import type { Context } from '../context.ts';
import { paths } from '../paths.ts';
import type { FamilyBooking } from './family-booking.ts';
import { dayWords } from './stay-line.ts';

const DAYS_AHEAD = 14;
/** So many beginnings of a day are offered, the nearest to the one wished; the form has all of them. */
const MOST_A_DAY = 4;

/** Where choices begin: at the booking itself, or at what was wished and could not be. */
export interface MoveWish {
  readonly date: PlainDate;
  readonly from: HalfHour;
}

/** The group's days on which a stay of the same length could be: the day wished and the two weeks after it. */
export async function readMoves(context: Context, { booking, child }: FamilyBooking, from: PlainDate) {
  const to = addDays(from, DAYS_AHEAD);
  return await context.database.read(async (tx) => ({
    days: new Map((await findDays(tx, { groupId: booking.groupId, from, to })).map((day) => [day.date, day])),
    taken: await findOccupiedDates(tx, child.id, from, to),
    enrolments: await listEnrolments(tx, child.id, booking.groupId),
  }));
}

type Moves = Awaited<ReturnType<typeof readMoves>>;

/** Why the booking cannot go to another slot of its group, if so: what the change itself would say (changeBooking). */
export function moveRefusal(
  { booking, child, group }: FamilyBooking,
  { days, taken, enrolments }: Moves,
  date: PlainDate,
  slot: Slot,
  now: Context['now'],
): Refused | undefined {
  const reason = eligibilityReason(child, group, enrolments, date);
  if (reason) return { reason };
  const day = days.get(date);
  const own = date === booking.date ? occupied(booking) : undefined;
  const other = taken.get(date);
  return dayRefusal(day && own ? without(day, { ...own, weight: booking.weight }) : day, {
    date,
    slot,
    need: { weight: child.supportWeight, skills: child.skillsNeeded },
    now,
    booked: other !== undefined && other !== booking.id,
    deadline: group,
    byStaff: false,
  });
}

/** Days with the beginnings that are free for the whole stay, each one tap away from being checked. */
export function moveChoices(seen: FamilyBooking, moves: Moves, wish: MoveWish, { now, today, t }: Context) {
  const { booking } = seen;
  const length = booking.to - booking.from;
  return datesBetween(wish.date, addDays(wish.date, DAYS_AHEAD)).flatMap((date) => {
    const day = moves.days.get(date);
    if (!day || day.opensAt === null || day.closesAt === null) return [];
    const starts: number[] = [];
    for (let from = day.opensAt; from + length <= day.closesAt; from++) {
      if (date === booking.date && from === booking.from) continue;
      if (!moveRefusal(seen, moves, date, { from, to: from + length }, now)) starts.push(from);
    }
    const near = (from: number) => Math.abs(from - wish.from);
    const offered = starts.toSorted((a, b) => near(a) - near(b) || a - b).slice(0, MOST_A_DAY);
    if (offered.length === 0) return [];
    return [
      {
        day: dayWords(date, today, t),
        times: offered
          .toSorted((a, b) => a - b)
          .map((from) => ({
            text: formatSlot({ from, to: from + length }),
            href: paths.bookingMove(booking.id, date, formatTime(from)),
          })),
      },
    ];
  });
}
