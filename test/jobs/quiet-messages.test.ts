import { describe, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { instant } from '../../src/domain/calendar.ts';
import { insertMessages, type MessageKind } from '../../src/data/messages.ts';
import { sendDueMessages, type OutboxServices } from '../../src/jobs/outbox.ts';
import { silentLog } from '../support/queue.ts';
import { World } from '../support/world.ts';

/** 20:59 and 21:00 on a Wednesday, 06:59 and 07:00 on the day after. */
const EVENING = instant('2027-02-03T15:59:00.000Z');
const NIGHT = instant('2027-02-03T16:00:00.000Z');
const EARLY = instant('2027-02-04T01:59:00.000Z');
const MORNING = instant('2027-02-04T02:00:00.000Z');

interface Sent {
  readonly to: string;
  readonly text: string;
}

/** An outbox whose gateways keep what they are given, or fail while told to. */
function outbox(world: World, over: Partial<OutboxServices> = {}) {
  const sms: Sent[] = [];
  const mails: (Sent & { subject: string })[] = [];
  const state = { fails: false };
  const check = () => {
    if (state.fails) throw new Error('busy');
  };
  const services: OutboxServices = {
    database: world.database,
    clock: () => world.now,
    log: silentLog,
    baseUrl: 'https://kundiz.example',
    mail: {
      async send({ to, subject, text }) {
        check();
        mails.push({ to, subject, text });
      },
    },
    sms: {
      async send(to, text) {
        check();
        sms.push({ to, text });
      },
    },
    ...over,
  };
  return { sms, mails, state, send: () => sendDueMessages(services) };
}

const DATA = {
  centreRu: 'Шуақ',
  centreKk: 'Шуақ',
  children: 'АБ',
  firstDate: '2027-02-09',
  lastDate: '2027-02-09',
  startsOn: '2027-02-09',
  endsOn: '2027-02-09',
  lastDay: '2027-02-12',
  from: '08:30',
  to: '17:30',
  until: '07:50',
  closesAt: '2027-02-09T02:50:00.000Z',
  bookings: 1,
  code: '123456',
  path: '/offers/1',
};

async function person(world: World, contact: { phone?: string; login?: string }) {
  const { personId } = await world.person('guardian', contact.login ? { login: contact.login } : {});
  const { phone } = contact;
  if (phone)
    await world.insert(
      async (tx) => void (await tx.db.update(tx.t.person).set({ phone }).where(eq(tx.t.person.id, personId))),
    );
  return personId;
}

const write = (
  world: World,
  personId: number,
  kind: MessageKind,
  data: Record<string, string | number> = {},
) =>
  world.insert((tx) =>
    insertMessages(tx, [{ personId, kind, data: { ...DATA, ...data }, createdAt: world.now }]),
  );

describe('at night', () => {
  test('an SMS waits from 21:00 to 07:00; a mail does not', async () => {
    await using world = await World.create({ now: EVENING });
    const box = outbox(world);
    const mother = await person(world, { phone: '+77010000001' });
    const father = await person(world, { login: 'father@example.kz' });
    await write(world, mother, 'closure');
    await box.send();
    expect(box.sms).toHaveLength(1);
    world.now = NIGHT;
    await write(world, mother, 'closure');
    await write(world, father, 'closure');
    await box.send();
    world.now = EARLY;
    await box.send();
    expect([box.sms.length, box.mails.length]).toEqual([1, 1]);
    world.now = MORNING;
    await box.send();
    expect(box.sms).toHaveLength(2);
    expect(await box.send()).toBe(0);
  });

  test.each(['code', 'emergency', 'reset', 'sms_unknown'] as const)(
    '%s goes out at any hour',
    async (kind) => {
      await using world = await World.create({ now: NIGHT });
      const box = outbox(world);
      await write(world, await person(world, { phone: '+77010000001' }), kind, { phone: '+77010000001' });
      await box.send();
      expect(box.sms).toHaveLength(1);
    },
  );

  test('freed hours wake only a family that has accepted beforehand', async () => {
    await using world = await World.create({ now: NIGHT });
    const box = outbox(world);
    const mother = await person(world, { phone: '+77010000001' });
    await write(world, mother, 'rescue_won', { night: 0 });
    await write(world, mother, 'rescue_won', { night: 1 });
    await box.send();
    expect(box.sms).toHaveLength(1);
  });

  test('a deployment may have other quiet hours, or none', async () => {
    await using world = await World.create({ now: NIGHT });
    const box = outbox(world, { quiet: { fromMinute: 0, toMinute: 0 } });
    await write(world, await person(world, { phone: '+77010000001' }), 'closure');
    await box.send();
    expect(box.sms).toHaveLength(1);
  });
});

describe('in the morning', () => {
  test('several messages to one adult are one SMS, others get their own; each is sent once', async () => {
    await using world = await World.create({ now: NIGHT });
    const box = outbox(world);
    const mother = await person(world, { phone: '+77010000001' });
    const father = await person(world, { phone: '+77010000002' });
    for (const kind of ['closure', 'offer', 'rescue_lost'] as const) await write(world, mother, kind);
    await write(world, father, 'offer');
    await write(world, mother, 'invitation', { path: '/invitation/secret' });
    await box.send();
    world.now = MORNING;
    await box.send();
    const [digest, ...others] = box.sms.filter((each) => each.to === '+77010000001');
    expect(digest!.text).toMatch(/^3 сообщения: Центр .*https:\/\/kundiz\.example$/);
    expect(digest!.text.length).toBeLessThanOrEqual(134);
    // What holds a link of its own goes by itself.
    expect(others.map((each) => each.text)).toEqual([expect.stringContaining('/invitation/secret')]);
    expect(box.sms.filter((each) => each.to === '+77010000002')).toHaveLength(1);
    const rows = await world.database.read(async (tx) => await tx.db.select().from(tx.t.message));
    expect(rows.every((row) => row.sentAt === MORNING && row.dueAt === null)).toBe(true);
  });

  test('what could not be mailed in the night is one mail that says all of it', async () => {
    await using world = await World.create({ now: NIGHT });
    const box = outbox(world);
    const mother = await person(world, { login: 'mother@example.kz' });
    await write(world, mother, 'closure');
    await write(world, mother, 'offer');
    box.state.fails = true;
    await box.send();
    box.state.fails = false;
    world.now = MORNING;
    await box.send();
    expect(box.mails).toHaveLength(1);
    expect(box.mails[0]!.subject).toBe('Kundiz: 2 сообщения от Kundiz');
    expect(box.mails[0]!.text).toContain('https://kundiz.example/offers/1');
  });

  test('a digest that fails is tried again whole', async () => {
    await using world = await World.create({ now: NIGHT });
    const box = outbox(world);
    const mother = await person(world, { phone: '+77010000001' });
    await write(world, mother, 'closure');
    await write(world, mother, 'offer');
    await box.send();
    world.now = MORNING;
    box.state.fails = true;
    await box.send();
    box.state.fails = false;
    expect(await box.send()).toBe(0);
    world.now = instant('2027-02-04T02:10:00.000Z');
    await box.send();
    expect(box.sms).toHaveLength(1);
  });

  test('more than a batch: nobody’s digest is torn in two', async () => {
    await using world = await World.create({ now: NIGHT });
    const box = outbox(world);
    for (let at = 0; at < 21; at++) {
      const each = await person(world, { phone: `+770100000${String(10 + at)}` });
      for (const kind of ['closure', 'offer', 'rescue_lost'] as const) await write(world, each, kind);
    }
    while ((await box.send()) > 0);
    world.now = MORNING;
    while ((await box.send()) > 0);
    expect(box.sms).toHaveLength(21);
  });
});

test('a question whose window is over is not asked any more', async () => {
  await using world = await World.create({ now: instant('2027-02-09T02:50:00.000Z') });
  const box = outbox(world);
  await write(world, await person(world, { phone: '+77010000001' }), 'rescue');
  await box.send();
  expect(box.sms).toEqual([]);
});
