import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { addMinutes, type Instant } from '../domain/calendar.ts';
import { isQuiet, quietUntil, START_QUIET, type QuietHours } from '../domain/quiet-hours.ts';
import type { Database } from '../data/database.ts';
import { redacted } from '../data/errors.ts';
import {
  delayMessages,
  giveUpMessage,
  lockDueMessages,
  markMessageSent,
  postponeMessages,
  type DueMessage,
} from '../data/messages.ts';
import { digestWords, messageWords } from '../i18n/message-words.ts';
import { translator } from '../i18n/translate.ts';
import type { MailGateway, SmsGateway } from './gateways.ts';
import { bundles, waitsForMorning, wholePeople } from './quiet-messages.ts';

const AT_ONCE = 50;
const EVERY_MS = 5000;
/** Minutes until the next attempt; after the last the message stays on the person's page only. */
const RETRY_AFTER = [2, 10, 60, 360];

export interface OutboxServices {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly mail: MailGateway | undefined;
  readonly sms: SmsGateway | undefined;
  readonly baseUrl: string;
  /** When no SMS goes out that can wait. */
  readonly quiet?: QuietHours | undefined;
  /** Whether answers by SMS reach us; only then an offer's SMS asks for one. */
  readonly smsReplies?: boolean | undefined;
}

/** After so long a code has run out: it is not sent any more. */
const CODE_MINUTES = 10;

/** A telephone that is also the login need not be stored twice. What is said of a number goes to that number. */
function phoneOf({ phone, login, kind, data }: DueMessage): string | null {
  if (kind === 'phone_code' || kind === 'phone_changed' || kind.startsWith('sms_'))
    return String(data['phone'] ?? '') || null;
  return phone ?? (login !== null && !login.includes('@') ? login : null);
}

const isCode = ({ kind }: DueMessage): boolean => kind === 'code' || kind === 'phone_code';

/** Mails go where the person has an address; codes, and what is answered to an SMS, go to the telephone. */
function goesByMail(message: DueMessage, { mail }: OutboxServices): boolean {
  return (
    mail !== undefined &&
    !isCode(message) &&
    !message.kind.startsWith('sms_') &&
    message.login?.includes('@') === true
  );
}

/** What nobody has any use for by now: a code that has run out, a question whose answer is no longer waited for. */
function isStale({ kind, createdAt, data }: DueMessage, now: Instant): boolean {
  if (kind === 'code' || kind === 'phone_code') return addMinutes(createdAt, CODE_MINUTES) <= now;
  return kind === 'rescue' && String(data['closesAt'] ?? '') <= now;
}

/**
 * Sends one message, or several to one adult as a digest, by mail where the person has an address, else by SMS; false
 * where neither way is there. A link of its own stands in place of the address of the site.
 */
async function send(messages: readonly DueMessage[], services: OutboxServices): Promise<boolean> {
  const { mail, sms, baseUrl, smsReplies } = services;
  const message = messages[0]!;
  const { language } = message;
  const linkOf = ({ data }: DueMessage) => `${baseUrl}${data['path'] ?? ''}`;
  const words =
    messages.length > 1
      ? digestWords(messages, language, baseUrl, linkOf)
      : messageWords(message, language, linkOf(message), smsReplies);
  const t = translator(language);
  if (mail && goesByMail(message, services)) {
    const text = `${words.text}\n\n${t('mail.footer', { link: baseUrl })}\n`;
    await mail.send({ to: message.login!, subject: t('mail.subject', { subject: words.subject }), text });
    return true;
  }
  const phone = phoneOf(message);
  if (!sms || phone === null) return false;
  await sms.send(phone, words.sms);
  return true;
}

/** Takes what is due and may be sent now; an SMS that can wait for the morning is put off until then. */
async function claimDue(services: OutboxServices): Promise<{ ready: DueMessage[]; taken: number }> {
  const { database, clock } = services;
  const { quiet = START_QUIET } = services;
  return await database.write(async (tx) => {
    const now = clock();
    const found = wholePeople(await lockDueMessages(tx, now, AT_ONCE), AT_ONCE);
    const waits = (message: DueMessage) =>
      isQuiet(now, quiet) && waitsForMorning(message) && !goesByMail(message, services);
    const later = found.filter(waits).map((message) => message.id);
    if (later.length > 0) await delayMessages(tx, later, quietUntil(now, quiet));
    const ready = found.filter((message) => !waits(message));
    for (const [attempts, same] of Map.groupBy(ready, (message) => message.attempts)) {
      const minutes = RETRY_AFTER[attempts];
      const ids = same.map((message) => message.id);
      await postponeMessages(tx, ids, minutes === undefined ? null : addMinutes(now, minutes));
    }
    return { ready, taken: found.length };
  });
}

/**
 * Sends what is due; gives how many messages were handled. A message is claimed (its next attempt set) before it is
 * sent, so that several processes share the work and a crash repeats at most the one under way.
 */
export async function sendDueMessages(services: OutboxServices): Promise<number> {
  const { database, clock, log, quiet = START_QUIET } = services;
  const { ready, taken } = await claimDue(services);
  const giveUp = (messages: readonly DueMessage[]) =>
    database.write(async (tx) => {
      for (const { id } of messages) await giveUpMessage(tx, id);
    });
  const stale = ready.filter((message) => isStale(message, clock()));
  if (stale.length > 0) await giveUp(stale);
  const fresh = ready.filter((message) => !stale.includes(message));
  for (const bundle of bundles(fresh, clock(), quiet)) {
    try {
      if (await send(bundle, services))
        await database.write(async (tx) => {
          for (const { id } of bundle) await markMessageSent(tx, id, clock());
        });
      else await giveUp(bundle);
    } catch (error) {
      for (const { id, attempts } of bundle)
        log.error({ message: id, attempt: attempts + 1, error: redacted(error) }, 'message not sent');
      await giveUp(bundle.filter((message) => RETRY_AFTER[message.attempts] === undefined));
    }
  }
  return taken;
}

/** Sends messages from now on; `stop` waits for the round under way. */
export function startOutbox(services: OutboxServices): { stop(): Promise<void> } {
  let round = Promise.resolve();
  let busy = false;
  const sendAll = async () => {
    while ((await sendDueMessages(services)) > 0);
  };
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    round = sendAll()
      .catch((error: unknown) => services.log.error({ error: redacted(error) }, 'outbox failed'))
      .finally(() => (busy = false));
  }, EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await round;
    },
  };
}
