import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { addDays, addMinutes, instantAt, plainDate } from '../../src/domain/calendar.ts';
import { SYSTEM } from '../../src/domain/people.ts';
import type { Database, Reading } from '../../src/data/database.ts';
import { listMatchingHolds, listOffers } from '../../src/data/offers.ts';
import { findJob, finishJob, leaseJobs, planJob } from '../../src/data/planned-jobs.ts';
import { runAll, startRunner } from '../../src/jobs/runner.ts';
import { bookSlot } from '../../src/use-cases/bookings.ts';
import { cancelBooking } from '../../src/use-cases/cancellations.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { matchGroup } from '../../src/use-cases/matching.ts';
import { joinWaitingList } from '../../src/use-cases/waiting-list.ts';
import { silentLog } from '../support/queue.ts';
import { World } from '../support/world.ts';

const DATE = plainDate('2027-03-02');
const SLOT = { from: 17, to: 35 };

let world: World;
let groupId: number;

beforeEach(async () => {
  world = await World.create();
  groupId = await world.group(await world.centre(), { room: 1 });
});
afterEach(() => world[Symbol.asyncDispose]());

const runner = () => ({ database: world.database, clock: () => world.now, log: silentLog });
const read = <T>(query: (tx: Reading) => Promise<T>) => world.database.read(query);
const live = () => read((tx) => listOffers(tx, { groupIds: [groupId], live: true }));
const held = () => read((tx) => listMatchingHolds(tx, groupId));

async function family() {
  const guardian = await world.guardian();
  return { guardian, childId: await world.child(guardian) };
}

async function waits(date = DATE) {
  const { guardian, childId } = await family();
  await world.act(guardian, joinWaitingList, {
    childId,
    pattern: { kind: 'dates', dates: { [date]: [17, 35] } },
    startsOn: date,
    choices: [groupId],
    minimumMinutesPerWeek: null,
    tolerance: null,
  });
  return { guardian, childId };
}

/** Somebody has the one place, one waits, and the place is given up. */
async function freed() {
  const { guardian, childId } = await family();
  const { id } = await world.act(guardian, bookSlot, { childId, groupId, date: DATE, slot: SLOT });
  const waiting = await waits();
  await runAll(runner());
  await world.act(guardian, cancelBooking, { bookingId: id });
  return waiting;
}

describe('the job runner', () => {
  test('what is freed is held until the job has looked, then offered', async () => {
    await freed();
    expect(await held()).toMatchObject([{ date: DATE, ...SLOT }]);
    await runAll(runner());
    expect(await held()).toEqual([]);
    expect(await live()).toHaveLength(1);
  });

  test('what was held in the evening is let go of after midnight, and its day is counted anew', async () => {
    const date = plainDate('2027-02-09');
    const { guardian, childId } = await family();
    const { id } = await world.act(guardian, bookSlot, { childId, groupId, date, slot: SLOT });
    await waits(date);
    await runAll(runner());
    world.now = instantAt(date, 9 * 60);
    await world.act(guardian, cancelBooking, { bookingId: id });
    expect(await held()).toHaveLength(1);
    world.now = instantAt(addDays(date, 1), 1);
    await runAll(runner());
    expect(await held()).toEqual([]);
    expect(await checkData(world.database, world.now)).toEqual([]);
  });

  test('a job taken by a process that died is done by another after a minute', async () => {
    await freed();
    await world.insert((tx) => leaseJobs(tx, world.now, addMinutes(world.now, 1), 10));
    await runAll(runner());
    expect(await live()).toEqual([]);
    world.now = addMinutes(world.now, 1);
    await runAll(runner());
    expect(await live()).toHaveLength(1);
  });

  test('two runners at once make one offer', async () => {
    await freed();
    await Promise.all([runAll(runner()), runAll(runner())]);
    expect(await live()).toHaveLength(1);
    expect(await checkData(world.database, world.now)).toEqual([]);
  });

  test('a matching that fails lets go of what was held, and is tried again', async () => {
    await freed();
    let failures = 0;
    const { database } = world;
    const failing: Database = {
      dialect: database.dialect,
      read: (work) => database.read(work),
      close: () => database.close(),
      write: (work) =>
        database.write(async (tx) => {
          const answer = await work(tx);
          const offers = await listOffers(tx, { groupIds: [groupId], live: true });
          if (offers.length === 0 || failures > 0) return answer;
          failures++;
          throw new Error('the disk said no');
        }),
    };
    await runAll({ ...runner(), database: failing });
    expect([failures, await held(), await live()]).toEqual([1, [], []]);
    world.now = addMinutes(world.now, 1);
    await runAll(runner());
    expect(await live()).toHaveLength(1);
    expect(await checkData(world.database, world.now)).toEqual([]);
  });

  test('after a night of downtime everything overdue ends once, in small transactions', async () => {
    const count = 25;
    const groups: number[] = [];
    const centreId = await world.centre();
    for (let each = 0; each < count; each++) {
      groupId = await world.group(centreId, { room: 1 });
      groups.push(groupId);
      await waits();
    }
    await runAll(runner());
    const all = () => read((tx) => listOffers(tx, { groupIds: groups, live: true }));
    expect(await all()).toHaveLength(count);
    world.now = addMinutes(world.now, 4 * 24 * 60);
    const writes = vi.spyOn(world.database, 'write');
    await Promise.all([runAll(runner()), runAll(runner())]);
    expect(writes.mock.calls.length).toBeGreaterThanOrEqual(count);
    expect(await all()).toEqual([]);
    expect(await checkData(world.database, world.now)).toEqual([]);
  });

  test('a job planned again while it runs is run again', async () => {
    const now = world.now;
    await world.insert(async (tx) => planJob(tx, { kind: 'match', key: String(groupId), runAt: now }));
    const [job] = await world.insert((tx) => leaseJobs(tx, now, addMinutes(now, 1), 1));
    await world.insert(async (tx) => planJob(tx, { kind: 'match', key: String(groupId), runAt: now }));
    await world.insert((tx) => finishJob(tx, job!));
    expect(await read((tx) => findJob(tx, 'match', String(groupId)))).toMatchObject({ runAt: now });
  });

  test('it starts, works by itself and stops', async () => {
    await freed();
    const running = startRunner(runner());
    await expect.poll(async () => (await live()).length, { timeout: 30_000 }).toBe(1);
    await running.stop();
    expect(await world.act(SYSTEM, matchGroup, { groupId })).toEqual({ offerIds: [] });
  });

  test('with much to do it lets pages in after every transaction', async () => {
    const centreId = await world.centre();
    const groups: number[] = [];
    for (let each = 0; each < 6; each++) groups.push(await world.group(centreId, { room: 1 }));
    await world.database.write(async (tx) => {
      for (const id of groups) planJob(tx, { kind: 'match', key: String(id), runAt: world.now });
    });
    // What waits for its turn, as a socket does, is counted before every transaction.
    let turns = 0;
    let counting = true;
    const count = () => {
      turns += 1;
      if (counting) setImmediate(count);
    };
    setImmediate(count);
    const seen: number[] = [];
    const { database } = world;
    const watched: Database = {
      ...database,
      write(work) {
        seen.push(turns);
        return database.write(work);
      },
    };
    const waiting = async () =>
      (await Promise.all(groups.map((id) => read((tx) => findJob(tx, 'match', String(id)))))).filter(Boolean);
    const running = startRunner({ ...runner(), database: watched });
    await expect.poll(async () => (await waiting()).length, { timeout: 30_000 }).toBe(0);
    await running.stop();
    counting = false;
    // The clock's look and the taking of the jobs come first, each job after a turn of its own.
    const jobs = seen.slice(-groups.length);
    expect(new Set(jobs).size, seen.join(', ')).toBe(groups.length);
  });
});
