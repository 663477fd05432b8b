import { describe, expect, test } from 'vitest';
import { pino } from 'pino';
import { addMinutes } from '../../../src/domain/calendar.ts';
import type { Phone } from '../../../src/domain/phone.ts';
import type { Actor } from '../../../src/domain/people.ts';
import { insertMessages, listMessages } from '../../../src/data/messages.ts';
import { sendDueMessages } from '../../../src/jobs/outbox.ts';
import { invite } from '../../../src/use-cases/codes.ts';
import { changePhone } from '../../../src/use-cases/phone.ts';
import { TestApp } from '../../support/app.ts';
import { World } from '../../support/world.ts';

const PHONE = '+77010000001';

/** A family with a telephone and no e-mail, and an outbox whose SMS are kept. */
async function stage(options: { limits?: boolean } = {}) {
  const world = await World.create();
  const app = await TestApp.start(world, options);
  const guardian = await world.person('guardian', { login: PHONE });
  const sms: { phone: string; text: string }[] = [];
  const mails: { to: string; text: string }[] = [];
  const sendAll = () =>
    sendDueMessages({
      database: world.database,
      clock: () => world.now,
      log: pino({ level: 'silent' }),
      mail: { send: async (mail) => void mails.push(mail) },
      sms: { send: async (phone, text) => void sms.push({ phone, text }) },
      baseUrl: 'https://kundiz.example',
    });
  /** The six digits of the newest SMS. */
  const code = async () => {
    await sendAll();
    return /\b\d{6}\b/.exec(sms.at(-1)?.text ?? '')?.[0] ?? '';
  };
  const close = async () => {
    await app[Symbol.asyncDispose]();
    await world[Symbol.asyncDispose]();
  };
  return { world, app, guardian, sms, mails, sendAll, code, [Symbol.asyncDispose]: close };
}

const wrongOf = (code: string) => (code === '000000' ? '000001' : '000000');

describe('a code by SMS', () => {
  test('signs in for 90 days, once; the message keeps nothing and is not listed', async () => {
    await using at = await stage();
    const visitor = at.app.visitor();
    const asked = await visitor.post('/sign-in/code', { phone: '8 701 000 00 01' });
    expect(asked.status).toBe(200);
    const code = await at.code();
    expect(at.sms[0]!.phone).toBe(PHONE);
    const entry = { phone: PHONE, code: `${code.slice(0, 3)} ${code.slice(3)}`, remember: 'yes' };
    expect(await visitor.post('/sign-in/code/entry', entry)).toMatchObject({ status: 303, location: '/' });
    expect(visitor.cookie('kundiz')).toBeDefined();
    const rows = await at.world.database.read(async (tx) => ({
      sessions: await tx.db.select().from(tx.t.session),
      messages: await tx.db.select().from(tx.t.message),
      listed: await listMessages(tx, at.guardian.personId, { unread: false, limit: 10 }),
      codes: await tx.db.select().from(tx.t.oneTimeCode),
    }));
    expect(rows.sessions[0]!.expiresAt).toBe(addMinutes(at.world.now, 90 * 24 * 60));
    expect(rows.messages).toMatchObject([{ kind: 'code', data: {} }]);
    expect(rows.listed).toEqual([]);
    expect(JSON.stringify(rows.codes)).not.toContain(code);
    const again = await at.app.visitor().post('/sign-in/code/entry', entry);
    expect(again.status).toBe(422);
    expect(again.text).not.toContain(`value="${code}"`);
  });

  test('known and unknown telephones get the same pages', async () => {
    await using at = await stage();
    const answers = async (phone: string) => {
      const visitor = at.app.visitor();
      const asked = await visitor.post('/sign-in/code', { phone });
      const wrong = await visitor.post('/sign-in/code/entry', { phone, code: wrongOf(await at.code()) });
      const bare = (text: string) => text.replaceAll(phone, 'P').replaceAll(/[0-9a-f-]{36}/g, '');
      return [asked.status, bare(asked.text), wrong.status, bare(wrong.text)];
    };
    expect(await answers('+77010000009')).toEqual(await answers(PHONE));
    expect(at.sms).toHaveLength(1);
  });

  test('five wrong tries end it, and so do ten minutes and a newer one', async () => {
    await using at = await stage();
    const visitor = at.app.visitor();
    const ask = async () => {
      await visitor.post('/sign-in/code', { phone: PHONE });
      return await at.code();
    };
    const enter = async (code: string) =>
      (await visitor.post('/sign-in/code/entry', { phone: PHONE, code })).status;
    const first = await ask();
    for (let each = 0; each < 5; each++) expect(await enter(wrongOf(first))).toBe(422);
    expect(await enter(first)).toBe(422);
    const second = await ask();
    const third = await ask();
    if (second !== third) expect(await enter(second)).toBe(422);
    at.world.now = addMinutes(at.world.now, 10);
    expect(await enter(third)).toBe(422);
    expect(await enter(await ask())).toBe(303);
  });

  test('too many asked for one telephone have to wait, whoever has it', async () => {
    await using at = await stage({ limits: true });
    const statuses = async (phone: string) => {
      const all: number[] = [];
      for (let each = 0; each < 11; each++)
        all.push((await at.app.visitor().post('/sign-in/code', { phone })).status);
      return all;
    };
    expect((await statuses(PHONE)).at(-1)).toBe(429);
    expect((await statuses('+77010000009')).at(-1)).toBe(429);
  });

  test('is not sent once it has run out, nor kept', async () => {
    await using at = await stage();
    await at.app.visitor().post('/sign-in/code', { phone: PHONE });
    at.world.now = addMinutes(at.world.now, 11);
    await at.sendAll();
    expect(at.sms).toEqual([]);
    const [message] = await at.world.database.read(async (tx) => await tx.db.select().from(tx.t.message));
    expect(message).toMatchObject({ data: {}, dueAt: null, sentAt: null });
  });
});

describe('a link', () => {
  async function invited(at: Awaited<ReturnType<typeof stage>>) {
    const admin = await at.world.person('system_admin');
    const data = { centreRu: 'Шуақ', centreKk: 'Шуақ' };
    await at.world.insert((tx) =>
      invite({ tx, now: at.world.now, actor: admin }, { personId: at.guardian.personId, data }),
    );
    await at.sendAll();
    return /https:\/\/kundiz\.example(\/invitation\/[\w-]{43})$/.exec(at.sms.at(-1)!.text)?.[1] ?? '';
  }

  test('of an invitation changes nothing when it is opened and works once', async () => {
    await using at = await stage();
    const link = await invited(at);
    expect(at.sms[0]!.text.length).toBeLessThanOrEqual(134);
    const visitor = at.app.visitor();
    const opened = await visitor.get(link);
    expect(opened.text).toContain(at.guardian.name);
    expect(opened.headers.get('cache-control')).toBe('no-store');
    await visitor.get(link);
    expect((await visitor.post(link, { new_password: 'short' })).status).toBe(422);
    const both = await Promise.all([
      visitor.post(link, { new_password: 'ұзын құпиясөз' }),
      at.app.visitor().post(link, { new_password: 'another password' }),
    ]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 422]);
    expect((await at.app.visitor().get(link)).text).toContain('no longer works');
    const messages = await at.world.database.read(async (tx) => await tx.db.select().from(tx.t.message));
    expect(messages).toMatchObject([{ kind: 'invitation', data: {} }]);
  });

  test('is over after 14 days', async () => {
    await using at = await stage();
    const link = await invited(at);
    at.world.now = addMinutes(at.world.now, 14 * 24 * 60);
    expect((await at.app.visitor().get(link)).status).toBe(422);
  });

  test('by mail sets a new password and ends what was signed in; an unknown address gets the same page', async () => {
    await using at = await stage();
    const actor = await at.world.person('centre_staff', {
      login: 'ana@example.kz',
      centreId: await at.world.centre(),
    });
    const before = await at.app.as(actor);
    const pages: string[] = [];
    for (const login of ['Ana@example.kz', 'eva@example.kz']) {
      const { text } = await at.app.visitor().post('/sign-in/reset', { login });
      pages.push(text.replaceAll(login.toLowerCase(), 'L').replaceAll(/[0-9a-f-]{36}/g, ''));
    }
    expect(pages[1]).toBe(pages[0]);
    await at.sendAll();
    expect(at.mails).toHaveLength(1);
    const link = /\/sign-in\/reset\/[\w-]{43}/.exec(at.mails[0]!.text)![0];
    expect((await before.get('/account')).status).toBe(200);
    const visitor = at.app.visitor();
    expect((await visitor.post(link, { new_password: 'new password' })).status).toBe(303);
    expect((await before.get('/account')).status).toBe(303);
    expect((await visitor.get('/account')).status).toBe(200);
    const signIn = { login: 'ana@example.kz', password: 'new password' };
    expect((await at.app.visitor().post('/sign-in', signIn)).status).toBe(303);
  });

  test('is not asked for a telephone: a code resets the password', async () => {
    await using at = await stage();
    const visitor = at.app.visitor();
    await visitor.post('/sign-in/reset', { login: PHONE });
    const code = await at.code();
    const form = { phone: PHONE, code, new_password: 'new password' };
    // A code to reset is no code to sign in.
    expect((await visitor.post('/sign-in/code/entry', { phone: PHONE, code })).status).toBe(422);
    expect((await visitor.post('/sign-in/reset-code', form)).status).toBe(303);
    expect((await at.app.visitor().post('/sign-in', { login: PHONE, password: 'new password' })).status).toBe(
      303,
    );
  });
});

describe('a slip from reception', () => {
  async function reception(at: Awaited<ReturnType<typeof stage>>, guardian: Actor) {
    const centreId = await at.world.centre();
    const staff = await at.app.as(await at.world.person('centre_staff', { centreId }));
    const childId = await at.world.child(guardian);
    await at.world.insert(async (tx) => {
      await tx.db.insert(tx.t.registration).values({ childId, centreId, registeredAt: at.world.now });
    });
    const path = `/centres/${centreId}/children/${childId}/guardians/${guardian.personId}/slip`;
    return { staff, centreId, childId, path };
  }
  const codeOf = (text: string) => /[A-Z34679]{5}-[A-Z34679]{5}/.exec(text)?.[0] ?? '';

  test('is printed after an identity check, sets a password once, within three days', async () => {
    await using at = await stage();
    const { staff, path } = await reception(at, at.guardian);
    expect((await staff.get(path)).status).toBe(200);
    expect((await staff.post(path)).status).toBe(422);
    const slip = await staff.post(path, { identity: 'yes' });
    const slip_code = codeOf(slip.text);
    expect(slip.headers.get('cache-control')).toBe('no-store');
    const form = {
      login: '8 701 000 00 01',
      slip_code: slip_code.toLowerCase(),
      new_password: 'жаңа құпиясөз',
    };
    const visitor = at.app.visitor();
    expect((await visitor.post('/sign-in/slip', { ...form, login: '+77010000009' })).status).toBe(422);
    expect((await visitor.post('/sign-in/slip', form)).status).toBe(303);
    expect((await at.app.visitor().post('/sign-in/slip', form)).status).toBe(422);
    expect(
      (await at.app.visitor().post('/sign-in', { login: PHONE, password: 'жаңа құпиясөз' })).status,
    ).toBe(303);

    const late = codeOf((await staff.post(path, { identity: 'yes' })).text);
    at.world.now = addMinutes(at.world.now, 3 * 24 * 60);
    expect((await visitor.post('/sign-in/slip', { ...form, slip_code: late })).status).toBe(422);
  });

  test('opens no account that may do more than a guardian, and none of a stranger', async () => {
    await using at = await stage();
    const director = await at.world.person('system_admin', { login: '+77010000005' });
    const { staff, path, centreId, childId } = await reception(at, director);
    const refused = await staff.post(path, { identity: 'yes' });
    expect(refused.status).toBe(422);
    expect(codeOf(refused.text)).toBe('');
    const stranger = `/centres/${centreId}/children/${childId}/guardians/${at.guardian.personId}/slip`;
    expect((await staff.post(stranger, { identity: 'yes' })).status).toBe(404);
  });
});

describe('a changed number', () => {
  test('ends every way in of the old one but the session that changed it', async () => {
    await using at = await stage();
    const [here, elsewhere] = [await at.app.as(at.guardian), await at.app.as(at.guardian)];
    await at.app.visitor().post('/sign-in/code', { phone: PHONE });
    const code = await at.code();
    const sessions = await at.world.database.read(async (tx) => await tx.db.select().from(tx.t.session));
    const keepTokenHash = sessions[0]!.tokenHash;
    await at.world.act(at.guardian, changePhone, { phone: '+77010000002' as Phone, keepTokenHash });
    expect((await here.get('/account')).status).toBe(200);
    expect((await elsewhere.get('/account')).status).toBe(303);
    expect((await at.app.visitor().post('/sign-in/code/entry', { phone: PHONE, code })).status).toBe(422);
    await at.app.visitor().post('/sign-in/code', { phone: '+77010000002' });
    await at.code();
    expect(at.sms.at(-1)!.phone).toBe('+77010000002');

    await at.world.person('guardian', { login: '+77010000003' });
    await expect(
      at.world.act(at.guardian, changePhone, { phone: '+77010000003' as Phone, keepTokenHash }),
    ).rejects.toMatchObject({ reason: 'invalid' });
  });
});

test('other messages stay on the person’s page after sending', async () => {
  await using at = await stage();
  const data = { centreRu: 'Шуақ', centreKk: 'Шуақ' };
  const { personId } = at.guardian;
  await at.world.insert((tx) =>
    insertMessages(tx, [{ personId, kind: 'accepted', data, createdAt: at.world.now }]),
  );
  await at.sendAll();
  const listed = await at.world.database.read((tx) =>
    listMessages(tx, personId, { unread: false, limit: 10 }),
  );
  expect(listed).toMatchObject([{ kind: 'accepted', data }]);
});
