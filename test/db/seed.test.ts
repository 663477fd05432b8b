import { describe, expect, test } from 'vitest';
import { DEMO_ACCOUNTS, DEMO_PASSWORD, loadDemo } from '../../db/seed/demo.ts';
import {
  addDays,
  dateAt,
  instant,
  startOfWeek,
  weekdayOf,
  type PlainDate,
} from '../../src/domain/calendar.ts';
import { parseIin } from '../../src/domain/iin.ts';
import { fit, freeAt, ORDINARY, type GroupDay } from '../../src/domain/places.ts';
import { findAccount, listAssignments } from '../../src/data/accounts.ts';
import { listBookings } from '../../src/data/bookings.ts';
import { listCentres } from '../../src/data/centres.ts';
import { listChildren } from '../../src/data/children.ts';
import type { Database } from '../../src/data/database.ts';
import { findDays } from '../../src/data/group-days.ts';
import { listGroups } from '../../src/data/groups.ts';
import { listOccupancy } from '../../src/data/occupancy.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { signIn } from '../../src/use-cases/sign-in.ts';
import { createTestDatabase, testDialect } from '../support/database.ts';

/** A Wednesday, 13:10: some children have come, some have left. */
const NOW = instant('2027-02-03T08:10:00.000Z');
const TODAY = dateAt(NOW);

interface Demo extends AsyncDisposable {
  readonly database: Database;
}

async function demo(centres: number): Promise<Demo> {
  const stage = await createTestDatabase();
  await loadDemo(stage.database, { now: NOW, centres });
  return { database: stage.database, [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose]() };
}

/** Days of the groups of a centre that are open, from tomorrow until the bookings end. */
async function openDays(
  database: Database,
  centreId: number,
): Promise<Map<number, (GroupDay & { date: PlainDate })[]>> {
  return await database.read(async (tx) => {
    const days = new Map<number, (GroupDay & { date: PlainDate })[]>();
    for (const group of await listGroups(tx, centreId)) {
      const range = { groupId: group.id, from: addDays(TODAY, 1), to: addDays(TODAY, 80) };
      days.set(
        group.id,
        (await findDays(tx, range)).filter((day) => day.opensAt !== null),
      );
    }
    return days;
  });
}

async function centresByRef(database: Database) {
  const centres = await database.read((tx) => listCentres(tx));
  return new Map(centres.map((centre) => [centre.ref, centre]));
}

describe('the demo country', () => {
  test('a small one: sound data, an account of every role, the special centres', async () => {
    await using stage = await demo(6);
    const { database } = stage;
    expect(await checkData(database, NOW)).toEqual([]);

    for (const { login, phone, role } of DEMO_ACCOUNTS) {
      for (const each of [login, phone]) {
        const input = { login: each, password: DEMO_PASSWORD, remember: false, device: 'test', now: NOW };
        expect(await signIn(database, input)).toMatchObject({ role });
      }
    }
    const centres = await centresByRef(database);
    const roleOf = async (login: string) =>
      await database.read(
        async (tx) => (await listAssignments(tx, (await findAccount(tx, login))!.personId, TODAY))[0]!,
      );
    const own = centres.get('demo-1')!;
    expect(own.regionCode).toBe('75');
    expect(await roleOf('admin@demo.kz')).toMatchObject({ centreId: own.id });
    expect(await roleOf('staff@demo.kz')).toMatchObject({ centreId: own.id });
    expect(await roleOf('region@demo.kz')).toMatchObject({ regionCode: '75' });

    const rooms = async (ref: string) => {
      const groups = await openDays(database, centres.get(ref)!.id);
      return [...groups.values()].map((days) => days[0]!.room);
    };
    const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
    expect([(await rooms('demo-2')).length, sum(await rooms('demo-2'))]).toEqual([19, 150]);
    expect(sum(await rooms('demo-3'))).toBe(125);
    const overfull = [...(await openDays(database, centres.get('demo-4')!.id)).values()].flat();
    const free = overfull.filter(
      (day) => fit(day, { from: day.opensAt!, to: day.opensAt! + 8 }, ORDINARY) === undefined,
    );
    expect(free).toEqual([]);
  });

  test("the demo guardian's two children have bookings; a group is full at 9 and free at 14", async () => {
    await using stage = await demo(1);
    const { database } = stage;
    const { personId } = (await database.read((tx) => findAccount(tx, 'guardian@demo.kz')))!;
    const actor = {
      personId,
      name: '',
      assignmentId: 0,
      role: 'guardian',
      regionCode: null,
      centreId: null,
    } as const;
    const children = await database.read((tx) => listChildren(tx, actor, TODAY));
    expect(children).toHaveLength(2);
    for (const child of children) expect(child).toMatchObject({ supportWeight: 100, skillsNeeded: [] });
    const bookings = await database.read((tx) =>
      listBookings(tx, {
        childIds: children.map((child) => child.id),
        from: TODAY,
        to: addDays(TODAY, 90),
        occupying: true,
      }),
    );
    const lengths = Map.groupBy(bookings, (booking) => booking.childId);
    expect([...lengths.values()].every((own) => own.length >= 25)).toBe(true);
    expect(new Set(bookings.map((booking) => (booking.to - booking.from >= 16 ? 'full' : 'half')))).toEqual(
      new Set(['full', 'half']),
    );

    const [first] = (await centresByRef(database)).values();
    const [crowded] = (await openDays(database, first!.id)).values();
    const typical = crowded!.filter((day) => freeAt(day, 18) === 0 && freeAt(day, 28) > 0);
    expect(typical.length).toBeGreaterThan(crowded!.length * 0.8);
  });

  test('what is past was mostly attended; people are plainly made up, with valid numbers', async () => {
    await using stage = await demo(6);
    const { database } = stage;
    const { states, children, sentHome } = await database.read(async (tx) => {
      const groups = await tx.db.select({ id: tx.t.careGroup.id }).from(tx.t.careGroup);
      const range = { from: addDays(TODAY, -70), to: addDays(TODAY, -1) };
      const bookings = await listBookings(tx, { groupIds: groups.map((group) => group.id), ...range });
      const counts = new Map(
        [...Map.groupBy(bookings, (each) => each.state)].map(([state, own]) => [
          state,
          own.length / bookings.length,
        ]),
      );
      const closed = bookings.filter((booking) => booking.closureId !== null);
      return { states: counts, sentHome: closed, children: await tx.db.select().from(tx.t.child) };
    });
    expect(states.get('attended')).toBeGreaterThan(0.87);
    expect(states.get('absent')).toBeGreaterThan(0.03);
    expect(states.get('cancelled')).toBeGreaterThan(0.015);
    expect(states.get('booked')).toBeGreaterThan(0.005);
    expect(sentHome.length).toBeGreaterThan(10);
    expect(new Set(sentHome.map((booking) => booking.date)).size).toBe(1);
    expect(
      sentHome.every((booking) => booking.cancelledBy === 'centre' && weekdayOf(booking.date) !== 'sun'),
    ).toBe(true);
    const { date, groupId } = sentHome[0]!;
    const [day] = await database.read((tx) => findDays(tx, { groupId, from: date, to: date }));
    expect(day).toMatchObject({ closesAt: 22, closedReason: 'emergency' });
    for (const { name, iin, birthDate } of children) {
      expect(name).toMatch(/^(Үлгі|Мысал)-/);
      expect(parseIin(iin!)).toMatchObject({ birthDate });
      expect(Number(iin!.slice(7, 11))).toBeGreaterThanOrEqual(5000);
    }
    expect(new Set(children.map((child) => child.iin)).size).toBe(children.length);
  });

  test('every week that a region shows without filters has been used; none before the groups began', async () => {
    await using stage = await demo(2);
    const monday = startOfWeek(TODAY);
    const range = { from: addDays(monday, -7 * 13), to: addDays(monday, 7 * 12 + 6) };
    const rows = await stage.database.read((tx) =>
      listOccupancy(tx, { ...range, by: 'week', each: 'centre' }),
    );
    const share = (row: (typeof rows)[number]) => row.bookedMinutes / row.placeMinutes;
    const before = rows.filter((row) => row.from < addDays(monday, -7 * 11));
    expect(before.map((row) => row.placeMinutes)).toEqual([0, 0, 0, 0]);
    const since = rows.filter((row) => row.from >= addDays(monday, -7 * 11));
    expect(since).toHaveLength(2 * 24);
    expect(Math.min(...since.map(share))).toBeGreaterThan(0.3);
    const past = since.filter((row) => row.to < TODAY);
    expect(past.every((row) => row.attendedMinutes > 0.7 * row.bookedMinutes)).toBe(true);
  });

  test('the same seed and instant give the same country; people who are there are left alone', async () => {
    const picture = async () => {
      const stage = await createTestDatabase();
      await using database = { ...stage.database, [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose]() };
      const loaded = await loadDemo(database, { now: NOW, centres: 2 });
      const again = await loadDemo(database, { now: NOW, centres: 2 });
      expect(again.bookings).toBe(0);
      const rows = await database.read(async (tx) => ({
        people: (await tx.db.select().from(tx.t.person)).map((person) => ({
          ...person,
          passwordHash: 'salted',
        })),
        children: await tx.db.select().from(tx.t.child),
        bookings: (await tx.db.select().from(tx.t.booking)).slice(0, 500),
      }));
      return { loaded, rows };
    };
    expect(await picture()).toEqual(await picture());
  });

  test.runIf(testDialect === 'sqlite')(
    'the whole country: 120 centres in 20 regions, about 5,000 children',
    { timeout: 180_000 },
    async () => {
      const stage = await createTestDatabase();
      await using database = {
        ...stage.database,
        [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
      };
      const steps: string[] = [];
      const loaded = await loadDemo(database, {
        now: NOW,
        onProgress: (done, of) => steps.push(`${done}/${of}`),
      });
      expect(steps.at(-1)).toBe('120/120');
      expect(loaded.centres).toBe(120);
      expect(loaded.children).toBeGreaterThan(4500);
      expect(loaded.children).toBeLessThan(5500);
      const centres = await database.read((tx) => listCentres(tx));
      expect(new Set(centres.map((centre) => centre.regionCode)).size).toBe(20);
      expect(new Set(centres.map((centre) => `${centre.regionCode} ${centre.nameRu}`)).size).toBe(120);
      expect(await checkData(database, NOW)).toEqual([]);
    },
  );
});
