import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { instant } from '../../src/domain/calendar.ts';
import { lockChild } from '../../src/data/children.ts';
import { reportAbsence } from '../../src/use-cases/absences.ts';
import { recordArrival, recordDeparture } from '../../src/use-cases/attendance.ts';
import { bookSlot } from '../../src/use-cases/bookings.ts';
import { cancelBooking } from '../../src/use-cases/cancellations.ts';
import { closeNow, planClosure } from '../../src/use-cases/closures.ts';
import {
  CentreStage,
  FULL_DAY,
  MONDAY,
  THURSDAY,
  TUESDAY,
  TUESDAY_MORNING,
  WEDNESDAY,
} from '../support/centre-stage.ts';
import { findingsOf } from '../support/recount.ts';
import { listed, refusalOf, refusedWithoutTrace } from '../support/refusals.ts';

describe('an emergency', () => {
  test('cuts the day for children here, expected, later, absent and gone; days ahead go whole', async () => {
    await using stage = await CentreStage.create();
    const { world, centreId, admin, mother } = stage;
    const here = await stage.book(TUESDAY);
    const expected = await stage.book(TUESDAY);
    const later = await stage.book(TUESDAY, { from: 24, to: 34 });
    const ill = await stage.book(TUESDAY);
    const gone = await stage.book(TUESDAY);
    const tomorrow = await stage.book(WEDNESDAY);
    world.now = instant('2027-02-09T03:35:00.000Z'); // 8:35
    await world.act(admin, recordArrival, { bookingId: here });
    await world.act(admin, recordArrival, { bookingId: gone });
    await world.act(mother, reportAbsence, { bookingId: ill, kind: 'illness' });
    world.now = TUESDAY_MORNING;
    await world.act(admin, recordDeparture, { bookingId: gone, collectorId: null });

    const done = await world.act(admin, closeNow, {
      centreId,
      groupId: null,
      endsOn: WEDNESDAY,
      reason: 'Жарық өшті',
    });
    expect(done).toEqual({ id: done.id, fromHalfHour: 21, cancelled: 3, shortened: 1, unheld: 0, told: 1 });
    const facts = async (id: number) => {
      const { state, cancelledBy, closureId, absence, releasedFrom } = await stage.stateOf(id);
      return [state, cancelledBy, closureId, absence, releasedFrom];
    };
    expect(await facts(here)).toEqual(['attended', null, null, null, 21]);
    expect(await facts(expected)).toEqual(['cancelled', 'centre', done.id, null, 21]);
    expect(await facts(later)).toEqual(['cancelled', 'centre', done.id, null, 24]);
    expect(await facts(ill)).toEqual(['absent', null, null, 'illness', 18]);
    expect(await facts(gone)).toEqual(['attended', null, null, null, 21]);
    expect(await facts(tomorrow)).toEqual(['cancelled', 'centre', done.id, null, 17]);
    expect(await stage.dayOn(TUESDAY)).toMatchObject({
      opensAt: 16,
      closesAt: 21,
      closedReason: 'emergency',
    });
    expect(await stage.dayOn(WEDNESDAY)).toMatchObject({ opensAt: null, closedReason: 'emergency' });
    expect(await stage.messages()).toEqual([
      [
        'emergency',
        expect.objectContaining({
          from: '10:30',
          bookings: 4,
          days: 2,
          present: 1,
          reason: 'Жарық өшті',
          startsOn: TUESDAY,
          endsOn: WEDNESDAY,
        }),
      ],
    ]);
    expect(await findingsOf(world)).toEqual([]);

    world.now = instant('2027-02-09T05:40:00.000Z');
    await world.act(admin, recordDeparture, { bookingId: here, collectorId: mother.personId });
    expect(await findingsOf(world)).toEqual([]);
  });

  test('from a later half-hour: the stay until then remains; an earlier emergency cuts again, cancels once', async () => {
    await using stage = await CentreStage.create();
    const { world, centreId, groupId, admin } = stage;
    const id = await stage.book(TUESDAY);
    world.now = TUESDAY_MORNING;
    const wish = { centreId, groupId, endsOn: TUESDAY, reason: 'Су жоқ' };
    const first = await world.act(admin, closeNow, { ...wish, fromHalfHour: 28 });
    expect(await stage.stateOf(id)).toMatchObject({
      state: 'cancelled',
      closureId: first.id,
      releasedFrom: 28,
    });
    expect(await world.act(admin, closeNow, { ...wish, fromHalfHour: 24 })).toMatchObject({
      cancelled: 0,
      shortened: 1,
    });
    expect(await stage.stateOf(id)).toMatchObject({
      state: 'cancelled',
      closureId: first.id,
      releasedFrom: 24,
    });
    expect(await findingsOf(world)).toEqual([]);
    const past = await refusedWithoutTrace(world, () =>
      world.act(admin, closeNow, { ...wish, fromHalfHour: 20 }),
    );
    expect([past.reason, past.details.errors]).toEqual(['past', [{ field: 'fromHalfHour', reason: 'past' }]]);
    const off = await refusedWithoutTrace(world, () =>
      world.act(admin, closeNow, { ...wish, fromHalfHour: 49 }),
    );
    expect(off.details.errors).toEqual([{ field: 'fromHalfHour', reason: 'invalid' }]);
  });

  test('gives up held places without asking', async () => {
    await using stage = await CentreStage.create();
    const { world, centreId, groupId, admin } = stage;
    await world.insert(async (tx) => {
      const hold = {
        groupId,
        date: WEDNESDAY,
        fromHalfHour: 17,
        toHalfHour: 33,
        weight: 100,
        expiresAt: TUESDAY_MORNING,
      };
      await tx.db.insert(tx.t.hold).values({ ...hold, source: 'rescue' });
    });
    expect(
      await world.act(admin, closeNow, { centreId, groupId: null, endsOn: WEDNESDAY, reason: 'Су жоқ' }),
    ).toMatchObject({ unheld: 1 });
    expect(await findingsOf(world)).toEqual([]);
  });
});

describe('at the same time', () => {
  const settled = (results: PromiseSettledResult<unknown>[]) =>
    results.map((each) =>
      each.status === 'fulfilled'
        ? 'done'
        : ((each.reason as { reason?: string }).reason ?? String(each.reason)),
    );

  test('bookings made while a closure is being confirmed: all before it, all listed, or refused as closed', async () => {
    await using stage = await CentreStage.create(30);
    const { world, centreId, admin, mother } = stage;
    for (const startsOn of [MONDAY, TUESDAY, WEDNESDAY, THURSDAY]) {
      for (let at = 0; at < 3; at++) await stage.book(startsOn);
      const children = await Promise.all(Array.from({ length: 6 }, () => world.child(mother)));
      const wish = { centreId, groupId: null, startsOn, endsOn: startsOn, reason: 'Жөндеу' };
      const confirm = listed(await refusalOf(world.act(admin, planClosure, wish)));
      const { groupId } = await stage.dayOn(startsOn);
      const [closing, ...bookings] = settled(
        await Promise.allSettled([
          world.act(admin, planClosure, { ...wish, confirm }),
          ...children.map((childId) =>
            world.act(mother, bookSlot, { childId, groupId, date: startsOn, slot: FULL_DAY }),
          ),
        ]),
      );
      expect(['done', 'in_the_way']).toContain(closing);
      expect(new Set([...bookings, 'done', 'closed'])).toEqual(new Set(['done', 'closed']));
      if (closing === 'in_the_way') {
        await world.act(admin, planClosure, {
          ...wish,
          confirm: listed(await refusalOf(world.act(admin, planClosure, wish))),
        });
      }
      expect((await stage.dayOn(startsOn)).booked.every((heads) => heads === 0)).toBe(true);
      expect(await findingsOf(world)).toEqual([]);
    }
  });

  test('an emergency among bookings, cancellations, absences and arrivals', async () => {
    await using stage = await CentreStage.create(40);
    const { world, centreId, groupId, admin, mother } = stage;
    const ids: number[] = [];
    for (let at = 0; at < 9; at++) ids.push(await stage.book(TUESDAY));
    const children = await Promise.all(Array.from({ length: 8 }, () => world.child(mother)));
    world.now = TUESDAY_MORNING;
    const results = settled(
      await Promise.allSettled([
        ...children
          .slice(0, 4)
          .map((childId) =>
            world.act(mother, bookSlot, { childId, groupId, date: TUESDAY, slot: { from: 21, to: 35 } }),
          ),
        ...ids.slice(0, 3).map((bookingId) => world.act(admin, recordArrival, { bookingId })),
        world.act(admin, closeNow, { centreId, groupId: null, endsOn: TUESDAY, reason: 'Жарық өшті' }),
        ...ids.slice(3, 6).map((bookingId) => world.act(mother, cancelBooking, { bookingId })),
        ...ids
          .slice(6, 9)
          .map((bookingId) => world.act(mother, reportAbsence, { bookingId, kind: 'illness' })),
        ...children
          .slice(4)
          .map((childId) =>
            world.act(mother, bookSlot, { childId, groupId, date: TUESDAY, slot: { from: 21, to: 35 } }),
          ),
      ]),
    );
    expect(results[7]).toBe('done');
    expect(new Set([...results, 'done', 'closed', 'stale'])).toEqual(new Set(['done', 'closed', 'stale']));
    expect((await stage.dayOn(TUESDAY)).booked.slice(21).every((heads) => heads === 0)).toBe(true);
    expect(await findingsOf(world)).toEqual([]);
  });

  test('a child who books while an emergency waits for the day is cut as well, and its family may be cancelling already', async () => {
    await using stage = await CentreStage.create();
    const { world, centreId, groupId, admin, mother } = stage;
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
    const closing = world.act(admin, closeNow, {
      centreId,
      groupId: null,
      endsOn: TUESDAY,
      reason: 'Жарық өшті',
    });
    // Waits for the child like any operation of its family, and goes on the moment the booking is made.
    const cancelling = world.database.write(async (tx) => {
      await lockChild(tx, busy);
      await cancelBooking({ ...work, tx }, { bookingId: ids[0]! });
    });
    await Promise.all([booking, closing, cancelling]);
    for (const id of ids) expect((await stage.stateOf(id)).state).toBe('cancelled');
    expect((await stage.dayOn(TUESDAY)).booked.every((heads) => heads === 0)).toBe(true);
    expect(await findingsOf(world)).toEqual([]);
  });

  test('families and the door work on a booking while an emergency waits for them: nobody is both absent and cancelled', async () => {
    await using stage = await CentreStage.create();
    const { world, centreId, admin, mother } = stage;
    const [ill, here] = [await stage.book(TUESDAY), await stage.book(TUESDAY)];
    world.now = TUESDAY_MORNING;
    const changing = world.database.write(async (tx) => {
      const work = { tx, now: world.now, actor: admin };
      await recordArrival(work, { bookingId: here });
      await reportAbsence({ ...work, actor: mother }, { bookingId: ill, kind: 'illness' });
      await wait(150);
    });
    await wait(50);
    const done = await world.act(admin, closeNow, {
      centreId,
      groupId: null,
      endsOn: TUESDAY,
      reason: 'Жарық өшті',
    });
    await changing;
    expect(done).toMatchObject({ cancelled: 0, shortened: 1 });
    expect(await stage.stateOf(ill)).toMatchObject({ state: 'absent', cancelledBy: null });
    expect(await stage.stateOf(here)).toMatchObject({
      state: 'attended',
      cancelledBy: null,
      releasedFrom: 21,
    });
    expect(await findingsOf(world)).toEqual([]);
  });
});
