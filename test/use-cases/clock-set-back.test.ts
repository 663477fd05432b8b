import { afterEach, beforeEach, expect, test } from 'vitest';
import { addMinutes, plainDate } from '../../src/domain/calendar.ts';
import type { Actor } from '../../src/domain/people.ts';
import { listBookings } from '../../src/data/bookings.ts';
import { findOffer } from '../../src/data/offers.ts';
import { listRanks } from '../../src/data/ranks.ts';
import { findEntry } from '../../src/data/waiting-list.ts';
import { cancelSeries } from '../../src/use-cases/cancellations.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { acceptOffer, refuseOffer, withdrawOffer } from '../../src/use-cases/offers.ts';
import { allowAgain } from '../../src/use-cases/taken-back.ts';
import { pauseEntry, resumeEntry, withdrawEntry } from '../../src/use-cases/waiting-list.ts';
import { jobs, liveOffers, MARCH, otherFamily, waitsFor } from '../support/queue-stage.ts';
import { World } from '../support/world.ts';

let world: World;
let groupId: number;
let staff: Actor;

beforeEach(async () => {
  world = await World.create();
  const centreId = await world.centre();
  groupId = await world.group(centreId, { room: 1 });
  staff = await world.person('centre_admin', { centreId });
});
const clean = async () => expect(await checkData(world.database, world.now)).toEqual([]);
afterEach(async () => {
  await clean();
  await world[Symbol.asyncDispose]();
});

const live = () => liveOffers(world, groupId);
const ranks = () => world.database.read((tx) => listRanks(tx, groupId));
const hourBack = () => (world.now = addMinutes(world.now, -60));

async function family() {
  const { guardian, childId } = await otherFamily(world);
  return { guardian, childId, entryId: await waitsFor(world, guardian, childId, [groupId]) };
}

test('an hour back: nothing ends, nothing is offered twice, and an offer is answered as ever', async () => {
  const [first, second] = [await family(), await family()];
  await jobs(world);
  const [offer, ...more] = await live();
  expect([offer?.entryId, more]).toEqual([first.entryId, []]);
  const before = await ranks();
  hourBack();
  await jobs(world);
  expect(await live()).toMatchObject([{ id: offer!.id, outcome: null, expiresAt: offer!.expiresAt }]);
  expect(await ranks()).toEqual(before);
  await world.act(first.guardian, acceptOffer, { offerId: offer!.id, channel: 'page' });
  await expect(
    world.act(first.guardian, refuseOffer, { offerId: offer!.id, channel: 'sms' }),
  ).rejects.toMatchObject({ reason: 'taken' });
  expect(await checkData(world.database, world.now)).toEqual([]);
  const [booking] = await world.database.read((tx) =>
    listBookings(tx, { childIds: [first.childId], from: MARCH, to: plainDate('2028-02-28') }),
  );
  // What is given up while the clock is back is held, offered and answered; the hour that comes again ends nothing early.
  await world.act(first.guardian, cancelSeries, { bookingId: booking!.id });
  await jobs(world);
  const [next] = await live();
  expect(next).toMatchObject({ entryId: second.entryId });
  world.now = addMinutes(world.now, 60);
  await jobs(world);
  expect(await live()).toMatchObject([{ id: next!.id, outcome: null }]);
  world.now = next!.expiresAt;
  await jobs(world);
  expect(await world.database.read((tx) => findOffer(tx, next!.id))).toMatchObject({ outcome: 'expired' });
});

test('an hour back: a request is paused, taken up, joined later and left, and each keeps its order', async () => {
  const first = await family();
  await world.act(first.guardian, pauseEntry, { entryId: first.entryId });
  hourBack();
  await world.act(first.guardian, resumeEntry, { entryId: first.entryId });
  await jobs(world);
  expect(await live()).toMatchObject([{ entryId: first.entryId }]);
  // Whoever joins by the clock that went back is ranked by what it said, and everybody can recompute it.
  const second = await family();
  expect((await ranks()).map(({ entryId }) => entryId)).toEqual([second.entryId, first.entryId]);
  await world.act(first.guardian, withdrawEntry, { entryId: first.entryId });
  await jobs(world);
  expect(await live()).toMatchObject([{ entryId: second.entryId }]);
  expect(await world.database.read((tx) => findEntry(tx, first.entryId))).toMatchObject({
    endReason: 'withdrawn',
  });
});

test('an hour back: an offer that was taken back is allowed again with one press', async () => {
  const first = await family();
  await jobs(world);
  const [offer] = await live();
  world.now = addMinutes(world.now, 1);
  await world.act(staff, withdrawOffer, { offerId: offer!.id, reason: 'Жөндеу' });
  hourBack();
  await jobs(world);
  expect(await live()).toEqual([]);
  await world.act(staff, allowAgain, { offerId: offer!.id });
  await jobs(world);
  expect(await live()).toMatchObject([{ entryId: first.entryId }]);
});
