import { describe, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { addDays, addMinutes, plainDate } from '../../src/domain/calendar.ts';
import { rightsOf } from '../../src/domain/guardianship.ts';
import { findAccount } from '../../src/data/accounts.ts';
import { mayBookFor } from '../../src/data/children.ts';
import { listCollectors } from '../../src/data/adults.ts';
import { listGivenNames } from '../../src/data/guardianships.ts';
import { sendInvitation } from '../../src/use-cases/guardianships.ts';
import { GuardianStage, TODAY, WEEK_END } from '../support/guardians.ts';

interface Person {
  id: number;
  name: string;
  login: string | null;
  phone: string | null;
}
interface Message {
  personId: number;
  kind: string;
  data: Record<string, string>;
}

const people = async (at: GuardianStage) => (await at.all('person')) as unknown as Person[];
const messages = async (at: GuardianStage) => (await at.all('message')) as unknown as Message[];
const kinds = async (at: GuardianStage) =>
  ((await at.all('event')) as unknown as { kind: string }[]).map(({ kind }) => kind);

describe('a family gives rights', () => {
  test('a grandmother collects for one week: on those days only, and has no way to sign in', async () => {
    await using at = await GuardianStage.create();
    const startsOn = addDays(TODAY, 1);
    await at.give(at.mother, { phone: '+77010000007', startsOn, endsOn: WEEK_END });
    const collectors = async (on: typeof TODAY) =>
      (await at.world.database.read((tx) => listCollectors(tx, [at.childId], on))).map(({ name }) => name);
    expect(await collectors(TODAY)).not.toContain('Сәуле Әже');
    expect(await collectors(startsOn)).toContain('Сәуле Әже');
    expect(await collectors(WEEK_END)).toContain('Сәуле Әже');
    expect(await collectors(addDays(WEEK_END, 1))).not.toContain('Сәуле Әже');
    const grandmother = (await people(at)).find(({ name }) => name === 'Сәуле Әже')!;
    expect(grandmother).toMatchObject({ login: null, phone: '+77010000007' });
    const assignments = (await at.all('assignment')) as unknown as { personId: number }[];
    expect(assignments.some(({ personId }) => personId === grandmother.id)).toBe(false);
    expect(await at.all('oneTimeCode')).toEqual([]);
    expect(await kinds(at)).toContain('guardianship.given');
  });

  test('who is to book is invited to the telephone and may book at once; the others are told, not the giver', async () => {
    await using at = await GuardianStage.create();
    const father = await at.adult(['told']);
    const sees = await at.adult(['see']);
    await at.give(at.mother, { name: 'Ержан Аға', phone: '+77010000008', rights: ['book'] });
    const added = (await people(at)).find(({ name }) => name === 'Ержан Аға')!;
    expect(added.login).toBe('+77010000008');
    const row = (await at.rows()).find(({ personId }) => personId === added.id)!;
    // Nobody books for a child whom they may not see.
    expect(rightsOf(row.may)).toEqual(['see', 'book']);
    const told = await messages(at);
    expect(told.filter(({ personId }) => personId === added.id).map(({ kind }) => kind)).toEqual([
      'invitation_rights',
    ]);
    expect(told.find(({ personId }) => personId === father.actor.personId)).toMatchObject({
      kind: 'rights_given',
      data: { who: 'ЕА', rights: 'see,book' },
    });
    expect(told.some(({ personId }) => personId === at.mother.personId)).toBe(false);
    expect(told.some(({ personId }) => personId === sees.actor.personId)).toBe(false);
  });

  test('only who has the right to book today may: others’ children, ended and coming rights are missing', async () => {
    await using at = await GuardianStage.create();
    const stranger = await at.world.guardian();
    const sees = await at.adult(['see', 'collect', 'told']);
    const ended = await at.adult(['see', 'book'], { endsOn: addDays(TODAY, -1) });
    const coming = await at.adult(['see', 'book'], { startsOn: addDays(TODAY, 1) });
    const manager = await at.world.person('regional_manager', { regionCode: '75' });
    const elsewhere = await at.world.person('centre_admin', { centreId: await at.world.centre() });
    const before = (await at.rows()).length;
    for (const actor of [stranger, sees.actor, ended.actor, coming.actor, manager, elsewhere]) {
      expect(await at.why(at.give(actor))).toBe('missing');
      const { id } = await at.rowOf(at.mother);
      expect(await at.why(at.withdraw(actor, id, ['book']))).toBe('missing');
      expect(await at.why(at.redate(actor, id, ['book'], WEEK_END))).toBe('missing');
    }
    expect(await at.why(at.give(at.mother, { childId: await at.world.child(stranger) }))).toBe('missing');
    expect((await at.rows()).length).toBe(before);
  });

  test('what is wrong is named', async () => {
    await using at = await GuardianStage.create();
    const refused = (gift: Parameters<GuardianStage['give']>[1]) => at.why(at.give(at.mother, gift));
    expect(await refused({ rights: [] })).toBe('may: right_required');
    expect(await refused({ rights: ['see'] })).toBe('phone: contact_required');
    expect(await refused({ startsOn: addDays(TODAY, -1) })).toBe('startsOn: gone_by');
    expect(await refused({ startsOn: plainDate('2029-01-01') })).toBe('startsOn: starts_too_far');
    expect(await refused({ startsOn: WEEK_END, endsOn: addDays(WEEK_END, -1) })).toBe('endsOn: ends_first');
    expect(await refused({ endsOn: addDays(TODAY, -1) })).toBe('endsOn: gone_by');
    expect(await refused({ endsOn: plainDate('2099-12-31') })).toBe('endsOn: ends_too_far');
    expect(await refused({ phone: '+77010000001', rights: ['see'] })).toBe('phone: oneself');
    expect(await refused({ name: ` ${at.mother.name.toUpperCase()}` })).toBe('name: oneself');
    expect((await at.rows()).length).toBe(1);
  });

  test('nothing outlasts the right by which it is given', async () => {
    await using at = await GuardianStage.create();
    const aunt = await at.adult(['see', 'book', 'collect'], { endsOn: WEEK_END });
    expect(await at.why(at.give(aunt.actor))).toBe('endsOn: beyond_own');
    expect(await at.why(at.give(aunt.actor, { endsOn: addDays(WEEK_END, 1) }))).toBe('endsOn: beyond_own');
    expect(await at.why(at.give(aunt.actor, { endsOn: WEEK_END }))).toBe('done');
    const { id } = await at.rowOf(aunt.actor);
    expect(await at.why(at.redate(aunt.actor, id, ['book'], addDays(WEEK_END, 1)))).toBe(
      'endsOn: not_longer',
    );
    expect(await at.why(at.redate(aunt.actor, id, ['book'], null))).toBe('endsOn: not_longer');
  });

  test('a number that is on the list already is not told: under another name it is another line', async () => {
    await using at = await GuardianStage.create();
    const father = await at.world.person('guardian', { login: '+77010000009' });
    await at.give(at.mother, { name: 'Ержан', phone: '+77010000009', rights: ['see'] });
    await at.give(at.mother, { name: 'Болат', phone: '+77010000009', rights: ['see'] });
    await at.give(at.mother, { name: 'болат', phone: '+77010000009', rights: ['see'] });
    const own = (await at.rows()).filter(({ personId }) => personId === father.personId);
    const names = await at.world.database.read((tx) => listGivenNames(tx, at.childId));
    expect(own.map(({ id }) => names.get(id)?.name)).toEqual(['Ержан', 'Болат']);
  });

  test('the same gift twice is one; there is an end to how many a family names', async () => {
    await using at = await GuardianStage.create();
    await at.give(at.mother, { phone: '+77010000007' });
    await at.give(at.mother, { phone: '+77010000007', endsOn: WEEK_END });
    expect((await at.rows()).length).toBe(2);
    for (let each = 0; each < 18; each++) await at.give(at.mother, { name: `Synthetic ${each}` });
    expect(await at.why(at.give(at.mother, { name: 'Synthetic last' }))).toBe(': too_many_adults');
    expect(await at.why(at.give(at.staff, { name: 'Synthetic last' }))).toBe('done');
  });
});

describe('a telephone that somebody has', () => {
  test('who signs in is its owner, whatever name the family typed; nothing of them is written over', async () => {
    await using at = await GuardianStage.create();
    const known = await at.world.person('guardian', { login: '+77010000009' });
    const before = (await people(at)).length;
    expect(await at.why(at.give(at.mother, { phone: '+77010000009', rights: ['book'] }))).toBe('done');
    expect(await at.rowOf(known)).toMatchObject({ may: { see: true, book: true, collect: false } });
    expect((await people(at)).length).toBe(before);
    expect((await people(at)).find(({ id }) => id === known.personId)!.name).toBe(known.name);
  });

  test('who only collects is whom the family named: the owner of the number is nobody’s collector', async () => {
    await using at = await GuardianStage.create();
    const known = await at.world.person('guardian', { login: '+77010000009' });
    await at.give(at.mother, { phone: '+77010000009' });
    expect(await at.rowOf(known)).toBeUndefined();
    // And naming the number takes nothing from its owner: the code still goes to them.
    const account = await at.world.database.read((tx) => findAccount(tx, '+77010000009'));
    expect(account?.personId).toBe(known.personId);
  });

  test('an owner with an e-mail for a login is not locked out by namesakes of the number', async () => {
    await using at = await GuardianStage.create();
    const known = await at.world.person('guardian', { login: 'ana@example.kz' });
    await at.world.insert(async (tx) => {
      const { person } = tx.t;
      await tx.db.update(person).set({ phone: '+77010000009' }).where(eq(person.id, known.personId));
    });
    for (const name of ['Бір', 'Екі', 'Үш', 'Төрт'])
      await at.give(at.mother, { name, phone: '+77010000009' });
    const account = await at.world.database.read((tx) => findAccount(tx, '+77010000009'));
    expect(account?.personId).toBe(known.personId);
    await at.give(at.mother, { name: 'Бес', phone: '+77010000009', rights: ['see'] });
    expect((await at.rowOf(known)).may.see).toBe(true);
  });

  test('a collector who is later to see the child is the same person, and signs in with the number', async () => {
    await using at = await GuardianStage.create();
    await at.give(at.mother, { phone: '+77010000007' });
    await at.give(at.mother, { phone: '+77010000007', rights: ['see', 'told'] });
    const same = (await people(at)).filter(({ phone }) => phone === '+77010000007');
    expect(same).toMatchObject([{ login: '+77010000007' }]);
    expect(await messages(at)).toMatchObject([{ kind: 'invitation_rights', personId: same[0]!.id }]);
  });

  test('a centre is told that a contact is somebody else’s, and of a collector’s number it is not', async () => {
    await using at = await GuardianStage.create();
    await at.world.person('guardian', { login: '+77010000009' });
    expect(await at.why(at.give(at.staff, { phone: '+77010000009', rights: ['see'] }))).toBe(
      'phone: contact_of_another',
    );
    await at.give(at.mother, { phone: '+77010000007' });
    expect(await at.why(at.give(at.staff, { name: 'Болат', phone: '+77010000007', rights: ['see'] }))).toBe(
      'done',
    );
    const bolat = (await people(at)).find(({ name }) => name === 'Болат')!;
    expect(bolat.login).toBe('+77010000007');
  });
});

describe('a right ends', () => {
  test('from today on, one right alone; the others stay, and the days gone by are kept', async () => {
    await using at = await GuardianStage.create();
    const father = await at.adult(['see', 'book', 'collect', 'told']);
    await at.withdraw(at.mother, father.id, ['collect']);
    const rows = (await at.rows()).filter(({ personId }) => personId === father.actor.personId);
    expect(rows.map(({ may, endsOn }) => [rightsOf(may), endsOn])).toEqual([
      [['see', 'book', 'told'], null],
      [['collect'], addDays(TODAY, -1)],
    ]);
    const collectors = await at.world.database.read((tx) => listCollectors(tx, [at.childId], TODAY));
    expect(collectors.map(({ id }) => id)).toEqual([at.mother.personId]);
    expect(await kinds(at)).toEqual(['guardianship.withdrawn']);
    expect(await messages(at)).toMatchObject([
      { personId: father.actor.personId, kind: 'rights_withdrawn', data: { rights: 'collect' } },
    ]);
    expect(await at.why(at.withdraw(at.mother, father.id, ['collect']))).toBe('stale');
  });

  test('without sight of the child nobody books for it', async () => {
    await using at = await GuardianStage.create();
    const father = await at.adult(['see', 'book', 'told']);
    await at.withdraw(at.mother, father.id, ['see']);
    const may = await at.world.database.read((tx) => mayBookFor(tx, father.actor, at.childId, TODAY));
    expect(may).toBe(false);
    expect(rightsOf((await at.rowOf(father.actor)).may)).toEqual(['told']);
  });

  test('a family never ends the last right to book, however it is tried; a centre may', async () => {
    await using at = await GuardianStage.create();
    const { id } = await at.rowOf(at.mother);
    expect(await at.why(at.withdraw(at.mother, id, ['book']))).toBe(': last_booker');
    expect(await at.why(at.withdraw(at.mother, id, ['see']))).toBe(': last_booker');
    expect(await at.why(at.redate(at.mother, id, ['book'], WEEK_END))).toBe(': last_booker');
    const soon = await at.adult(['see', 'book'], { startsOn: addDays(TODAY, 2) });
    // Between them would be a day on which nobody could book.
    expect(await at.why(at.withdraw(at.mother, id, ['book']))).toBe(': last_booker');
    expect(await at.why(at.redate(at.mother, id, ['book'], addDays(TODAY, 1)))).toBe('done');
    expect(await at.why(at.withdraw(at.mother, soon.id, ['book']))).toBe(': last_booker');
    expect(await at.why(at.withdraw(at.staff, soon.id, ['book']))).toBe('done');
    expect(await at.why(at.withdraw(at.staff, (await at.rows())[2]!.id, ['book']))).toBe('done');
    const may = await at.world.database.read((tx) => mayBookFor(tx, at.mother, at.childId, TODAY));
    expect(may).toBe(false);
  });

  test('two who withdraw each other at once leave one', async () => {
    await using at = await GuardianStage.create();
    const father = await at.adult(['see', 'book']);
    const { id } = await at.rowOf(at.mother);
    const outcomes = await Promise.all([
      at.why(at.withdraw(at.mother, father.id, ['book'])),
      at.why(at.withdraw(father.actor, id, ['book'])),
    ]);
    expect(outcomes.toSorted()).toEqual(['done', 'missing']);
  });

  test('a last day is moved both ways; what has ended or is another child’s is not changed', async () => {
    await using at = await GuardianStage.create();
    await at.give(at.mother, { endsOn: WEEK_END });
    const row = (await at.rows())[1]!;
    await at.redate(at.mother, row.id, ['collect'], addDays(WEEK_END, 7));
    expect((await at.rows())[1]!.endsOn).toBe(addDays(WEEK_END, 7));
    await at.redate(at.mother, row.id, ['collect'], null);
    expect((await at.rows())[1]!.endsOn).toBeNull();
    expect(await at.why(at.redate(at.mother, row.id, ['collect'], addDays(TODAY, -1)))).toBe(
      'endsOn: gone_by',
    );
    expect(await at.why(at.redate(at.mother, row.id, [], WEEK_END))).toBe('rights: right_required');
    expect(await at.why(at.redate(at.mother, row.id, ['book'], WEEK_END))).toBe('stale');
    await at.withdraw(at.mother, row.id, ['collect']);
    expect(await at.why(at.redate(at.mother, row.id, ['collect'], null))).toBe('stale');
    expect(await at.why(at.withdraw(at.mother, 999_999, ['collect']))).toBe('missing');
    const other = await at.world.child(await at.world.guardian());
    const foreign = await at.world.database.read(async (tx) => await tx.db.select().from(tx.t.guardianship));
    const id = foreign.find(({ childId }) => childId === other)!.id;
    expect(await at.why(at.withdraw(at.mother, id, ['book']))).toBe('missing');
  });

  test('a right that has not begun is withdrawn before it begins', async () => {
    await using at = await GuardianStage.create();
    await at.give(at.mother, { startsOn: WEEK_END });
    const row = (await at.rows())[1]!;
    await at.withdraw(at.mother, row.id, ['collect']);
    at.world.now = addMinutes(at.world.now, 7 * 24 * 60);
    const collectors = await at.world.database.read((tx) => listCollectors(tx, [at.childId], WEEK_END));
    expect(collectors.map(({ name }) => name)).not.toContain('Сәуле Әже');
  });
});

describe('an invitation of a centre', () => {
  test('goes to who signs in and has no password, and to nobody else', async () => {
    await using at = await GuardianStage.create();
    const invite = (personId: number, actor = at.staff) =>
      at.why(at.world.act(actor, sendInvitation, { ...at.which(at.staff), personId }));
    await at.give(at.staff, { name: 'Ержан', phone: '+77010000008', rights: ['see', 'told'] });
    await at.give(at.staff, { name: 'Әже' });
    const named = async (name: string) => (await people(at)).find((each) => each.name === name)!.id;
    expect(await invite(await named('Ержан'))).toBe('done');
    const codes = (await at.all('oneTimeCode')) as unknown as { usedAt: string | null }[];
    expect(codes.map(({ usedAt }) => usedAt === null)).toEqual([false, true]);
    expect(await invite(await named('Әже'))).toBe('invalid');
    expect(await invite(at.mother.personId)).toBe('invalid');
    expect(await invite((await at.world.guardian()).personId)).toBe('missing');
    expect(await invite(await named('Ержан'), at.mother)).toBe('missing');
    const elsewhere = await at.world.person('centre_admin', { centreId: await at.world.centre() });
    expect(await invite(await named('Ержан'), elsewhere)).toBe('missing');
  });
});
