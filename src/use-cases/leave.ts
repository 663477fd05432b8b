import { datesBetween, maxOf, weekdayOf, type PlainDate } from '../domain/calendar.ts';
import type { LeaveKind } from '../domain/lapses.ts';
import { cleanName } from '../domain/names.ts';
import { refuse } from '../domain/refusal.ts';
import type { Reading } from '../data/database.ts';
import { insertEvent } from '../data/events.ts';
import { listExpected } from '../data/expected.ts';
import { listDaysOf } from '../data/group-days.ts';
import { listGroups } from '../data/groups.ts';
import {
  findLeave,
  findStaff,
  insertLeave,
  leaveHolds,
  listLeaveOf,
  listStaff,
  lockStaff,
  putLeaveDecision,
  type Leave,
  type Staff,
} from '../data/staff.ts';
import { refuseErrors } from './administration.ts';
import { authorOf, todayOf, type Work } from './perform.ts';
import { shortagesOf } from './publication.ts';
import { restaffCentre, type Restaffed } from './restaff-centre.ts';
import { restaffedDays } from './restaffing.ts';
import { staffToAdminister } from './staff-register.ts';

/** Leave longer than a year is two. */
const LONGEST_DAYS = 366;

/** Whoever administers the centre asks for anybody's leave there, everybody for their own. */
async function contractToAskFor(work: Work, staffId: number): Promise<Staff> {
  const staff = await findStaff(work.tx, staffId);
  const own = staff !== undefined && staff.personId !== null && staff.personId === work.actor.personId;
  return own ? staff : await staffToAdminister(work, staffId);
}

/** Asks for leave of somebody: it holds once it is approved. Refuses days that are asked for or granted already. */
export async function requestLeave(
  work: Work,
  wish: {
    readonly staffId: number;
    readonly startsOn: PlainDate;
    readonly endsOn: PlainDate;
    readonly kind: LeaveKind;
  },
): Promise<{ id: number }> {
  const { tx, now, actor } = work;
  const { staffId, startsOn, endsOn, kind } = wish;
  const staff = await contractToAskFor(work, staffId);
  refuseErrors([
    ...(endsOn < startsOn ? [{ field: 'endsOn', reason: 'invalid' } as const] : []),
    ...(endsOn >= startsOn && datesBetween(startsOn, endsOn).length > LONGEST_DAYS
      ? [{ field: 'endsOn', reason: 'too_wide' } as const]
      : []),
  ]);
  await lockStaff(tx, staffId);
  const standing = (await listLeaveOf(tx, [staffId], { from: startsOn, to: endsOn })).filter(
    (each) => leaveHolds(each) || each.outcome === null,
  );
  if (standing.length > 0) refuse('invalid', { errors: [{ field: 'startsOn', reason: 'taken' }] });
  const id = await insertLeave(tx, {
    staffId,
    startsOn,
    endsOn,
    kind,
    requestedAt: now,
    requestedBy: authorOf(actor),
  });
  const { centreId } = staff;
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'leave.requested',
    centreId,
    data: { leaveId: id, staffId },
  });
  return { id };
}

/** What somebody's absence on a day would mean. */
export interface LeaveConflict {
  readonly date: PlainDate;
  /** A skill that nobody else would bring that day; null where it is the number of staff. */
  readonly skill: string | null;
  /** Children with a stay on that day who are touched. */
  readonly children: number;
  /** Half-hours that fall short on a published day; 0 where no roster is published yet. */
  readonly halfHours: number;
}

/** Whether somebody else with a skill works that weekday and is not away. */
function hasOther(
  date: PlainDate,
  skill: string,
  who: Staff,
  staff: readonly Staff[],
  leave: readonly Leave[],
): boolean {
  return staff.some(
    (other) =>
      other.id !== who.id &&
      other.skills.includes(skill) &&
      other.startsOn <= date &&
      (other.endsOn === null || other.endsOn >= date) &&
      other.availability[weekdayOf(date)] !== undefined &&
      !leave.some((each) => each.staffId === other.id && each.startsOn <= date && date <= each.endsOn),
  );
}

/**
 * What leave would leave behind, day by day from today on, before it is approved: on published days the half-hours that
 * newly fall short and the children then; on others a skill that nobody else could bring, with all the children booked.
 */
export async function conflictsOf(
  tx: Reading,
  leave: Pick<Leave, 'staffId' | 'startsOn' | 'endsOn'>,
  at: Pick<Work, 'now'>,
): Promise<LeaveConflict[]> {
  const who = await findStaff(tx, leave.staffId);
  const from = maxOf([leave.startsOn, todayOf(at)]);
  if (!who || leave.endsOn < from) return [];
  const span = { from, to: leave.endsOn };
  const groupIds = (await listGroups(tx, who.centreId)).map((group) => group.id);
  const days = await listDaysOf(tx, { groupIds, ...span });
  const expected = await listExpected(tx, { groupIds, ...span });
  const changed = await restaffedDays(tx, days, { away: [leave] });
  const before = shortagesOf(
    at,
    changed.map((day) => day.before),
    expected,
  );
  const short = (shortages: typeof before, date: PlainDate) => shortages.filter((each) => each.date === date);
  const after = shortagesOf(
    at,
    changed.map((day) => day.after),
    expected,
  );
  const staff = await listStaff(tx, who.centreId, span);
  const held = (
    await listLeaveOf(
      tx,
      staff.map((each) => each.id),
      span,
    )
  ).filter(leaveHolds);
  const published = new Set(changed.map((day) => day.after.date));
  return datesBetween(from, leave.endsOn).flatMap((date): LeaveConflict[] => {
    if (published.has(date)) {
      const known = new Set(
        short(before, date).flatMap((each) => each.halfHours.map((half) => `${each.groupId} ${half}`)),
      );
      const fresh = short(after, date).flatMap((each) => {
        const halfHours = each.halfHours.filter((half) => !known.has(`${each.groupId} ${half}`));
        return halfHours.length === 0 ? [] : [{ ...each, halfHours }];
      });
      if (fresh.length === 0) return [];
      const children = new Set(fresh.flatMap((each) => each.childIds)).size;
      const halfHours = new Set(fresh.flatMap((each) => each.halfHours)).size;
      const skill =
        who.skills.find((each) => fresh.some((shortage) => shortage.skills.includes(each))) ?? null;
      return [{ date, skill, children, halfHours }];
    }
    const children = expected.filter((stay) => stay.date === date).length;
    if (children === 0 || who.availability[weekdayOf(date)] === undefined) return [];
    return who.skills
      .filter((skill) => !hasOther(date, skill, who, staff, held))
      .map((skill) => ({ date, skill, children, halfHours: 0 }));
  });
}

/**
 * Approves, refuses or withdraws leave. Approved leave takes effect on published days at once: the person is not counted
 * any more, nothing is cancelled, and families are told where a day falls short. Refuses `stale` what is decided already;
 * only what was approved can be withdrawn, and it is the centre's own.
 */
export async function decideLeave(
  work: Work,
  input: {
    readonly staffId: number;
    readonly leaveId: number;
    readonly outcome: 'approved' | 'refused' | 'withdrawn';
    readonly note?: string | null;
  },
): Promise<Restaffed> {
  const { tx, now, actor } = work;
  const { staffId, leaveId, outcome } = input;
  const staff = await staffToAdminister(work, staffId);
  const seen = (await findLeave(tx, leaveId)) ?? refuse('missing');
  if (seen.staffId !== staffId) refuse('missing');
  const { centreId } = staff;
  const span = { centreId, from: seen.startsOn, to: seen.endsOn };
  return await restaffCentre(work, span, async () => {
    // The person's own word waits for the same lock.
    await lockStaff(tx, staffId);
    const leave = (await findLeave(tx, leaveId)) ?? refuse('missing');
    const open = leave.requestedAt !== null && leave.outcome === null;
    if (outcome === 'withdrawn' ? !(leaveHolds(leave) || open) : !open)
      refuse('stale', { current: { outcome: leave.outcome } });
    await putLeaveDecision(tx, {
      leaveId,
      at: now,
      by: authorOf(actor),
      outcome,
      note: input.note ? (cleanName(input.note) ?? null) : null,
    });
    await insertEvent(tx, {
      at: now,
      by: authorOf(actor),
      kind: 'leave.decided',
      centreId,
      data: { leaveId, staffId, outcome },
    });
  });
}
