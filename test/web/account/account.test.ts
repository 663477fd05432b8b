import { expect, test } from 'vitest';
import { plainDate } from '../../../src/domain/calendar.ts';
import { deviceWords } from '../../../src/web/account/device-words.ts';
import { hashPassword } from '../../../src/use-cases/sign-in.ts';
import { TestApp, Visitor } from '../../support/app.ts';
import { closing } from '../../support/closing.ts';
import { World } from '../../support/world.ts';

async function stage() {
  const world = await World.create();
  const centreId = await world.centre({ name: 'Шуақ <i>' });
  const person = await world.person('centre_admin', { login: 'ana@example.kz', centreId });
  const app = await TestApp.start(world);
  return { world, app, person, centreId, visitor: await app.as(person) };
}

test('who one is, where, and in which language; the language is kept with the person', async () => {
  const { world, app, person, visitor } = await stage();
  await using _ = closing(app, world);
  const page = await visitor.get('/account?lang=en');
  expect([page.status, page.location]).toEqual([303, '/account']);
  const english = await visitor.get('/account');
  for (const words of [person.name, 'Centre administrator · Шуақ &lt;i&gt;', 'Қазақша', 'Русский'])
    expect(english.text).toContain(words);
  await visitor.get('/account?lang=kk');
  expect((await visitor.get('/account')).text).toContain('Менің профилім');
  // Another device without a choice of its own follows the person.
  const elsewhere = new Visitor(app.url, { kundiz: (await app.as(person)).cookie('kundiz') ?? '' });
  expect((await elsewhere.get('/account')).text).toContain('Менің профилім');
});

test('another of one’s own roles is taken up in the same session, and shown as the one in use', async () => {
  const { world, app, person, visitor } = await stage();
  await using _ = closing(app, world);
  const assignmentId = await world.insert(async (tx) => {
    const role = { personId: person.personId, role: 'guardian' as const, startsOn: plainDate('2027-01-01') };
    const [row] = await tx.db.insert(tx.t.assignment).values(role).returning({ id: tx.t.assignment.id });
    return row!.id;
  });
  expect((await visitor.get('/children')).status).toBe(403);
  const done = await visitor.post('/account/role', { assignmentId: String(assignmentId) });
  expect([done.status, done.location]).toEqual([303, '/']);
  expect((await visitor.get('/')).location).toBe('/children');
  expect((await visitor.get('/children')).status).toBe(200);
  // The same person elsewhere stays what they were there.
  expect((await (await app.as(person)).get('/children')).status).toBe(403);
  for (const wrong of ['0', 'x', '999']) {
    const answer = await visitor.post('/account/role', { assignmentId: wrong });
    expect([422, 404]).toContain(answer.status);
  }
});

test('a session on another device is ended from here', async () => {
  const { world, app, person, visitor } = await stage();
  await using _ = closing(app, world);
  const elsewhere = await app.as(person);
  const page = await visitor.get('/account');
  const ids = [...page.text.matchAll(/name="sessionId" value="(\d+)"/g)].map((match) => match[1]!);
  expect(ids).toHaveLength(1);
  const done = await visitor.submit('/account/sessions', { sessionId: ids[0]! });
  expect(done.text).toContain('That device is signed out');
  expect((await elsewhere.get('/account')).location).toContain('/sign-in');
  expect((await visitor.get('/account')).status).toBe(200);
});

test('each wrong field is named where it stands; no password comes back', async () => {
  const { world, app, visitor } = await stage();
  await using _ = closing(app, world);
  await world.insert(async (tx) => {
    await tx.db.update(tx.t.person).set({ passwordHash: await hashPassword('a long password') });
  });
  const empty = await visitor.post('/account/password', { current_password: '', new_password: 'short77' });
  expect(empty.status).toBe(422);
  for (const words of ['Enter your current password', 'at least 8 characters', 'href="#f-current_password"'])
    expect(empty.text).toContain(words);
  expect(empty.text).not.toContain('short77');
  const label = await visitor.post('/account/tokens', { label: ' ' });
  expect(label.text).toContain('Say what the token is for');
  expect(await world.database.read(async (tx) => await tx.db.select().from(tx.t.apiToken))).toEqual([]);
});

test('signed out: every part of the account leads to signing in', async () => {
  const { world, app } = await stage();
  await using _ = closing(app, world);
  const visitor = app.visitor();
  expect((await visitor.get('/account')).location).toBe('/sign-in?next=%2Faccount');
  for (const path of ['role', 'sessions', 'tokens', 'tokens/revocation', 'password'])
    expect(await visitor.post(`/account/${path}`)).toMatchObject({
      status: 401,
      text: expect.stringContaining('action="/sign-in"'),
    });
});

test.each([
  [
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/138.0.0.0 Mobile Safari/537.36',
    'Chrome, Android',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1',
    'Safari, iPhone',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 YaBrowser/24.12 Safari/537.36',
    'Yandex Browser, Windows',
  ],
  ['Mozilla/5.0 (Windows NT 6.1) Chrome/109.0 Safari/537.36 Edg/109.0', 'Edge, Windows'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox, Linux'],
  ['curl/8', ''],
  ['', ''],
])('%s is %s', (userAgent, words) => {
  expect(deviceWords(userAgent)).toBe(words);
});
