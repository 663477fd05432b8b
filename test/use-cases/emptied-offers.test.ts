import { afterEach, beforeEach, expect, test } from 'vitest';
import { addMinutes, plainDate, type PlainDate } from '../../src/domain/calendar.ts';
import type { Actor } from '../../src/domain/people.ts';
import { Refusal } from '../../src/domain/refusal.ts';
import { listBookings } from '../../src/data/bookings.ts';
import { findAnswer } from '../../src/data/offer-answers.ts';
import { listMessages } from '../../src/data/messages.ts';
import { findOffer } from '../../src/data/offers.ts';
import { findEntry } from '../../src/data/waiting-list.ts';
import type { Confirmation } from '../../src/use-cases/confirmation.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { closeGroup } from '../../src/use-cases/group-settings.ts';
import { acceptOffer } from '../../src/use-cases/offers.ts';
import { joinTogether } from '../../src/use-cases/waiting-list.ts';
import { TestApp } from '../support/app.ts';
import { textOf } from '../support/page-stage.ts';
import { DAYS_TEXT, jobs, liveOffers, otherFamily, waitsFor } from '../support/queue-stage.ts';
import { World } from '../support/world.ts';

let world: World;
let centreId: number;
let groupId: number;
let admin: Actor;

beforeEach(async () => {
  world = await World.create();
  centreId = await world.centre();
  groupId = await world.group(centreId, { room: 2 });
  admin = await world.person('centre_admin', { centreId });
});
const clean = async () => expect(await checkData(world.database, world.now)).toEqual([]);
afterEach(async () => {
  await clean();
  await world[Symbol.asyncDispose]();
});

const live = () => liveOffers(world, groupId);
const stored = (id: number) => world.database.read((tx) => findOffer(tx, id));

/** Says until when the group is there, agreeing to whatever stands in the way. */
async function endsOn(date: PlainDate | null): Promise<void> {
  try {
    await world.act(admin, closeGroup, { groupId, endsOn: date });
  } catch (error) {
    if (!(error instanceof Refusal) || error.reason !== 'in_the_way') throw error;
    const confirm = error.details as unknown as Confirmation;
    await world.act(admin, closeGroup, { groupId, endsOn: date, confirm });
  }
}

async function offered() {
  const { guardian, childId } = await otherFamily(world);
  const entryId = await waitsFor(world, guardian, childId, [groupId]);
  await jobs(world);
  return { guardian, childId, entryId, offerId: (await live())[0]!.id };
}

test('a group that ends under an offer: no empty place is accepted, the offer ends, the request waits on', async () => {
  const { guardian, childId, entryId, offerId } = await offered();
  await endsOn(plainDate('2027-02-12'));
  // Before the job has looked, and after.
  const accept = () => world.act(guardian, acceptOffer, { offerId, channel: 'page' });
  await expect(accept()).rejects.toMatchObject({ reason: 'withdrawn' });
  expect(await stored(offerId)).toMatchObject({ outcome: null });
  await jobs(world);
  expect(await stored(offerId)).toMatchObject({ outcome: 'withdrawn', reason: null });
  expect(await world.database.read((tx) => findAnswer(tx, offerId))).toMatchObject({
    by: null,
    channel: 'job',
  });
  await expect(accept()).rejects.toMatchObject({ reason: 'withdrawn' });
  expect(await world.database.read((tx) => findEntry(tx, entryId))).toMatchObject({ endedAt: null });

  await using app = await TestApp.start(world);
  const visitor = await app.as(guardian);
  expect(textOf(await visitor.get(`/offers/${offerId}`))).toContain(
    'The group is no longer open on these days.',
  );
  const page = textOf(await visitor.get(`/children/${childId}/waiting-list/${entryId}`));
  expect(page).toContain('closes on 12.02.2027, before your request begins');
  expect(page).not.toContain('the centre took its offer back');
  // Nobody joins a queue that leads nowhere.
  const other = await otherFamily(world);
  const form = { pattern: DAYS_TEXT, startsOn: '2027-03-01', group: String(groupId) };
  const joined = await (await app.as(other.guardian)).post(`/children/${other.childId}/waiting-list`, form);
  expect([joined.status, textOf(joined).includes('closes on 12.02.2027')]).toEqual([422, true]);

  // The end is taken back: the first in line is offered the place anew, and nobody has to allow it.
  world.now = addMinutes(world.now, 1);
  await endsOn(null);
  await jobs(world);
  expect(await live()).toMatchObject([{ entryId }]);
});

test('a group that ends within the offered time: the days before are kept, held and booked', async () => {
  const { guardian, childId, offerId } = await offered();
  await endsOn(plainDate('2027-03-10'));
  await jobs(world);
  expect(await stored(offerId)).toMatchObject({ outcome: null });
  const { booked } = await world.act(guardian, acceptOffer, { offerId, channel: 'page' });
  expect(booked).toEqual(['2027-03-01', '2027-03-03', '2027-03-10']);
  const bookings = await world.database.read((tx) =>
    listBookings(tx, { childIds: [childId], from: plainDate('2027-03-01'), to: plainDate('2028-02-28') }),
  );
  expect(bookings).toHaveLength(3);
});

test('brothers and sisters: their offers end together', async () => {
  const guardian = await world.guardian();
  const ids: number[] = [];
  for (let each = 0; each < 2; each++)
    ids.push(await waitsFor(world, guardian, await world.child(guardian), [groupId]));
  await world.act(guardian, joinTogether, { entryId: ids[0]!, withIds: [ids[1]!] });
  await jobs(world);
  const offers = await live();
  expect(offers).toHaveLength(2);
  await endsOn(plainDate('2027-02-12'));
  await jobs(world);
  expect(await live()).toEqual([]);
  for (const { id } of offers) expect(await stored(id)).toMatchObject({ outcome: 'withdrawn' });
});

test('who waits for a group hears when it is to end, once, with the way to the request', async () => {
  const { guardian, childId } = await otherFamily(world);
  const entryId = await waitsFor(world, guardian, childId, [groupId]);
  const told = () =>
    world.database.read(async (tx) =>
      (await listMessages(tx, guardian.personId, { unread: true, limit: 10 })).filter(
        ({ kind }) => kind === 'choice_ends',
      ),
    );
  await endsOn(plainDate('2027-02-12'));
  expect(await told()).toMatchObject([
    { data: { endsOn: '2027-02-12', path: `/children/${childId}/waiting-list/${entryId}` } },
  ]);
  await endsOn(plainDate('2027-02-12'));
  await endsOn(null);
  expect(await told()).toHaveLength(1);
  await using app = await TestApp.start(world);
  const visitor = await app.as(guardian);
  expect(textOf(await visitor.get('/children'))).toContain('A group you wait for ends');
});
