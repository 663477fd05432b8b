import { describe, expect, test } from 'vitest';
import { plainDate } from '../../src/domain/calendar.ts';
import { findBooking } from '../../src/data/bookings.ts';
import { findDays } from '../../src/data/group-days.ts';
import { findGroup } from '../../src/data/groups.ts';
import { listMessages } from '../../src/data/messages.ts';
import { bookSlot } from '../../src/use-cases/bookings.ts';
import { planClosure } from '../../src/use-cases/closures.ts';
import { changeGroup, closeGroup, createGroup } from '../../src/use-cases/group-settings.ts';
import { findingsOf } from '../support/recount.ts';
import { listed, refusalOf, refusedWithoutTrace } from '../support/refusals.ts';
import { HOURS, World } from '../support/world.ts';

const FULL_DAY = { from: 17, to: 35 };
const TUESDAY = plainDate('2027-02-09');
const WEDNESDAY = plainDate('2027-02-10');
const WORDS = {
  name: ' Күн  шуақ ',
  admission: 'open',
  skills: null,
  fromAgeMonths: 18,
  toAgeMonths: 216,
} as const;
const NEW = {
  ...WORDS,
  category: 'child_psychoneurological',
  startsOn: TUESDAY,
  room: 6,
  hours: HOURS,
} as const;

async function stage() {
  const world = await World.create();
  const centreId = await world.centre();
  const admin = await world.person('centre_admin', { centreId });
  const mother = await world.guardian();
  return { world, centreId, admin, mother, childId: await world.child(mother) };
}

describe('a new group', () => {
  test('has its terms and its days, closures included, and can be booked', async () => {
    const { world, centreId, admin, mother, childId } = await stage();
    await using _ = world;
    await world.act(admin, planClosure, {
      centreId,
      groupId: null,
      startsOn: WEDNESDAY,
      endsOn: WEDNESDAY,
      reason: 'Жөндеу',
    });
    const { id: groupId } = await world.act(admin, createGroup, { ...NEW, centreId });
    const days = await world.database.read((tx) =>
      findDays(tx, { groupId, from: plainDate('2027-01-01'), to: plainDate('2029-01-01') }),
    );
    expect([days[0]?.date, days.at(-1)?.date]).toEqual([TUESDAY, '2028-03-31']);
    expect(days.slice(0, 3).map((day) => [day.room, day.opensAt, day.closedReason])).toEqual([
      [6, 16, null],
      [6, null, 'closure'],
      [6, 16, null],
    ]);
    await world.act(mother, bookSlot, { childId, groupId, date: TUESDAY, slot: FULL_DAY });
    expect(await world.database.read((tx) => findGroup(tx, groupId))).toMatchObject({
      name: 'Күн шуақ',
      version: 1,
      centreId,
    });
    expect(await findingsOf(world)).toEqual([]);
  });

  test.each([
    ['name', { name: ' \u200B ' }],
    ['skills', { skills: [''] }],
    ['fromAgeMonths', { fromAgeMonths: -1 }],
    ['toAgeMonths', { toAgeMonths: 18 }],
    ['room', { room: 0 }],
    ['hours', { hours: {} }],
    ['startsOn', { startsOn: plainDate('2027-02-02') }],
  ])('bad %s', async (field, change) => {
    const { world, centreId, admin } = await stage();
    await using _ = world;
    const refusal = await refusedWithoutTrace(world, () =>
      world.act(admin, createGroup, { ...NEW, centreId, ...change }),
    );
    expect(refusal.details.errors?.map((error) => error.field)).toEqual([field]);
  });

  test('is for the administrators of its centre', async () => {
    const { world, centreId, admin, mother } = await stage();
    await using _ = world;
    expect((await refusalOf(world.act(mother, createGroup, { ...NEW, centreId }))).reason).toBe('forbidden');
    expect(
      (await refusalOf(world.act(admin, createGroup, { ...NEW, centreId: await world.centre() }))).reason,
    ).toBe('missing');
  });

  test('made while its centre is being closed: closed as well, whichever came first', async () => {
    const { world, centreId, admin } = await stage();
    await using _ = world;
    await world.group(centreId);
    for (let week = 0; week < 3; week++) {
      const startsOn = plainDate(`2027-03-${String(9 + week * 7).padStart(2, '0')}`);
      await Promise.all([
        world.act(admin, planClosure, {
          centreId,
          groupId: null,
          startsOn,
          endsOn: startsOn,
          reason: 'Жөндеу',
        }),
        world.act(admin, createGroup, { ...NEW, centreId }),
      ]);
    }
    expect(await findingsOf(world)).toEqual([]);
  });
});

describe('what a group is called and whom it admits', () => {
  test('is saved for new bookings; what is booked stays; the second of two administrators sees the difference', async () => {
    const { world, centreId, admin, mother, childId } = await stage();
    await using _ = world;
    const groupId = await world.group(centreId);
    const { id } = await world.act(mother, bookSlot, { childId, groupId, date: TUESDAY, slot: FULL_DAY });
    const wish = { groupId, version: 1, ...WORDS, admission: 'enrolled' } as const;
    expect(await world.act(admin, changeGroup, wish)).toEqual({ version: 2 });
    expect((await world.database.read((tx) => findBooking(tx, id)))?.state).toBe('booked');
    expect(
      (await refusalOf(world.act(mother, bookSlot, { childId, groupId, date: WEDNESDAY, slot: FULL_DAY })))
        .reason,
    ).toBe('not_enrolled');
    const second = await refusedWithoutTrace(world, () =>
      world.act(admin, changeGroup, { ...wish, name: 'Басқа' }),
    );
    expect(second.reason).toBe('stale');
    expect(second.details['current']).toMatchObject({ version: 2, name: 'Күн шуақ', admission: 'enrolled' });
  });

  test('the category changes only while nothing is booked ahead', async () => {
    const { world, centreId, admin, mother, childId } = await stage();
    await using _ = world;
    const groupId = await world.group(centreId);
    const { id } = await world.act(mother, bookSlot, { childId, groupId, date: TUESDAY, slot: FULL_DAY });
    const wish = { groupId, version: 1, ...WORDS, category: 'adult_disability' } as const;
    const refusal = await refusedWithoutTrace(world, () => world.act(admin, changeGroup, wish));
    expect(refusal.reason).toBe('in_the_way');
    expect(refusal.details).toMatchObject({ count: 1, held: 0, families: 1, bookings: [{ bookingId: id }] });
    expect(await world.act(admin, changeGroup, { ...wish, groupId: await world.group(centreId) })).toEqual({
      version: 2,
    });
  });
});

describe('the end of a group', () => {
  test('closes the days after its last day on confirmation, and can be taken back', async () => {
    const { world, centreId, admin, mother, childId } = await stage();
    await using _ = world;
    const groupId = await world.group(centreId);
    const last = await world.act(mother, bookSlot, { childId, groupId, date: TUESDAY, slot: FULL_DAY });
    const after = await world.act(mother, bookSlot, { childId, groupId, date: WEDNESDAY, slot: FULL_DAY });
    const { count, token } = listed(
      await refusedWithoutTrace(world, () => world.act(admin, closeGroup, { groupId, endsOn: TUESDAY })),
    );
    expect(
      await world.act(admin, closeGroup, { groupId, endsOn: TUESDAY, confirm: { count, token } }),
    ).toMatchObject({ cancelled: 1, told: 1 });
    const states = await world.database.read(async (tx) => [
      await findBooking(tx, last.id),
      await findBooking(tx, after.id),
    ]);
    expect(states.map((booking) => booking?.state)).toEqual(['booked', 'cancelled']);
    const [message] = await world.database.read((tx) =>
      listMessages(tx, mother.personId, { unread: true, limit: 2 }),
    );
    expect(message).toMatchObject({
      kind: 'group_closed',
      data: { group: 'Топ', endsOn: TUESDAY, firstDate: WEDNESDAY },
    });
    expect(
      (await refusalOf(world.act(mother, bookSlot, { childId, groupId, date: WEDNESDAY, slot: FULL_DAY })))
        .reason,
    ).toBe('closed');
    expect(await findingsOf(world)).toEqual([]);

    expect(
      (await refusalOf(world.act(admin, closeGroup, { groupId, endsOn: plainDate('2027-02-02') }))).reason,
    ).toBe('past');
    await world.act(admin, closeGroup, { groupId, endsOn: null });
    await world.act(mother, bookSlot, { childId, groupId, date: WEDNESDAY, slot: FULL_DAY });
    expect(await findingsOf(world)).toEqual([]);
  });
});
