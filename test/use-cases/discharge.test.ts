import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { plainDate } from '../../src/domain/calendar.ts';
import type { Actor } from '../../src/domain/people.ts';
import { Refusal } from '../../src/domain/refusal.ts';
import { listBookings } from '../../src/data/bookings.ts';
import { listOffers } from '../../src/data/offers.ts';
import { runAll } from '../../src/jobs/runner.ts';
import { bookSeries } from '../../src/use-cases/booking-series.ts';
import { bookSlot } from '../../src/use-cases/bookings.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { dischargeChild, type DischargeWish } from '../../src/use-cases/discharge.ts';
import { changeTerms } from '../../src/use-cases/group-terms.ts';
import { joinWaitingList } from '../../src/use-cases/waiting-list.ts';
import { silentLog } from '../support/queue.ts';
import { HOURS, World } from '../support/world.ts';

const PATTERN = { kind: 'weekly', days: { mon: [17, 26], wed: [17, 26] } } as const;
const MARCH = plainDate('2027-03-01');
const LAST_DAY = plainDate('2027-02-28');

let world: World;
let centreId: number;
let groupId: number;
let staff: Actor;
let holder: { guardian: Actor; childId: number };
let waiting: { guardian: Actor; childId: number };

beforeEach(async () => {
  world = await World.create();
  centreId = await world.centre();
  groupId = await world.group(centreId, { room: 1 });
  staff = await world.person('centre_admin', { centreId });
  const family = async () => {
    const guardian = await world.guardian();
    return { guardian, childId: await world.child(guardian) };
  };
  holder = await family();
  waiting = await family();
  await world.act(holder.guardian, bookSeries, {
    childId: holder.childId,
    groupId,
    pattern: PATTERN,
    startsOn: plainDate('2027-02-08'),
    endsOn: plainDate('2027-04-30'),
    ifFull: 'refuse_all',
  });
  await world.act(waiting.guardian, joinWaitingList, {
    childId: waiting.childId,
    pattern: PATTERN,
    startsOn: MARCH,
    choices: [groupId],
    minimumMinutesPerWeek: null,
    tolerance: null,
  });
  await jobs();
});
afterEach(() => world[Symbol.asyncDispose]());

const jobs = () => runAll({ database: world.database, clock: () => world.now, log: silentLog });
const live = () => world.database.read((tx) => listOffers(tx, { groupIds: [groupId], live: true }));
const wish = (more: Partial<DischargeWish> = {}): DischargeWish => ({
  centreId,
  childId: holder.childId,
  lastDay: LAST_DAY,
  ground: 'transfer',
  order: '12-о',
  ...more,
});

async function confirmed(more: Partial<DischargeWish> = {}) {
  const refusal = await world.act(staff, dischargeChild, wish(more)).catch((error: unknown) => error);
  if (!(refusal instanceof Refusal)) throw new Error('not refused');
  const { count, token } = refusal.details as unknown as { count: number; token: string };
  return await world.act(staff, dischargeChild, wish({ ...more, confirm: { count, token } }));
}

describe('discharge', () => {
  test('lists what is booked afterwards, cancels exactly that, and the place goes to the queue', async () => {
    expect(await live()).toEqual([]);
    const done = await confirmed();
    expect(done).toMatchObject({ ended: 0, told: 1 });
    // The half-hours are kept for whoever waits, in the same transaction: nobody books them in between.
    await expect(
      world.act(holder.guardian, bookSlot, {
        childId: holder.childId,
        groupId,
        date: plainDate('2027-03-01'),
        slot: { from: 17, to: 26 },
      }),
    ).rejects.toMatchObject({ reason: 'full' });
    await jobs();
    expect(await live()).toMatchObject([{ childId: waiting.childId }]);
    const left = await world.database.read((tx) =>
      listBookings(tx, {
        childIds: [holder.childId],
        from: plainDate('2027-02-01'),
        to: plainDate('2027-12-31'),
        occupying: true,
      }),
    );
    expect(left.every((booking) => booking.date <= LAST_DAY)).toBe(true);
    expect(left.length).toBeGreaterThan(0);
    expect(await checkData(world.database, world.now)).toEqual([]);
  });

  test('no message to a family that has lost its child', async () => {
    expect(await confirmed({ ground: 'death' })).toMatchObject({ told: 0 });
  });

  test('refuses days gone by, an empty order, and another centre', async () => {
    const refused = (more: Partial<DischargeWish>, by = staff) => world.act(by, dischargeChild, wish(more));
    await expect(refused({ lastDay: plainDate('2027-02-01') })).rejects.toMatchObject({ reason: 'past' });
    await expect(refused({ order: '  ' })).rejects.toMatchObject({ reason: 'invalid' });
    const other = await world.person('centre_admin', { centreId: await world.centre() });
    await expect(refused({}, other)).rejects.toMatchObject({ reason: 'missing' });
  });
});

test('more places go to the queue first', async () => {
  await world.act(staff, changeTerms, { groupId, version: 1, startsOn: MARCH, room: 2, hours: HOURS });
  await expect(
    world.act(holder.guardian, bookSlot, {
      childId: holder.childId,
      groupId,
      date: plainDate('2027-05-05'),
      slot: { from: 17, to: 35 },
    }),
  ).resolves.toBeDefined();
  await jobs();
  expect(await live()).toMatchObject([{ childId: waiting.childId }]);
  expect(await checkData(world.database, world.now)).toEqual([]);
});
