import { describe, expect, test } from 'vitest';
import { instant, plainDate } from '../../src/domain/calendar.ts';
import type { Actor } from '../../src/domain/people.ts';
import { listClosures } from '../../src/data/settings.ts';
import { bookSlot } from '../../src/use-cases/bookings.ts';
import { closeNow, liftClosure, planClosure } from '../../src/use-cases/closures.ts';
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

describe('a planned closure', () => {
  test('lists what is booked, then cancels exactly that and tells the families', async () => {
    await using stage = await CentreStage.create();
    const { world, centreId, admin } = stage;
    const ids = [
      await stage.book(MONDAY),
      await stage.book(TUESDAY),
      await stage.book(WEDNESDAY),
      await stage.book(THURSDAY),
    ];
    const wish = {
      centreId,
      groupId: null,
      startsOn: TUESDAY,
      endsOn: WEDNESDAY,
      reason: 'Жылу жүйесін жөндеу',
    };
    const shown = listed(await refusedWithoutTrace(world, () => world.act(admin, planClosure, wish)));
    expect(shown.bookings.map((each) => [each.bookingId, each.date, each.from, each.to])).toEqual([
      [ids[1], TUESDAY, '08:30', '17:30'],
      [ids[2], WEDNESDAY, '08:30', '17:30'],
    ]);
    const done = await world.act(admin, planClosure, { ...wish, confirm: shown });
    expect(done).toMatchObject({ cancelled: 2, shortened: 0, told: 1 });
    expect(
      await Promise.all(
        ids.map(async (id) => [(await stage.stateOf(id)).state, (await stage.stateOf(id)).closureId]),
      ),
    ).toEqual([
      ['booked', null],
      ['cancelled', done.id],
      ['cancelled', done.id],
      ['booked', null],
    ]);
    expect(await stage.messages()).toEqual([
      [
        'closure',
        {
          centreRu: 'Мерей',
          centreKk: 'Мерей',
          children: 'SC, SC',
          bookings: 2,
          days: 2,
          firstDate: TUESDAY,
          lastDate: WEDNESDAY,
          present: 0,
          startsOn: TUESDAY,
          endsOn: WEDNESDAY,
          reason: wish.reason,
        },
      ],
    ]);
    expect(await stage.dayOn(TUESDAY)).toMatchObject({ opensAt: null, closedReason: 'closure' });
    expect((await refusalOf(stage.book(WEDNESDAY))).reason).toBe('closed');
    expect(await findingsOf(world)).toEqual([]);
    const same = await refusedWithoutTrace(world, () => world.act(admin, planClosure, wish));
    expect([same.reason, same.details['current']]).toEqual([
      'stale',
      expect.objectContaining({ id: done.id, reason: wish.reason }),
    ]);
  });

  test('of one group leaves the others open', async () => {
    await using stage = await CentreStage.create();
    const { world, centreId, groupId, admin } = stage;
    const other = await world.group(centreId);
    const elsewhere = await stage.book(TUESDAY, FULL_DAY, { groupId: other });
    await world.act(admin, planClosure, {
      centreId,
      groupId,
      startsOn: TUESDAY,
      endsOn: TUESDAY,
      reason: 'Карантин',
    });
    expect((await stage.stateOf(elsewhere)).state).toBe('booked');
    expect([
      (await stage.dayOn(TUESDAY)).closedReason,
      (await stage.dayOn(TUESDAY, other)).closedReason,
    ]).toEqual(['closure', null]);
    expect(await findingsOf(world)).toEqual([]);
  });

  test('from today on leaves what has elapsed of today', async () => {
    await using stage = await CentreStage.create();
    const { world, centreId, admin } = stage;
    const id = await stage.book(TUESDAY);
    world.now = TUESDAY_MORNING;
    const wish = { centreId, groupId: null, startsOn: TUESDAY, endsOn: TUESDAY, reason: 'Жөндеу' };
    await world.act(admin, planClosure, {
      ...wish,
      confirm: listed(await refusalOf(world.act(admin, planClosure, wish))),
    });
    expect(await stage.stateOf(id)).toMatchObject({ state: 'cancelled', releasedFrom: 21 });
    expect(await stage.dayOn(TUESDAY)).toMatchObject({ opensAt: 16, closesAt: 21, closedReason: 'closure' });
    expect(await findingsOf(world)).toEqual([]);
  });

  test.each<[string, string, Record<string, unknown>]>([
    ['past', 'startsOn', { startsOn: plainDate('2027-02-02') }],
    ['invalid', 'endsOn', { endsOn: MONDAY }],
    ['too_wide', 'endsOn', { endsOn: plainDate('2028-02-10') }],
    ['invalid', 'reason', { reason: ' \u200B' }],
  ])('%s %s', async (reason, field, change) => {
    await using stage = await CentreStage.create();
    const { world, centreId, admin } = stage;
    const wish = {
      centreId,
      groupId: null,
      startsOn: TUESDAY,
      endsOn: WEDNESDAY,
      reason: 'Жөндеу',
      ...change,
    };
    const refusal = await refusedWithoutTrace(world, () => world.act(admin, planClosure, wish));
    expect(refusal.details.errors).toEqual([{ field, reason }]);
  });

  test('is for administrators, of this centre and its own groups', async () => {
    await using stage = await CentreStage.create();
    const { world, centreId, groupId, admin, mother } = stage;
    const wish = { centreId, groupId: null, startsOn: TUESDAY, endsOn: TUESDAY, reason: 'Жөндеу' };
    const foreign = await world.person('centre_admin', { centreId: await world.centre() });
    const people: [Actor, string][] = [
      [mother, 'forbidden'],
      [await world.person('centre_staff', { centreId }), 'forbidden'],
      [foreign, 'missing'],
    ];
    for (const [actor, reason] of people) {
      expect((await refusalOf(world.act(actor, planClosure, wish))).reason).toBe(reason);
      expect((await refusalOf(world.act(actor, closeNow, wish))).reason).toBe(reason);
    }
    const elsewhere = await world.centre();
    const system = await world.person('system_admin');
    expect(
      (await refusalOf(world.act(system, planClosure, { ...wish, centreId: elsewhere, groupId }))).reason,
    ).toBe('missing');
    const { id } = await world.act(admin, planClosure, wish);
    expect((await refusalOf(world.act(foreign, liftClosure, { closureId: id }))).reason).toBe('missing');
    expect((await refusalOf(world.act(mother, liftClosure, { closureId: id }))).reason).toBe('forbidden');
  });
});

describe('lifting a closure', () => {
  test('opens the rest again, keeps the days that were closed, and tells the families; their bookings stay cancelled', async () => {
    await using stage = await CentreStage.create();
    const { world, centreId, admin, mother } = stage;
    await stage.book(MONDAY);
    const id = await stage.book(WEDNESDAY);
    const wish = { centreId, groupId: null, startsOn: MONDAY, endsOn: THURSDAY, reason: 'Карантин' };
    const { id: closureId } = await world.act(admin, planClosure, {
      ...wish,
      confirm: listed(await refusalOf(world.act(admin, planClosure, wish))),
    });
    world.now = TUESDAY_MORNING;
    expect(await world.act(admin, liftClosure, { closureId })).toEqual({ id: closureId, told: 1 });
    expect((await stage.dayOn(MONDAY)).closedReason).toBe('closure');
    expect([(await stage.dayOn(TUESDAY)).opensAt, (await stage.dayOn(THURSDAY)).opensAt]).toEqual([16, 16]);
    expect(await stage.stateOf(id)).toMatchObject({ state: 'cancelled', closureId });
    expect(await stage.messages()).toEqual([
      ['closure', expect.objectContaining({ bookings: 2 })],
      [
        'reopened',
        expect.objectContaining({
          bookings: 1,
          firstDate: WEDNESDAY,
          lastDate: WEDNESDAY,
          startsOn: TUESDAY,
          endsOn: THURSDAY,
        }),
      ],
    ]);
    const { childId, groupId } = await stage.stateOf(id);
    await world.act(mother, bookSlot, { childId, groupId, date: WEDNESDAY, slot: FULL_DAY });
    expect(await world.act(admin, liftClosure, { closureId })).toEqual({ id: closureId, told: 0 });
    expect(await stage.messages()).toHaveLength(2);
    expect(await findingsOf(world)).toEqual([]);
  });

  test('before it began leaves nothing of it; one that is over cannot be lifted', async () => {
    await using stage = await CentreStage.create();
    const { world, centreId, admin } = stage;
    const wish = { centreId, groupId: null, endsOn: TUESDAY, reason: 'Карантин' };
    const early = await world.act(admin, planClosure, { ...wish, startsOn: TUESDAY });
    await world.act(admin, liftClosure, { closureId: early.id });
    expect((await stage.dayOn(TUESDAY)).opensAt).toBe(16);
    expect(await world.database.read((tx) => listClosures(tx, { centreId, from: MONDAY }))).toEqual([]);
    const over = await world.act(admin, planClosure, { ...wish, startsOn: MONDAY });
    world.now = instant('2027-02-10T05:00:00.000Z');
    expect(
      (await refusedWithoutTrace(world, () => world.act(admin, liftClosure, { closureId: over.id }))).reason,
    ).toBe('past');
    expect(await findingsOf(world)).toEqual([]);
  });

  test('another closure of the same day keeps it closed', async () => {
    await using stage = await CentreStage.create();
    const { world, centreId, groupId, admin } = stage;
    const wish = { centreId, startsOn: TUESDAY, endsOn: TUESDAY, reason: 'Карантин' };
    const ofGroup = await world.act(admin, planClosure, { ...wish, groupId });
    await world.act(admin, planClosure, { ...wish, groupId: null });
    await world.act(admin, liftClosure, { closureId: ofGroup.id });
    expect((await stage.dayOn(TUESDAY)).opensAt).toBe(null);
    expect(await findingsOf(world)).toEqual([]);
  });
});
