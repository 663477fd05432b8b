import { describe, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { addMinutes, instant, plainDate } from '../../../src/domain/calendar.ts';
import type { Actor } from '../../../src/domain/people.ts';
import { hashPassword } from '../../../src/use-cases/sign-in.ts';
import type { Page, Visitor } from '../../support/app.ts';
import { FamilyStage } from '../../support/family-stage.ts';
import { fieldOf } from '../../support/page-stage.ts';

const PASSWORD = 'a long password';
const WILD = `"><script>alert(1)</script>' Ай‮ Ғ`;

/** The text of a hidden field as the browser sends it back. */
const plain = (text = '') =>
  text
    .replaceAll('&#34;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
const keptOf = (page: Page) => plain(fieldOf(page, 'kept'));

class Evening implements AsyncDisposable {
  readonly at: FamilyStage;
  readonly login: string;
  readonly address: string;

  private constructor(at: FamilyStage, login: string) {
    this.at = at;
    this.login = login;
    this.address = `/children/${at.childId}/bookings?group=${at.groupId}&kind=once`;
  }

  static async create(limits = false): Promise<Evening> {
    const at = await FamilyStage.create({ room: 1 }, limits);
    const evening = new Evening(at, 'mother@example.kz');
    await evening.mayEnter(at.mother, evening.login);
    return evening;
  }

  async mayEnter(actor: Actor, login: string): Promise<void> {
    const passwordHash = await hashPassword(PASSWORD);
    await this.at.world.insert(async (tx) => {
      const { person } = tx.t;
      await tx.db.update(person).set({ login, passwordHash }).where(eq(person.id, actor.personId));
    });
  }

  get visitor(): Visitor {
    return this.at.visitor;
  }

  /** The form as its page drew it, filled in; then the session is over. */
  async form(): Promise<Record<string, string>> {
    const drawn = await this.visitor.get(
      `/children/${this.at.childId}/bookings/new?group=${this.at.groupId}&date=2027-02-09`,
    );
    const operation = fieldOf(drawn, 'operation')!;
    this.at.world.now = addMinutes(this.at.world.now, 60 * 24 * 370);
    return { date: '2028-02-15', from: '08:30', to: '16:30', operation };
  }

  signIn(kept: string, login = this.login, password = PASSWORD): Promise<Page> {
    return this.visitor.post('/sign-in', { login, password, remember: 'yes', kept });
  }

  async [Symbol.asyncDispose]() {
    await this.at[Symbol.asyncDispose]();
  }
}

/** Sends the form of a page with its hidden fields, as its button does. */
function sent(page: Page): { action: string; fields: Record<string, string> } {
  const [form = ''] = /<form class="form" method="post"[^]*?<\/form>/.exec(page.text) ?? [];
  const action = plain(/action="([^"]*)"/.exec(form)?.[1]);
  const fields = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
  return {
    action,
    fields: Object.fromEntries(fields.map(([, name, value]) => [plain(name), plain(value)])),
  };
}

describe('a form that comes without a session', () => {
  test('waits on the sign-in page and is sent by one button, never by itself', async () => {
    await using evening = await Evening.create();
    const form = await evening.form();
    const asked = await evening.visitor.post(evening.address, form);
    expect(asked.status).toBe(401);
    expect(asked.text).toContain('Please sign in again');
    expect(asked.text).toContain('What you typed is kept');
    expect(asked.headers.get('cache-control')).toBe('no-store');
    const back = await evening.signIn(keptOf(asked));
    expect(back.status).toBe(200);
    expect(back.text).toContain('You are signed in again: your form is not yet sent');
    expect(back.text).toContain('Sign out');
    expect(back.headers.get('cache-control')).toBe('no-store');
    // Nothing has happened yet.
    expect(await evening.at.bookings()).toEqual([]);
    const { action, fields } = sent(back);
    expect(action).toBe(evening.address);
    expect(fields).toEqual(form);
    const done = await evening.visitor.submit(action, fields);
    expect(done.status).toBe(200);
    expect(await evening.at.bookings()).toMatchObject([{ date: '2028-02-15', from: 17, to: 33 }]);
    // The same key: a second tap is the same booking.
    expect((await evening.visitor.post(action, fields)).location).toMatch(/^\/bookings\/\d+$/);
    expect(await evening.at.bookings()).toHaveLength(1);
  });

  test('a wrong password keeps it', async () => {
    await using evening = await Evening.create();
    const asked = await evening.visitor.post(evening.address, await evening.form());
    const wrong = await evening.signIn(keptOf(asked), evening.login, 'wrong');
    expect(wrong.status).toBe(422);
    expect(keptOf(wrong)).toBe(keptOf(asked));
    expect((await evening.signIn(keptOf(wrong))).text).toContain('your form is not yet sent');
  });

  test('so do too many tries', async () => {
    await using evening = await Evening.create(true);
    const asked = await evening.visitor.post(evening.address, await evening.form());
    let page = asked;
    for (let tries = 0; tries < 11; tries++)
      page = await evening.signIn(keptOf(asked), evening.login, 'wrong');
    expect(page.status).toBe(429);
    expect(keptOf(page)).toBe(keptOf(asked));
  });

  test('a code by SMS gives it back too', async () => {
    await using evening = await Evening.create();
    const kept = keptOf(await evening.visitor.post(evening.address, await evening.form()));
    const phone = await evening.visitor.post('/sign-in/code', { kept });
    expect(phone.status).toBe(200);
    expect(keptOf(phone)).toBe(kept);
    const entry = await evening.visitor.post('/sign-in/code', { kept, phone: '+7 701 000 00 77' });
    expect(entry.text).toContain('name="code"');
    expect(keptOf(entry)).toBe(kept);
  });

  test('what was typed is text, whatever it says', async () => {
    await using evening = await Evening.create();
    const form = { ...(await evening.form()), note: WILD, days: WILD };
    const asked = await evening.visitor.post(evening.address, form);
    expect(asked.text).not.toContain('<script>alert');
    expect(JSON.parse(keptOf(asked)).fields).toContainEqual(['note', WILD]);
    const back = await evening.signIn(keptOf(asked));
    expect(back.text).not.toContain('<script>alert');
    expect(sent(back).fields).toEqual(form);
  });

  test('several values of one name stay several', async () => {
    await using evening = await Evening.create();
    const { operation } = await evening.form();
    const asked = await evening.visitor.post(evening.address, {
      days: ['mon', 'wed'],
      operation: operation!,
    });
    const back = await evening.signIn(keptOf(asked));
    expect(back.text.match(/name="days" value="(mon|wed)"/g)).toHaveLength(2);
  });

  test('passwords, codes and tokens are not carried, and that is said', async () => {
    await using evening = await Evening.create();
    const asked = await evening.visitor.post('/account/password', {
      current_password: 'old-secret-1',
      new_password: 'new-secret-2',
      slip_code: 'code-3',
      token: 'token-4',
    });
    await evening.visitor.post('/sign-out');
    const out = await evening.visitor.post('/account/password', {
      current_password: 'old-secret-1',
      new_password: 'new-secret-2',
      slip_code: 'code-3',
      token: 'token-4',
    });
    for (const page of [asked, out]) expect(page.text).not.toMatch(/secret-\d|code-3|token-4/);
    expect(out.status).toBe(401);
    const back = await evening.signIn(keptOf(out));
    expect(back.text).toContain('Passwords and codes are never kept');
    expect(sent(back).action).toBe('/account/password');
  });

  test('one that is too long is not carried: the page says so and leads to the form', async () => {
    await using evening = await Evening.create();
    await evening.visitor.post('/sign-out');
    const before = `/children/${evening.at.childId}`;
    const asked = await evening.visitor.post(
      evening.address,
      { note: 'Ә'.repeat(40_000) },
      { referer: `${evening.at.app.url}${before}` },
    );
    expect(asked.status).toBe(401);
    expect(asked.text).toContain('too long to be kept');
    expect(asked.text).not.toContain('name="kept"');
    expect(asked.text).toContain(`action="/sign-in?next=${encodeURIComponent(before)}"`);
  });

  test.each([
    ['https://evil.example/x'],
    ['//evil.example/children/1/bookings'],
    ['/\\evil.example'],
    ['/\t/evil.example'],
    ['/nowhere'],
    ['/children'],
    ['/api/v1/bookings'],
    ['javascript:alert(1)'],
  ])('a kept form for %s is given to nobody', async (action) => {
    await using evening = await Evening.create();
    await evening.visitor.post('/sign-out');
    const kept = JSON.stringify({ action, from: action, operation: '', fields: [], secrets: false });
    const answer = await evening.signIn(kept);
    expect([answer.status, answer.location]).toEqual([303, '/']);
  });

  test('the way back from it stays on this site', async () => {
    await using evening = await Evening.create();
    await evening.visitor.post('/sign-out');
    const kept = JSON.stringify({
      action: evening.address,
      from: '//evil.example',
      operation: '',
      fields: [],
      secrets: false,
    });
    expect((await evening.signIn(kept)).text).not.toContain('evil.example');
  });

  test.each(['{', '[]', '{"action":"/sign-out"}', 'null'])(
    'nonsense in its place (%s) is no form',
    async (kept) => {
      await using evening = await Evening.create();
      await evening.visitor.post('/sign-out');
      expect((await evening.signIn(kept)).location).toBe('/');
    },
  );

  test('somebody else who signs in sees nothing of it', async () => {
    await using evening = await Evening.create();
    const { at } = evening;
    const father = await at.world.guardian();
    await evening.mayEnter(father, 'father@example.kz');
    // A form without records in its address: any guardian may send one.
    const { operation } = await evening.form();
    const workday = { days: 'mon', from: '03:30', to: '23:30', commute: '77', operation: operation! };
    const kept = keptOf(await evening.visitor.post('/workday?kind=weekly', workday));
    const answer = await evening.signIn(kept, 'father@example.kz');
    expect([answer.status, answer.location]).toEqual([303, '/']);
    expect((await evening.visitor.get('/children')).text).toContain('it was not kept');
  });

  test('without a key that names its owner the rules of its address still hold', async () => {
    await using evening = await Evening.create();
    const { at } = evening;
    await evening.mayEnter(await at.world.guardian(), 'father@example.kz');
    await evening.visitor.post('/sign-out');
    const kept = keptOf(await evening.visitor.post(evening.address, { date: '2027-02-09' }));
    const answer = await evening.signIn(kept, 'father@example.kz');
    expect([answer.status, answer.location]).toEqual([303, '/']);
  });

  test('goes on under the role that it was filled in under', async () => {
    await using evening = await Evening.create();
    const { at } = evening;
    await at.world.insert(async (tx) => {
      const { personId } = at.mother;
      const startsOn = plainDate('2027-01-01');
      await tx.db
        .insert(tx.t.assignment)
        .values({ personId, role: 'centre_admin', centreId: at.centreId, startsOn });
    });
    const asked = await evening.visitor.post(evening.address, await evening.form());
    const back = await evening.signIn(keptOf(asked));
    expect(back.text).toContain('your form is not yet sent');
    const { action, fields } = sent(back);
    expect((await evening.visitor.post(action, fields)).status).toBe(303);
    expect(await at.bookings()).toHaveLength(1);
  });

  test('to htmx it is a whole page in place of the whole page', async () => {
    await using evening = await Evening.create();
    await evening.visitor.post('/sign-out');
    const asked = await evening.visitor.post(
      evening.address,
      { date: '2027-02-09' },
      { 'hx-request': 'true', 'hx-target': 'section#g1' },
    );
    expect(asked.status).toBe(401);
    expect(asked.text).toMatch(/^<!doctype html>/);
    expect(asked.headers.get('hx-retarget')).toBe('body');
    expect(keptOf(asked)).toContain('2027-02-09');
  });

  test('from another site it is refused, and nothing is kept', async () => {
    await using evening = await Evening.create();
    await evening.visitor.post('/sign-out');
    const form = { date: '2027-02-09' };
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }]) {
      const answer = await evening.visitor.post(evening.address, form, headers);
      expect(answer.status).toBe(403);
      expect(answer.text).not.toContain('2027-02-09');
    }
    const kept = JSON.stringify({
      action: evening.address,
      from: '',
      operation: '',
      fields: [],
      secrets: false,
    });
    const forged = await evening.visitor.post(
      '/sign-in',
      { login: evening.login, password: PASSWORD, kept },
      { 'sec-fetch-site': 'cross-site' },
    );
    expect(forged.status).toBe(403);
  });

  test('an address that takes no form is no page', async () => {
    await using evening = await Evening.create();
    evening.at.world.now = instant('2027-02-03T07:00:00.000Z');
    await evening.visitor.post('/sign-out');
    expect((await evening.visitor.post('/nowhere', { a: '1' })).status).toBe(404);
  });
});
