import { describe, expect, test } from 'vitest';
import { instant, plainDate } from '../../src/domain/calendar.ts';
import type { WeeklyHours } from '../../src/domain/opening.ts';
import type { Actor } from '../../src/domain/people.ts';
import { parseTime } from '../../src/domain/slots.ts';
import { bookSlot, changeBooking } from '../../src/use-cases/bookings.ts';
import { cancelBooking } from '../../src/use-cases/cancellations.ts';
import { changeTerms } from '../../src/use-cases/group-terms.ts';
import { CentreStage, MONDAY, slot, TUESDAY, WEDNESDAY } from '../support/centre-stage.ts';
import { findingsOf } from '../support/recount.ts';
import { listed, refusalOf, refusedWithoutTrace } from '../support/refusals.ts';
import { HOURS } from '../support/world.ts';

const { wed: _wed, ...WITHOUT_WEDNESDAY } = HOURS;
const until = (time: string): WeeklyHours =>
  Object.fromEntries(Object.entries(HOURS).map(([weekday, [from]]) => [weekday, [from, parseTime(time)!]]));

describe('terms that nothing stands against', () => {
  test.each([
    ['more room', 9, HOURS],
    ['as much room as is taken', 1, HOURS],
    ['shorter, after the last stay', 8, until('17:30')],
    ['longer', 8, until('20:00')],
    ['a day off on which nobody is booked', 8, WITHOUT_WEDNESDAY],
  ])('%s', async (_name, room, hours) => {
    await using stage = await CentreStage.create();
    const { world, admin, groupId } = stage;
    await stage.book(MONDAY, slot('08:30', '17:30'));
    const done = await world.act(admin, changeTerms, { groupId, version: 1, startsOn: MONDAY, room, hours });
    expect(done).toEqual({ version: 2, cancelled: 0, shortened: 0, unheld: 0, told: 0 });
    const [friday, monday] = [await stage.dayOn(plainDate('2027-02-05')), await stage.dayOn(MONDAY)];
    expect([friday.room, friday.closesAt]).toEqual([8, 37]);
    expect([monday.room, monday.closesAt]).toEqual([room, hours.mon![1]]);
    expect(await findingsOf(world)).toEqual([]);
  });

  test('later terms stay; those of the same day are replaced', async () => {
    await using stage = await CentreStage.create();
    const { world, admin, groupId } = stage;
    const put = (version: number, startsOn: string, room: number) =>
      world.act(admin, changeTerms, { groupId, version, startsOn: plainDate(startsOn), room, hours: HOURS });
    await put(1, '2027-03-01', 12);
    await put(2, '2027-02-08', 10);
    await put(3, '2027-03-01', 14);
    const rooms: number[] = [];
    for (const date of ['2027-02-05', '2027-02-08', '2027-02-26', '2027-03-01', '2028-03-31']) {
      rooms.push((await stage.dayOn(plainDate(date))).room);
    }
    expect(rooms).toEqual([8, 10, 10, 14, 14]);
    expect(await findingsOf(world)).toEqual([]);
  });
});

describe('terms in the way of bookings', () => {
  test.each<[string, { room?: number; hours?: WeeklyHours }, number[]]>([
    ['hours end earlier: only the stays beyond', { hours: until('17:00') }, [1]],
    ['a weekday closes', { hours: WITHOUT_WEDNESDAY }, [3]],
    ['fewer places: the latest booked where too many are', { room: 2 }, [2]],
    ['both', { room: 1, hours: WITHOUT_WEDNESDAY }, [1, 2, 3]],
  ])('%s', async (_name, change, expected) => {
    await using stage = await CentreStage.create();
    const { world, admin, groupId } = stage;
    const ids = [
      await stage.book(TUESDAY, slot('08:30', '16:30')),
      await stage.book(TUESDAY, slot('09:00', '17:30')),
      await stage.book(TUESDAY, slot('12:00', '16:00')),
      await stage.book(WEDNESDAY, slot('08:30', '16:30')),
    ];
    const wish = {
      groupId,
      version: 1,
      startsOn: MONDAY,
      room: change.room ?? 8,
      hours: change.hours ?? HOURS,
    };
    const refusal = listed(await refusedWithoutTrace(world, () => world.act(admin, changeTerms, wish)));
    expect(refusal.bookings.map((each) => ids.indexOf(each.bookingId))).toEqual(expected);
    expect(refusal).toMatchObject({ count: expected.length, held: 0, families: 1, holds: [] });

    const confirm = { count: refusal.count, token: refusal.token };
    const done = await world.act(admin, changeTerms, { ...wish, confirm });
    expect(done).toEqual({ version: 2, cancelled: expected.length, shortened: 0, unheld: 0, told: 1 });
    for (const [at, id] of ids.entries()) {
      expect(await stage.stateOf(id)).toMatchObject(
        expected.includes(at)
          ? { state: 'cancelled', cancelledBy: 'centre' }
          : { state: 'booked', releasedFrom: null },
      );
    }
    expect(await stage.messages()).toEqual([
      [
        'changed_terms',
        expect.objectContaining({
          centreRu: 'Мерей',
          group: 'Топ',
          bookings: expected.length,
          startsOn: MONDAY,
          present: 0,
        }),
      ],
    ]);
    expect(await findingsOf(world)).toEqual([]);
  });

  test('one message per adult, of their own children only, by initials', async () => {
    await using stage = await CentreStage.create();
    const { world, admin, mother, groupId } = stage;
    const sister = await world.child(mother);
    const brother = await world.child(mother);
    const father = await world.guardian();
    const other = await world.guardian();
    const stranger = await world.child(other);
    await world.insert(async (tx) => {
      const rights = { startsOn: plainDate('2027-01-01'), maySee: true, mayBook: true, mayCollect: true };
      await tx.db.insert(tx.t.guardianship).values([
        { childId: sister, personId: father.personId, ...rights, mayBeTold: true },
        { childId: stranger, personId: admin.personId, ...rights, mayBeTold: false },
      ]);
      await tx.db.insert(tx.t.guardianship).values({
        childId: stranger,
        personId: mother.personId,
        ...rights,
        startsOn: plainDate('2026-01-01'),
        endsOn: plainDate('2027-02-02'),
        mayBeTold: true,
      });
    });
    await stage.book(TUESDAY, slot('08:30', '17:30'), { childId: sister });
    await stage.book(WEDNESDAY, slot('08:30', '17:30'), { childId: sister });
    await stage.book(TUESDAY, slot('08:30', '17:30'), { childId: brother });
    await world.act(other, bookSlot, {
      childId: stranger,
      groupId,
      date: TUESDAY,
      slot: slot('08:30', '17:30'),
    });
    const wish = { groupId, version: 1, startsOn: MONDAY, room: 8, hours: until('17:00') };
    const { count, token, families } = listed(await refusalOf(world.act(admin, changeTerms, wish)));
    expect([count, families]).toEqual([4, 2]);
    expect(await world.act(admin, changeTerms, { ...wish, confirm: { count, token } })).toMatchObject({
      cancelled: 4,
      told: 3,
    });
    const dataOf = async (person: Actor) => (await stage.messages(person)).map(([, data]) => data);
    expect(await dataOf(mother)).toEqual([
      expect.objectContaining({
        children: 'SC, SC',
        bookings: 3,
        days: 2,
        firstDate: TUESDAY,
        lastDate: WEDNESDAY,
      }),
    ]);
    expect(await dataOf(father)).toEqual([expect.objectContaining({ children: 'SC', bookings: 2, days: 2 })]);
    expect(await dataOf(other)).toEqual([expect.objectContaining({ children: 'SC', bookings: 1, days: 1 })]);
    expect(await dataOf(admin)).toEqual([]);
  });

  test('a confirmation holds for the list that was shown, no other', async () => {
    await using stage = await CentreStage.create();
    const { world, admin, mother, groupId } = stage;
    const first = await stage.book(TUESDAY, slot('09:00', '17:30'));
    const wish = { groupId, version: 1, startsOn: MONDAY, room: 8, hours: until('17:00') };
    const shown = listed(await refusalOf(world.act(admin, changeTerms, wish)));
    const again = (confirm: { count: number; token: string }) =>
      refusedWithoutTrace(world, () => world.act(admin, changeTerms, { ...wish, confirm }));

    const second = await stage.book(WEDNESDAY, slot('09:00', '17:30'));
    const more = listed(await again(shown));
    expect(more.bookings.map((each) => each.bookingId)).toEqual([first, second]);
    expect(listed(await again({ count: 1, token: more.token })).token).toBe(more.token);
    expect(listed(await again({ count: 2, token: 'no such token' })).token).toBe(more.token);

    await world.act(mother, changeBooking, { bookingId: second, slot: slot('09:30', '17:30') });
    const moved = listed(await again(more));
    await world.act(mother, cancelBooking, { bookingId: second });
    const fewer = listed(await again(moved));
    expect(fewer.token).toBe(shown.token);
    await world.act(mother, cancelBooking, { bookingId: first });
    expect(await world.act(admin, changeTerms, { ...wish, confirm: moved })).toMatchObject({
      version: 2,
      cancelled: 0,
      told: 0,
    });
  });

  test('holds are listed as held places and given up on confirmation', async () => {
    await using stage = await CentreStage.create(2);
    const { world, admin, groupId } = stage;
    await stage.book(TUESDAY, slot('08:30', '16:30'));
    await world.insert(async (tx) => {
      const hold = {
        groupId,
        weight: 100,
        source: 'offer' as const,
        expiresAt: instant('2027-02-09T05:00:00.000Z'),
      };
      await tx.db.insert(tx.t.hold).values([
        { ...hold, date: TUESDAY, fromHalfHour: 17, toHalfHour: 33 },
        { ...hold, date: WEDNESDAY, fromHalfHour: 17, toHalfHour: 33 },
      ]);
    });
    await world.act(admin, changeTerms, { groupId, version: 1, startsOn: MONDAY, room: 3, hours: HOURS });
    const wish = { groupId, version: 2, startsOn: MONDAY, room: 1, hours: HOURS };
    const shown = listed(await refusedWithoutTrace(world, () => world.act(admin, changeTerms, wish)));
    expect(shown).toMatchObject({
      count: 0,
      held: 1,
      families: 0,
      bookings: [],
      holds: [{ date: TUESDAY, from: '08:30', to: '16:30' }],
    });
    expect(
      await world.act(admin, changeTerms, { ...wish, confirm: { count: 0, token: shown.token } }),
    ).toMatchObject({ unheld: 1, cancelled: 0 });
    expect(await findingsOf(world)).toEqual([]);
  });
});
