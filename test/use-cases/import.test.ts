import { verify } from '@node-rs/argon2';
import { describe, expect, test } from 'vitest';
import { plainDate } from '../../src/domain/calendar.ts';
import { findDays } from '../../src/data/group-days.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { signIn } from '../../src/use-cases/sign-in.ts';
import { sampleFile } from '../support/import-file.ts';
import { World } from '../support/world.ts';
import { bookingsOf, dayOf, NOTHING, problemsIn, rowsOf, run } from '../support/importing.ts';

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
    expect(Object.keys(ids).toSorted()).toEqual([
      'centres',
      'children',
      'groups',
      'guardians',
      'staff',
      'users',
    ]);
    expect(ids.children).toEqual({
      k1: expect.stringMatching(/^\d+$/),
      k2: expect.any(String),
      k3: expect.any(String),
    });
    expect(await checkData(world.database, world.now)).toEqual([]);

    const people = await rowsOf(world, (t) => t.person);
    const mother = people.find((person) => person.ref === 'u1')!;
    expect(mother).toMatchObject({ login: 'a@example.kz', phone: '+77010000000', language: 'kk' });
    expect(await verify(mother.passwordHash!, 'first password')).toBe(true);
    expect(people.find((person) => person.ref === 'u2')).toMatchObject({
      login: null,
      passwordHash: null,
      language: 'ru',
    });
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
    expect(rights.filter((each) => each.personId === Number(ids.guardians!['u2']))).toMatchObject([
      { mayBook: false, mayCollect: true },
    ]);
  });

  test('past bookings reach back to the first of their month; future ones are late after the deadline', async () => {
    await using world = await World.create();
    const { ids } = await run(world, sampleFile());
    const [past, ahead] = await bookingsOf(world, ids.children!['k1']);
    expect(past).toMatchObject({ date: '2026-12-21', state: 'booked', late: false });
    expect(ahead).toMatchObject({ date: '2027-02-09', state: 'booked', late: true });
    const days = await world.database.read((tx) =>
      findDays(tx, {
        groupId: Number(ids.groups!['g1']),
        from: plainDate('2026-01-01'),
        to: plainDate('2030-01-01'),
      }),
    );
    expect([days[0]!.date, days.at(-1)!.date]).toEqual(['2026-12-01', '2028-03-31']);
    expect((await dayOf(world, ids.groups!['g1'])).booked[20]).toBe(2);
  });

  test('a dry run tells what would be and writes nothing', async () => {
    await using world = await World.create();
    const { counts, ids } = await run(world, sampleFile(), { dryRun: true });
    expect(counts.bookings).toEqual({ ...NOTHING, created: 4 });
    expect(ids).toEqual({});
    expect(await rowsOf(world, (t) => t.person)).toEqual([]);
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
    expect(await problemsIn(world, { users: [{ ...users[0]!, ref: 'a3', name: 'Үлгі' }] })).toEqual([
      'users 1 login invalid',
    ]);
    const guardian = { ref: 'u9', name: 'Үлгі', login: 'family@example.kz' };
    expect(await problemsIn(world, { guardians: [guardian, { ...guardian, ref: 'u8' }] })).toEqual([
      'guardians 2 login invalid',
    ]);
  });
});
