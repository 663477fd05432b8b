import { describe, expect, test } from 'vitest';
import { hashPassword } from '../../../src/use-cases/sign-in.ts';
import { safeNext } from '../../../src/web/account/sign-in.ts';
import { TestApp } from '../../support/app.ts';
import { closing } from '../../support/closing.ts';
import { World } from '../../support/world.ts';

async function stage(options: { limits?: boolean } = {}) {
  const world = await World.create();
  const person = await world.person('guardian', { login: 'ana@example.kz' });
  const passwordHash = await hashPassword('a long password');
  await world.insert(
    async (tx) => void (await tx.db.update(tx.t.person).set({ passwordHash, phone: '+77010000001' })),
  );
  return { world, person, app: await TestApp.start(world, options) };
}

describe('signing in', () => {
  test.each(['ana@example.kz', ' ANA@example.kz ', '+7 701 000 00 01', '8 701 000 00 01'])(
    'as %s',
    async (login) => {
      const { world, app } = await stage();
      await using _ = closing(app, world);
      const visitor = app.visitor();
      const answer = await visitor.post('/sign-in', { login, password: 'a long password' });
      expect([answer.status, answer.location]).toEqual([303, '/']);
      expect(answer.headers.get('set-cookie')).toMatch(/HttpOnly.*SameSite=Lax/);
      expect((await visitor.get('/')).location).toBe('/children');
      expect((await visitor.get('/children')).status).toBe(200);
      await visitor.post('/sign-out');
      expect((await visitor.get('/children')).location).toContain('/sign-in');
    },
  );

  test('unknown accounts and wrong passwords get the same page, what was typed kept, the password not', async () => {
    const { world, app } = await stage();
    await using _ = closing(app, world);
    const wrong = await app.visitor().post('/sign-in', { login: 'ana@example.kz', password: 'secret wrong' });
    const unknown = await app
      .visitor()
      .post('/sign-in', { login: 'bob@example.kz', password: 'secret wrong' });
    expect([wrong.status, unknown.status]).toEqual([422, 422]);
    // Each form has its own operation key.
    const bare = (text: string) => text.replaceAll('ana@', 'bob@').replaceAll(/[0-9a-f-]{36}/g, '');
    expect(bare(wrong.text)).toBe(bare(unknown.text));
    expect(wrong.text).toContain('ana@example.kz');
    expect(wrong.text).not.toContain('secret wrong');
    expect(wrong.text).toContain('<title>Error:');
  });

  test('an empty form names both fields; what was unticked stays unticked', async () => {
    const { world, app } = await stage();
    await using _ = closing(app, world);
    const visitor = app.visitor();
    const ticked = /name="remember" value="yes" checked/;
    expect((await visitor.get('/sign-in')).text).toMatch(ticked);
    const empty = await visitor.post('/sign-in', { login: '', password: '' });
    expect(empty.status).toBe(422);
    for (const words of ['Enter your e-mail or phone', 'Enter your password', 'href="#f-password"'])
      expect(empty.text).toContain(words);
    expect(empty.text).not.toMatch(ticked);
    expect((await visitor.post('/sign-in', { login: 'x', password: '', remember: 'yes' })).text).toMatch(
      ticked,
    );
  });

  test('on one’s own phone for 90 days, elsewhere for the working day', async () => {
    const { world, app } = await stage();
    await using _ = closing(app, world);
    const form = { login: 'ana@example.kz', password: 'a long password' };
    await app.visitor().post('/sign-in', form);
    await app.visitor().post('/sign-in', { ...form, remember: 'yes' });
    const rows = await world.database.read(async (tx) => await tx.db.select().from(tx.t.session));
    expect(rows.map((row) => (Date.parse(row.expiresAt) - Date.parse(world.now)) / 3_600_000)).toEqual([
      12,
      90 * 24,
    ]);
  });

  test('goes on to the page that was asked for, and only on this site', async () => {
    const { world, app } = await stage();
    await using _ = closing(app, world);
    const visitor = app.visitor();
    const asked = await visitor.get('/bookings?month=2027-02-01');
    expect(asked.location).toBe('/sign-in?next=%2Fbookings%3Fmonth%3D2027-02-01');
    const answer = await visitor.post(asked.location, {
      login: 'ana@example.kz',
      password: 'a long password',
    });
    expect(answer.location).toBe('/bookings?month=2027-02-01');
  });

  test('too many tries are stopped for a while', async () => {
    const { world, app } = await stage({ limits: true });
    await using _ = closing(app, world);
    const tries = [];
    for (let n = 0; n < 11; n++)
      tries.push((await app.visitor().post('/sign-in', { login: 'ana@example.kz', password: 'x' })).status);
    expect(tries.slice(0, 10).every((status) => status === 422)).toBe(true);
    const stopped = await app
      .visitor()
      .post('/sign-in', { login: 'ana@example.kz', password: 'a long password' });
    expect(stopped.status).toBe(429);
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

test.each([
  '//evil.example',
  '/\\evil.example',
  'https://evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
  '',
])('next=%j leads home', (next) => {
  expect(safeNext(next)).toBe('/');
});

describe('the account page', () => {
  test('a token is shown once and works; it can be revoked', async () => {
    const { world, app, person } = await stage();
    await using _ = closing(app, world);
    const visitor = await app.as(person);
    const made = await visitor.post('/account/tokens', { label: 'Calendar <b>' });
    const token = /<code class="name">([\w-]{43})<\/code>/.exec(made.text)![1]!;
    expect(made.text).toContain('Calendar &lt;b&gt;');
    const me = () =>
      fetch(`${app.url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } }).then(
        (answer) => answer.status,
      );
    expect(await me()).toBe(200);
    const page = await visitor.get('/account');
    expect(page.text).not.toContain(token);
    const tokenId = /name="tokenId" value="(\d+)"/.exec(page.text)![1]!;
    await visitor.submit('/account/tokens/revocation', { tokenId });
    expect(await me()).toBe(401);
  });

  test('a new password needs the old one and ends the other sessions', async () => {
    const { world, app, person } = await stage();
    await using _ = closing(app, world);
    const [here, elsewhere] = [await app.as(person), await app.as(person)];
    const wrong = await here.post('/account/password', {
      current_password: 'wrong',
      new_password: 'another password',
    });
    expect(wrong.status).toBe(422);
    const right = await here.submit('/account/password', {
      current_password: 'a long password',
      new_password: 'another password',
    });
    expect(right.text).toContain('The password is changed');
    expect((await elsewhere.get('/children')).location).toContain('/sign-in');
    expect((await here.get('/children')).status).toBe(200);
  });

  test("nobody ends another person's session or switches to another's role", async () => {
    const { world, app, person } = await stage();
    await using _ = closing(app, world);
    const other = await world.guardian();
    await app.as(other);
    const visitor = await app.as(person);
    expect((await visitor.post('/account/sessions', { sessionId: '1' })).status).toBe(404);
    expect((await visitor.post('/account/role', { assignmentId: String(other.assignmentId) })).status).toBe(
      404,
    );
  });
});
