import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser, type ParsedMail } from 'mailparser';
import { pino } from 'pino';
import { SMTPServer } from 'smtp-server';
import { describe, expect, test } from 'vitest';
import { addMinutes } from '../../src/domain/calendar.ts';
import { LANGUAGES } from '../../src/domain/language.ts';
import { insertMessages, type MessageKind } from '../../src/data/messages.ts';
import { messageWords } from '../../src/i18n/message-words.ts';
import { smsGateway, smtpGateway } from '../../src/jobs/gateways.ts';
import { sendDueMessages, type OutboxServices } from '../../src/jobs/outbox.ts';
import { World } from '../support/world.ts';

const KINDS: readonly MessageKind[] = [
  'closure',
  'emergency',
  'reopened',
  'changed_terms',
  'group_closed',
  'choice_ends',
  'calendar_change',
  'roster_firm',
  'roster_at_risk',
  'code',
  'invitation',
  'reset',
  'accepted',
  'phone_code',
  'phone_changed',
  'invitation_registered',
  'invitation_rights',
  'rights_given',
  'rights_changed',
  'rights_withdrawn',
  'offer',
  'offer_reminder',
  'offer_accepted',
  'offer_expired',
  'offer_withdrawn',
  'offer_told',
  'offer_told_accepted',
  'offer_told_over',
  'candidacy_papers_asked',
  'candidacy_papers_complete',
  'candidacy_invited',
  'candidacy_passed',
  'candidacy_not_passed',
  'candidacy_hired',
  'candidacy_refused',
  'rescue',
  'rescue_won',
  'rescue_lost',
  'release_request',
  'shift_ask',
  'shift_yours',
  'shift_gone',
  'shift_off',
  'shift_barred',
  'shift_lent',
  'curtailed',
  'sms_accepted',
  'sms_refused',
  'sms_over',
  'sms_unknown',
];
const LONG = 'Облыстық мүмкіндігі шектеулі балаларды оңалту және күндізгі болу орталығы № 12';
const DATA = {
  centreRu: LONG,
  centreKk: LONG,
  children: 'А. Б., Ә. Ғ.',
  bookings: 12,
  days: 10,
  firstDate: '2027-02-09',
  lastDate: '2027-02-20',
  present: 0,
  group: 'Топ 1',
  from: '13:00',
  startsOn: '2027-02-09',
  endsOn: '2027-02-20',
  name: 'Наурыз',
  code: '012345',
  date: '2027-03-22',
  who: 'Ә. Ғ.',
  rights: 'see,book,collect,told',
  firmDays: '09.02, 10.02, 11.02, 12.02 …',
  riskDays: '15.02, 16.02, 17.02 …',
  to: '17:30',
  until: '07:50',
  left: 'А. Б.: 08:30–12:30; Ә. Ғ.: –',
  lastDay: '2027-02-12',
  weekday: 'wed',
  unused: 3,
  times: 4,
  post: 'social_work_specialist',
  heldAt: '2027-02-12T05:30:00.000Z',
};

/** A real SMTP server that keeps what it gets, or refuses everybody. */
async function smtpServer(options: { refuses?: boolean } = {}) {
  const mails: ParsedMail[] = [];
  const state = { refuses: options.refuses ?? false };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => done(state.refuses ? new Error('busy') : null),
    onData(stream, _session, done) {
      void simpleParser(stream).then((mail) => {
        mails.push(mail);
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}?from=kundiz@example.kz`;
  return { mails, state, url, close: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}

function services(world: World, gateways: Partial<Pick<OutboxServices, 'mail' | 'sms'>>): OutboxServices {
  const log = pino({ level: 'silent' });
  return {
    database: world.database,
    clock: () => world.now,
    log,
    mail: undefined,
    sms: undefined,
    baseUrl: 'https://kundiz.example',
    ...gateways,
  };
}

async function outgoing(world: World, login: string | null, phone: string | null = null) {
  const person = await world.person('guardian', login === null ? {} : { login });
  await world.insert(async (tx) => {
    await tx.db.update(tx.t.person).set({ phone, language: 'kk' });
    await insertMessages(tx, [
      { personId: person.personId, kind: 'closure', data: DATA, createdAt: world.now },
    ]);
  });
}

describe('the outbox', () => {
  test('sends a mail once, in the language of the adult, with initials only', async () => {
    await using world = await World.create();
    const smtp = await smtpServer();
    await outgoing(world, 'ana@example.kz');
    const all = services(world, { mail: smtpGateway(smtp.url) });
    expect(await sendDueMessages(all)).toBe(1);
    expect(await sendDueMessages(all)).toBe(0);
    expect(smtp.mails).toHaveLength(1);
    expect(smtp.mails[0]!.subject).toBe('Kundiz: Орталық жабық');
    expect(smtp.mails[0]!.text).toContain('09.02.2027');
    expect(smtp.mails[0]!.text).toContain('А. Б.');
    await smtp.close();
  });

  test('two senders at once send it once', async () => {
    await using world = await World.create();
    const smtp = await smtpServer();
    await outgoing(world, 'ana@example.kz');
    const all = services(world, { mail: smtpGateway(smtp.url) });
    await Promise.all([sendDueMessages(all), sendDueMessages(all)]);
    expect(smtp.mails).toHaveLength(1);
    await smtp.close();
  });

  test('a server that refuses is tried again later, not at once', async () => {
    await using world = await World.create();
    const smtp = await smtpServer({ refuses: true });
    await outgoing(world, 'ana@example.kz');
    const all = services(world, { mail: smtpGateway(smtp.url) });
    expect([await sendDueMessages(all), await sendDueMessages(all)]).toEqual([1, 0]);
    smtp.state.refuses = false;
    world.now = addMinutes(world.now, 3);
    expect(await sendDueMessages(all)).toBe(1);
    expect(smtp.mails).toHaveLength(1);
    await smtp.close();
  });

  test('a phone and no e-mail is enough: SMS through a file or an HTTP gateway', async () => {
    await using world = await World.create();
    await outgoing(world, null, '+77010000001');
    const file = join(mkdtempSync(join(tmpdir(), 'kundiz-sms-')), 'sms.log');
    await sendDueMessages(services(world, { sms: smsGateway(`file:${file}`) }));
    const sms = JSON.parse(readFileSync(file, 'utf8')) as { phone: string; text: string };
    expect(sms.phone).toBe('+77010000001');

    const bodies: string[] = [];
    const gateway = createServer((request, response) => {
      request.setEncoding('utf8');
      request.on('data', (chunk: string) => bodies.push(chunk));
      request.on('end', () => response.end());
    }).listen(0, '127.0.0.1');
    await once(gateway, 'listening');
    await outgoing(world, null, '+77010000002');
    await sendDueMessages(
      services(world, { sms: smsGateway(`http://127.0.0.1:${(gateway.address() as AddressInfo).port}/`) }),
    );
    expect(JSON.parse(bodies.join(''))).toMatchObject({ text: expect.stringContaining('А. Б.') });
    gateway.close();
  });

  test('without a gateway it stays on the page and is not called sent', async () => {
    await using world = await World.create();
    await outgoing(world, 'ana@example.kz');
    await sendDueMessages(services(world, {}));
    const [row] = await world.database.read(async (tx) => await tx.db.select().from(tx.t.message));
    expect(row).toMatchObject({ sentAt: null, dueAt: null, readAt: null });
  });
});

test.each(KINDS.flatMap((kind) => LANGUAGES.map((language) => [kind, language] as const)))(
  '%s in %s: every gap filled, an SMS of at most two segments at the longest names',
  (kind, language) => {
    const words = messageWords({ kind, data: DATA }, language, 'https://kundiz.example');
    for (const text of Object.values(words)) expect(text).not.toMatch(/[{}]|undefined|message\./);
    expect(words.sms.length).toBeLessThanOrEqual(134);
    expect(words.sms).toContain('https://kundiz.example');
  },
);

test.each(
  LANGUAGES.flatMap((language) =>
    (['offer', 'offer_reminder'] as const).map((kind) => [language, kind] as const),
  ),
)('an SMS in %s of %s asks for its code only where answers arrive', (language, kind) => {
  const message = { kind, data: { ...DATA, code: '1234' } };
  const link = 'https://kundiz.example/offers/123456';
  const [asks, tells] = [true, false].map((replies) => messageWords(message, language, link, replies).sms);
  expect(asks!.match(/1234/g)).toHaveLength(3);
  expect(tells!.match(/1234/g)).toHaveLength(1);
  for (const sms of [asks!, tells!]) {
    expect(sms.length).toBeLessThanOrEqual(134);
    expect(sms).toContain(link);
  }
});

test.each(LANGUAGES)('an SMS in %s about open shifts and cut stays has room for its own link', (language) => {
  const links = { shift_ask: '/shifts/open', curtailed: '/children/123456/hours?from=2027-02-09' };
  for (const [kind, path] of Object.entries(links)) {
    const link = `https://kundiz.example${path}`;
    const { sms } = messageWords({ kind, data: { ...DATA, until: '12.02 20:00' } }, language, link);
    expect(sms.length).toBeLessThanOrEqual(134);
    expect(sms).toContain(link);
  }
});
