import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addDays, addMinutes, instant, plainDate, type PlainDate } from '../../src/domain/calendar.ts';
import { SYSTEM, type Actor } from '../../src/domain/people.ts';
import type { Pattern } from '../../src/domain/pattern.ts';
import { cancelSeries } from '../../src/use-cases/cancellations.ts';
import { bookSeries } from '../../src/use-cases/booking-series.ts';
import { changeBooking } from '../../src/use-cases/bookings.ts';
import { trustClock } from '../../src/use-cases/clock-watch.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { findOffer, listOffers } from '../../src/data/offers.ts';
import { listRanks } from '../../src/data/ranks.ts';
import { findEntry } from '../../src/data/waiting-list.ts';
import { listBookings } from '../../src/data/bookings.ts';
import { postponeArrival } from '../../src/use-cases/arrival-postponement.ts';
import { acceptOffer, refuseOffer, withdrawOffer } from '../../src/use-cases/offers.ts';
import {
  joinWaitingList,
  restoreEntry,
  withdrawEntry,
  joinTogether,
  changeEntry,
} from '../../src/use-cases/waiting-list.ts';
import { runAll } from '../../src/jobs/runner.ts';
import { World } from '../support/world.ts';
import { silentLog } from '../support/queue.ts';

const MORNINGS: Pattern = { kind: 'weekly', days: { mon: [17, 26], wed: [17, 26] } };
const MARCH = plainDate('2027-03-01');
const JUNE = plainDate('2027-06-30');

let world: World;
let groupId: number;
let staff: Actor;

beforeEach(async () => {
  world = await World.create();
  const centreId = await world.centre();
  groupId = await world.group(centreId, { room: 1 });
  staff = await world.person('centre_admin', { centreId });
});
afterEach(() => world[Symbol.asyncDispose]());

const jobs = () => runAll({ database: world.database, clock: () => world.now, log: silentLog });
const live = () => world.database.read((tx) => listOffers(tx, { groupIds: [groupId], live: true }));
const offered = (id: number) => world.database.read((tx) => findOffer(tx, id));

async function family() {
  const guardian = await world.guardian();
  return { guardian, childId: await world.child(guardian) };
}

async function wait(
  each: { guardian: Actor; childId: number },
  options: { pattern?: Pattern; choices?: number[]; startsOn?: PlainDate } = {},
) {
  const { id } = await world.act(each.guardian, joinWaitingList, {
    childId: each.childId,
    pattern: options.pattern ?? MORNINGS,
    startsOn: options.startsOn ?? MARCH,
    choices: options.choices ?? [groupId],
    minimumMinutesPerWeek: null,
    tolerance: null,
  });
  world.now = addMinutes(world.now, 1);
  return id;
}

/** A child takes the group's one place for the mornings of spring. */
async function taken() {
  const holder = await family();
  const { booked } = await world.act(holder.guardian, bookSeries, {
    childId: holder.childId,
    groupId,
    pattern: MORNINGS,
    startsOn: MARCH,
    endsOn: JUNE,
    ifFull: 'refuse_all',
  });
  const [first] = await world.database.read((tx) =>
    listBookings(tx, { childIds: [holder.childId], from: MARCH, to: JUNE }),
  );
  return { ...holder, bookingId: first!.id, days: booked.length };
}

const clean = async () => expect(await checkData(world.database, world.now)).toEqual([]);

describe('offers', () => {
  test('a free place is offered to the first who joins, for every day, and held', async () => {
    const mother = await family();
    await wait(mother);
    await jobs();
    const [offer] = await live();
    expect(offer).toMatchObject({ childId: mother.childId, position: 1, of: 1, startsOn: MARCH });
    // Wednesday 3 February: two working days later is Friday the 5th, to the end of the day.
    expect(offer!.expiresAt).toBe(instant('2027-02-05T19:00:00.000Z'));
    await clean();
  });

  test('freed days go to the best rank whole; acceptance books every day', async () => {
    const holder = await taken();
    const [first, second] = [await family(), await family()];
    await wait(first);
    await wait(second);
    await jobs();
    expect(await live()).toEqual([]);
    await world.act(holder.guardian, cancelSeries, { bookingId: holder.bookingId });
    await jobs();
    const [offer, ...others] = await live();
    expect(others).toEqual([]);
    expect(offer).toMatchObject({ childId: first.childId, position: 1, of: 2 });
    const accepted = await world.act(first.guardian, acceptOffer, { offerId: offer!.id, channel: 'page' });
    expect(accepted.left).toEqual([]);
    expect(accepted.booked.length).toBeGreaterThan(holder.days);
    expect(await offered(offer!.id)).toMatchObject({ outcome: 'accepted' });
    expect(await world.database.read((tx) => listRanks(tx, groupId))).toMatchObject([{ position: 1, of: 1 }]);
    await jobs();
    expect(await live()).toEqual([]);
    await clean();
  });

  test('a refusal goes to the next at once', async () => {
    const [first, second] = [await family(), await family()];
    const entry = await wait(first);
    await wait(second);
    await jobs();
    const [offer] = await live();
    await world.act(first.guardian, refuseOffer, { offerId: offer!.id, channel: 'page' });
    await jobs();
    expect(await live()).toMatchObject([{ childId: second.childId }]);
    expect(await world.database.read((tx) => findEntry(tx, entry))).toMatchObject({ endReason: 'refused' });
    await clean();
  });

  test('an overdue answer lapses, goes to the next, and is restored once within 28 days', async () => {
    const [first, second] = [await family(), await family()];
    const entry = await wait(first);
    await wait(second);
    await jobs();
    const [offer] = await live();
    world.now = addMinutes(offer!.expiresAt, -1);
    await jobs();
    expect(await live()).toMatchObject([{ childId: first.childId }]);
    world.now = offer!.expiresAt;
    await expect(
      world.act(first.guardian, acceptOffer, { offerId: offer!.id, channel: 'page' }),
    ).rejects.toMatchObject({ reason: 'expired' });
    await jobs();
    expect(await live()).toMatchObject([{ childId: second.childId }]);
    await world.act(first.guardian, restoreEntry, { entryId: entry });
    expect((await world.database.read((tx) => listRanks(tx, groupId)))[0]).toMatchObject({ entryId: entry });
    await clean();
    world.now = addMinutes(world.now, 60);
    await world.act(first.guardian, withdrawEntry, { entryId: entry });
    await expect(world.act(first.guardian, restoreEntry, { entryId: entry })).rejects.toMatchObject({
      reason: 'not_waiting',
    });
  });

  test('answers that come twice, late, or from a stranger', async () => {
    const mother = await family();
    const stranger = await family();
    await wait(mother);
    await jobs();
    const [offer] = await live();
    const answer = { offerId: offer!.id, channel: 'page' as const };
    await expect(world.act(stranger.guardian, acceptOffer, answer)).rejects.toMatchObject({
      reason: 'missing',
    });
    await world.act(mother.guardian, acceptOffer, answer);
    await expect(world.act(mother.guardian, refuseOffer, answer)).rejects.toMatchObject({ reason: 'taken' });
    await clean();
  });

  test('a withdrawn offer keeps the rank and is told', async () => {
    const mother = await family();
    await wait(mother);
    await jobs();
    const [offer] = await live();
    await world.act(staff, withdrawOffer, { offerId: offer!.id, reason: 'repair' });
    await expect(
      world.act(mother.guardian, acceptOffer, { offerId: offer!.id, channel: 'page' }),
    ).rejects.toMatchObject({ reason: 'withdrawn' });
    await clean();
  });

  test('siblings come together or not at all', async () => {
    const guardian = await world.guardian();
    const [a, b] = [await world.child(guardian), await world.child(guardian)];
    const big = await world.group(await world.centre(), { room: 1 });
    const first = await wait({ guardian, childId: a }, { choices: [big] });
    const second = await wait({ guardian, childId: b }, { choices: [big] });
    await world.act(guardian, joinTogether, { entryId: first, withIds: [second] });
    await jobs();
    expect(await world.database.read((tx) => listOffers(tx, { groupIds: [big], live: true }))).toEqual([]);
    await world.act(guardian, changeEntry, {
      entryId: second,
      pattern: { kind: 'weekly', days: { tue: [17, 26] } },
      startsOn: MARCH,
      choices: [big],
      minimumMinutesPerWeek: null,
      tolerance: null,
    });
    await jobs();
    const offers = await world.database.read((tx) => listOffers(tx, { groupIds: [big], live: true }));
    expect(offers).toHaveLength(2);
    await world.act(guardian, acceptOffer, { offerId: offers[0]!.id, channel: 'page' });
    expect(await world.database.read((tx) => listOffers(tx, { groupIds: [big], live: true }))).toEqual([]);
    await clean();
  });

  test('siblings who start on different days get every day of each', async () => {
    const big = await world.group(await world.centre(), { room: 2 });
    const guardian = await world.guardian();
    const [late, early] = [await world.child(guardian), await world.child(guardian)];
    const choices = [big];
    const first = await wait({ guardian, childId: early }, { choices });
    const second = await wait({ guardian, childId: late }, { choices, startsOn: addDays(MARCH, 14) });
    await world.act(guardian, joinTogether, { entryId: first, withIds: [second] });
    await jobs();
    const offers = await world.database.read((tx) => listOffers(tx, { groupIds: [big], live: true }));
    expect(offers.map((offer) => [offer.childId, offer.startsOn])).toEqual([
      [late, addDays(MARCH, 14)],
      [early, MARCH],
    ]);
    await world.act(guardian, acceptOffer, { offerId: offers[0]!.id, channel: 'page' });
    const stays = await world.database.read((tx) =>
      listBookings(tx, { childIds: [early], from: MARCH, to: addDays(MARCH, 13) }),
    );
    // The 8th of March is a holiday.
    expect(stays.map((stay) => stay.date)).toEqual([0, 2, 9].map((day) => addDays(MARCH, day)));
    await clean();
  });

  test('the only day of a place may be moved to another group: the offer has been taken all the same', async () => {
    const elsewhere = await world.group(await world.centre(), { room: 1 });
    const { guardian, childId } = await family();
    await wait({ guardian, childId }, { pattern: { kind: 'dates', dates: { [MARCH]: [17, 26] } } });
    await jobs();
    const [offer] = await live();
    await world.act(guardian, acceptOffer, { offerId: offer!.id, channel: 'page' });
    const [booking] = await world.database.read((tx) =>
      listBookings(tx, { childIds: [childId], from: MARCH, to: MARCH }),
    );
    await world.act(guardian, changeBooking, {
      bookingId: booking!.id,
      groupId: elsewhere,
      slot: { from: 17, to: 26 },
    });
    expect(await checkData(world.database, world.now)).toEqual([]);
  });

  test('arrival is put off once, by at most ten days', async () => {
    const mother = await family();
    await wait(mother);
    await jobs();
    const [offer] = await live();
    await world.act(mother.guardian, acceptOffer, { offerId: offer!.id, channel: 'page' });
    await expect(
      world.act(mother.guardian, postponeArrival, { offerId: offer!.id, toDate: addDays(MARCH, 11) }),
    ).rejects.toMatchObject({ reason: 'invalid' });
    const { absent } = await world.act(mother.guardian, postponeArrival, {
      offerId: offer!.id,
      toDate: addDays(MARCH, 9),
    });
    expect(absent).toBe(2);
    await expect(
      world.act(mother.guardian, postponeArrival, { offerId: offer!.id, toDate: addDays(MARCH, 10) }),
    ).rejects.toMatchObject({ reason: 'stale' });
    await clean();
  });

  test('a clock that jumps a month forward ends nothing until a person has looked', async () => {
    const mother = await family();
    await wait(mother);
    await jobs();
    const [offer] = await live();
    world.now = addMinutes(world.now, 31 * 24 * 60);
    await jobs();
    expect(await offered(offer!.id)).toMatchObject({ outcome: null });
    await world.act(SYSTEM, (work) => trustClock(work), {});
    await jobs();
    expect(await offered(offer!.id)).toMatchObject({ outcome: 'expired' });
  });
});
