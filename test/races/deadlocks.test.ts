import { describe, expect, test } from 'vitest';
import { addDays, plainDate } from '../../src/domain/calendar.ts';
import { listOffers } from '../../src/data/offers.ts';
import { runAll } from '../../src/jobs/runner.ts';
import { refuseOffer } from '../../src/use-cases/offers.ts';
import { joinWaitingList } from '../../src/use-cases/waiting-list.ts';
import { Crowd } from '../support/crowd.ts';
import { families, type Family } from '../support/families.ts';
import { hasPostgres } from '../support/postgres.ts';
import { silentLog } from '../support/queue.ts';

const MONDAY = plainDate('2027-02-08');

const join = (crowd: Crowd, { guardian, childId }: Family, groupId: number) =>
  crowd.act(guardian, joinWaitingList, {
    childId,
    pattern: { kind: 'weekly', days: { mon: [18, 30] } },
    startsOn: MONDAY,
    choices: [groupId],
    minimumMinutesPerWeek: null,
    tolerance: null,
  });

/** The app begins again after a deadlock, but whoever is in it waits a second first, and five in a row are an error. */
describe.runIf(hasPostgres)('nobody waits for each other', () => {
  test('families who join one queue at once', async () => {
    await using crowd = await Crowd.create();
    const { world } = crowd;
    const groupId = await world.group(await world.centre(), { room: 1, endsOn: addDays(MONDAY, 30) });
    await Promise.all((await families(world, 12)).map((family) => join(crowd, family, groupId)));
    expect(crowd.deadlocks()).toEqual([]);
  });

  test('families who refuse offers of a group while others join its queue', async () => {
    await using crowd = await Crowd.create();
    const { world } = crowd;
    const groupId = await world.group(await world.centre(), { room: 4, endsOn: addDays(MONDAY, 30) });
    const all = await families(world, 16);
    const [first, others] = [all.slice(0, 8), all.slice(8)];
    for (const family of first) await join(crowd, family, groupId);
    await runAll({ database: world.database, clock: () => world.now, log: silentLog });
    const offers = await world.database.read((tx) => listOffers(tx, { groupIds: [groupId], live: true }));
    const refusing = offers.map(({ id, childId }) => {
      const { guardian } = first.find((family) => family.childId === childId)!;
      return crowd.act(guardian, refuseOffer, { offerId: id, channel: 'page' });
    });
    expect(refusing).toHaveLength(4);
    await Promise.all([...refusing, ...others.map((family) => join(crowd, family, groupId))]);
    expect(crowd.deadlocks()).toEqual([]);
  });
});
