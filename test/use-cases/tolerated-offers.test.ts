import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addMinutes, plainDate } from '../../src/domain/calendar.ts';
import type { Actor } from '../../src/domain/people.ts';
import type { Pattern, Stretch } from '../../src/domain/pattern.ts';
import type { Tolerance } from '../../src/domain/waiting-list.ts';
import { capacityOf } from '../../src/domain/staffing.ts';
import { listBookings } from '../../src/data/bookings.ts';
import { restaffDays } from '../../src/data/day-counts.ts';
import { lockDays } from '../../src/data/group-days.ts';
import { findOffer, listMatchingHolds, listOfferHolds, listOffers } from '../../src/data/offers.ts';
import { findEntry } from '../../src/data/waiting-list.ts';
import { bookSeries } from '../../src/use-cases/booking-series.ts';
import { cancelSeries } from '../../src/use-cases/cancellations.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { acceptOffer, expireOffer, refuseOffer } from '../../src/use-cases/offers.ts';
import { planMatching } from '../../src/use-cases/matching.ts';
import { joinTogether, joinWaitingList } from '../../src/use-cases/waiting-list.ts';
import { SYSTEM } from '../../src/domain/people.ts';
import { runAll } from '../../src/jobs/runner.ts';
import { TestApp } from '../support/app.ts';
import { textOf } from '../support/page-stage.ts';
import { silentLog } from '../support/queue.ts';
import { World } from '../support/world.ts';

const MARCH = plainDate('2027-03-01');
const END = plainDate('2028-02-28');
/** Mondays and Wednesdays, 12:00–17:00. */
const AFTERNOONS: Pattern = { kind: 'weekly', days: { mon: [24, 34], wed: [24, 34] } };
const EITHER: Tolerance = { earlier: 2, later: 2 };

let world: World;
let groupId: number;

beforeEach(async () => {
  world = await World.create();
  groupId = await world.group(await world.centre(), { room: 1 });
});
afterEach(() => world[Symbol.asyncDispose]());

const jobs = () => runAll({ database: world.database, clock: () => world.now, log: silentLog });
const live = () => world.database.read((tx) => listOffers(tx, { groupIds: [groupId], live: true }));
const clean = async () => expect(await checkData(world.database, world.now)).toEqual([]);

async function family() {
  const guardian = await world.guardian();
  return { guardian, childId: await world.child(guardian) };
}

interface Wish {
  readonly pattern?: Pattern;
  readonly minimum?: number;
  readonly tolerance?: Tolerance | null;
}

async function wait(each: { guardian: Actor; childId: number }, wish: Wish = {}) {
  const { id } = await world.act(each.guardian, joinWaitingList, {
    childId: each.childId,
    pattern: wish.pattern ?? AFTERNOONS,
    startsOn: MARCH,
    choices: [groupId],
    minimumMinutesPerWeek: wish.minimum ?? null,
    tolerance: wish.tolerance ?? null,
  });
  world.now = addMinutes(world.now, 1);
  return id;
}

/** Another child has the one place at these hours, for as long as places are given; gives how it lets them go. */
async function taken(days: Extract<Pattern, { kind: 'weekly' }>['days']) {
  const holder = await family();
  await world.act(holder.guardian, bookSeries, {
    childId: holder.childId,
    groupId,
    pattern: { kind: 'weekly', days },
    startsOn: MARCH,
    endsOn: END,
    ifFull: 'refuse_all',
  });
  const [first] = await world.database.read((tx) =>
    listBookings(tx, { childIds: [holder.childId], from: MARCH, to: END }),
  );
  return () => world.act(holder.guardian, cancelSeries, { bookingId: first!.id });
}

describe('offers of hours that a family tolerates', () => {
  test('shifted as little as possible, held, told in words, accepted and booked for the year', async () => {
    // Until 12:30 Mondays are taken.
    await taken({ mon: [17, 25] });
    const mother = await family();
    const entryId = await wait(mother, { tolerance: EITHER });
    await jobs();
    const [offer, ...more] = await live();
    expect(more).toEqual([]);
    expect(offer).toMatchObject({
      entryId,
      kind: 'whole',
      pattern: { mon: ['12:30', '17:30'], wed: ['12:00', '17:00'] },
    });
    const held = await world.database.read((tx) => listOfferHolds(tx, offer!.id));
    expect(new Set(held.map(({ from, to }) => `${from}-${to}`))).toEqual(new Set(['25-35', '24-34']));
    await clean();
    {
      await using app = await TestApp.start(world);
      const visitor = await app.as(mother.guardian);
      expect(textOf(await visitor.get(`/offers/${offer!.id}`))).toContain(
        'Shifted as you allowed: Mon 12:30–17:30, Wed 12:00–17:00 instead of Mon 12:00–17:00, Wed 12:00–17:00',
      );
    }
    await world.act(mother.guardian, acceptOffer, { offerId: offer!.id, channel: 'page' });
    const booked = await world.database.read((tx) =>
      listBookings(tx, { childIds: [mother.childId], from: MARCH, to: END }),
    );
    expect(booked.length).toBeGreaterThan(80);
    expect(new Set(booked.map(({ from, to }) => `${from}-${to}`))).toEqual(new Set(['25-35', '24-34']));
    expect(await world.database.read((tx) => findEntry(tx, entryId))).toMatchObject({ endReason: 'placed' });
    await clean();
  });

  test('days that change alike are told by their times alone', async () => {
    await taken({ mon: [17, 25], wed: [17, 25] });
    const mother = await family();
    await wait(mother, { tolerance: { earlier: 0, later: 1 } });
    await jobs();
    const [offer] = await live();
    await using app = await TestApp.start(world);
    expect(textOf(await (await app.as(mother.guardian)).get(`/offers/${offer!.id}`))).toContain(
      'Shifted as you allowed: 12:30–17:30 instead of 12:00–17:00',
    );
  });

  test('nothing is shifted for those who have not said so, or not so far', async () => {
    await taken({ mon: [17, 26] });
    await wait(await family());
    await wait(await family(), { tolerance: { earlier: 4, later: 1 } });
    await wait(await family(), { minimum: 300 });
    await jobs();
    expect(await live()).toEqual([]);
  });

  test('exactly the hours wished while they fit; the order of ranks stays', async () => {
    const first = await family();
    await wait(first, { tolerance: EITHER });
    await wait(await family());
    await jobs();
    expect(await live()).toMatchObject([
      { childId: first.childId, pattern: { mon: ['12:00', '17:00'], wed: ['12:00', '17:00'] } },
    ]);
  });

  test('who is ranked above and tolerates other hours comes before an exact fit below', async () => {
    await taken({ mon: [17, 25] });
    const above = await family();
    await wait(above, { tolerance: EITHER });
    await wait(await family(), { pattern: { kind: 'weekly', days: { mon: [25, 35] } } });
    await jobs();
    expect(await live()).toMatchObject([{ childId: above.childId, position: 1 }]);
  });

  test.each<[string, freed: Stretch, other: Stretch, wished: Stretch, Tolerance]>([
    ['after', [25, 37], [16, 25], [17, 25], { earlier: 0, later: 4 }],
    ['before', [16, 24], [24, 37], [24, 34], { earlier: 4, later: 0 }],
  ])(
    'hours freed %s the wish are held for its matching; what it still would meet is not offered',
    async (_, freed, other, wished, tolerance) => {
      const cancel = await taken({ mon: freed });
      await taken({ mon: other });
      const entryId = await wait(await family(), {
        pattern: { kind: 'weekly', days: { mon: wished } },
        tolerance,
      });
      await jobs();
      expect(await live()).toEqual([]);
      await cancel();
      const held = await world.database.read((tx) => listMatchingHolds(tx, groupId));
      expect(held.length).toBeGreaterThan(40);
      await jobs();
      expect(await live()).toEqual([]);
      expect(await world.database.read((tx) => findEntry(tx, entryId))).toMatchObject({ endedAt: null });
      await clean();
    },
  );

  test('fewer hours only when the family has said how many are enough; the entry waits on, whatever it answers', async () => {
    await taken({ mon: [17, 37] });
    const [mother, other] = [await family(), await family()];
    await wait(await family(), { tolerance: EITHER, minimum: 301 });
    const entryId = await wait(mother, { tolerance: EITHER, minimum: 300 });
    await wait(other, { tolerance: EITHER, minimum: 300 });
    await jobs();
    const [offer] = await live();
    expect(offer).toMatchObject({ entryId, kind: 'part', pattern: { wed: ['12:00', '17:00'] } });
    {
      await using app = await TestApp.start(world);
      const page = textOf(await (await app.as(mother.guardian)).get(`/offers/${offer!.id}`));
      expect(page).toContain(
        'Fewer hours, as you allowed: Wed 12:00–17:00 instead of Mon 12:00–17:00, Wed 12:00–17:00',
      );
      expect(page).toContain('you keep waiting for the rest');
      expect(page).toContain('You keep waiting for all the hours of your request.');
    }
    await world.act(mother.guardian, refuseOffer, { offerId: offer!.id, channel: 'page' });
    expect(await world.database.read((tx) => findEntry(tx, entryId))).toMatchObject({ endedAt: null });
    await jobs();
    // It is offered once; then the next family, which takes it and waits on for Monday.
    const [next, ...more] = await live();
    expect([next?.childId, more]).toEqual([other.childId, []]);
    await world.act(other.guardian, acceptOffer, { offerId: next!.id, channel: 'page' });
    expect(await world.database.read((tx) => findEntry(tx, next!.entryId))).toMatchObject({ endedAt: null });
    await jobs();
    expect(await live()).toEqual([]);
    await clean();
  });

  test('an expired one goes to the next with that family’s own hours', async () => {
    await taken({ mon: [17, 25] });
    const [first, second] = [await family(), await family()];
    await wait(first, { tolerance: EITHER });
    await wait(second, {
      tolerance: { earlier: 0, later: 1 },
      pattern: { kind: 'weekly', days: { mon: [24, 33] } },
    });
    await jobs();
    const [offer] = await live();
    world.now = offer!.expiresAt;
    await world.act(SYSTEM, expireOffer, { offerId: offer!.id });
    await jobs();
    expect(await live()).toMatchObject([{ childId: second.childId, pattern: { mon: ['12:30', '17:00'] } }]);
    expect(await world.database.read((tx) => findOffer(tx, offer!.id))).toMatchObject({ outcome: 'expired' });
    await clean();
  });

  test('brothers and sisters: each at hours that are tolerated, all or none, and never less than all hours', async () => {
    const guardian = await world.guardian();
    const [a, b] = [await world.child(guardian), await world.child(guardian)];
    const days = (from: number, to: number): Pattern => ({ kind: 'weekly', days: { mon: [from, to] } });
    // The room is one: the second would have to come an hour later and stay less.
    const enough = { tolerance: { earlier: 0, later: 0 }, minimum: 30 };
    const one = await wait({ guardian, childId: a }, { pattern: days(16, 26), ...enough });
    const two = await wait({ guardian, childId: b }, { pattern: days(24, 36), ...enough });
    await world.act(guardian, joinTogether, { entryId: one, withIds: [two] });
    await jobs();
    expect(await live()).toEqual([]);
    await clean();
  });

  test('siblings fit beside each other when the second may come later', async () => {
    const guardian = await world.guardian();
    const [a, b] = [await world.child(guardian), await world.child(guardian)];
    const one = await wait(
      { guardian, childId: a },
      { pattern: { kind: 'weekly', days: { mon: [16, 24] } } },
    );
    const two = await wait(
      { guardian, childId: b },
      { pattern: { kind: 'weekly', days: { mon: [22, 32] } }, tolerance: { earlier: 0, later: 2 } },
    );
    await world.act(guardian, joinTogether, { entryId: one, withIds: [two] });
    await jobs();
    const offers = (await live()).toSorted((x, y) => x.childId - y.childId);
    expect(offers).toMatchObject([
      { childId: a, pattern: { mon: ['08:00', '12:00'] } },
      { childId: b, pattern: { mon: ['12:00', '17:00'] } },
    ]);
    await clean();
  });

  test('the first moves for a brother who cannot, though its own hours alone are free', async () => {
    const guardian = await world.guardian();
    const [a, b] = [await world.child(guardian), await world.child(guardian)];
    const one = await wait(
      { guardian, childId: a },
      { pattern: { kind: 'weekly', days: { mon: [18, 26] } }, tolerance: EITHER },
    );
    const two = await wait(
      { guardian, childId: b },
      { pattern: { kind: 'weekly', days: { mon: [25, 35] } } },
    );
    await world.act(guardian, joinTogether, { entryId: one, withIds: [two] });
    await jobs();
    const offers = (await live()).toSorted((x, y) => x.childId - y.childId);
    expect(offers).toMatchObject([
      { childId: a, kind: 'whole', pattern: { mon: ['08:30', '12:30'] } },
      { childId: b, kind: 'whole', pattern: { mon: ['12:30', '17:30'] } },
    ]);
    expect(new Set(offers.map(({ bundle }) => bundle)).size).toBe(1);
    await world.act(guardian, acceptOffer, { offerId: offers[0]!.id, channel: 'page' });
    await clean();
  });

  test('where a roster is published, there is staff for all of them or no offer', async () => {
    groupId = await world.group(await world.centre(), { room: 2 });
    const staffed = async (people: number) =>
      await world.insert(async (tx) => {
        const [day] = await lockDays(tx, { groupId, from: MARCH, to: MARCH });
        const presences = Array.from({ length: people }, () => ({ from: 16, to: 37, level: 1 as const }));
        await restaffDays(tx, [{ ...day!, capacity: capacityOf(presences, [100, 100]), skillsOnDuty: {} }]);
        planMatching(tx, world.now, groupId);
      });
    await staffed(1);
    const guardian = await world.guardian();
    const ids: number[] = [];
    for (let each = 0; each < 2; each++)
      ids.push(await wait({ guardian, childId: await world.child(guardian) }));
    await world.act(guardian, joinTogether, { entryId: ids[0]!, withIds: [ids[1]!] });
    await jobs();
    expect(await live()).toEqual([]);
    await staffed(2);
    await jobs();
    expect(await live()).toHaveLength(2);
  });
});
