import { dayRefusal, firstOpenHalfHour } from '../domain/admittance.ts';
import type { PlainDate } from '../domain/calendar.ts';
import { eligibilityReason } from '../domain/eligibility.ts';
import { horizonOf } from '../domain/horizon.ts';
import { refuse } from '../domain/refusal.ts';
import { lengthReason, MINUTES_PER_HALF_HOUR, type Slot } from '../domain/slots.ts';
import { findOccupiedDates } from '../data/bookings.ts';
import { listEnrolments } from '../data/enrolments.ts';
import { insertEvent } from '../data/events.ts';
import { findDays } from '../data/group-days.ts';
import { findStandBy, endStandBys, insertStandBy, listStandBys } from '../data/stand-bys.ts';
import { groupToBook, lockChildToBook } from './bookings.ts';
import { authorOf, todayOf, type Work } from './perform.ts';

export interface StandByWish {
  readonly childId: number;
  readonly groupId: number;
  readonly date: PlainDate;
  readonly slot: Slot;
  /** Minute of the day until which the family takes the hours without being asked; null: it is asked. */
  readonly takeUntilMinute: number | null;
}

/** Why a stay could be booked now, or not; only what is full is worth standing by for. */
async function checkDay(work: Work, wish: StandByWish, weight: number, skills: string[]): Promise<void> {
  const { tx, now } = work;
  const { groupId, date, slot, childId } = wish;
  const group = await groupToBook(work, groupId);
  const [day] = await findDays(tx, { groupId, from: date, to: date });
  const refused = dayRefusal(day, {
    date,
    // What has begun today can still be rescued from now on.
    slot: { from: Math.max(slot.from, firstOpenHalfHour(date, now)), to: slot.to },
    need: { weight, skills },
    now,
    booked: (await findOccupiedDates(tx, childId, date, date)).has(date),
    deadline: group,
    byStaff: true,
  });
  // There is room: booking at once is better than waiting for it.
  if (!refused) refuse('invalid', { errors: [{ field: 'date', reason: 'invalid', detail: 'free' }] });
  if (refused.reason !== 'full') refuse(refused.reason);
}

/**
 * A family would come on a single day if hours became free. Refused as a booking is (length, category, age, skill,
 * enrolment, past, horizon, closed, hours, booked already); `already_waiting` for a second one of the same day and
 * group; `invalid` with the detail `free` while there is room, and for a time to take it until that is not before the
 * stay.
 */
export async function standBy(work: Work, wish: StandByWish): Promise<{ id: number }> {
  const { tx, now, actor } = work;
  const { childId, groupId, date, slot, takeUntilMinute } = wish;
  const child = await lockChildToBook(work, childId);
  const group = await groupToBook(work, groupId);
  const length = lengthReason(slot);
  if (length) refuse(length);
  const reason = eligibilityReason(child, group, await listEnrolments(tx, childId, groupId), date);
  if (reason) refuse(reason);
  if (date < todayOf(work) || firstOpenHalfHour(date, now) >= slot.to) refuse('past');
  if (date > horizonOf(todayOf(work))) refuse('beyond_horizon');
  if (takeUntilMinute !== null && takeUntilMinute > slot.from * MINUTES_PER_HALF_HOUR)
    refuse('invalid', { errors: [{ field: 'takeUntil', reason: 'invalid' }] });
  const others = await listStandBys(tx, groupId, date);
  if (others.some((other) => other.childId === childId)) refuse('already_waiting');
  await checkDay(work, wish, child.supportWeight, child.skillsNeeded);
  const id = await insertStandBy(tx, {
    childId,
    groupId,
    date,
    fromHalfHour: slot.from,
    toHalfHour: slot.to,
    takeUntilMinute,
    createdAt: now,
    createdBy: authorOf(actor),
    endedAt: null,
  });
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'standby.made',
    centreId: group.centreId,
    groupId,
    childId,
    data: { standById: id, date, ...slot, takeUntilMinute },
  });
  return { id };
}

/** The family stands by no more. A repeat gives the first answer; another family's is `missing`. */
export async function endStandBy(work: Work, { standById }: { standById: number }): Promise<{ id: number }> {
  const { tx, now, actor } = work;
  const seen = (await findStandBy(tx, standById)) ?? refuse('missing');
  await lockChildToBook(work, seen.childId);
  if ((await findStandBy(tx, standById))?.endedAt !== null) return { id: standById };
  await endStandBys(tx, [standById], now);
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'standby.ended',
    groupId: seen.groupId,
    childId: seen.childId,
    data: { standById },
  });
  return { id: standById };
}
