import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addMinutes, plainDate } from '../../src/domain/calendar.ts';
import type { Actor } from '../../src/domain/people.ts';
import { listBookings } from '../../src/data/bookings.ts';
import { findDays } from '../../src/data/group-days.ts';
import { listOffers } from '../../src/data/offers.ts';
import { bookSlot } from '../../src/use-cases/bookings.ts';
import { bookSeries } from '../../src/use-cases/booking-series.ts';
import { cancelSeries } from '../../src/use-cases/cancellations.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { acceptOffer, refuseOffer } from '../../src/use-cases/offers.ts';
import { joinWaitingList } from '../../src/use-cases/waiting-list.ts';
import { runAll } from '../../src/jobs/runner.ts';
import { silentLog } from '../support/queue.ts';
import { World } from '../support/world.ts';

const MARCH = plainDate('2027-03-01');
const END = plainDate('2028-02-28');

let world: World;
let groupId: number;
let mother: { guardian: Actor; childId: number };

/** One place, and a child that has its mornings already and waits for longer days in the same group. */
beforeEach(async () => {
  world = await World.create();
  groupId = await world.group(await world.centre(), { room: 1 });
  const guardian = await world.guardian();
  mother = { guardian, childId: await world.child(guardian) };
  await world.act(guardian, bookSeries, {
    childId: mother.childId,
    groupId,
    pattern: { kind: 'weekly', days: { mon: [18, 26] } },
    startsOn: MARCH,
    endsOn: END,
    ifFull: 'refuse_all',
  });
  await world.act(guardian, joinWaitingList, {
    childId: mother.childId,
    pattern: { kind: 'weekly', days: { mon: [18, 34] } },
    startsOn: MARCH,
    choices: [groupId],
    minimumMinutesPerWeek: null,
    tolerance: null,
  });
  world.now = addMinutes(world.now, 1);
  await jobs();
});
afterEach(() => world[Symbol.asyncDispose]());

const jobs = () => runAll({ database: world.database, clock: () => world.now, log: silentLog });
const clean = async () => expect(await checkData(world.database, world.now)).toEqual([]);

async function liveOffer() {
  const offers = await world.database.read((tx) => listOffers(tx, { groupIds: [groupId], live: true }));
  expect(offers).toHaveLength(1);
  return offers[0]!;
}

/** What the first Monday takes, 09:00–17:00 in half-hours: booked and held heads. */
async function monday() {
  const [day] = await world.database.read((tx) => findDays(tx, { groupId, from: MARCH, to: MARCH }));
  return { booked: day!.booked.slice(18, 34).join(''), held: day!.held.slice(18, 34).join('') };
}

async function giveUpMornings(): Promise<void> {
  const [first] = await world.database.read((tx) =>
    listBookings(tx, { childIds: [mother.childId], from: MARCH, to: END }),
  );
  await world.act(mother.guardian, cancelSeries, { bookingId: first!.id });
}

describe('an offer in a group where the child has a place already', () => {
  test('holds what it adds to that place, so that a full group is not overbooked', async () => {
    await liveOffer();
    expect(await monday()).toEqual({ booked: '1111111100000000', held: '0000000011111111' });
    await clean();
  });

  test('accepted: one booking takes it all', async () => {
    const offer = await liveOffer();
    await world.act(mother.guardian, acceptOffer, { offerId: offer.id, channel: 'page' });
    expect(await monday()).toEqual({ booked: '1'.repeat(16), held: '0'.repeat(16) });
    await clean();
  });

  test('the place given up meanwhile stays held for the same child, and for nobody else', async () => {
    const offer = await liveOffer();
    const other = await world.guardian();
    const otherId = await world.child(other);
    await world.act(other, joinWaitingList, {
      childId: otherId,
      pattern: { kind: 'weekly', days: { mon: [18, 26] } },
      startsOn: MARCH,
      choices: [groupId],
      minimumMinutesPerWeek: null,
      tolerance: null,
    });
    await giveUpMornings();
    expect(await monday()).toEqual({ booked: '0'.repeat(16), held: '1'.repeat(16) });
    await clean();
    await jobs();
    const booking = { childId: otherId, groupId, date: MARCH, slot: { from: 18, to: 26 } };
    await expect(world.act(other, bookSlot, booking)).rejects.toMatchObject({ reason: 'full' });
    await world.act(mother.guardian, acceptOffer, { offerId: offer.id, channel: 'page' });
    expect(await monday()).toEqual({ booked: '1'.repeat(16), held: '0'.repeat(16) });
    await clean();
  });

  test('refused: the place it has stays, what was added goes', async () => {
    const offer = await liveOffer();
    await world.act(mother.guardian, refuseOffer, { offerId: offer.id, channel: 'page', reason: '' });
    await jobs();
    world.now = addMinutes(world.now, 5);
    await jobs();
    expect(await monday()).toEqual({ booked: '1111111100000000', held: '0'.repeat(16) });
    await clean();
  });
});
