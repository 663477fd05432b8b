import { firstOpenHalfHour, dayRefusal } from '../domain/admittance.ts';
import type { PlainDate } from '../domain/calendar.ts';
import { isLate } from '../domain/deadline.ts';
import { eligibilityReason } from '../domain/eligibility.ts';
import { holdsOn, worksAt } from '../domain/people.ts';
import { occupied, without } from '../domain/places.ts';
import { refuse } from '../domain/refusal.ts';
import { lengthReason, type Slot } from '../domain/slots.ts';
import { findBooking, findOccupiedDates, type Booking } from '../data/bookings.ts';
import { insertBooking, moveBooking } from '../data/booking-edits.ts';
import { lockChild, mayBookFor, type Child } from '../data/children.ts';
import { listEnrolments } from '../data/enrolments.ts';
import { insertEvent } from '../data/events.ts';
import { recountDays } from '../data/day-counts.ts';
import { lockDayKeys } from '../data/group-days.ts';
import { findGroup, type Group } from '../data/groups.ts';
import { authorOf, todayOf, type Work } from './perform.ts';

export interface SlotWish {
  readonly childId: number;
  readonly groupId: number;
  readonly date: PlainDate;
  readonly slot: Slot;
  /** What brought it about, where it was not somebody's own wish. */
  readonly source?: 'rescue';
}

/** The child's lock and the right to book for it: another family's child is the same `missing` as an absent one. */
export async function lockChildToBook(work: Work, childId: number): Promise<Child> {
  const child = await lockChild(work.tx, childId);
  if (!child || !(await mayBookFor(work.tx, work.actor, childId, todayOf(work)))) refuse('missing');
  return child;
}

export async function groupToBook(work: Work, groupId: number): Promise<Group> {
  const group = await findGroup(work.tx, groupId);
  if (!group) refuse('missing');
  // Staff book into their own centre only.
  if (work.actor.role !== 'guardian' && !worksAt(work.actor, group.centreId)) refuse('missing');
  return group;
}

/** Refuses a child that may not attend the group on that date; gives the enrolment under which it comes, if any. */
async function checkEligible(
  work: Work,
  child: Child,
  group: Group,
  date: PlainDate,
): Promise<number | null> {
  const enrolments = await listEnrolments(work.tx, child.id, group.id);
  const reason = eligibilityReason(child, group, enrolments, date);
  if (reason) refuse(reason);
  return enrolments.find((enrolment) => holdsOn(enrolment, date))?.id ?? null;
}

const needOf = (child: Child) => ({ weight: child.supportWeight, skills: child.skillsNeeded });

/**
 * Books one slot for a child. Refuses in the order of docs/api.md: length, category, age, skill, enrolment, past,
 * horizon, closed, outside_hours, locked, already_booked, full (with the half-hours).
 */
export async function bookSlot(work: Work, wish: SlotWish): Promise<{ id: number; late: boolean }> {
  const { tx, now, actor } = work;
  const { childId, groupId, date, slot } = wish;
  const child = await lockChildToBook(work, childId);
  const group = await groupToBook(work, groupId);
  const length = lengthReason(slot);
  if (length) refuse(length);
  const enrolmentId = await checkEligible(work, child, group, date);

  const [day] = await lockDayKeys(tx, [{ groupId, date }]);
  const booked = (await findOccupiedDates(tx, childId, date, date)).has(date);
  const byStaff = actor.role !== 'guardian';
  const refused = dayRefusal(day, { date, slot, need: needOf(child), now, booked, deadline: group, byStaff });
  if (refused) refuse(refused.reason, refused.fullAt && { fullAt: refused.fullAt });

  const late = isLate(now, date, group);
  const id = await insertBooking(tx, {
    childId,
    groupId,
    date,
    ...slot,
    weight: child.supportWeight,
    late,
    seriesId: null,
    enrolmentId,
    bookedAt: now,
    bookedBy: authorOf(actor),
  });
  await recountDays(tx, [day!]);
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'booking.made',
    centreId: group.centreId,
    groupId,
    childId,
    bookingId: id,
    data: { date, ...slot, ...(wish.source && { source: wish.source }) },
  });
  return { id, late };
}

/** Loads a booking under its child's lock for somebody who may change it; everybody else gets `missing`. */
export async function lockBooking(work: Work, bookingId: number): Promise<Booking> {
  const { tx, actor } = work;
  const seen = await findBooking(tx, bookingId);
  if (!seen) refuse('missing');
  await lockChild(tx, seen.childId);
  const allowed =
    actor.role === 'guardian'
      ? await mayBookFor(tx, actor, seen.childId, todayOf(work))
      : worksAt(actor, seen.centreId);
  if (!allowed) refuse('missing');
  // Read again under the lock: it may have changed while this operation waited.
  return (await findBooking(tx, bookingId)) ?? refuse('missing');
}

export interface BookingChange {
  readonly bookingId: number;
  readonly groupId?: number;
  readonly date?: PlainDate;
  readonly slot: Slot;
}

/**
 * Puts a booking at another time, day or group under the same id, all or nothing, before arrival. A stay that has begun
 * keeps its day, group and beginning: only its end may move, and not into the past.
 */
export async function changeBooking(
  work: Work,
  change: BookingChange,
): Promise<{ id: number; late: boolean }> {
  const { tx, now, actor } = work;
  const booking = await lockBooking(work, change.bookingId);
  if (booking.state !== 'booked') refuse('stale');
  const { slot } = change;
  const groupId = change.groupId ?? booking.groupId;
  const date = change.date ?? booking.date;
  const child = await lockChild(tx, booking.childId);
  if (!child) refuse('missing');
  const group = await groupToBook(work, groupId);
  const length = lengthReason(slot);
  if (length) refuse(length);
  const enrolmentId = await checkEligible(work, child, group, date);

  const begun = booking.from < firstOpenHalfHour(booking.date, now);
  const sameBeginning = groupId === booking.groupId && date === booking.date && slot.from === booking.from;
  if (begun && (!sameBeginning || slot.to < firstOpenHalfHour(date, now))) refuse('past');

  const days = await lockDayKeys(tx, [
    { groupId: booking.groupId, date: booking.date },
    { groupId, date },
  ]);
  const target = days.find((day) => day.groupId === groupId && day.date === date);
  const own = occupied(booking);
  const staysHere = groupId === booking.groupId && date === booking.date;
  const otherDates = await findOccupiedDates(tx, child.id, date, date);
  const occupyingId = otherDates.get(date);
  const refused = dayRefusal(
    target && staysHere && own ? without(target, { ...own, weight: booking.weight }) : target,
    {
      date,
      // What has elapsed is not asked for again.
      slot: begun ? { from: firstOpenHalfHour(date, now), to: slot.to } : slot,
      need: needOf(child),
      now,
      booked: occupyingId !== undefined && occupyingId !== booking.id,
      deadline: group,
      byStaff: actor.role !== 'guardian',
    },
  );
  if (refused) refuse(refused.reason, refused.fullAt && { fullAt: refused.fullAt });

  const late = isLate(now, date, group);
  await moveBooking(tx, booking.id, { groupId, date, ...slot, late, enrolmentId });
  await recountDays(tx, days);
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'booking.changed',
    centreId: group.centreId,
    groupId,
    childId: child.id,
    bookingId: booking.id,
    data: {
      from: { groupId: booking.groupId, date: booking.date, from: booking.from, to: booking.to },
      to: { groupId, date, ...slot },
    },
  });
  return { id: booking.id, late };
}
