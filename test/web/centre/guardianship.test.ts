import { expect, test } from 'vitest';
import { addDays, plainDate } from '../../../src/domain/calendar.ts';
import { mayOf } from '../../../src/domain/guardianship.ts';
import { addGuardianship, listGuardianships } from '../../../src/data/guardianships.ts';
import { TestApp } from '../../support/app.ts';
import { MONDAY, PageStage, textOf, TODAY } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

const FORM = {
  name: 'Ержан Аға',
  phone: '+7 701 000 00 08',
  email: '',
  language: 'kk',
  may: ['see', 'book', 'told'],
  startsOn: '2027-02-03',
  endsOn: '',
};

async function stage() {
  const world = await World.create();
  const app = await TestApp.start(world);
  const at = await PageStage.create(world);
  const childId = await at.named('Мадина', at.guardian);
  const path = `/centres/${at.centreId}/children/${childId}`;
  const rows = () => world.database.read((tx) => listGuardianships(tx, childId));
  const close = async () => {
    await app[Symbol.asyncDispose]();
    await world[Symbol.asyncDispose]();
  };
  return { world, app, at, childId, path, rows, staff: await app.as(at.staff), [Symbol.asyncDispose]: close };
}

test('the centre adds an adult, sends another invitation, moves the last day and ends rights', async () => {
  await using s = await stage();
  const added = await s.staff.submit(`${s.path}/guardians`, FORM);
  expect(textOf(added)).toContain('Ержан Аға');
  const [, row] = await s.rows();
  const one = `${s.path}/guardians/${row!.id}`;
  expect(added.text).toContain(`action="${one}/invitation"`);
  const invited = await s.staff.submit(`${one}/invitation`);
  expect(textOf(invited)).toContain('The invitation is on its way');
  const messages = await s.world.database.read(async (tx) => await tx.db.select().from(tx.t.message));
  expect(messages.filter(({ kind }) => kind === 'invitation_registered')).toHaveLength(2);
  const moved = await s.staff.submit(`${one}/last-day`, {
    rights: ['see', 'book', 'told'],
    endsOn: '01.03.2027',
  });
  expect(textOf(moved)).toContain('until 01.03.2027');
  const ended = await s.staff.submit(`${one}/withdrawal`, { withdrawn: ['see', 'book', 'told'] });
  expect(ended.text).not.toContain('Ержан Аға');
  // Staff may leave a child without anybody who books.
  const [own] = await s.rows();
  const last = await s.staff.post(`${s.path}/guardians/${own!.id}/withdrawal`, { withdrawn: 'book' });
  expect(last.status).toBe(303);
  const events = await s.world.database.read(async (tx) => await tx.db.select().from(tx.t.event));
  expect(events.filter(({ centreId }) => centreId === s.at.centreId).map(({ kind }) => kind)).toEqual([
    'account.created',
    'guardianship.given',
    'invitation.sent',
    'invitation.sent',
    'guardianship.changed',
    'guardianship.withdrawn',
    'guardianship.withdrawn',
  ]);
});

test('a contact of somebody else is refused beside its field, and who cannot be invited is said', async () => {
  await using s = await stage();
  await s.world.person('guardian', { login: '+77010000009' });
  const taken = await s.staff.post(`${s.path}/guardians`, { ...FORM, phone: '+77010000009' });
  expect(taken.status).toBe(422);
  expect(textOf(taken)).toContain('This belongs to another person in the register');
  const collector = { ...FORM, name: 'Әже', phone: '', may: ['collect'] };
  const page = await s.staff.submit(`${s.path}/guardians`, collector);
  expect(page.text).not.toMatch(/guardians\/\d+\/invitation/);
  const [, row] = await s.rows();
  const refused = await s.staff.submit(`${s.path}/guardians/${row!.id}/invitation`);
  expect(textOf(refused)).toContain('There is nobody to invite');
});

test('only the child’s own centre: others find no page, and no row of another child', async () => {
  await using s = await stage();
  const [own] = await s.rows();
  const other = await s.at.named('Бөтен', await s.world.guardian());
  const [foreign] = await s.world.database.read((tx) => listGuardianships(tx, other));
  expect((await s.staff.get(`${s.path}/guardians/${foreign!.id}`)).status).toBe(404);
  for (const action of ['last-day', 'withdrawal', 'invitation']) {
    const body = action === 'withdrawal' ? { withdrawn: 'book' } : { rights: 'book', endsOn: '' };
    const sent = action === 'invitation' ? {} : body;
    expect((await s.staff.post(`${s.path}/guardians/${foreign!.id}/${action}`, sent)).status).toBe(404);
    const outside = await s.app.as(s.at.otherAdmin);
    expect((await outside.post(`${s.path}/guardians/${own!.id}/${action}`, sent)).status).toBe(404);
    const mother = await s.app.as(s.at.guardian);
    expect((await mother.post(`${s.path}/guardians/${own!.id}/${action}`, sent)).status).toBe(403);
  }
  expect((await (await s.app.as(s.at.system)).get(`${s.path}/guardians/new`)).status).toBe(200);
});

test('the child’s page tells the date of the application by which it came', async () => {
  await using s = await stage();
  expect(textOf(await s.staff.get(s.path))).not.toContain('Application of');
  await s.world.insert(async (tx) => {
    const values = {
      reference: 'TESTTESTAA',
      centreId: s.at.centreId,
      submittedAt: '2027-01-20T20:00:00.000Z' as typeof s.world.now,
      childName: 'Мадина',
      birthDate: plainDate('2018-05-15'),
      category: 'child_psychoneurological' as const,
      need: 'x',
      startsOn: MONDAY,
      guardianName: 'Synthetic',
      phone: '+77010000001',
      language: 'kk' as const,
    };
    const [row] = await tx.db.insert(tx.t.application).values(values).returning({ id: tx.t.application.id });
    const decision = { applicationId: row!.id, at: s.world.now, outcome: 'accepted' as const, reason: '' };
    await tx.db.insert(tx.t.applicationDecision).values({ ...decision, childId: s.childId });
  });
  // The evening of the 20th in UTC is the 21st in the country.
  expect(textOf(await s.staff.get(s.path))).toContain('Application of 21.01.2027');
});

test('at the door only who may collect that day is offered and taken, on the page and through the API', async () => {
  await using s = await stage();
  const id = await s.at.book(s.childId, TODAY, 18, 36);
  const named = async (startsOn: typeof TODAY, endsOn: typeof TODAY | null, may = mayOf(['collect'])) => {
    const person = await s.world.guardian();
    const row = { childId: s.childId, personId: person.personId, startsOn, endsOn, may };
    await s.world.insert((tx) => addGuardianship(tx, row));
    return person;
  };
  const ended = await named(addDays(TODAY, -9), addDays(TODAY, -1));
  const coming = await named(addDays(TODAY, 1), null);
  const sees = await named(addDays(TODAY, -9), null, mayOf(['see', 'book', 'told']));
  const today = await named(TODAY, TODAY);
  // Two rows of one adult are one adult.
  const row = { childId: s.childId, personId: today.personId, startsOn: TODAY, endsOn: null };
  await s.world.insert((tx) => addGuardianship(tx, { ...row, may: mayOf(['collect']) }));
  const path = `/centres/${s.at.centreId}/bookings/${id}`;
  await s.staff.post(`${path}/arrival`);
  const board = await s.staff.get(`/centres/${s.at.centreId}/days/today`);
  for (const absent of [ended, coming, sees]) expect(board.text).not.toContain(`With ${absent.name}`);
  expect(board.text.match(new RegExp(`With ${today.name}`, 'g'))).toHaveLength(1);
  const api = await s.app.api(s.at.staff);
  for (const absent of [ended, coming, sees]) {
    const collectorId = String(absent.personId);
    expect((await s.staff.post(`${path}/departure`, { collectorId })).status).toBe(422);
    const answer = await api.post(`/bookings/${id}/departure`, { collectorId });
    expect([answer.status, answer.body['reason']]).toEqual([422, 'invalid']);
  }
  expect((await s.staff.post(`${path}/departure`, { collectorId: 'somebody' })).status).toBe(422);
  expect((await s.staff.post(`${path}/departure`, { collectorId: String(today.personId) })).status).toBe(303);
  const left = await s.staff.get(`/centres/${s.at.centreId}/days/today`);
  expect(textOf(left)).toContain(`with ${today.name}`);
});

test('a right withdrawn this morning collects nobody this afternoon', async () => {
  await using s = await stage();
  const id = await s.at.book(s.childId, TODAY, 18, 36);
  const path = `/centres/${s.at.centreId}/bookings/${id}`;
  await s.staff.post(`${path}/arrival`);
  const mother = await s.app.as(s.at.guardian);
  await mother.post(`/children/${s.childId}/guardians`, {
    name: 'Сәуле Әже',
    phone: '',
    may: ['collect'],
    startsOn: '2027-02-03',
    endsOn: '',
  });
  const [, row] = await s.rows();
  await mother.post(`/children/${s.childId}/guardians/${row!.id}/withdrawal`, { withdrawn: 'collect' });
  const refused = await s.staff.post(`${path}/departure`, { collectorId: String(row!.personId) });
  expect(refused.status).toBe(422);
});
