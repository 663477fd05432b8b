import { describe, expect, test } from 'vitest';
import { plainDate } from '../../src/domain/calendar.ts';
import type { Actor } from '../../src/domain/people.ts';
import { findCentre } from '../../src/data/centres.ts';
import { bookSlot } from '../../src/use-cases/bookings.ts';
import { changeCentre, createCentre } from '../../src/use-cases/centre-settings.ts';
import { createGroup } from '../../src/use-cases/group-settings.ts';
import { findingsOf } from '../support/recount.ts';
import { refusalOf, refusedWithoutTrace } from '../support/refusals.ts';
import { HOURS, World } from '../support/world.ts';

const SETTINGS = {
  nameRu: ' Центр  «Мерей» ',
  nameKk: '«Мерей» орталығы',
  address: 'Абай көшесі, 5',
  district: 'Алатау',
  hours: HOURS,
  deadlineWeekday: 5,
  deadlineHalfHour: 24,
  lateChanges: 'staff_only',
} as const;

async function stage() {
  const world = await World.create();
  const centreId = await world.centre();
  return { world, centreId, admin: await world.person('centre_admin', { centreId }) };
}

const centreOf = async (world: World, id: number) => (await world.database.read((tx) => findCentre(tx, id)))!;

describe('settings of a centre', () => {
  test('are saved, cleaned and found by both names; the new deadline holds at once', async () => {
    const { world, centreId, admin } = await stage();
    await using _ = world;
    const groupId = await world.group(centreId);
    const mother = await world.guardian();
    const childId = await world.child(mother);
    expect(await world.act(admin, changeCentre, { centreId, version: 1, ...SETTINGS })).toEqual({
      version: 2,
    });
    expect(await centreOf(world, centreId)).toMatchObject({
      ...SETTINGS,
      nameRu: 'Центр «Мерей»',
      searchName: 'центр «мерей» «мерей» орталығы',
      regionCode: '75',
      version: 2,
    });
    const wish = { childId, groupId, date: plainDate('2027-02-05'), slot: { from: 17, to: 35 } };
    expect((await refusalOf(world.act(mother, bookSlot, wish))).reason).toBe('locked');
  });

  test('two administrators: the second sees what the first saved, and saves from there', async () => {
    const { world, centreId, admin } = await stage();
    await using _ = world;
    const colleague = await world.person('centre_admin', { centreId });
    await world.act(admin, changeCentre, { centreId, version: 1, ...SETTINGS });
    const mine = { centreId, ...SETTINGS, address: 'Абай көшесі, 7' };
    const refusal = await refusedWithoutTrace(world, () =>
      world.act(colleague, changeCentre, { ...mine, version: 1 }),
    );
    expect(refusal.reason).toBe('stale');
    expect(refusal.details['current']).toEqual({ ...SETTINGS, nameRu: 'Центр «Мерей»', version: 2 });
    expect(await world.act(colleague, changeCentre, { ...mine, version: 2 })).toEqual({ version: 3 });
  });

  test('both at the same instant: one is saved, the other is stale', async () => {
    const { world, centreId, admin } = await stage();
    await using _ = world;
    const save = (address: string) =>
      world.act(admin, changeCentre, { centreId, version: 1, ...SETTINGS, address });
    const both = await Promise.allSettled([save('бір'), save('екі')]);
    expect(
      both
        .map((each) => (each.status === 'fulfilled' ? 'saved' : (each.reason as { reason: string }).reason))
        .toSorted(),
    ).toEqual(['saved', 'stale']);
    expect(await centreOf(world, centreId)).toMatchObject({ version: 2 });
  });

  test.each<[string, object]>([
    ['nameRu', { nameRu: ' ' }],
    ['nameKk', { nameKk: 'ә'.repeat(121) }],
    ['address', { address: '' }],
    ['district', { district: '' }],
    ['hours', { hours: {} }],
    ['hours.tue', { hours: { mon: [16, 37], tue: [20, 20] } }],
    ['deadlineWeekday', { deadlineWeekday: 8 }],
    ['deadlineHalfHour', { deadlineHalfHour: 49 }],
  ])('bad %s', async (field, change) => {
    const { world, centreId, admin } = await stage();
    await using _ = world;
    const refusal = await refusedWithoutTrace(world, () =>
      world.act(admin, changeCentre, { centreId, version: 1, ...SETTINGS, ...change }),
    );
    expect([refusal.reason, refusal.details.errors?.map((error) => error.field)]).toEqual([
      'invalid',
      [field],
    ]);
  });

  test('are for its administrators', async () => {
    const { world, centreId } = await stage();
    await using _ = world;
    const people: [Actor, string][] = [
      [await world.guardian(), 'forbidden'],
      [await world.person('centre_staff', { centreId }), 'forbidden'],
      [await world.person('centre_admin', { centreId: await world.centre() }), 'missing'],
    ];
    for (const [actor, reason] of people) {
      expect(
        (await refusalOf(world.act(actor, changeCentre, { centreId, version: 1, ...SETTINGS }))).reason,
      ).toBe(reason);
    }
    const system = await world.person('system_admin');
    expect(
      (await refusalOf(world.act(system, changeCentre, { centreId: 999_999, version: 1, ...SETTINGS })))
        .reason,
    ).toBe('missing');
    expect(await world.act(system, changeCentre, { centreId, version: 1, ...SETTINGS })).toEqual({
      version: 2,
    });
  });
});

describe('a new centre', () => {
  const NEW = { ...SETTINGS, regionCode: '71', lat: 51.17, lon: 71.43 };

  test('is made by an administrator of the system and gets its groups', async () => {
    const { world, admin } = await stage();
    await using _ = world;
    const system = await world.person('system_admin');
    expect((await refusalOf(world.act(admin, createCentre, NEW))).reason).toBe('forbidden');
    const { id } = await world.act(system, createCentre, NEW);
    expect(await centreOf(world, id)).toMatchObject({ regionCode: '71', version: 1, lat: 51.17 });
    const group = {
      centreId: id,
      name: 'Топ',
      category: 'older_people',
      admission: 'open',
      skills: null,
      fromAgeMonths: 720,
      toAgeMonths: 1500,
      startsOn: plainDate('2027-03-01'),
      room: 5,
      hours: HOURS,
    } as const;
    await world.act(system, createGroup, group);
    expect(await findingsOf(world)).toEqual([]);
  });

  test.each<[string, object]>([
    ['regionCode', { regionCode: '99' }],
    ['lat', { lat: 91 }],
    ['lat', { lon: null }],
  ])('bad %s', async (field, change) => {
    const { world } = await stage();
    await using _ = world;
    const system = await world.person('system_admin');
    const refusal = await refusedWithoutTrace(world, () =>
      world.act(system, createCentre, { ...NEW, ...change }),
    );
    expect(refusal.details.errors).toEqual([{ field, reason: 'invalid' }]);
  });
});
