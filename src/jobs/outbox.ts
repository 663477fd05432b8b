import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { addMinutes } from '../domain/calendar.ts';
import type { Database } from '../data/database.ts';
import { redacted } from '../data/errors.ts';
import {
  giveUpMessage,
  lockDueMessages,
  markMessageSent,
  postponeMessages,
  type DueMessage,
} from '../data/messages.ts';
import { messageWords } from '../i18n/message-words.ts';
import { translator } from '../i18n/translate.ts';
import type { MailGateway, SmsGateway } from './gateways.ts';

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
}

/** After so long a code has run out: it is not sent any more. */
const CODE_MINUTES = 10;

/** A telephone that is also the login need not be stored twice. What is said of a number goes to that number. */
function phoneOf({ phone, login, kind, data }: DueMessage): string | null {
  if (kind === 'phone_code' || kind === 'phone_changed') return String(data['phone'] ?? '') || null;
  return phone ?? (login !== null && !login.includes('@') ? login : null);
}

/**
 * Sends by mail where the person has an address, else by SMS; false where neither way is there. A code was asked for by
 * telephone and goes there; a link of its own stands in place of the address of the site.
 */
async function send(message: DueMessage, services: OutboxServices): Promise<boolean> {
  const { mail, sms, baseUrl, clock } = services;
  const isCode = message.kind === 'code' || message.kind === 'phone_code';
  if (isCode && addMinutes(message.createdAt, CODE_MINUTES) <= clock()) return false;
  const words = messageWords(message, message.language, `${baseUrl}${message.data['path'] ?? ''}`);
  const t = translator(message.language);
  if (mail && !isCode && message.login?.includes('@')) {
    const text = `${words.text}\n\n${t('mail.footer', { link: baseUrl })}\n`;
    await mail.send({ to: message.login, subject: t('mail.subject', { subject: words.subject }), text });
    return true;
  }
  const phone = phoneOf(message);
  if (!sms || phone === null) return false;
  await sms.send(phone, words.sms);
  return true;
}

/**
 * Sends what is due; gives how many messages were handled. A message is claimed (its next attempt set) before it is
 * sent, so that several processes share the work and a crash repeats at most the one under way.
 */
export async function sendDueMessages(services: OutboxServices): Promise<number> {
  const { database, clock, log } = services;
  const due = await database.write(async (tx) => {
    const now = clock();
    const messages = await lockDueMessages(tx, now, AT_ONCE);
    for (const [attempts, same] of Map.groupBy(messages, (message) => message.attempts)) {
      const minutes = RETRY_AFTER[attempts];
      const ids = same.map((message) => message.id);
      await postponeMessages(tx, ids, minutes === undefined ? null : addMinutes(now, minutes));
    }
    return messages;
  });
  for (const message of due) {
    try {
      if (await send(message, services))
        await database.write((tx) => markMessageSent(tx, message.id, clock()));
      else await database.write((tx) => giveUpMessage(tx, message.id));
    } catch (error) {
      log.error(
        { message: message.id, attempt: message.attempts + 1, error: redacted(error) },
        'message not sent',
      );
      if (RETRY_AFTER[message.attempts] === undefined) {
        await database.write((tx) => giveUpMessage(tx, message.id));
      }
    }
  }
  return due.length;
}

/** Sends messages from now on; `stop` waits for the round under way. */
export function startOutbox(services: OutboxServices): { stop(): Promise<void> } {
  let round = Promise.resolve();
  let busy = false;
  const sendAll = async () => {
    while ((await sendDueMessages(services)) === AT_ONCE);
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
