import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { addMinutes, plainDate } from '../../src/domain/calendar.ts';
import { SYSTEM, type Actor } from '../../src/domain/people.ts';
import { findOffer, type Offer } from '../../src/data/offers.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { matchGroup } from '../../src/use-cases/matching.ts';
import { joinWaitingList } from '../../src/use-cases/waiting-list.ts';
import { hooks } from '../../src/web/sms-replies.ts';
import { TestApp } from '../support/app.ts';
import { World } from '../support/world.ts';

const SECRET = 'a secret of the gateway';
const PHONE = '+77010000001';

let world: World;
let app: TestApp;
let mother: Actor;
let offer: Offer;

const offered = async () => (await world.database.read((tx) => findOffer(tx, offer.id)))!;

async function phoneOf(actor: Actor, phone: string, login: string | null = null) {
  await world.insert(
    async (tx) =>
      void (await tx.db.update(tx.t.person).set({ phone, login }).where(eq(tx.t.person.id, actor.personId))),
  );
}

beforeEach(async () => {
  world = await World.create();
  const groupId = await world.group(await world.centre(), { room: 1 });
  mother = await world.guardian();
  await phoneOf(mother, PHONE);
  await world.act(mother, joinWaitingList, {
    childId: await world.child(mother),
    pattern: { kind: 'weekly', days: { mon: [17, 26] } },
    startsOn: plainDate('2027-03-01'),
    choices: [groupId],
    minimumMinutesPerWeek: null,
    tolerance: null,
  });
  const { offerIds } = await world.act(SYSTEM, matchGroup, { groupId });
  offer = (await world.database.read((tx) => findOffer(tx, offerIds[0]!)))!;
  app = await TestApp.start(world, { limits: true, smsReplySecret: SECRET });
});
afterEach(async () => {
  await app[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

async function post(body: unknown, headers: Record<string, string> = { authorization: `Bearer ${SECRET}` }) {
  const answer = await fetch(`${app.url}/sms/replies`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const send = (text: string, phone = PHONE) => post({ phone, text });

const kinds = async () => {
  const rows = await world.database.read(
    async (tx) => await tx.db.select().from(tx.t.message).orderBy(tx.t.message.id),
  );
  return rows.filter((row) => row.kind !== 'offer').map((row) => row.kind);
};

describe('answers by SMS', () => {
  test('yes takes the place, once, however often the gateway hands it on', async () => {
    const text = `${offer.replyCode} ИӘ`;
    expect(await send(text, '8 701 000 00 01')).toEqual({ status: 200, body: { answer: 'accepted' } });
    expect(await offered()).toMatchObject({ outcome: 'accepted' });
    expect(await send(text)).toEqual({ status: 200, body: { answer: 'accepted' } });
    expect(await kinds()).toEqual(['offer_accepted']);
    const [end] = await world.database.read(async (tx) => await tx.db.select().from(tx.t.offerEnd));
    expect(end).toMatchObject({ channel: 'sms', by: mother.personId });
    expect(await checkData(world.database, world.now)).toEqual([]);
  });

  test('whoever gets mails hears it on the telephone too', async () => {
    await phoneOf(mother, PHONE, 'mother@example.kz');
    await send(`${offer.replyCode} да`);
    expect(await kinds()).toEqual(['offer_accepted', 'sms_accepted']);
  });

  test('no refuses it', async () => {
    expect((await send(`${offer.replyCode}-НЕТ.`)).body).toEqual({ answer: 'refused' });
    expect(await offered()).toMatchObject({ outcome: 'refused' });
    expect(await kinds()).toEqual(['sms_refused']);
    expect((await send(`${offer.replyCode} да`)).body).toEqual({ answer: 'over' });
    expect(await kinds()).toEqual(['sms_refused', 'sms_over']);
  });

  test('too late is said, and nothing is taken', async () => {
    world.now = addMinutes(offer.expiresAt, 1);
    expect((await send(`${offer.replyCode} YES`)).body).toEqual({ answer: 'over' });
    expect(await offered()).toMatchObject({ outcome: null });
    expect(await kinds()).toEqual(['sms_over']);
  });

  test('the code alone, or the telephone alone, is worth nothing', async () => {
    const stranger = await world.guardian();
    await phoneOf(stranger, '+77010000002');
    expect((await send(`${offer.replyCode} YES`, '+77010000002')).body).toEqual({ answer: 'unknown' });
    const other = offer.replyCode === '1234' ? '4321' : '1234';
    expect((await send(`${other} YES`)).body).toEqual({ answer: 'unknown' });
    expect((await send('кім бұл? 1')).body).toEqual({ answer: 'unknown' });
    expect(await kinds()).toEqual(['sms_unknown', 'sms_unknown', 'sms_unknown']);
    expect(await offered()).toMatchObject({ outcome: null });
  });

  test('a number of nobody: words for the gateway to send, and only a few times', async () => {
    const answers = [];
    for (let at = 0; at < 4; at++) answers.push((await send('hello', '+77019999999')).body);
    for (const answer of answers.slice(0, 3))
      expect(answer).toEqual({ answer: 'unknown', reply: expect.stringMatching(/1234 ИӘ.*1234 ДА/s) });
    expect(answers[3]).toEqual({ answer: 'unknown' });
    expect(await kinds()).toEqual([]);
  });

  test('an adult who only may see the child answers for nobody', async () => {
    await world.insert(async (tx) => void (await tx.db.update(tx.t.guardianship).set({ mayBook: false })));
    expect((await send(`${offer.replyCode} YES`)).body).toEqual({ answer: 'unknown' });
    expect(await offered()).toMatchObject({ outcome: null });
  });

  test('too many SMS from one telephone are stopped', async () => {
    const statuses = [];
    for (let at = 0; at < 31; at++) statuses.push((await send('x')).status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('who hands SMS on', () => {
  test('only with the secret', async () => {
    const body = { phone: PHONE, text: `${offer.replyCode} YES` };
    for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: SECRET }] as const)
      expect((await post(body, { ...headers })).status).toBe(401);
    expect(await offered()).toMatchObject({ outcome: null });
  });

  test.each([
    ['not JSON', '{'],
    ['no text', { phone: PHONE }],
    ['a list', []],
    ['another type', { phone: 77010000001, text: 'x' }],
    ['no telephone of ours', { phone: '+4915100000', text: 'x' }],
    ['too long', { phone: PHONE, text: 'x'.repeat(3000) }],
  ])('%s is refused in words', async (_, body) => {
    const answer = await post(body);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ reason: 'invalid' });
  });

  test('without a secret there is no such address', async () => {
    await using closed = await TestApp.start(world);
    const answer = await fetch(`${closed.url}/sms/replies`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer ' },
      body: '{}',
    });
    expect(answer.status).toBe(404);
  });

  test('the list of such addresses', () => {
    const lines = hooks.flatMap((room) =>
      room.list.map(({ method, path, access }) => `${method} ${path} ${access.name}`),
    );
    expect(lines).toEqual(['post /sms/replies smsGateway']);
  });
});
