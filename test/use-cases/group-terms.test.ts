import { describe, expect, test } from 'vitest';
import { addMonths, instant, plainDate, type PlainDate } from '../../src/domain/calendar.ts';
import type { WeeklyHours } from '../../src/domain/opening.ts';
import type { Actor } from '../../src/domain/people.ts';
import { parseTime } from '../../src/domain/slots.ts';
import { findBooking } from '../../src/data/bookings.ts';
import { findDays } from '../../src/data/group-days.ts';
import { listMessages } from '../../src/data/messages.ts';
import { recordArrival } from '../../src/use-cases/attendance.ts';
import { bookSlot, cancelBooking, changeBooking } from '../../src/use-cases/bookings.ts';
import { changeTerms } from '../../src/use-cases/group-terms.ts';
import { findingsOf } from '../support/recount.ts';
import { listed, refusalOf, refusedWithoutTrace } from '../support/refusals.ts';
import { HOURS, World } from '../support/world.ts';

const slot = (from: string, to: string) => ({ from: parseTime(from)!, to: parseTime(to)! });
const MONDAY = plainDate('2027-02-08');
const TUESDAY = plainDate('2027-02-09');
const WEDNESDAY = plainDate('2027-02-10');
const { wed: _wed, ...WITHOUT_WEDNESDAY } = HOURS;
const { tue: _tue, ...WITHOUT_TUESDAY } = HOURS;
const until = (time: string): WeeklyHours =>
  Object.fromEntries(Object.entries(HOURS).map(([weekday, [from]]) => [weekday, [from, parseTime(time)!]]));

interface Stage {
  readonly world: World;
  readonly admin: Actor;
  readonly mother: Actor;
  readonly centreId: number;
  readonly groupId: number;
  /** Books a child of its own (or the given one), a minute after whoever came before. */
  book(date: PlainDate, from: string, to: string, childId?: number): Promise<number>;
}

async function stage(options: { room?: number; now?: string } = {}): Promise<Stage> {
  const world = await World.create(options.now ? { now: instant(options.now) } : {});
  const centreId = await world.centre({ name: 'Мерей' });
  const groupId = await world.group(centreId, { room: options.room ?? 8 });
  const admin = await world.person('centre_admin', { centreId });
  const mother = await world.guardian();
  let minutes = 0;
  return {
    world,
    admin,
    mother,
    centreId,
    groupId,
    async book(date, from, to, childId) {
      const start = world.now;
      world.now = instant(start.replace(/:\d\d\.\d{3}Z$/, `:${String(++minutes).padStart(2, '0')}.000Z`));
      const child = childId ?? (await world.child(mother));
      const { id } = await world.act(mother, bookSlot, { childId: child, groupId, date, slot: slot(from, to) });
      world.now = start;
      return id;
    },
  };
}

const stateOf = async (world: World, id: number) => {
  const booking = await world.database.read((tx) => findBooking(tx, id));
  return { state: booking!.state, cancelledBy: booking!.cancelledBy, releasedFrom: booking!.releasedFrom };
};

describe('terms that nothing stands against', () => {
  test.each([
    ['more room', 9, HOURS],
    ['as much room as is taken', 1, HOURS],
    ['shorter, after the last stay', 8, until('17:30')],
    ['longer', 8, until('20:00')],
    ['a day off on which nobody is booked', 8, WITHOUT_WEDNESDAY],
  ])('%s', async (_name, room, hours) => {
    const { world, admin, groupId, book } = await stage();
    await using _ = world;
    await book(MONDAY, '08:30', '17:30');
    const done = await world.act(admin, changeTerms, { groupId, version: 1, startsOn: MONDAY, room, hours });
    expect(done).toEqual({ version: 2, cancelled: 0, shortened: 0, unheld: 0, told: 0 });
    const [friday, monday] = await world.database.read(async (tx) => [
      (await findDays(tx, { groupId, from: plainDate('2027-02-05'), to: plainDate('2027-02-05') }))[0]!,
      (await findDays(tx, { groupId, from: MONDAY, to: MONDAY }))[0]!,
    ]);
    expect([friday.room, friday.closesAt]).toEqual([8, 37]);
    expect([monday.room, monday.closesAt]).toEqual([room, hours.mon![1]]);
    expect(await findingsOf(world)).toEqual([]);
  });

  test('later terms stay; those of the same day are replaced', async () => {
    const { world, admin, groupId } = await stage();
    await using _ = world;
    const put = (version: number, startsOn: string, room: number) =>
      world.act(admin, changeTerms, { groupId, version, startsOn: plainDate(startsOn), room, hours: HOURS });
    await put(1, '2027-03-01', 12);
    await put(2, '2027-02-08', 10);
    await put(3, '2027-03-01', 14);
    const roomOn = async (date: PlainDate) =>
      (await world.database.read((tx) => findDays(tx, { groupId, from: date, to: date })))[0]!.room;
    expect(await Promise.all(['2027-02-05', '2027-02-08', '2027-02-26', '2027-03-01', '2028-03-31'].map((date) => roomOn(plainDate(date))))).toEqual([8, 10, 10, 14, 14]);
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
    const { world, admin, mother, groupId, book } = await stage();
    await using _ = world;
    const ids = [
      await book(TUESDAY, '08:30', '16:30'),
      await book(TUESDAY, '09:00', '17:30'),
      await book(TUESDAY, '12:00', '16:00'),
      await book(WEDNESDAY, '08:30', '16:30'),
    ];
    const wish = { groupId, version: 1, startsOn: MONDAY, room: change.room ?? 8, hours: change.hours ?? HOURS };
    const refusal = listed(await refusedWithoutTrace(world, () => world.act(admin, changeTerms, wish)));
    expect(refusal.bookings.map((each) => ids.indexOf(each.bookingId))).toEqual(expected);
    expect(refusal).toMatchObject({ count: expected.length, held: 0, families: 1, holds: [] });

    const confirm = { count: refusal.count, token: refusal.token };
    const done = await world.act(admin, changeTerms, { ...wish, confirm });
    expect(done).toEqual({ version: 2, cancelled: expected.length, shortened: 0, unheld: 0, told: 1 });
    for (const [at, id] of ids.entries()) {
      expect(await stateOf(world, id)).toMatchObject(expected.includes(at) ? { state: 'cancelled', cancelledBy: 'centre' } : { state: 'booked', releasedFrom: null });
    }
    const messages = await world.database.read((tx) => listMessages(tx, mother.personId, { unread: true, limit: 10 }));
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({ kind: 'changed_terms', data: { centreRu: 'Мерей', centreKk: 'Мерей', group: 'Топ', bookings: expected.length, startsOn: MONDAY, present: 0 } });
    expect(await findingsOf(world)).toEqual([]);
  });

  test('one message per adult, of their own children only, by initials', async () => {
    const { world, admin, mother, groupId, book } = await stage();
    await using _ = world;
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
      await tx.db.insert(tx.t.guardianship).values({ childId: stranger, personId: mother.personId, ...rights, startsOn: plainDate('2026-01-01'), endsOn: plainDate('2027-02-02'), mayBeTold: true });
    });
    await book(TUESDAY, '08:30', '17:30', sister);
    await book(WEDNESDAY, '08:30', '17:30', sister);
    await book(TUESDAY, '08:30', '17:30', brother);
    await world.act(other, bookSlot, { childId: stranger, groupId, date: TUESDAY, slot: slot('08:30', '17:30') });
    const wish = { groupId, version: 1, startsOn: MONDAY, room: 8, hours: until('17:00') };
    const { count, token, families } = listed(await refusalOf(world.act(admin, changeTerms, wish)));
    expect([count, families]).toEqual([4, 2]);
    expect(await world.act(admin, changeTerms, { ...wish, confirm: { count, token } })).toMatchObject({ cancelled: 4, told: 3 });
    const dataOf = async (person: Actor) => (await world.database.read((tx) => listMessages(tx, person.personId, { unread: true, limit: 10 }))).map((each) => each.data);
    expect(await dataOf(mother)).toEqual([expect.objectContaining({ children: 'SC, SC', bookings: 3, days: 2, firstDate: TUESDAY, lastDate: WEDNESDAY })]);
    expect(await dataOf(father)).toEqual([expect.objectContaining({ children: 'SC', bookings: 2, days: 2 })]);
    expect(await dataOf(other)).toEqual([expect.objectContaining({ children: 'SC', bookings: 1, days: 1 })]);
    expect(await dataOf(admin)).toEqual([]);
  });

  test('a confirmation holds for the list that was shown, no other', async () => {
    const { world, admin, mother, groupId, book } = await stage();
    await using _ = world;
    const first = await book(TUESDAY, '09:00', '17:30');
    const wish = { groupId, version: 1, startsOn: MONDAY, room: 8, hours: until('17:00') };
    const shown = listed(await refusalOf(world.act(admin, changeTerms, wish)));
    const again = (confirm: { count: number; token: string }) => refusedWithoutTrace(world, () => world.act(admin, changeTerms, { ...wish, confirm }));

    const second = await book(WEDNESDAY, '09:00', '17:30');
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
    expect(await world.act(admin, changeTerms, { ...wish, confirm: moved })).toMatchObject({ version: 2, cancelled: 0, told: 0 });
  });

  test('holds are listed as held places and given up on confirmation', async () => {
    const { world, admin, groupId, book } = await stage({ room: 2 });
    await using _ = world;
    await book(TUESDAY, '08:30', '16:30');
    await world.insert(async (tx) => {
      const hold = { groupId, weight: 100, source: 'offer' as const, expiresAt: instant('2027-02-09T05:00:00.000Z') };
      await tx.db.insert(tx.t.hold).values([
        { ...hold, date: TUESDAY, fromHalfHour: 17, toHalfHour: 33 },
        { ...hold, date: WEDNESDAY, fromHalfHour: 17, toHalfHour: 33 },
      ]);
    });
    await world.act(admin, changeTerms, { groupId, version: 1, startsOn: MONDAY, room: 3, hours: HOURS });
    const wish = { groupId, version: 2, startsOn: MONDAY, room: 1, hours: HOURS };
    const shown = listed(await refusedWithoutTrace(world, () => world.act(admin, changeTerms, wish)));
    expect(shown).toMatchObject({ count: 0, held: 1, families: 0, bookings: [], holds: [{ date: TUESDAY, from: '08:30', to: '16:30' }] });
    expect(await world.act(admin, changeTerms, { ...wish, confirm: { count: 0, token: shown.token } })).toMatchObject({ unheld: 1, cancelled: 0 });
    expect(await findingsOf(world)).toEqual([]);
  });
});

describe('terms from today on', () => {
  // 13:10 in Almaty on the Tuesday.
  const TODAY = '2027-02-09T08:10:00.000Z';

  async function begun(): Promise<Stage & { here: number; expected: number }> {
    const each = await stage({ room: 2 });
    const here = await each.book(TUESDAY, '08:30', '17:30');
    const expected = await each.book(TUESDAY, '09:00', '17:30');
    each.world.now = instant('2027-02-09T03:40:00.000Z');
    await each.world.act(each.admin, recordArrival, { bookingId: here });
    each.world.now = instant(TODAY);
    return { ...each, here, expected };
  }

  test('a child who is here stays until closing and is not cancelled; one who has not come is, from now on', async () => {
    const { world, admin, groupId, here, expected } = await begun();
    await using _ = world;
    const wish = { groupId, version: 1, startsOn: TUESDAY, room: 2, hours: until('16:00') };
    const { count, token } = listed(await refusedWithoutTrace(world, () => world.act(admin, changeTerms, wish)));
    expect(await world.act(admin, changeTerms, { ...wish, confirm: { count, token } })).toMatchObject({ cancelled: 1, shortened: 1, told: 1 });
    expect(await stateOf(world, here)).toEqual({ state: 'attended', cancelledBy: null, releasedFrom: 32 });
    expect(await stateOf(world, expected)).toEqual({ state: 'cancelled', cancelledBy: 'centre', releasedFrom: 27 });
    expect(await findingsOf(world)).toEqual([]);
  });

  test.each<[string, { room?: number; hours?: WeeklyHours }]>([
    ['less room than was taken this morning', { room: 1 }],
    ['hours that begin after this morning', { hours: { ...HOURS, tue: [24, 37] } }],
    ['no opening today', { hours: WITHOUT_TUESDAY }],
  ])('%s come too late for today, not for tomorrow', async (_name, change) => {
    const { world, admin, groupId } = await begun();
    await using _ = world;
    const wish = { groupId, version: 1, startsOn: TUESDAY, room: change.room ?? 2, hours: change.hours ?? HOURS };
    expect((await refusedWithoutTrace(world, () => world.act(admin, changeTerms, wish))).reason).toBe('past');
    expect(await world.act(admin, changeTerms, { ...wish, startsOn: WEDNESDAY })).toMatchObject({ version: 2 });
  });
});

describe('who and what is refused', () => {
  test('two administrators save the same group: the second sees what the first saved', async () => {
    const { world, admin, centreId, groupId } = await stage();
    await using _ = world;
    const colleague = await world.person('centre_admin', { centreId });
    const wish = { groupId, version: 1, startsOn: MONDAY, hours: HOURS };
    await world.act(admin, changeTerms, { ...wish, room: 9 });
    const refusal = await refusedWithoutTrace(world, () => world.act(colleague, changeTerms, { ...wish, room: 7 }));
    expect(refusal.reason).toBe('stale');
    expect(refusal.details['current']).toMatchObject({
      version: 2,
      name: 'Топ',
      terms: [
        { startsOn: '2027-01-01', room: 8 },
        { startsOn: MONDAY, room: 9, hours: HOURS },
      ],
    });
    expect(await world.act(colleague, changeTerms, { ...wish, version: 2, room: 7 })).toMatchObject({ version: 3 });
  });

  test('both at the same instant: one is saved, the other is stale', async () => {
    const { world, admin, centreId, groupId } = await stage();
    await using _ = world;
    const colleague = await world.person('centre_admin', { centreId });
    const save = (actor: Actor, room: number) => world.act(actor, changeTerms, { groupId, version: 1, startsOn: MONDAY, room, hours: HOURS });
    const both = await Promise.allSettled([save(admin, 9), save(colleague, 7)]);
    expect(both.map((each) => (each.status === 'fulfilled' ? 'saved' : (each.reason as { reason: string }).reason)).toSorted()).toEqual(['saved', 'stale']);
    expect(await findingsOf(world)).toEqual([]);
  });

  test('families, staff and regions may not; a foreign group is the same as none', async () => {
    const { world, mother, centreId, groupId } = await stage();
    await using _ = world;
    const people: [Actor, string][] = [
      [mother, 'forbidden'],
      [await world.person('centre_staff', { centreId }), 'forbidden'],
      [await world.person('regional_manager', { regionCode: '75' }), 'forbidden'],
      [await world.person('centre_admin', { centreId: await world.centre() }), 'missing'],
    ];
    const wish = { version: 1, startsOn: MONDAY, room: 9, hours: HOURS };
    for (const [actor, reason] of people) expect((await refusalOf(world.act(actor, changeTerms, { ...wish, groupId }))).reason).toBe(reason);
    const system = await world.person('system_admin');
    expect((await refusalOf(world.act(system, changeTerms, { ...wish, groupId: 999_999 }))).reason).toBe('missing');
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
    const { world, admin, groupId } = await stage();
    await using _ = world;
    const wish = { groupId, version: 1, startsOn: plainDate(change.startsOn ?? MONDAY), room: change.room ?? 8, hours: change.hours ?? HOURS };
    const refusal = await refusedWithoutTrace(world, () => world.act(admin, changeTerms, wish));
    expect(refusal.details.errors).toEqual([{ field, reason }]);
  });

  test('terms outside the life of the group', async () => {
    const { world, admin, centreId } = await stage();
    await using _ = world;
    const groupId = await world.group(centreId, { startsOn: plainDate('2027-03-01'), endsOn: addMonths(plainDate('2027-03-01'), 2) });
    const on = async (startsOn: string) => await refusalOf(world.act(admin, changeTerms, { groupId, version: 1, startsOn: plainDate(startsOn), room: 8, hours: HOURS }));
    expect((await on('2027-02-26')).details.errors).toEqual([{ field: 'startsOn', reason: 'closed' }]);
    expect((await on('2027-05-02')).details.errors).toEqual([{ field: 'startsOn', reason: 'closed' }]);
  });
});
