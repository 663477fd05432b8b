import { expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { addDays, addMinutes, instantAt, plainDate } from '../../src/domain/calendar.ts';
import { START_TERMS } from '../../src/domain/waiting-list.ts';
import { findOrderRule, listOrderRules } from '../../src/data/order-rules.ts';
import { listMoves, listRanks } from '../../src/data/ranks.ts';
import { listUnmetDemand } from '../../src/data/unmet-demand.ts';
import { doChores } from '../../src/jobs/chores.ts';
import { runAll } from '../../src/jobs/runner.ts';
import { refreshRanksOfToday } from '../../src/use-cases/nightly-ranks.ts';
import { changeOrder, previewOrder } from '../../src/use-cases/order-rules.ts';
import { joinWaitingList } from '../../src/use-cases/waiting-list.ts';
import { silentLog } from '../support/queue.ts';
import { World } from '../support/world.ts';

const TODAY = plainDate('2027-02-03');

/** Two families wait, the second with a statutory class; the group is full of neither. */
async function queue(world: World) {
  const centreId = await world.centre();
  const groupId = await world.group(centreId, { room: 1 });
  const manager = await world.person('regional_manager', { regionCode: '75' });
  const entries: number[] = [];
  for (const priority of [0, 1]) {
    const guardian = await world.guardian();
    const childId = await world.child(guardian);
    await world.insert((tx) => tx.db.update(tx.t.child).set({ priority }).where(eq(tx.t.child.id, childId)));
    const { id } = await world.act(guardian, joinWaitingList, {
      childId,
      pattern: { kind: 'weekly', days: { mon: [17, 26], wed: [17, 26] } },
      startsOn: plainDate('2027-03-01'),
      choices: [groupId],
      minimumMinutesPerWeek: null,
      tolerance: null,
    });
    entries.push(id);
    world.now = addMinutes(world.now, 1);
  }
  const order = async () =>
    (await world.database.read((tx) => listRanks(tx, groupId))).map((rank) => rank.entryId);
  return { groupId, manager, entries, order };
}

test('a rule of today ranks the queues at once, with its story; how many move is told before', async () => {
  await using world = await World.create();
  const { manager, entries, order } = await queue(world);
  const [first, second] = entries;
  expect(await order()).toEqual([second, first]);
  const wish = { regionCode: '75', startsOn: TODAY, terms: { ...START_TERMS, outOfTurn: false } };
  expect(await world.database.read((tx) => previewOrder(tx, wish))).toEqual({
    waiting: 2,
    up: 1,
    down: 1,
    moved: 2,
  });
  expect(await order()).toEqual([second, first]);
  const { id, ranked } = await world.act(manager, changeOrder, wish);
  expect(ranked).toBe(1);
  expect(await order()).toEqual([first, second]);
  const moves = await world.database.read((tx) => listMoves(tx, first!));
  expect(moves.at(-1)).toMatchObject({ fromPosition: 2, toPosition: 1, causes: { reordered: 1 } });
  expect(await world.database.read((tx) => findOrderRule(tx, '75', TODAY))).toMatchObject({ id });
});

test('a later rule ranks in the night in which it begins, once a local day', async () => {
  await using world = await World.create();
  const { manager, entries, order } = await queue(world);
  const [first, second] = entries;
  const startsOn = addDays(TODAY, 1);
  const terms = { ...START_TERMS, outOfTurn: false };
  expect(await world.act(manager, changeOrder, { regionCode: '75', startsOn, terms })).toMatchObject({
    ranked: 0,
  });
  const services = { database: world.database, clock: () => world.now, log: silentLog };
  await doChores(services);
  expect(await order()).toEqual([second, first]);
  expect(await refreshRanksOfToday(world.database, world.now)).toBe(false);
  world.now = addMinutes(instantAt(startsOn, 0), -1);
  expect(await refreshRanksOfToday(world.database, world.now)).toBe(false);
  world.now = instantAt(startsOn, 0);
  await doChores(services);
  expect(await order()).toEqual([first, second]);
  expect(await refreshRanksOfToday(world.database, world.now)).toBe(false);
  expect(await world.database.read((tx) => listMoves(tx, first!))).toHaveLength(3);
});

test('not into the past, nor with weights out of bounds, nor for another region', async () => {
  await using world = await World.create();
  const { manager } = await queue(world);
  const wish = { regionCode: '75', startsOn: TODAY, terms: START_TERMS };
  await expect(
    world.act(manager, changeOrder, { ...wish, startsOn: addDays(TODAY, -1) }),
  ).rejects.toMatchObject({ details: { errors: [{ field: 'startsOn', reason: 'past' }] } });
  const terms = { ...START_TERMS, siblingPoints: 101, lotSeed: '' };
  await expect(world.act(manager, changeOrder, { ...wish, terms })).rejects.toMatchObject({
    details: {
      errors: [
        { field: 'siblingPoints', reason: 'invalid' },
        { field: 'lotSeed', reason: 'invalid' },
      ],
    },
  });
  await expect(world.act(manager, changeOrder, { ...wish, regionCode: '71' })).rejects.toMatchObject({
    reason: 'missing',
  });
  expect(await world.database.read((tx) => listOrderRules(tx, '75'))).toEqual([]);
});

test('unmet demand counts children, minutes, days and what became of offers', async () => {
  await using world = await World.create();
  const { groupId, entries } = await queue(world);
  await runAll({ database: world.database, clock: () => world.now, log: silentLog });
  world.now = addMinutes(world.now, 3 * 24 * 60);
  const read = (region: string) => world.database.read((tx) => listUnmetDemand(tx, region, world.now));
  const [row, ...others] = await read('75');
  expect(others).toEqual([]);
  expect(row).toMatchObject({
    category: 'child_psychoneurological',
    children: 2,
    // 4.5 hours twice a week, of two families.
    minutesPerWeek: 1080,
    medianDays: 3,
    offered: 1,
    accepted: 0,
    expired: 0,
    passingsOver: 0,
  });
  expect(await read('71')).toEqual([]);
  await runAll({ database: world.database, clock: () => world.now, log: silentLog });
  expect((await read('75'))[0]).toMatchObject({ children: 1, offered: 2, expired: 1 });
  expect([groupId, ...entries]).toHaveLength(3);
});
