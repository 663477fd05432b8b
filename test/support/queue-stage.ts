import { addMinutes, plainDate } from '../../src/domain/calendar.ts';
import type { Actor } from '../../src/domain/people.ts';
import type { Pattern } from '../../src/domain/pattern.ts';
import { listOffers } from '../../src/data/offers.ts';
import { runAll } from '../../src/jobs/runner.ts';
import { bookSeries } from '../../src/use-cases/booking-series.ts';
import { joinWaitingList } from '../../src/use-cases/waiting-list.ts';
import { silentLog } from './queue.ts';
import type { World } from './world.ts';

export const MARCH = plainDate('2027-03-01');
/** Mondays and Wednesdays, 08:30–13:30. */
export const DAYS: Pattern = { kind: 'weekly', days: { mon: [17, 27], wed: [17, 27] } };
export const DAYS_TEXT = JSON.stringify({ mon: ['08:30', '13:30'], wed: ['08:30', '13:30'] });

export const jobs = (world: World) =>
  runAll({ database: world.database, clock: () => world.now, log: silentLog });

/** A child joins the waiting list, a minute after whoever came before. */
export async function waitsFor(
  world: World,
  guardian: Actor,
  childId: number,
  choices: readonly number[],
  pattern: Pattern = DAYS,
): Promise<number> {
  const wish = { pattern, startsOn: MARCH, choices, minimumMinutesPerWeek: null, tolerance: null };
  const { id } = await world.act(guardian, joinWaitingList, { childId, ...wish });
  world.now = addMinutes(world.now, 1);
  return id;
}

/** Another family with a child, whose name is said so that a page which tells it is found out. */
export async function otherFamily(world: World): Promise<{ guardian: Actor; childId: number }> {
  const guardian = await world.guardian();
  return { guardian, childId: await world.child(guardian) };
}

/** Another child has a place at these hours from March on, for as long as places are given. */
export async function taken(world: World, groupId: number, pattern: Pattern): Promise<void> {
  const { guardian, childId } = await otherFamily(world);
  const series = { childId, groupId, pattern, startsOn: MARCH, endsOn: plainDate('2028-02-28') };
  await world.act(guardian, bookSeries, { ...series, ifFull: 'refuse_all' });
}

export const liveOffers = (world: World, groupId: number) =>
  world.database.read((tx) => listOffers(tx, { groupIds: [groupId], live: true }));
