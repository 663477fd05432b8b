import { describe, expect, test } from 'vitest';
import { instant, plainDate, type PlainDate } from '../../src/domain/calendar.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import { findBooking } from '../../src/data/bookings.ts';
import { findDays } from '../../src/data/group-days.ts';
import { findOverrides } from '../../src/data/groups.ts';
import { listMessages } from '../../src/data/messages.ts';
import { recordArrival } from '../../src/use-cases/attendance.ts';
import { bookSlot } from '../../src/use-cases/bookings.ts';
import { createGroup } from '../../src/use-cases/group-settings.ts';
import { changeCalendar, removeOverride } from '../../src/use-cases/national-calendar.ts';
import { findingsOf } from '../support/recount.ts';
import { refusalOf, refusedWithoutTrace } from '../support/refusals.ts';
import { HOURS, World } from '../support/world.ts';

const TUESDAY = plainDate('2027-02-09');
const SATURDAY = plainDate('2027-02-13');
const NEXT_TUESDAY = plainDate('2027-02-16');
const FULL_DAY = { from: 17, to: 35 };
const OFF = { date: TUESDAY, working: false, standsFor: null, name: 'Ауыстырылған күн' } as const;

interface ByCentre {
  readonly count: number;
  readonly held: number;
  readonly token: string;
  readonly centres: { centreId: number; nameRu: string; bookings: number; holds: number }[];
}
const byCentre = (refusal: Refusal) => {
  expect(refusal.reason).toBe('in_the_way');
  return refusal.details as unknown as ByCentre;
};

async function stage() {
  const world = await World.create();
  const system = await world.person('system_admin');
  const mother = await world.guardian();
  const centres = [
    await world.centre({ name: 'Мерей' }),
    await world.centre({ name: 'Шуақ' }),
    await world.centre({ name: 'Бос' }),
  ];
  const groups: number[] = [];
  for (const centreId of centres) groups.push(await world.group(centreId));
  const book = async (at: number, date: PlainDate, childId?: number) => {
    const wish = {
      childId: childId ?? (await world.child(mother)),
      groupId: groups[at]!,
      date,
      slot: FULL_DAY,
    };
    return (await world.act(mother, bookSlot, wish)).id;
  };
  const dayOn = async (date: PlainDate, at = 0) =>
    (await world.database.read((tx) => findDays(tx, { groupId: groups[at]!, from: date, to: date })))[0]!;
  return { world, system, mother, centres, groups, book, dayOn };
}

describe('a change of the national calendar', () => {
  test('lists what stands in the way centre by centre and goes on confirmation, with one message per adult', async () => {
    const { world, system, mother, centres, groups, book, dayOn } = await stage();
    await using _ = world;
    const ids = [
      await book(0, TUESDAY),
      await book(1, TUESDAY),
      await book(1, TUESDAY),
      await book(1, NEXT_TUESDAY),
    ];
    await world.insert(async (tx) => {
      const hold = {
        groupId: groups[0]!,
        date: TUESDAY,
        fromHalfHour: 17,
        toHalfHour: 33,
        weight: 100,
        expiresAt: world.now,
      };
      await tx.db.insert(tx.t.hold).values({ ...hold, source: 'offer' });
    });
    const shown = byCentre(await refusedWithoutTrace(world, () => world.act(system, changeCalendar, OFF)));
    expect(shown).toEqual({
      count: 3,
      held: 1,
      token: expect.any(String),
      centres: [
        { centreId: centres[1], nameRu: 'Шуақ', nameKk: 'Шуақ', bookings: 2, holds: 0 },
        { centreId: centres[0], nameRu: 'Мерей', nameKk: 'Мерей', bookings: 1, holds: 1 },
      ],
    });
    const more = await book(0, TUESDAY);
    const again = byCentre(
      await refusedWithoutTrace(world, () => world.act(system, changeCalendar, { ...OFF, confirm: shown })),
    );
    expect(again.count).toBe(4);
    const done = await world.act(system, changeCalendar, { ...OFF, confirm: again });
    expect(done).toEqual({ cancelled: 4, shortened: 0, unheld: 1, told: 1 });
    const states: unknown[] = [];
    for (const id of [...ids, more]) {
      const booking = await world.database.read((tx) => findBooking(tx, id));
      states.push([booking?.state, booking?.cancelledBy]);
    }
    expect(states).toEqual([
      ['cancelled', 'centre'],
      ['cancelled', 'centre'],
      ['cancelled', 'centre'],
      ['booked', null],
      ['cancelled', 'centre'],
    ]);
    const messages = await world.database.read((tx) =>
      listMessages(tx, mother.personId, { unread: true, limit: 9 }),
    );
    expect(messages.map((each) => [each.kind, each.data])).toEqual([
      [
        'calendar_change',
        expect.objectContaining({
          centreRu: 'Мерей; Шуақ',
          bookings: 4,
          days: 1,
          date: TUESDAY,
          name: OFF.name,
        }),
      ],
    ]);
    for (const at of [0, 1, 2])
      expect(await dayOn(TUESDAY, at)).toMatchObject({ opensAt: null, closedReason: 'holiday' });
    expect(await findingsOf(world)).toEqual([]);
  });

  test('a working Saturday keeps the hours of the day it stands for, until the override is removed', async () => {
    const { world, system, book, dayOn } = await stage();
    await using _ = world;
    await world.act(system, changeCalendar, {
      date: SATURDAY,
      working: true,
      standsFor: TUESDAY,
      name: null,
    });
    expect(await dayOn(SATURDAY)).toMatchObject({ opensAt: 16, closesAt: 37, closedReason: null });
    expect(await dayOn(TUESDAY)).toMatchObject({ opensAt: 16 });
    await book(0, SATURDAY);
    const shown = byCentre(
      await refusedWithoutTrace(world, () => world.act(system, removeOverride, { date: SATURDAY })),
    );
    expect(await world.act(system, removeOverride, { date: SATURDAY, confirm: shown })).toMatchObject({
      cancelled: 1,
    });
    expect(await dayOn(SATURDAY)).toMatchObject({ opensAt: null, closedReason: 'day_off' });
    expect(await world.database.read(findOverrides)).toEqual(new Map());
    expect(await findingsOf(world)).toEqual([]);
    expect((await refusalOf(world.act(system, removeOverride, { date: SATURDAY }))).reason).toBe('missing');
  });

  test('set again, it is replaced', async () => {
    const { world, system, dayOn } = await stage();
    await using _ = world;
    await world.act(system, changeCalendar, OFF);
    await world.act(system, changeCalendar, { ...OFF, working: true, name: null });
    expect(await dayOn(TUESDAY)).toMatchObject({ opensAt: 16, closedReason: null });
    expect([...(await world.database.read(findOverrides)).values()]).toEqual([
      { date: TUESDAY, working: true, standsFor: null, name: null },
    ]);
    expect(await findingsOf(world)).toEqual([]);
  });

  test('a day off today comes too late once somebody has been there', async () => {
    const { world, system, centres, book } = await stage();
    await using _ = world;
    const id = await book(0, TUESDAY);
    world.now = instant('2027-02-09T05:10:00.000Z');
    await world.act(await world.person('centre_admin', { centreId: centres[0]! }), recordArrival, {
      bookingId: id,
    });
    expect((await refusedWithoutTrace(world, () => world.act(system, changeCalendar, OFF))).reason).toBe(
      'past',
    );
  });

  test('is for administrators of the system, for days ahead, in readable words', async () => {
    const { world, system, mother, centres } = await stage();
    await using _ = world;
    for (const actor of [
      mother,
      await world.person('centre_admin', { centreId: centres[0]! }),
      await world.person('regional_manager', { regionCode: '75' }),
    ]) {
      expect((await refusalOf(world.act(actor, changeCalendar, OFF))).reason).toBe('forbidden');
      expect((await refusalOf(world.act(actor, removeOverride, { date: TUESDAY }))).reason).toBe('forbidden');
    }
    const fieldOf = async (change: object) =>
      (await refusedWithoutTrace(world, () => world.act(system, changeCalendar, { ...OFF, ...change })))
        .details.errors?.[0]?.field;
    expect(await fieldOf({ date: plainDate('2027-02-02') })).toBe('date');
    expect(await fieldOf({ standsFor: TUESDAY })).toBe('standsFor');
    expect(await fieldOf({ name: '' })).toBe('name');
  });

  test('while groups are made and booked: every day as the calendar says', async () => {
    const { world, system, mother, centres, groups, dayOn } = await stage();
    await using _ = world;
    const admin = await world.person('centre_admin', { centreId: centres[2]! });
    const fresh = {
      centreId: centres[2]!,
      name: 'Жаңа',
      category: 'child_psychoneurological',
      admission: 'open',
      skills: null,
      fromAgeMonths: 18,
      toAgeMonths: 216,
      startsOn: plainDate('2027-02-08'),
      room: 5,
      hours: HOURS,
    } as const;
    const children = await Promise.all(Array.from({ length: 4 }, () => world.child(mother)));
    const results = await Promise.allSettled([
      ...children.map((childId) =>
        world.act(mother, bookSlot, { childId, groupId: groups[0]!, date: TUESDAY, slot: FULL_DAY }),
      ),
      world.act(system, changeCalendar, OFF),
      world.act(admin, createGroup, fresh),
    ]);
    expect(results.at(-1)?.status).toBe('fulfilled');
    const change = results.at(-2)!;
    if (change.status === 'rejected') {
      await world.act(system, changeCalendar, {
        ...OFF,
        confirm: byCentre(await refusalOf(world.act(system, changeCalendar, OFF))),
      });
    }
    expect((await dayOn(TUESDAY)).closedReason).toBe('holiday');
    expect(await findingsOf(world)).toEqual([]);
  });
});
