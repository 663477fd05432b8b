import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { instant, plainDate, type PlainDate } from '../../src/domain/calendar.ts';
import type { Actor } from '../../src/domain/people.ts';
import { findBooking } from '../../src/data/bookings.ts';
import { lockChild } from '../../src/data/children.ts';
import { findDays } from '../../src/data/group-days.ts';
import { listMessages } from '../../src/data/messages.ts';
import { listClosures } from '../../src/data/settings.ts';
import { reportAbsence } from '../../src/use-cases/absences.ts';
import { recordArrival, recordDeparture } from '../../src/use-cases/attendance.ts';
import { bookSlot, cancelBooking } from '../../src/use-cases/bookings.ts';
import { closeNow, liftClosure, planClosure } from '../../src/use-cases/closures.ts';
import { findingsOf } from '../support/recount.ts';
import { listed, refusalOf, refusedWithoutTrace } from '../support/refusals.ts';
import { World } from '../support/world.ts';

const MONDAY = plainDate('2027-02-08');
const TUESDAY = plainDate('2027-02-09');
const WEDNESDAY = plainDate('2027-02-10');
const THURSDAY = plainDate('2027-02-11');
const FULL_DAY = { from: 17, to: 35 };
/** 10:10 on Tuesday in Almaty. */
const TUESDAY_MORNING = instant('2027-02-09T05:10:00.000Z');

async function stage(room = 8) {
  const world = await World.create();
  const centreId = await world.centre({ name: 'Мерей' });
  const groupId = await world.group(centreId, { room });
  const admin = await world.person('centre_admin', { centreId });
  const mother = await world.guardian();
  const book = async (date: PlainDate, slot = FULL_DAY, group = groupId) => {
    const childId = await world.child(mother);
    return (await world.act(mother, bookSlot, { childId, groupId: group, date, slot })).id;
  };
  const stateOf = async (id: number) => (await world.database.read((tx) => findBooking(tx, id)))!;
  const messages = (to: Actor = mother) =>
    world.database.read(async (tx) => (await listMessages(tx, to.personId, { unread: true, limit: 9 })).toReversed());
  const dayOn = async (date: PlainDate, group = groupId) =>
    (await world.database.read((tx) => findDays(tx, { groupId: group, from: date, to: date })))[0]!;
  return { world, centreId, groupId, admin, mother, book, stateOf, messages, dayOn };
}

describe('a planned closure', () => {
  test('lists what is booked, then cancels exactly that and tells the families', async () => {
    const { world, centreId, admin, book, stateOf, messages, dayOn } = await stage();
    await using _ = world;
    const ids = [await book(MONDAY), await book(TUESDAY), await book(WEDNESDAY), await book(THURSDAY)];
    const wish = { centreId, groupId: null, startsOn: TUESDAY, endsOn: WEDNESDAY, reason: 'Жылу жүйесін жөндеу' };
    const shown = listed(await refusedWithoutTrace(world, () => world.act(admin, planClosure, wish)));
    expect(shown.bookings.map((each) => [each.bookingId, each.date, each.from, each.to])).toEqual([
      [ids[1], TUESDAY, '08:30', '17:30'],
      [ids[2], WEDNESDAY, '08:30', '17:30'],
    ]);
    const done = await world.act(admin, planClosure, { ...wish, confirm: shown });
    expect(done).toMatchObject({ cancelled: 2, shortened: 0, told: 1 });
    expect(await Promise.all(ids.map(async (id) => [(await stateOf(id)).state, (await stateOf(id)).closureId]))).toEqual([
      ['booked', null],
      ['cancelled', done.id],
      ['cancelled', done.id],
      ['booked', null],
    ]);
    expect((await messages()).map((each) => [each.kind, each.data])).toEqual([
      ['closure', { centreRu: 'Мерей', centreKk: 'Мерей', children: 'SC, SC', bookings: 2, days: 2, firstDate: TUESDAY, lastDate: WEDNESDAY, present: 0, startsOn: TUESDAY, endsOn: WEDNESDAY, reason: wish.reason }],
    ]);
    expect(await dayOn(TUESDAY)).toMatchObject({ opensAt: null, closedReason: 'closure' });
    expect((await refusalOf(book(WEDNESDAY))).reason).toBe('closed');
    expect(await findingsOf(world)).toEqual([]);
    const same = await refusedWithoutTrace(world, () => world.act(admin, planClosure, wish));
    expect([same.reason, same.details['current']]).toEqual(['stale', expect.objectContaining({ id: done.id, reason: wish.reason })]);
  });

  test('of one group leaves the others open', async () => {
    const { world, centreId, groupId, admin, book, stateOf, dayOn } = await stage();
    await using _ = world;
    const other = await world.group(centreId);
    const elsewhere = await book(TUESDAY, FULL_DAY, other);
    await world.act(admin, planClosure, { centreId, groupId, startsOn: TUESDAY, endsOn: TUESDAY, reason: 'Карантин' });
    expect((await stateOf(elsewhere)).state).toBe('booked');
    expect([(await dayOn(TUESDAY)).closedReason, (await dayOn(TUESDAY, other)).closedReason]).toEqual(['closure', null]);
    expect(await findingsOf(world)).toEqual([]);
  });

  test('from today on leaves what has elapsed of today', async () => {
    const { world, centreId, admin, book, stateOf, dayOn } = await stage();
    await using _ = world;
    const id = await book(TUESDAY);
    world.now = TUESDAY_MORNING;
    const wish = { centreId, groupId: null, startsOn: TUESDAY, endsOn: TUESDAY, reason: 'Жөндеу' };
    await world.act(admin, planClosure, { ...wish, confirm: listed(await refusalOf(world.act(admin, planClosure, wish))) });
    expect(await stateOf(id)).toMatchObject({ state: 'cancelled', releasedFrom: 21 });
    expect(await dayOn(TUESDAY)).toMatchObject({ opensAt: 16, closesAt: 21, closedReason: 'closure' });
    expect(await findingsOf(world)).toEqual([]);
  });

  test.each<[string, string, Record<string, unknown>]>([
    ['past', 'startsOn', { startsOn: plainDate('2027-02-02') }],
    ['invalid', 'endsOn', { endsOn: MONDAY }],
    ['too_wide', 'endsOn', { endsOn: plainDate('2028-02-10') }],
    ['invalid', 'reason', { reason: ' \u200B' }],
  ])('%s %s', async (reason, field, change) => {
    const { world, centreId, admin } = await stage();
    await using _ = world;
    const wish = { centreId, groupId: null, startsOn: TUESDAY, endsOn: WEDNESDAY, reason: 'Жөндеу', ...change };
    const refusal = await refusedWithoutTrace(world, () => world.act(admin, planClosure, wish));
    expect(refusal.details.errors).toEqual([{ field, reason }]);
  });

  test('is for administrators, of this centre and its own groups', async () => {
    const { world, centreId, groupId, admin, mother } = await stage();
    await using _ = world;
    const wish = { centreId, groupId: null, startsOn: TUESDAY, endsOn: TUESDAY, reason: 'Жөндеу' };
    const foreign = await world.person('centre_admin', { centreId: await world.centre() });
    const people: [Actor, string][] = [[mother, 'forbidden'], [await world.person('centre_staff', { centreId }), 'forbidden'], [foreign, 'missing']];
    for (const [actor, reason] of people) {
      expect((await refusalOf(world.act(actor, planClosure, wish))).reason).toBe(reason);
      expect((await refusalOf(world.act(actor, closeNow, wish))).reason).toBe(reason);
    }
    const elsewhere = await world.centre();
    const system = await world.person('system_admin');
    expect((await refusalOf(world.act(system, planClosure, { ...wish, centreId: elsewhere, groupId }))).reason).toBe('missing');
    const { id } = await world.act(admin, planClosure, wish);
    expect((await refusalOf(world.act(foreign, liftClosure, { closureId: id }))).reason).toBe('missing');
    expect((await refusalOf(world.act(mother, liftClosure, { closureId: id }))).reason).toBe('forbidden');
  });
});

describe('an emergency', () => {
  test('cuts the day for children here, expected, later, absent and gone; days ahead go whole', async () => {
    const { world, centreId, admin, mother, book, stateOf, messages, dayOn } = await stage();
    await using _ = world;
    const here = await book(TUESDAY);
    const expected = await book(TUESDAY);
    const later = await book(TUESDAY, { from: 24, to: 34 });
    const ill = await book(TUESDAY);
    const gone = await book(TUESDAY);
    const tomorrow = await book(WEDNESDAY);
    world.now = instant('2027-02-09T03:35:00.000Z'); // 8:35
    await world.act(admin, recordArrival, { bookingId: here });
    await world.act(admin, recordArrival, { bookingId: gone });
    await world.act(mother, reportAbsence, { bookingId: ill, kind: 'illness' });
    world.now = TUESDAY_MORNING;
    await world.act(admin, recordDeparture, { bookingId: gone, collectorId: null });

    const done = await world.act(admin, closeNow, { centreId, groupId: null, endsOn: WEDNESDAY, reason: 'Жарық өшті' });
    expect(done).toEqual({ id: done.id, fromHalfHour: 21, cancelled: 3, shortened: 1, unheld: 0, told: 1 });
    const facts = async (id: number) => {
      const { state, cancelledBy, closureId, absence, releasedFrom } = await stateOf(id);
      return [state, cancelledBy, closureId, absence, releasedFrom];
    };
    expect(await facts(here)).toEqual(['attended', null, null, null, 21]);
    expect(await facts(expected)).toEqual(['cancelled', 'centre', done.id, null, 21]);
    expect(await facts(later)).toEqual(['cancelled', 'centre', done.id, null, 24]);
    expect(await facts(ill)).toEqual(['absent', null, null, 'illness', 18]);
    expect(await facts(gone)).toEqual(['attended', null, null, null, 21]);
    expect(await facts(tomorrow)).toEqual(['cancelled', 'centre', done.id, null, 17]);
    expect(await dayOn(TUESDAY)).toMatchObject({ opensAt: 16, closesAt: 21, closedReason: 'emergency' });
    expect(await dayOn(WEDNESDAY)).toMatchObject({ opensAt: null, closedReason: 'emergency' });
    expect((await messages()).map((each) => [each.kind, each.data])).toEqual([
      ['emergency', expect.objectContaining({ from: '10:30', bookings: 4, days: 2, present: 1, reason: 'Жарық өшті', startsOn: TUESDAY, endsOn: WEDNESDAY })],
    ]);
    expect(await findingsOf(world)).toEqual([]);

    world.now = instant('2027-02-09T05:40:00.000Z');
    await world.act(admin, recordDeparture, { bookingId: here, collectorId: mother.personId });
    expect(await findingsOf(world)).toEqual([]);
  });

  test('from a later half-hour: the stay until then remains; an earlier emergency cuts again, cancels once', async () => {
    const { world, centreId, groupId, admin, book, stateOf } = await stage();
    await using _ = world;
    const id = await book(TUESDAY);
    world.now = TUESDAY_MORNING;
    const wish = { centreId, groupId, endsOn: TUESDAY, reason: 'Су жоқ' };
    const first = await world.act(admin, closeNow, { ...wish, fromHalfHour: 28 });
    expect(await stateOf(id)).toMatchObject({ state: 'cancelled', closureId: first.id, releasedFrom: 28 });
    expect(await world.act(admin, closeNow, { ...wish, fromHalfHour: 24 })).toMatchObject({ cancelled: 0, shortened: 1 });
    expect(await stateOf(id)).toMatchObject({ state: 'cancelled', closureId: first.id, releasedFrom: 24 });
    expect(await findingsOf(world)).toEqual([]);
    const past = await refusedWithoutTrace(world, () => world.act(admin, closeNow, { ...wish, fromHalfHour: 20 }));
    expect([past.reason, past.details.errors]).toEqual(['past', [{ field: 'fromHalfHour', reason: 'past' }]]);
    const off = await refusedWithoutTrace(world, () => world.act(admin, closeNow, { ...wish, fromHalfHour: 49 }));
    expect(off.details.errors).toEqual([{ field: 'fromHalfHour', reason: 'invalid' }]);
  });

  test('gives up held places without asking', async () => {
    const { world, centreId, groupId, admin } = await stage();
    await using _ = world;
    await world.insert(async (tx) => {
      const hold = { groupId, date: WEDNESDAY, fromHalfHour: 17, toHalfHour: 33, weight: 100, expiresAt: TUESDAY_MORNING };
      await tx.db.insert(tx.t.hold).values({ ...hold, source: 'rescue' });
    });
    expect(await world.act(admin, closeNow, { centreId, groupId: null, endsOn: WEDNESDAY, reason: 'Су жоқ' })).toMatchObject({ unheld: 1 });
    expect(await findingsOf(world)).toEqual([]);
  });
});

describe('lifting a closure', () => {
  test('opens the rest again, keeps the days that were closed, and tells the families; their bookings stay cancelled', async () => {
    const { world, centreId, admin, mother, book, stateOf, messages, dayOn } = await stage();
    await using _ = world;
    await book(MONDAY);
    const id = await book(WEDNESDAY);
    const wish = { centreId, groupId: null, startsOn: MONDAY, endsOn: THURSDAY, reason: 'Карантин' };
    const { id: closureId } = await world.act(admin, planClosure, { ...wish, confirm: listed(await refusalOf(world.act(admin, planClosure, wish))) });
    world.now = TUESDAY_MORNING;
    expect(await world.act(admin, liftClosure, { closureId })).toEqual({ id: closureId, told: 1 });
    expect((await dayOn(MONDAY)).closedReason).toBe('closure');
    expect([(await dayOn(TUESDAY)).opensAt, (await dayOn(THURSDAY)).opensAt]).toEqual([16, 16]);
    expect(await stateOf(id)).toMatchObject({ state: 'cancelled', closureId });
    expect((await messages()).map((each) => [each.kind, each.data])).toEqual([
      ['closure', expect.objectContaining({ bookings: 2 })],
      ['reopened', expect.objectContaining({ bookings: 1, firstDate: WEDNESDAY, lastDate: WEDNESDAY, startsOn: TUESDAY, endsOn: THURSDAY })],
    ]);
    const { childId, groupId } = await stateOf(id);
    await world.act(mother, bookSlot, { childId, groupId, date: WEDNESDAY, slot: FULL_DAY });
    expect(await world.act(admin, liftClosure, { closureId })).toEqual({ id: closureId, told: 0 });
    expect(await messages()).toHaveLength(2);
    expect(await findingsOf(world)).toEqual([]);
  });

  test('before it began leaves nothing of it; one that is over cannot be lifted', async () => {
    const { world, centreId, admin, dayOn } = await stage();
    await using _ = world;
    const wish = { centreId, groupId: null, endsOn: TUESDAY, reason: 'Карантин' };
    const early = await world.act(admin, planClosure, { ...wish, startsOn: TUESDAY });
    await world.act(admin, liftClosure, { closureId: early.id });
    expect((await dayOn(TUESDAY)).opensAt).toBe(16);
    expect(await world.database.read((tx) => listClosures(tx, { centreId, from: MONDAY }))).toEqual([]);
    const over = await world.act(admin, planClosure, { ...wish, startsOn: MONDAY });
    world.now = instant('2027-02-10T05:00:00.000Z');
    expect((await refusedWithoutTrace(world, () => world.act(admin, liftClosure, { closureId: over.id }))).reason).toBe('past');
    expect(await findingsOf(world)).toEqual([]);
  });

  test('another closure of the same day keeps it closed', async () => {
    const { world, centreId, groupId, admin, dayOn } = await stage();
    await using _ = world;
    const wish = { centreId, startsOn: TUESDAY, endsOn: TUESDAY, reason: 'Карантин' };
    const ofGroup = await world.act(admin, planClosure, { ...wish, groupId });
    await world.act(admin, planClosure, { ...wish, groupId: null });
    await world.act(admin, liftClosure, { closureId: ofGroup.id });
    expect((await dayOn(TUESDAY)).opensAt).toBe(null);
    expect(await findingsOf(world)).toEqual([]);
  });
});

describe('at the same time', () => {
  const settled = (results: PromiseSettledResult<unknown>[]) =>
    results.map((each) => (each.status === 'fulfilled' ? 'done' : (each.reason as { reason?: string }).reason ?? String(each.reason)));

  test('bookings made while a closure is being confirmed: all before it, all listed, or refused as closed', async () => {
    const { world, centreId, admin, mother, book, dayOn } = await stage(30);
    await using _ = world;
    for (const startsOn of [MONDAY, TUESDAY, WEDNESDAY, THURSDAY]) {
      for (let at = 0; at < 3; at++) await book(startsOn);
      const children = await Promise.all(Array.from({ length: 6 }, () => world.child(mother)));
      const wish = { centreId, groupId: null, startsOn, endsOn: startsOn, reason: 'Жөндеу' };
      const confirm = listed(await refusalOf(world.act(admin, planClosure, wish)));
      const { groupId } = await dayOn(startsOn);
      const [closing, ...bookings] = settled(
        await Promise.allSettled([
          world.act(admin, planClosure, { ...wish, confirm }),
          ...children.map((childId) => world.act(mother, bookSlot, { childId, groupId, date: startsOn, slot: FULL_DAY })),
        ]),
      );
      expect(['done', 'in_the_way']).toContain(closing);
      expect(new Set([...bookings, 'done', 'closed'])).toEqual(new Set(['done', 'closed']));
      if (closing === 'in_the_way') {
        await world.act(admin, planClosure, { ...wish, confirm: listed(await refusalOf(world.act(admin, planClosure, wish))) });
      }
      expect((await dayOn(startsOn)).booked.every((heads) => heads === 0)).toBe(true);
      expect(await findingsOf(world)).toEqual([]);
    }
  });

  test('an emergency among bookings, cancellations, absences and arrivals', async () => {
    const { world, centreId, groupId, admin, mother, book, dayOn } = await stage(40);
    await using _ = world;
    const ids: number[] = [];
    for (let at = 0; at < 9; at++) ids.push(await book(TUESDAY));
    const children = await Promise.all(Array.from({ length: 8 }, () => world.child(mother)));
    world.now = TUESDAY_MORNING;
    const results = settled(
      await Promise.allSettled([
        ...children.slice(0, 4).map((childId) => world.act(mother, bookSlot, { childId, groupId, date: TUESDAY, slot: { from: 21, to: 35 } })),
        ...ids.slice(0, 3).map((bookingId) => world.act(admin, recordArrival, { bookingId })),
        world.act(admin, closeNow, { centreId, groupId: null, endsOn: TUESDAY, reason: 'Жарық өшті' }),
        ...ids.slice(3, 6).map((bookingId) => world.act(mother, cancelBooking, { bookingId })),
        ...ids.slice(6, 9).map((bookingId) => world.act(mother, reportAbsence, { bookingId, kind: 'illness' })),
        ...children.slice(4).map((childId) => world.act(mother, bookSlot, { childId, groupId, date: TUESDAY, slot: { from: 21, to: 35 } })),
      ]),
    );
    expect(results[7]).toBe('done');
    expect(new Set([...results, 'done', 'closed', 'stale'])).toEqual(new Set(['done', 'closed', 'stale']));
    expect((await dayOn(TUESDAY)).booked.slice(21).every((heads) => heads === 0)).toBe(true);
    expect(await findingsOf(world)).toEqual([]);
  });

  test('a child who books while an emergency waits for the day is cut as well, and its family may be cancelling already', async () => {
    const { world, centreId, groupId, admin, mother, stateOf, dayOn } = await stage();
    await using _ = world;
    const [early, busy] = [await world.child(mother), await world.child(mother)];
    const wish = { groupId, date: TUESDAY, slot: { from: 24, to: 35 } };
    const ids: number[] = [];
    world.now = TUESDAY_MORNING;
    const work = { now: world.now, actor: mother };
    const booking = world.database.write(async (tx) => {
      ids.push((await bookSlot({ ...work, tx }, { ...wish, childId: busy })).id);
      ids.push((await bookSlot({ ...work, tx }, { ...wish, childId: early })).id);
      await wait(150);
    });
    await wait(50);
    const closing = world.act(admin, closeNow, { centreId, groupId: null, endsOn: TUESDAY, reason: 'Жарық өшті' });
    // Waits for the child like any operation of its family, and goes on the moment the booking is made.
    const cancelling = world.database.write(async (tx) => {
      await lockChild(tx, busy);
      await wait(50);
      await cancelBooking({ ...work, tx }, { bookingId: ids[0]! });
    });
    await Promise.all([booking, closing, cancelling]);
    for (const id of ids) expect((await stateOf(id)).state).toBe('cancelled');
    expect((await dayOn(TUESDAY)).booked.every((heads) => heads === 0)).toBe(true);
    expect(await findingsOf(world)).toEqual([]);
  });

  test('families and the door work on a booking while an emergency waits for them: nobody is both absent and cancelled', async () => {
    const { world, centreId, admin, mother, book, stateOf } = await stage();
    await using _ = world;
    const [ill, here] = [await book(TUESDAY), await book(TUESDAY)];
    world.now = TUESDAY_MORNING;
    const changing = world.database.write(async (tx) => {
      const work = { tx, now: world.now, actor: admin };
      await recordArrival(work, { bookingId: here });
      await reportAbsence({ ...work, actor: mother }, { bookingId: ill, kind: 'illness' });
      await wait(150);
    });
    await wait(50);
    const done = await world.act(admin, closeNow, { centreId, groupId: null, endsOn: TUESDAY, reason: 'Жарық өшті' });
    await changing;
    expect(done).toMatchObject({ cancelled: 0, shortened: 1 });
    expect(await stateOf(ill)).toMatchObject({ state: 'absent', cancelledBy: null });
    expect(await stateOf(here)).toMatchObject({ state: 'attended', cancelledBy: null, releasedFrom: 21 });
    expect(await findingsOf(world)).toEqual([]);
  });
});
