import { addDays, addMinutes, weekdayOf, type PlainDate, type Weekday } from '../domain/calendar.ts';
import { isLate } from '../domain/deadline.ts';
import { refuse } from '../domain/refusal.ts';
import { formatTime } from '../domain/slots.ts';
import { ASK_AGAIN_WEEKS, isHabit, START_UNUSED_WEEKS, type WeekdayUse } from '../domain/unused-hours.ts';
import { listBookings, type Booking } from '../data/bookings.ts';
import { listChildrenById } from '../data/children.ts';
import type { Reading } from '../data/database.ts';
import { insertEvent } from '../data/events.ts';
import { lockDayKeys } from '../data/group-days.ts';
import { listGroups, type Group } from '../data/groups.ts';
import {
  answerReleaseRequest,
  findReleaseRequest,
  insertReleaseRequest,
  listRequestsSince,
  listUses,
} from '../data/unused-hours.ts';
import { lockChildToBook } from './bookings.ts';
import { cancelBooking } from './cancellations.ts';
import { tellFamilies } from './families.ts';
import { authorOf, todayOf, type Work } from './perform.ts';

const FAR = '9999-12-31' as PlainDate;

interface Habit extends WeekdayUse {
  readonly childId: number;
  readonly groupId: number;
  readonly weekday: Weekday;
}

/** How each child used each weekday in the last weeks; a day on which it came after all is used. */
async function listHabits(
  tx: Reading,
  groups: readonly Group[],
  today: PlainDate,
  weeks: number,
): Promise<Habit[]> {
  const byId = new Map(groups.map((group) => [group.id, group]));
  const range = { from: addDays(today, -7 * weeks), to: addDays(today, -1) };
  const days = new Map<string, Omit<Habit, 'booked' | 'unused'> & { unused: boolean }>();
  for (const use of await listUses(tx, [...byId.keys()], range)) {
    const { childId, groupId, date, cancelledAt } = use;
    const late = cancelledAt !== null && isLate(cancelledAt, date, byId.get(groupId)!);
    const unused = use.absence !== null || (use.cancelledBy === 'family' && late);
    // Cancelled in time, or by the centre: somebody else could have had the hours, or nobody could.
    if (!unused && use.cancelledBy !== null) continue;
    const key = `${childId} ${groupId} ${date}`;
    const other = days.get(key);
    days.set(key, {
      childId,
      groupId,
      weekday: weekdayOf(date),
      unused: unused && (other?.unused ?? true),
    });
  }
  const habits = Map.groupBy(days.values(), (day) => `${day.childId} ${day.groupId} ${day.weekday}`);
  return [...habits.values()].map((all) => {
    const { childId, groupId, weekday } = all[0]!;
    const unused = all.filter((day) => day.unused).length;
    return { childId, groupId, weekday, booked: all.length, unused };
  });
}

/** What a child still has booked on a weekday in a group, from tomorrow on. */
async function listAhead(
  tx: Reading,
  { childId, groupId, weekday }: Pick<Habit, 'childId' | 'groupId'> & { weekday: string },
  today: PlainDate,
): Promise<Booking[]> {
  const filter = { childIds: [childId], groupIds: [groupId], from: addDays(today, 1), to: FAR };
  const ahead = await listBookings(tx, { ...filter, occupying: true });
  return ahead.filter(({ date, state }) => state === 'booked' && weekdayOf(date) === weekday);
}

/**
 * Asks the families of a centre whether they still need hours that stay unused: of the last weeks (four unless told) at
 * least three of four times. Whoever was asked is left in peace for twelve weeks. Gives how many were asked; nothing is
 * cancelled without an answer.
 */
export async function askAboutUnusedHours(
  work: Work,
  { centreId, weeks = START_UNUSED_WEEKS }: { centreId: number; weeks?: number },
): Promise<number> {
  const { tx, now } = work;
  const today = todayOf(work);
  const groups = await listGroups(tx, centreId);
  const since = addMinutes(now, -ASK_AGAIN_WEEKS * 7 * 24 * 60);
  const requests = await listRequestsSince(
    tx,
    groups.map((group) => group.id),
    since,
  );
  const asked = new Set(requests.map((each) => `${each.childId} ${each.groupId} ${each.weekday}`));
  let count = 0;
  for (const habit of await listHabits(tx, groups, today, weeks)) {
    const { childId, groupId, weekday, unused, booked } = habit;
    if (!isHabit(habit, weeks) || asked.has(`${childId} ${groupId} ${weekday}`)) continue;
    const [next] = await listAhead(tx, habit, today);
    const [child] = await listChildrenById(tx, [childId]);
    if (!next || !child) continue;
    const id = await insertReleaseRequest(tx, {
      childId,
      groupId,
      weekday,
      fromHalfHour: next.from,
      toHalfHour: next.to,
      askedAt: now,
    });
    await insertEvent(tx, {
      at: now,
      by: null,
      kind: 'release.asked',
      centreId,
      groupId,
      childId,
      data: { requestId: id, weekday, unused, booked },
    });
    const claim = { childId, childName: child.name, centreId, date: next.date, arrived: false };
    await tellFamilies(work, [claim], {
      kind: 'release_request',
      data: {
        path: `/release-requests/${id}`,
        weekday,
        from: formatTime(next.from),
        to: formatTime(next.to),
        unused,
        times: booked,
      },
    });
    count++;
  }
  return count;
}

/**
 * The family gives its unused hours back, which cancels every later booking of that weekday in the group, or keeps them.
 * Refused: `missing` for another family's, `taken` when it has been answered.
 */
export async function answerRelease(
  work: Work,
  { requestId, answer }: { requestId: number; answer: 'released' | 'kept' },
): Promise<{ id: number; cancelled: number }> {
  const { tx, now, actor } = work;
  const seen = (await findReleaseRequest(tx, requestId)) ?? refuse('missing');
  await lockChildToBook(work, seen.childId);
  const request = (await findReleaseRequest(tx, requestId)) ?? refuse('missing');
  if (request.answer !== null) refuse('taken');
  const ahead = answer === 'released' ? await listAhead(tx, request, todayOf(work)) : [];
  await lockDayKeys(tx, ahead);
  for (const { id } of ahead) await cancelBooking(work, { bookingId: id });
  await answerReleaseRequest(tx, requestId, { answeredAt: now, answeredBy: authorOf(actor), answer });
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'release.answered',
    groupId: request.groupId,
    childId: request.childId,
    data: { requestId, answer, cancelled: ahead.length },
  });
  return { id: requestId, cancelled: ahead.length };
}
