import { verify } from '@node-rs/argon2';
import { describe, expect, test } from 'vitest';
import { plainDate } from '../../src/domain/calendar.ts';
import { syntheticIin } from '../../src/domain/iin.ts';
import type { Actor } from '../../src/domain/people.ts';
import { changeBooking } from '../../src/use-cases/bookings.ts';
import { cancelBooking } from '../../src/use-cases/cancellations.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { sampleFile, type SampleFile } from '../support/import-file.ts';
import { World } from '../support/world.ts';
import { bookingsOf, changed, dayOf, NOTHING, problemsIn, rowsOf, run } from '../support/importing.ts';

describe('importing a file again', () => {
  test('a second run changes nothing, whatever became of the bookings', async () => {
    await using world = await World.create();
    const { ids } = await run(world, sampleFile());
    const mother: Actor = {
      personId: Number(ids.guardians!['u1']),
      name: '',
      assignmentId: 1,
      role: 'guardian',
      regionCode: null,
      centreId: null,
    };
    const [, first] = await bookingsOf(world, ids.children!['k1']);
    const [second] = await bookingsOf(world, ids.children!['k2']);
    await world.act(mother, cancelBooking, { bookingId: first!.id });
    const elsewhere = { bookingId: second!.id, date: plainDate('2027-02-11'), slot: { from: 17, to: 26 } };
    await world.act(mother, changeBooking, elsewhere);

    const { counts } = await run(world, sampleFile());
    for (const sheet of Object.values(counts)) expect(sheet).toMatchObject({ created: 0, updated: 0 });
    expect(counts.bookings.unchanged).toBe(4);
    expect((await bookingsOf(world, ids.children!['k2'])).map((booking) => booking.date)).toEqual([
      '2027-02-11',
    ]);
    const imports = (await rowsOf(world, (t) => t.event)).filter((event) => event.kind === 'import');
    expect(imports).toHaveLength(1);
    expect(await checkData(world.database, world.now)).toEqual([]);
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
    expect(ofAdmin.map((role) => role.centreId)).toEqual([
      Number((await run(world, file)).ids.centres!['c2']),
    ]);
    const guardianships = await rowsOf(world, (t) => t.guardianship);
    expect(guardianships.filter((each) => each.personId === Number(ids.guardians!['u2']))).toEqual([]);
    const leave = await rowsOf(world, (t) => t.staffLeave);
    expect(leave.map((each) => each.startsOn)).toEqual(['2027-03-02']);
  });

  test('what a row leaves out stays as it is', async () => {
    await using world = await World.create();
    await run(world, sampleFile());
    const bare = changed(({ children, staff }) => {
      for (const field of ['iin', 'supportWeight', 'skillsNeeded', 'guardians', 'priority'] as const) {
        for (const child of children) delete child[field];
      }
      for (const field of ['skills', 'availability', 'leave'] as const)
        delete (staff[0] as Partial<(typeof staff)[0]>)[field];
    });
    const { counts } = await run(world, bare);
    for (const sheet of Object.values(counts)) expect(sheet).toMatchObject({ created: 0, updated: 0 });
    const removed = changed(({ children }) =>
      Object.assign(children[0]!, { iin: null, iinMissingReason: 'lost' }),
    );
    expect((await run(world, removed)).counts.children).toMatchObject({ updated: 1 });
    const [lost] = (await rowsOf(world, (t) => t.child)).filter((child) => child.ref === 'k1');
    expect(lost).toMatchObject({ iin: null, iinMissingReason: 'lost' });
  });

  test('a new weight goes into bookings ahead and the load of their days', async () => {
    await using world = await World.create();
    const { ids } = await run(world, sampleFile());
    await run(
      world,
      changed(({ children }) => (children[0]!.supportWeight = 2.5)),
    );
    const bookings = await bookingsOf(world, ids.children!['k1']);
    expect(bookings.map((booking) => booking.weight)).toEqual([100, 250]);
    expect((await dayOf(world, ids.groups!['g1'])).load[20]).toBe(350);
    expect(await checkData(world.database, world.now)).toEqual([]);
  });

  test("a group's new places and hours hold from today, unless bookings stand in the way", async () => {
    await using world = await World.create();
    const { ids } = await run(world, sampleFile());
    const groups = (file: SampleFile) => file.centres[0]!.groups;
    const { counts } = await run(
      world,
      changed((file) => (groups(file)[0]!.places = 3)),
    );
    expect(counts.groups).toEqual({ created: 0, updated: 1, unchanged: 1 });
    expect(await dayOf(world, ids.groups!['g1'])).toMatchObject({ room: 3 });
    expect(await dayOf(world, ids.groups!['g1'], plainDate('2027-02-02'))).toMatchObject({ room: 2 });
    const tooFew = changed((file) => (groups(file)[0]!.places = 1));
    expect(await problemsIn(world, tooFew)).toEqual(['groups 1 places in_the_way']);
    const tooShort = changed(
      (file) => (groups(file)[1]!.hours = { mon: ['08:00', '13:00'], wed: ['08:30', '13:00'] }),
    );
    expect(await problemsIn(world, tooShort)).toEqual(['groups 2 hours in_the_way']);
    expect(await dayOf(world, ids.groups!['g1'])).toMatchObject({ room: 3 });
    expect(await checkData(world.database, world.now)).toEqual([]);
  });

  test('a later file may refer to what is there already, and reach further back', async () => {
    await using world = await World.create();
    const { ids } = await run(world, sampleFile());
    const later = {
      children: [
        {
          ref: 'k9',
          name: 'Үлгі Зере',
          birthDate: '2018-01-01',
          category: 'child_psychoneurological',
          guardians: ['u1'],
        },
      ],
      users: [
        {
          ref: 'a9',
          name: 'Мысал',
          login: 'staff@example.kz',
          password: 'pw',
          role: 'centre_staff',
          scope: 'c1',
        },
      ],
      bookings: [
        { child: 'k9', group: 'g1', date: '2026-11-16', from: '08:30', to: '17:30' },
        { child: 'k1', group: 'g1', date: '2027-02-11', from: '08:30', to: '17:30' },
      ],
      waitingList: [
        { child: 'k1', choices: ['g1'], pattern: { tue: ['08:30', '17:30'] }, startsOn: '2027-03-01' },
      ],
    };
    expect((await run(world, later)).counts.bookings).toEqual({ ...NOTHING, created: 2 });
    expect((await dayOf(world, ids.groups!['g1'], plainDate('2026-11-16'))).booked[20]).toBe(1);
    expect((await dayOf(world, ids.groups!['g1'], plainDate('2027-02-11'))).booked[20]).toBe(1);
    const again = (await run(world, later)).counts;
    for (const sheet of Object.values(again)) expect(sheet).toMatchObject({ created: 0, updated: 0 });
    expect(await checkData(world.database, world.now)).toEqual([]);
  });
});
