import { verify } from '@node-rs/argon2';
import type { PgTable } from 'drizzle-orm/pg-core';
import { describe, expect, test } from 'vitest';
import type { Tables } from '../../db/schema/tables.ts';
import { plainDate } from '../../src/domain/calendar.ts';
import { syntheticIin } from '../../src/domain/iin.ts';
import { Refusal } from '../../src/domain/refusal.ts';
import type { Actor } from '../../src/domain/people.ts';
import { listBookings } from '../../src/data/bookings.ts';
import { findDays } from '../../src/data/group-days.ts';
import { cancelBooking, changeBooking } from '../../src/use-cases/bookings.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { importFile, problemsOf, type ImportOptions } from '../../src/use-cases/import/import.ts';
import { signIn } from '../../src/use-cases/sign-in.ts';
import { sampleFile, type SampleFile } from '../support/import-file.ts';
import { World } from '../support/world.ts';

const TUESDAY = plainDate('2027-02-09');
const NOTHING = { created: 0, updated: 0, unchanged: 0 };

const run = (world: World, file: unknown, options: Partial<ImportOptions> = {}) =>
  importFile(world.database, file, { now: world.now, ...options });

async function problemsIn(world: World, file: unknown): Promise<string[]> {
  const error = await run(world, file).then(
    () => undefined,
    (failure: unknown) => failure,
  );
  if (!(error instanceof Refusal)) throw new Error('expected a refusal', { cause: error });
  return problemsOf(error)!.problems.map(({ sheet, row, field, reason }) => `${sheet} ${row} ${field} ${reason}`);
}

async function rowsOf<Table extends PgTable>(world: World, table: (t: Tables) => Table): Promise<Table['$inferSelect'][]> {
  return await world.database.read(async (tx) => await tx.db.select().from(table(tx.t) as PgTable));
}

async function bookingsOf(world: World, childId: string | undefined) {
  const range = { from: plainDate('2026-01-01'), to: plainDate('2028-01-01') };
  return await world.database.read((tx) => listBookings(tx, { childIds: [Number(childId)], ...range }));
}

async function dayOf(world: World, groupId: string | undefined, date = TUESDAY) {
  const [day] = await world.database.read((tx) => findDays(tx, { groupId: Number(groupId), from: date, to: date }));
  return day!;
}

/** The sample with something changed in it. */
function changed(change: (file: SampleFile) => void): SampleFile {
  const file = sampleFile();
  change(file);
  return file;
}

describe('importing a file', () => {
  test('stores every section and gives the ids; the data is sound', async () => {
    await using world = await World.create();
    const { counts, ids } = await run(world, sampleFile());
    expect(counts).toEqual({
      centres: { ...NOTHING, created: 1 },
      groups: { ...NOTHING, created: 2 },
      guardians: { ...NOTHING, created: 2 },
      children: { ...NOTHING, created: 3 },
      staff: { ...NOTHING, created: 1 },
      users: { ...NOTHING, created: 2 },
      bookings: { ...NOTHING, created: 4 },
      waitingList: { ...NOTHING, created: 1 },
    });
    expect(Object.keys(ids).toSorted()).toEqual(['centres', 'children', 'groups', 'guardians', 'staff', 'users']);
    expect(ids.children).toEqual({ k1: expect.stringMatching(/^\d+$/), k2: expect.any(String), k3: expect.any(String) });
    expect(await checkData(world.database, world.now)).toEqual([]);

    const people = await rowsOf(world, (t) => t.person);
    const mother = people.find((person) => person.ref === 'u1')!;
    expect(mother).toMatchObject({ login: 'a@example.kz', phone: '+77010000000', language: 'kk' });
    expect(await verify(mother.passwordHash!, 'first password')).toBe(true);
    expect(people.find((person) => person.ref === 'u2')).toMatchObject({ login: null, passwordHash: null, language: 'ru' });
    const device = 'test';
    const asManager = { login: '+7 701 000 00 03', password: 'pw', remember: false, device, now: world.now };
    expect(await signIn(world.database, asManager)).toMatchObject({ role: 'regional_manager' });

    const children = await rowsOf(world, (t) => t.child);
    expect(children.map((child) => [child.ref, child.supportWeight, child.iinMissingReason])).toEqual([
      ['k1', 100, null],
      ['k2', 100, 'not stated'],
      ['k3', 150, null],
    ]);
    const rights = await rowsOf(world, (t) => t.guardianship);
    expect(rights.filter((each) => each.personId === Number(ids.guardians!['u2']))).toMatchObject([{ mayBook: false, mayCollect: true }]);
  });

  test('past bookings reach back to the first of their month; future ones are late after the deadline', async () => {
    await using world = await World.create();
    const { ids } = await run(world, sampleFile());
    const [past, ahead] = await bookingsOf(world, ids.children!['k1']);
    expect(past).toMatchObject({ date: '2026-12-21', state: 'booked', late: false });
    expect(ahead).toMatchObject({ date: '2027-02-09', state: 'booked', late: true });
    const days = await world.database.read((tx) =>
      findDays(tx, { groupId: Number(ids.groups!['g1']), from: plainDate('2026-01-01'), to: plainDate('2030-01-01') }),
    );
    expect([days[0]!.date, days.at(-1)!.date]).toEqual(['2026-12-01', '2028-03-31']);
    expect((await dayOf(world, ids.groups!['g1'])).booked[20]).toBe(2);
  });

  test('a second run changes nothing, whatever became of the bookings', async () => {
    await using world = await World.create();
    const { ids } = await run(world, sampleFile());
    const mother: Actor = { personId: Number(ids.guardians!['u1']), name: '', assignmentId: 1, role: 'guardian', regionCode: null, centreId: null };
    const [, first] = await bookingsOf(world, ids.children!['k1']);
    const [second] = await bookingsOf(world, ids.children!['k2']);
    await world.act(mother, cancelBooking, { bookingId: first!.id });
    const elsewhere = { bookingId: second!.id, date: plainDate('2027-02-11'), slot: { from: 17, to: 26 } };
    await world.act(mother, changeBooking, elsewhere);

    const { counts } = await run(world, sampleFile());
    for (const sheet of Object.values(counts)) expect(sheet).toMatchObject({ created: 0, updated: 0 });
    expect(counts.bookings.unchanged).toBe(4);
    expect((await bookingsOf(world, ids.children!['k2'])).map((booking) => booking.date)).toEqual(['2027-02-11']);
    const imports = (await rowsOf(world, (t) => t.event)).filter((event) => event.kind === 'import');
    expect(imports).toHaveLength(1);
    expect(await checkData(world.database, world.now)).toEqual([]);
  });

  test('a dry run tells what would be and writes nothing', async () => {
    await using world = await World.create();
    const { counts, ids } = await run(world, sampleFile(), { dryRun: true });
    expect(counts.bookings).toEqual({ ...NOTHING, created: 4 });
    expect(ids).toEqual({});
    expect(await rowsOf(world, (t) => t.person)).toEqual([]);
  });

  test('changed fields update; passwords never do', async () => {
    await using world = await World.create();
    const { ids } = await run(world, sampleFile());
    const file = changed(({ guardians, children, users, staff, centres }) => {
      Object.assign(guardians[0]!, { name: 'Үлгі Айгерім', phone: '+77010000009', password: 'another' });
      guardians[0]!.work!.commuteMinutes = 45;
      children[0]!.guardians = ['u1'];
      Object.assign(children[1]!, { iin: syntheticIin(plainDate('2019-01-20'), 'female', 5001) });
      users[0]!.scope = 'c2';
      staff[0]!.leave = [['2027-03-02', '2027-03-14']];
      centres.push({ ...centres[0]!, ref: 'c2', groups: [] });
    });
    const { counts } = await run(world, file);
    expect(counts).toMatchObject({
      centres: { created: 1, unchanged: 1 },
      guardians: { updated: 1, unchanged: 1 },
      children: { updated: 2, unchanged: 1 },
      users: { updated: 1, unchanged: 1 },
      staff: { updated: 1 },
    });
    const people = await rowsOf(world, (t) => t.person);
    const mother = people.find((person) => person.ref === 'u1')!;
    expect(mother).toMatchObject({ name: 'Үлгі Айгерім', phone: '+77010000009' });
    expect(await verify(mother.passwordHash!, 'first password')).toBe(true);
    const roles = await rowsOf(world, (t) => t.assignment);
    const ofAdmin = roles.filter((role) => role.personId === Number(ids.users!['a1']));
    expect(ofAdmin.map((role) => role.centreId)).toEqual([Number((await run(world, file)).ids.centres!['c2'])]);
    const guardianships = await rowsOf(world, (t) => t.guardianship);
    expect(guardianships.filter((each) => each.personId === Number(ids.guardians!['u2']))).toEqual([]);
    const leave = await rowsOf(world, (t) => t.staffLeave);
    expect(leave.map((each) => each.startsOn)).toEqual(['2027-03-02']);
  });

  test('a new weight goes into bookings ahead and the load of their days', async () => {
    await using world = await World.create();
    const { ids } = await run(world, sampleFile());
    await run(world, changed(({ children }) => (children[0]!.supportWeight = 2.5)));
    const bookings = await bookingsOf(world, ids.children!['k1']);
    expect(bookings.map((booking) => booking.weight)).toEqual([100, 250]);
    expect((await dayOf(world, ids.groups!['g1'])).load[20]).toBe(350);
    expect(await checkData(world.database, world.now)).toEqual([]);
  });

  test("a group's new places and hours hold from today, unless bookings stand in the way", async () => {
    await using world = await World.create();
    const { ids } = await run(world, sampleFile());
    const groups = (file: SampleFile) => file.centres[0]!.groups;
    const { counts } = await run(world, changed((file) => (groups(file)[0]!.places = 3)));
    expect(counts.groups).toEqual({ created: 0, updated: 1, unchanged: 1 });
    expect(await dayOf(world, ids.groups!['g1'])).toMatchObject({ room: 3 });
    expect(await dayOf(world, ids.groups!['g1'], plainDate('2027-02-02'))).toMatchObject({ room: 2 });
    const tooFew = changed((file) => (groups(file)[0]!.places = 1));
    expect(await problemsIn(world, tooFew)).toEqual(['groups 1 places in_the_way']);
    const tooShort = changed((file) => (groups(file)[1]!.hours = { mon: ['08:00', '13:00'], wed: ['08:30', '13:00'] }));
    expect(await problemsIn(world, tooShort)).toEqual(['groups 2 hours in_the_way']);
    expect(await dayOf(world, ids.groups!['g1'])).toMatchObject({ room: 3 });
    expect(await checkData(world.database, world.now)).toEqual([]);
  });

  test('a later file may refer to what is there already, and reach further back', async () => {
    await using world = await World.create();
    const { ids } = await run(world, sampleFile());
    const later = {
      children: [{ ref: 'k9', name: 'Үлгі Зере', birthDate: '2018-01-01', category: 'child_psychoneurological', guardians: ['u1'] }],
      users: [{ ref: 'a9', name: 'Мысал', login: 'staff@example.kz', password: 'pw', role: 'centre_staff', scope: 'c1' }],
      bookings: [
        { child: 'k9', group: 'g1', date: '2026-11-16', from: '08:30', to: '17:30' },
        { child: 'k1', group: 'g1', date: '2027-02-11', from: '08:30', to: '17:30' },
      ],
      waitingList: [{ child: 'k1', choices: ['g1'], pattern: { tue: ['08:30', '17:30'] }, startsOn: '2027-03-01' }],
    };
    expect((await run(world, later)).counts.bookings).toEqual({ ...NOTHING, created: 2 });
    expect((await dayOf(world, ids.groups!['g1'], plainDate('2026-11-16'))).booked[20]).toBe(1);
    expect((await dayOf(world, ids.groups!['g1'], plainDate('2027-02-11'))).booked[20]).toBe(1);
    const again = (await run(world, later)).counts;
    for (const sheet of Object.values(again)) expect(sheet).toMatchObject({ created: 0, updated: 0 });
    expect(await checkData(world.database, world.now)).toEqual([]);
  });

  test('one login is one person with several roles, if the names agree', async () => {
    await using world = await World.create();
    const person = { name: 'Мысал Бақыт', login: 'both@example.kz', password: 'pw' };
    const users = [
      { ...person, ref: 'a1', role: 'regional_manager', scope: '75' },
      { ...person, ref: 'a2', role: 'system_admin' },
    ];
    const { ids } = await run(world, { users });
    expect(ids.users!['a1']).toBe(ids.users!['a2']);
    expect(await rowsOf(world, (t) => t.assignment)).toHaveLength(2);
    expect(await problemsIn(world, { users: [{ ...users[0]!, ref: 'a3', name: 'Үлгі' }] })).toEqual(['users 1 login invalid']);
    const guardian = { ref: 'u9', name: 'Үлгі', login: 'family@example.kz' };
    expect(await problemsIn(world, { guardians: [guardian, { ...guardian, ref: 'u8' }] })).toEqual(['guardians 2 login invalid']);
  });
});
