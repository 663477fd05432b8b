import { createHash, timingSafeEqual } from 'node:crypto';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { z } from 'zod';
import { parsePhone } from '../domain/phone.ts';
import { refuse } from '../domain/refusal.ts';
import { answerUnknownSms, replyBySms, type SmsOutcome } from '../use-cases/sms-replies.ts';
import { translator } from '../i18n/translate.ts';
import { sendProblem } from './api/problem.ts';
import type { Access } from './access.ts';
import { Context, type Services } from './context.ts';
import { failureOf } from './errors.ts';
import { TooMany } from './limits.ts';
import { mountRoutes } from './mount.ts';
import { routes, type Routes } from './route.ts';

const ROOT = '/sms';
const BYTES = '8kb';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** The SMS gateway, by the secret it shares with us. Without a secret there is no such address. */
const smsGateway: Access = {
  name: 'smsGateway',
  async decide({ req, services }) {
    const { smsReplySecret } = services;
    if (smsReplySecret === undefined) return 'missing';
    const given = /^Bearer (.+)$/.exec(req.get('authorization') ?? '')?.[1] ?? '';
    return timingSafeEqual(digest(given), digest(smsReplySecret)) ? 'granted' : 'unauthenticated';
  },
};

const shape = z.object({ phone: z.string().max(40), text: z.string().max(2000) });

/** At most a few polite answers an hour: two machines must not write to each other for ever. */
async function answerUnknown(context: Context, sms: Parameters<typeof answerUnknownSms>[1]) {
  const { services, database } = context;
  const answer: SmsOutcome = 'unknown';
  try {
    await services.limits.take('smsUnknown', sms.phone);
  } catch (error) {
    if (error instanceof TooMany) return { answer };
    throw error;
  }
  if (await answerUnknownSms(database, sms)) return { answer };
  // Nobody of ours has this number, so no language is known and no outbox has its address: the gateway may send it.
  const words = (['kk', 'ru'] as const).map((language) => translator(language)('sms.unknown'));
  return { answer, reply: words.join(' ') };
}

async function take(context: Context): Promise<void> {
  const { req, res, now, database, services } = context;
  const body = shape.safeParse(req.body);
  const phone = body.success ? parsePhone(body.data.phone) : undefined;
  if (!body.success) refuse('invalid', { errors: [{ field: 'body', reason: 'invalid' }] });
  if (phone === undefined) refuse('invalid', { errors: [{ field: 'phone', reason: 'invalid' }] });
  await services.limits.take('smsReply', phone);
  const sms = { phone, text: body.data.text, now };
  const answer = await replyBySms(database, sms);
  res.json(answer === 'unknown' ? await answerUnknown(context, sms) : { answer });
}

/** What families answer by SMS, as the operator's gateway hands it on. */
const smsReplies = routes('/sms/replies').post('', smsGateway, take);

/** Calls of other machines, which come without a browser, a session or a form. */
export const hooks: readonly Routes[] = [smsReplies];

export function mountHooks(app: Express, services: Services): void {
  const meet: RequestHandler = (req, res, next) => {
    res.set('Cache-Control', 'no-store');
    res.locals['context'] = new Context(req, res, services, undefined, services.clock());
    next();
  };
  app.use(ROOT, meet);
  app.use(ROOT, express.json({ limit: BYTES }));
  mountRoutes(app, hooks);
  app.use(ROOT, () => refuse('missing'));
  const failed: ErrorRequestHandler = (error, _req, res, _next) =>
    sendProblem(res, failureOf(error, services.log));
  app.use(ROOT, failed);
}
