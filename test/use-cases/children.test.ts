import { describe, expect, test } from 'vitest';
import { plainDate } from '../../src/domain/calendar.ts';
import type { Phone } from '../../src/domain/phone.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import { findChild } from '../../src/data/children.ts';
import { listGuardians } from '../../src/data/registration.ts';
import { registerChild, type NewGuardian, type Registration } from '../../src/use-cases/children.ts';
import { World } from '../support/world.ts';

const PHONE = '+77010000001' as Phone;
const ALL = { see: true, book: true, collect: true, told: true };

const mother = (rest: Partial<NewGuardian> = {}): NewGuardian => ({
  name: 'Гүлнар Өтегенқызы',
  phone: PHONE,
  email: null,
  language: 'kk',
  may: ALL,
  ...rest,
});

const registration = (centreId: number, rest: Partial<Registration> = {}): Registration => ({
  centreId,
  name: 'Мадина Қайратқызы',
  birthDate: plainDate('2018-05-15'),
  iin: '180515599919',
  iinMissingReason: null,
  category: 'child_psychoneurological',
  supportWeight: 150,
  skillsNeeded: ['nurse'],
  guardians: [mother()],
  ...rest,
});

async function stage() {
  const world = await World.create();
  const centreId = await world.centre();
  const staff = await world.person('centre_staff', { centreId });
  const refused = async (rest: Partial<Registration>, actor = staff): Promise<string> => {
    const error = (await world
      .act(actor, registerChild, registration(centreId, rest))
      .catch((thrown: unknown) => thrown)) as Refusal;
    const [first] = error.details?.errors ?? [];
    return first ? `${first.field}: ${first.detail}` : (error.reason ?? 'done');
  };
  const counts = () =>
    world.database.read(async (tx) => ({
      children: (await tx.db.select().from(tx.t.child)).length,
      people: (await tx.db.select().from(tx.t.person)).length,
    }));
  return { world, centreId, staff, refused, counts };
}

describe('registering a child', () => {
  test('writes the child, its guardian without a password, the rights, and that the centre keeps its file', async () => {
    const { world, centreId, staff } = await stage();
    await using _ = world;
    const { id, known } = await world.act(staff, registerChild, registration(centreId));
    expect(known).toBe(false);
    await world.database.read(async (tx) => {
      expect(await findChild(tx, staff, id, plainDate('2027-02-03'))).toMatchObject({
        name: 'Мадина Қайратқызы',
        supportWeight: 150,
        skillsNeeded: ['nurse'],
      });
      const [guardian] = await listGuardians(tx, id, plainDate('2027-02-03'));
      expect(guardian).toMatchObject({
        name: 'Гүлнар Өтегенқызы',
        phone: PHONE,
        login: PHONE,
        mayBook: true,
        mayCollect: true,
      });
      const people = await tx.db.select().from(tx.t.person);
      const assignments = await tx.db.select().from(tx.t.assignment);
      expect(people.find((person) => person.id === guardian!.personId)).toMatchObject({
        passwordHash: null,
        language: 'kk',
      });
      expect(assignments.filter((each) => each.personId === guardian!.personId)).toMatchObject([
        { role: 'guardian' },
      ]);
    });
  });

  test('an adult known by phone and name is the same person, and has one assignment', async () => {
    const { world, centreId, staff, counts } = await stage();
    await using _ = world;
    await world.act(staff, registerChild, registration(centreId));
    const before = await counts();
    const brother = registration(centreId, {
      name: 'Нұрлан',
      iin: '150831699928',
      birthDate: plainDate('2015-08-31'),
    });
    await world.act(staff, registerChild, {
      ...brother,
      guardians: [mother({ name: ' гүлнар  өтегенқызы', email: 'new@example.kz' })],
    });
    const after = await counts();
    expect(after).toEqual({ children: before.children + 1, people: before.people });
    const assignments = await world.database.read(async (tx) => await tx.db.select().from(tx.t.assignment));
    expect(assignments.filter((each) => each.role === 'guardian')).toHaveLength(1);
  });

  test('a phone of somebody else is refused without saying whose it is', async () => {
    const { world, centreId, staff, refused, counts } = await stage();
    await using _ = world;
    await world.act(staff, registerChild, registration(centreId));
    const before = await counts();
    const other = { name: 'Нұрлан', iin: '150831699928', birthDate: plainDate('2015-08-31') };
    expect(await refused({ ...other, guardians: [mother({ name: 'Айгүл' })] })).toBe(
      'guardian1Phone: contact_of_another',
    );
    expect(await counts()).toEqual(before);
  });

  test('the number must be whole, real and of this birth; without one there is a reason', async () => {
    const { world, refused, counts } = await stage();
    await using _ = world;
    const before = await counts();
    expect(await refused({ iin: '18051559991' })).toBe('iin: iin_shape');
    expect(await refused({ iin: '180515599918' })).toBe('iin: iin_check');
    expect(await refused({ iin: '190229699982' })).toBe('iin: iin_date');
    expect(await refused({ birthDate: plainDate('2018-05-16') })).toBe('iin: iin_other_date');
    expect(await refused({ iin: null })).toBe('iin: required');
    expect(await refused({ iin: null, iinMissingReason: 'ЖСН берілмеген' })).toBe('done');
    expect(await refused({ birthDate: plainDate('2027-02-04') })).toBe('birthDate: not_born');
    expect(await refused({ birthDate: plainDate('1901-01-01') })).toBe('birthDate: too_old_to_be_true');
    expect(await refused({ guardians: [] })).toBe('guardian1Name: required');
    expect(await refused({ guardians: [mother({ phone: null })] })).toBe('guardian1Phone: contact_required');
    expect((await counts()).children).toBe(before.children + 1);
  });

  test('the same adult is not named twice; a second one needs no phone', async () => {
    const { world, centreId, staff, refused } = await stage();
    await using _ = world;
    expect(await refused({ guardians: [mother(), mother()] })).toBe('guardian2Name: same_adult_twice');
    const grandmother = mother({
      name: 'Әже',
      phone: null,
      may: { see: false, book: false, collect: true, told: false },
    });
    const { id } = await world.act(
      staff,
      registerChild,
      registration(centreId, { guardians: [mother(), grandmother] }),
    );
    const guardians = await world.database.read((tx) => listGuardians(tx, id, plainDate('2027-02-03')));
    expect(guardians.find((each) => each.name === 'Әже')).toMatchObject({
      mayCollect: true,
      mayBook: false,
      login: null,
    });
  });

  test('who signs in and has no password is invited with the registration; who only collects is not', async () => {
    const { world, centreId, staff, refused } = await stage();
    await using _ = world;
    const collects = { see: false, book: false, collect: true, told: false };
    const grandmother = mother({ name: 'Әже', phone: '+77010000002', may: collects });
    const answer = await world.act(
      staff,
      registerChild,
      registration(centreId, { guardians: [mother(), grandmother] }),
    );
    expect(answer.invited).toBe(1);
    const seen = async () =>
      await world.database.read(async (tx) => ({
        messages: await tx.db.select().from(tx.t.message),
        people: await tx.db.select().from(tx.t.person),
        assignments: await tx.db.select().from(tx.t.assignment),
      }));
    const { messages, people, assignments } = await seen();
    const guardian = people.find(({ phone }) => phone === PHONE)!;
    const collector = people.find(({ name }) => name === 'Әже')!;
    expect(messages).toMatchObject([{ personId: guardian.id, kind: 'invitation_registered' }]);
    expect(messages[0]!.data['path']).toMatch(/^\/invitation\/[\w-]{43}$/);
    expect(collector.login).toBeNull();
    expect(assignments.some(({ personId }) => personId === collector.id)).toBe(false);
    // A registration that is refused invites nobody.
    expect(await refused({ iin: '180515599918' })).toBe('iin: iin_check');
    // Whoever has a password needs none.
    await world.insert(async (tx) => void (await tx.db.update(tx.t.person).set({ passwordHash: 'x' })));
    const brother = { name: 'Нұрлан', iin: '150831699928', birthDate: plainDate('2015-08-31') };
    expect((await world.act(staff, registerChild, registration(centreId, brother))).invited).toBe(0);
    expect((await seen()).messages).toHaveLength(1);
  });

  test('a child of the country’s register is registered here too, by its own guardian only', async () => {
    const { world, centreId, staff, refused, counts } = await stage();
    await using _ = world;
    const first = await world.act(staff, registerChild, registration(centreId));
    const before = await counts();
    const otherCentre = await world.centre();
    const clerk = await world.person('centre_staff', { centreId: otherCentre });
    const people = (await counts()).people;
    const here = { centreId: otherCentre };
    expect(await refused({ ...here, name: 'Басқа бала' }, clerk)).toBe('iin: iin_known');
    const stranger = mother({ name: 'Бөтен', phone: '+77010000009' });
    expect(await refused({ ...here, guardians: [stranger] }, clerk)).toBe('iin: iin_known');
    expect(await refused({ ...here, guardians: [mother(), stranger] }, clerk)).toBe('iin: iin_known');
    expect(await counts()).toEqual({ children: before.children, people });
    const again = await world.act(clerk, registerChild, registration(otherCentre));
    expect(again).toEqual({ id: first.id, known: true, invited: 0 });
    const seen = await world.database.read((tx) => findChild(tx, clerk, first.id, plainDate('2027-02-03')));
    expect(seen?.id).toBe(first.id);
    expect(await counts()).toEqual({ children: before.children, people });
  });

  test('outside one’s own centre there is no register', async () => {
    const { world, refused } = await stage();
    await using _ = world;
    expect(await refused({ centreId: await world.centre() })).toBe('missing');
    expect(await refused({}, await world.guardian())).toBe('missing');
    expect(await refused({ centreId: 9999 }, await world.person('system_admin'))).toBe('missing');
  });
});
