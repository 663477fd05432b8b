import { addMinutes, plainDate } from '../../src/domain/calendar.ts';
import type { Actor } from '../../src/domain/people.ts';
import { insertRescue, insertRescueAnswers } from '../../src/data/rescues.ts';
import { insertStandBy } from '../../src/data/stand-bys.ts';
import { insertReleaseRequest } from '../../src/data/unused-hours.ts';
import { makeFeed } from '../../src/use-cases/calendar-feeds.ts';
import type { World } from './world.ts';

/** A family that stands by and is asked, is asked about unused hours, and has a calendar: rows only, nothing is held. */
export async function addRescue(
  world: World,
  guardian: Actor,
  { childId, groupId }: { childId: number; groupId: number },
) {
  const date = plainDate('2027-02-10');
  const hours = { fromHalfHour: 17, toHalfHour: 33 };
  const { now } = world;
  const ids = await world.insert(async (tx) => {
    const standById = await insertStandBy(tx, {
      childId,
      groupId,
      date,
      ...hours,
      takeUntilMinute: null,
      createdAt: now,
    });
    const rescueId = await insertRescue(tx, {
      groupId,
      date,
      ...hours,
      openedAt: now,
      closesAt: addMinutes(now, 60),
      closedAt: null,
      bookingId: null,
      freedMinutes: 480,
      rescuedMinutes: 0,
    });
    await insertRescueAnswers(tx, [{ rescueId, standById, askedAt: now, answer: null, score: [0, 0, 0, 0] }]);
    const requestId = await insertReleaseRequest(tx, {
      childId,
      groupId,
      weekday: 'tue',
      ...hours,
      askedAt: now,
    });
    return { standById, rescueId, requestId };
  });
  let token = '';
  await world.act(guardian, makeFeed, { keep: (made) => void (token = made.token) });
  return { ...ids, token };
}
