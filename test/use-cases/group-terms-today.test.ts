import { describe, expect, test } from 'vitest';
import { addMonths, instant, plainDate } from '../../src/domain/calendar.ts';
import type { WeeklyHours } from '../../src/domain/opening.ts';
import type { Actor } from '../../src/domain/people.ts';
import { parseTime } from '../../src/domain/slots.ts';
import { recordArrival } from '../../src/use-cases/attendance.ts';
import { changeTerms } from '../../src/use-cases/group-terms.ts';
import { CentreStage, MONDAY, slot, TUESDAY, WEDNESDAY } from '../support/centre-stage.ts';
import { findingsOf } from '../support/recount.ts';
import { listed, refusalOf, refusedWithoutTrace } from '../support/refusals.ts';
import { HOURS } from '../support/world.ts';

const { tue: _tue, ...WITHOUT_TUESDAY } = HOURS;
const until = (time: string): WeeklyHours =>
  Object.fromEntries(Object.entries(HOURS).map(([weekday, [from]]) => [weekday, [from, parseTime(time)!]]));

describe('terms from today on', () => {
  // 13:10 in Almaty on the Tuesday.
  const TODAY = '2027-02-09T08:10:00.000Z';

  async function begun() {
    const stage = await CentreStage.create(2);
    const { world, admin } = stage;
    const here = await stage.book(TUESDAY, slot('08:30', '17:30'));
    const expected = await stage.book(TUESDAY, slot('09:00', '17:30'));
    world.now = instant('2027-02-09T03:40:00.000Z');
    await world.act(admin, recordArrival, { bookingId: here });
    world.now = instant(TODAY);
    return { stage, here, expected };
  }

  test('a child who is here stays until closing and is not cancelled; one who has not come is, from now on', async () => {
    const { stage, here, expected } = await begun();
    await using _ = stage;
    const { world, admin, groupId } = stage;
    const wish = { groupId, version: 1, startsOn: TUESDAY, room: 2, hours: until('16:00') };
    const { count, token } = listed(
      await refusedWithoutTrace(world, () => world.act(admin, changeTerms, wish)),
    );
    expect(await world.act(admin, changeTerms, { ...wish, confirm: { count, token } })).toMatchObject({
      cancelled: 1,
      shortened: 1,
      told: 1,
    });
    expect(await stage.stateOf(here)).toMatchObject({
      state: 'attended',
      cancelledBy: null,
      releasedFrom: 32,
    });
    expect(await stage.stateOf(expected)).toMatchObject({
      state: 'cancelled',
      cancelledBy: 'centre',
      releasedFrom: 27,
    });
    expect(await findingsOf(world)).toEqual([]);
  });

  test.each<[string, { room?: number; hours?: WeeklyHours }]>([
    ['less room than was taken this morning', { room: 1 }],
    ['hours that begin after this morning', { hours: { ...HOURS, tue: [24, 37] } }],
    ['no opening today', { hours: WITHOUT_TUESDAY }],
  ])('%s come too late for today, not for tomorrow', async (_name, change) => {
    const { stage } = await begun();
    await using _ = stage;
    const { world, admin, groupId } = stage;
    const wish = {
      groupId,
      version: 1,
      startsOn: TUESDAY,
      room: change.room ?? 2,
      hours: change.hours ?? HOURS,
    };
    expect((await refusedWithoutTrace(world, () => world.act(admin, changeTerms, wish))).reason).toBe('past');
    expect(await world.act(admin, changeTerms, { ...wish, startsOn: WEDNESDAY })).toMatchObject({
      version: 2,
    });
  });
});

describe('who and what is refused', () => {
  test('two administrators save the same group: the second sees what the first saved', async () => {
    await using stage = await CentreStage.create();
    const { world, admin, centreId, groupId } = stage;
    const colleague = await world.person('centre_admin', { centreId });
    const wish = { groupId, version: 1, startsOn: MONDAY, hours: HOURS };
    await world.act(admin, changeTerms, { ...wish, room: 9 });
    const refusal = await refusedWithoutTrace(world, () =>
      world.act(colleague, changeTerms, { ...wish, room: 7 }),
    );
    expect(refusal.reason).toBe('stale');
    expect(refusal.details['current']).toMatchObject({
      version: 2,
      name: 'Топ',
      terms: [
        { startsOn: '2027-01-01', room: 8 },
        { startsOn: MONDAY, room: 9, hours: HOURS },
      ],
    });
    expect(await world.act(colleague, changeTerms, { ...wish, version: 2, room: 7 })).toMatchObject({
      version: 3,
    });
  });

  test('both at the same instant: one is saved, the other is stale', async () => {
    await using stage = await CentreStage.create();
    const { world, admin, centreId, groupId } = stage;
    const colleague = await world.person('centre_admin', { centreId });
    const save = (actor: Actor, room: number) =>
      world.act(actor, changeTerms, { groupId, version: 1, startsOn: MONDAY, room, hours: HOURS });
    const both = await Promise.allSettled([save(admin, 9), save(colleague, 7)]);
    expect(
      both
        .map((each) => (each.status === 'fulfilled' ? 'saved' : (each.reason as { reason: string }).reason))
        .toSorted(),
    ).toEqual(['saved', 'stale']);
    expect(await findingsOf(world)).toEqual([]);
  });

  test('families, staff and regions may not; a foreign group is the same as none', async () => {
    await using stage = await CentreStage.create();
    const { world, mother, centreId, groupId } = stage;
    const people: [Actor, string][] = [
      [mother, 'forbidden'],
      [await world.person('centre_staff', { centreId }), 'forbidden'],
      [await world.person('regional_manager', { regionCode: '75' }), 'forbidden'],
      [await world.person('centre_admin', { centreId: await world.centre() }), 'missing'],
    ];
    const wish = { version: 1, startsOn: MONDAY, room: 9, hours: HOURS };
    for (const [actor, reason] of people)
      expect((await refusalOf(world.act(actor, changeTerms, { ...wish, groupId }))).reason).toBe(reason);
    const system = await world.person('system_admin');
    expect((await refusalOf(world.act(system, changeTerms, { ...wish, groupId: 999_999 }))).reason).toBe(
      'missing',
    );
    expect(await world.act(system, changeTerms, { ...wish, groupId })).toMatchObject({ version: 2 });
  });

  test.each<[string, string, { startsOn?: string; room?: number; hours?: WeeklyHours }]>([
    ['past', 'startsOn', { startsOn: '2027-02-02' }],
    ['invalid', 'room', { room: 0 }],
    ['invalid', 'room', { room: 7.5 }],
    ['invalid', 'room', { room: 1000 }],
    ['invalid', 'hours', { hours: {} }],
    ['invalid', 'hours.mon', { hours: { mon: [37, 16] } }],
    ['invalid', 'hours.mon', { hours: { mon: [16, 49] } }],
    ['invalid', 'hours.mon', { hours: { mon: [16.5, 37] } }],
    ['too_short', 'hours.mon', { hours: { mon: [16, 23] } }],
  ])('%s %s: %o', async (reason, field, change) => {
    await using stage = await CentreStage.create();
    const { world, admin, groupId } = stage;
    const wish = {
      groupId,
      version: 1,
      startsOn: plainDate(change.startsOn ?? MONDAY),
      room: change.room ?? 8,
      hours: change.hours ?? HOURS,
    };
    const refusal = await refusedWithoutTrace(world, () => world.act(admin, changeTerms, wish));
    expect(refusal.details.errors).toEqual([{ field, reason }]);
  });

  test('terms outside the life of the group', async () => {
    await using stage = await CentreStage.create();
    const { world, admin, centreId } = stage;
    const groupId = await world.group(centreId, {
      startsOn: plainDate('2027-03-01'),
      endsOn: addMonths(plainDate('2027-03-01'), 2),
    });
    const on = async (startsOn: string) =>
      await refusalOf(
        world.act(admin, changeTerms, {
          groupId,
          version: 1,
          startsOn: plainDate(startsOn),
          room: 8,
          hours: HOURS,
        }),
      );
    expect((await on('2027-02-26')).details.errors).toEqual([{ field: 'startsOn', reason: 'closed' }]);
    expect((await on('2027-05-02')).details.errors).toEqual([{ field: 'startsOn', reason: 'closed' }]);
  });
});
