import { describe, expect, test } from 'vitest';
import { pino } from 'pino';
import { addMinutes } from '../../../src/domain/calendar.ts';
import { sendDueMessages } from '../../../src/jobs/outbox.ts';
import { TestApp } from '../../support/app.ts';
import { textOf } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

const OLD = '+77010000001';
const NEW = '+77010000002';

async function stage() {
  const world = await World.create();
  const app = await TestApp.start(world);
  const guardian = await world.person('guardian', { login: OLD });
  const sms: { phone: string; text: string }[] = [];
  const sendAll = () =>
    sendDueMessages({
      database: world.database,
      clock: () => world.now,
      log: pino({ level: 'silent' }),
      mail: undefined,
      sms: { send: async (phone, text) => void sms.push({ phone, text }) },
      baseUrl: 'https://kundiz.example',
    });
  const code = async () => {
    await sendAll();
    return /\b\d{6}\b/.exec(sms.at(-1)?.text ?? '')?.[0] ?? '';
  };
  const close = async () => {
    await app[Symbol.asyncDispose]();
    await world[Symbol.asyncDispose]();
  };
  const person = async () =>
    (await world.database.read(async (tx) => await tx.db.select().from(tx.t.person))).find(
      ({ id }) => id === guardian.personId,
    )!;
  return { world, app, guardian, sms, sendAll, code, person, [Symbol.asyncDispose]: close };
}

const wrongOf = (code: string) => (code === '000000' ? '000001' : '000000');

describe('one’s own telephone', () => {
  test('changes by a code that came to the new number; other devices end, and the old number hears of it', async () => {
    await using at = await stage();
    const here = await at.app.as(at.guardian);
    const elsewhere = await at.app.as(at.guardian);
    expect(textOf(await here.get('/account'))).toContain('Phone +7 701 000 00 01');
    const asked = await here.post('/account/phone', { phone: '8 701 000 00 02' });
    expect(asked.status).toBe(200);
    const code = await at.code();
    expect(at.sms).toHaveLength(1);
    expect(at.sms[0]!.phone).toBe(NEW);
    const wrong = await here.post('/account/phone/code', { phone: NEW, code: wrongOf(code) });
    expect(wrong.status).toBe(422);
    expect(wrong.text).not.toContain(`value="${wrongOf(code)}"`);
    // It confirms the number to which it was sent and no other.
    expect((await here.post('/account/phone/code', { phone: '+77010000003', code })).status).toBe(422);
    expect((await at.person()).login).toBe(OLD);
    const done = await here.submit('/account/phone/code', { phone: NEW, code });
    expect(textOf(done)).toContain('The phone is changed');
    expect(await at.person()).toMatchObject({ phone: NEW, login: NEW });
    expect((await elsewhere.get('/account')).status).toBe(303);
    await at.sendAll();
    expect(at.sms.at(-1)).toMatchObject({ phone: OLD });
    expect(at.sms.at(-1)!.text).toContain('Kundiz');
    const kept = await at.world.database.read(async (tx) => await tx.db.select().from(tx.t.message));
    expect(kept.find(({ kind }) => kind === 'phone_code')!.data).toEqual({});
  });

  test('five wrong tries end a code, and so do ten minutes', async () => {
    await using at = await stage();
    const here = await at.app.as(at.guardian);
    await here.post('/account/phone', { phone: NEW });
    const code = await at.code();
    for (let each = 0; each < 5; each++)
      await here.post('/account/phone/code', { phone: NEW, code: wrongOf(code) });
    expect((await here.post('/account/phone/code', { phone: NEW, code })).status).toBe(422);
    await here.post('/account/phone', { phone: NEW });
    const late = await at.code();
    at.world.now = addMinutes(at.world.now, 10);
    expect((await here.post('/account/phone/code', { phone: NEW, code: late })).status).toBe(422);
    expect((await at.person()).login).toBe(OLD);
  });

  test('a free number and somebody’s get the same page; only who reads the SMS learns that it is taken', async () => {
    await using at = await stage();
    await at.world.person('guardian', { login: '+77010000009' });
    const here = await at.app.as(at.guardian);
    const answer = async (phone: string) => {
      const page = await here.post('/account/phone', { phone });
      return [page.status, page.text.replaceAll(phone, 'P').replaceAll(/[0-9a-f-]{36}/g, '')];
    };
    expect(await answer('+77010000009')).toEqual(await answer(NEW));
    await here.post('/account/phone', { phone: '+77010000009' });
    const taken = await here.post('/account/phone/code', { phone: '+77010000009', code: await at.code() });
    expect(taken.status).toBe(422);
    expect(textOf(taken)).toContain('Another account signs in with this number');
    expect((await at.person()).login).toBe(OLD);
  });

  test('what is no number, or one’s own already, is said beside the field', async () => {
    await using at = await stage();
    const here = await at.app.as(at.guardian);
    const shape = await here.post('/account/phone', { phone: '123' });
    expect(shape.status).toBe(422);
    expect(shape.text).toContain('value="123"');
    expect(textOf(await here.post('/account/phone', { phone: OLD }))).toContain(
      'This is your number already',
    );
    expect((await here.post('/account/phone/code', { phone: NEW, code: '12' })).status).toBe(422);
    expect((await here.post('/account/phone/code', { phone: NEW, code: '123456' })).status).toBe(422);
    expect(at.sms).toEqual([]);
    expect((await at.app.visitor().get('/account/phone')).status).toBe(303);
  });
});
