import { addDays, type PlainDate } from '../domain/calendar.ts';
import { horizonOf } from '../domain/horizon.ts';
import { cleanName } from '../domain/names.ts';
import { worksAt } from '../domain/people.ts';
import { refuse } from '../domain/refusal.ts';
import { endEnrolments, listEnrolmentsAt } from '../data/enrolments.ts';
import { insertCancellations, listBookingClaims, lockChildren, releaseBookings } from '../data/claims.ts';
import { findChild } from '../data/children.ts';
import { insertEvent } from '../data/events.ts';
import { recountDays } from '../data/day-counts.ts';
import { lockDaysOfGroups } from '../data/group-days.ts';
import { listGroups } from '../data/groups.ts';
import { askFirst, listInTheWay, type Confirmation } from './confirmation.ts';
import { tellFamilies } from './families.ts';
import { keepForMatching } from './matching.ts';
import { authorOf, todayOf, type Work } from './perform.ts';

/** Why a child leaves a centre (domain.md, discharge grounds: to be checked). */
export const DISCHARGE_GROUNDS = [
  'own_application',
  'contraindication',
  'end_of_term',
  'age_limit',
  'transfer',
  'long_absence',
  'death',
  'breach',
] as const;
export type DischargeGround = (typeof DISCHARGE_GROUNDS)[number];

export interface DischargeWish {
  readonly centreId: number;
  readonly childId: number;
  /** The last day on which the child comes. */
  readonly lastDay: PlainDate;
  readonly ground: DischargeGround;
  /** Number of the order, as the journal of discharge asks for. */
  readonly order: string;
  readonly confirm?: Confirmation;
}

/**
 * Ends a child's enrolments at a centre on a day. What it has booked there afterwards is cancelled, once that list is
 * confirmed (`in_the_way`), and goes to the queue first. The place for good is what families wait for.
 */
export async function dischargeChild(
  work: Work,
  wish: DischargeWish,
): Promise<{ ended: number; cancelled: number; told: number }> {
  const { tx, now, actor } = work;
  const { centreId, childId, lastDay } = wish;
  if (!worksAt(actor, centreId)) refuse('missing');
  await lockChildren(tx, [childId]);
  const asCentre = { ...actor, role: 'centre_admin' as const, centreId };
  const child = (await findChild(tx, asCentre, childId, todayOf(work))) ?? refuse('missing');
  const order = cleanName(wish.order);
  if (order === undefined) refuse('invalid', { errors: [{ field: 'order', reason: 'invalid' }] });
  if (lastDay < todayOf(work)) refuse('past', { errors: [{ field: 'lastDay', reason: 'past' }] });
  if (lastDay > horizonOf(todayOf(work)))
    refuse('beyond_horizon', { errors: [{ field: 'lastDay', reason: 'beyond_horizon' }] });

  const groupIds = (await listGroups(tx, centreId)).map((group) => group.id);
  const span = { groupIds, from: addDays(lastDay, 1), to: horizonOf(todayOf(work)) };
  const bookings = (await listBookingClaims(tx, span)).filter((claim) => claim.childId === childId);
  const touched = [...new Set(bookings.map((booking) => booking.groupId))];
  const days = await lockDaysOfGroups(tx, touched, span);
  await askFirst(work, { bookings, holds: [] }, wish.confirm, listInTheWay);

  await releaseBookings(
    tx,
    bookings.map((booking) => ({ id: booking.id, releasedFrom: booking.from })),
  );
  await insertCancellations(
    tx,
    bookings.map((booking) => booking.id),
    { at: now, by: authorOf(actor), source: 'centre', closureId: null },
  );
  await keepForMatching(
    work,
    bookings.map(({ groupId, date, from, to, releasedFrom }) => ({
      groupId,
      date,
      from,
      to: releasedFrom ?? to,
      weight: child.supportWeight,
      childId: child.id,
    })),
  );
  const dates = new Set(bookings.map((booking) => `${booking.groupId} ${booking.date}`));
  await recountDays(
    tx,
    days.filter((day) => dates.has(`${day.groupId} ${day.date}`)),
  );
  const enrolments = await listEnrolmentsAt(tx, childId, groupIds, lastDay);
  await endEnrolments(
    tx,
    enrolments.map((enrolment) => enrolment.id),
    lastDay,
  );
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'child.discharged',
    centreId,
    childId,
    data: { lastDay, ground: wish.ground, order, enrolments: enrolments.length, cancelled: bookings.length },
  });
  // No message reaches a family that has lost its child.
  const concerned = { childId, childName: child.name, centreId, date: lastDay, arrived: false };
  if (wish.ground === 'death') return { ended: enrolments.length, cancelled: bookings.length, told: 0 };
  const told = await tellFamilies(work, [concerned], { kind: 'discharged', data: { lastDay } });
  return { ended: enrolments.length, cancelled: bookings.length, told };
}
