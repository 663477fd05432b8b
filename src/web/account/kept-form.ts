import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import { z } from 'zod';
import { dateAt } from '../../domain/calendar.ts';
import { Refusal } from '../../domain/refusal.ts';
import { findSession, listAssignments, type Session } from '../../data/accounts.ts';
import { perform } from '../../use-cases/perform.ts';
import { hashToken, switchRole } from '../../use-cases/sign-in.ts';
import type { Verdict } from '../access.ts';
import { Context } from '../context.ts';
import { KEPT, SECRET } from '../form.ts';
import { page } from '../page.ts';
import { isOwnAddress, paths } from '../paths.ts';
import { postOf, type Route } from '../route.ts';
import { introduce } from '../sessions.ts';

/** As long as it may be in the address code of a form: well under what a form may have in all. */
const LONGEST = 200_000;
const MOST_FIELDS = 2000;

const shape = z.strictObject({
  action: z.string().max(4000).refine(isOwnAddress),
  /** The page that had the form; '' where the browser did not say. */
  from: z
    .string()
    .max(4000)
    .refine((text) => text === '' || isOwnAddress(text)),
  /** The operation key of the form: it says whose the form was (page.ts) and keeps a double tap one write. */
  operation: z.string().max(200),
  fields: z.array(z.tuple([z.string(), z.string()])).max(MOST_FIELDS),
  /** Passwords, codes and tokens were in it: they are never carried. */
  secrets: z.boolean(),
});
type KeptForm = z.output<typeof shape>;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The page a form was sent from, where it was one of ours. */
export function pageBefore(req: Request): string {
  const before = URL.parse(req.get('referer') ?? '');
  const address = before?.host === req.get('host') ? `${before?.pathname}${before?.search}` : '';
  return isOwnAddress(address) ? address : '';
}

/**
 * A form that came without a session, as one text for a hidden field of the sign-in page; '' where it is too long. It
 * lives in the browser only: nothing of it is stored, and nothing is done with it before somebody sends it again.
 */
export function keepForm(req: Request): string {
  const body = Object.entries((req.body ?? {}) as Record<string, unknown>);
  const open = body.filter(([name]) => name !== 'operation' && !SECRET.test(name));
  const kept: KeptForm = {
    action: req.originalUrl,
    from: pageBefore(req),
    operation: textOf(req.body?.operation),
    fields: open.flatMap(([name, value]) =>
      [value].flat().map((each): [string, string] => [name, textOf(each)]),
    ),
    secrets: body.some(([name]) => SECRET.test(name)),
  };
  const text = JSON.stringify(kept);
  return shape.safeParse(kept).success && encodeURIComponent(text).length <= LONGEST ? text : '';
}

function readKept(req: Request): KeptForm | undefined {
  try {
    return shape.safeParse(JSON.parse(textOf(req.body?.[KEPT]))).data;
  } catch {
    return undefined;
  }
}

/** The kept form that a sign-in form carries, to be carried on; '' where it carries none. */
export function keptText(req: Request): string {
  return readKept(req) ? textOf(req.body[KEPT]) : '';
}

/** What the route of a form says of a session: the same rules as when the form is sent. */
async function verdictOf(context: Context, session: Session, found: Found): Promise<Verdict> {
  const asked = Object.create(context.req, { params: { value: found.parameters } }) as Request;
  try {
    return await found.route.access.decide(
      new Context(asked, context.res, context.services, session, context.now),
    );
  } catch (error) {
    if (error instanceof Refusal) return 'missing';
    throw error;
  }
}

interface Found {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Who gets the form back: whoever it was drawn for and may still send it. One's other roles count too; the session then
 * goes on under the one that may.
 */
async function ownerOf(context: Context, kept: KeptForm, token: string): Promise<Session | undefined> {
  const { database, now } = context;
  const today = dateAt(now);
  const tokenHash = hashToken(token);
  const session = await database.read((tx) => findSession(tx, tokenHash, now, today));
  const found = postOf(context.res, kept.action.split('?')[0] ?? '');
  if (!session || !found) return undefined;
  const { actor } = session;
  const [, person] = /^(\d+)\./.exec(kept.operation) ?? [];
  if (person !== undefined && Number(person) !== actor.personId) return undefined;
  if ((await verdictOf(context, session, found)) === 'granted') return session;
  if (person === undefined) return undefined;
  for (const { id, ...scope } of await database.read((tx) => listAssignments(tx, actor.personId, today))) {
    const other = { ...session, actor: { ...actor, ...scope, assignmentId: id } };
    if ((await verdictOf(context, other, found)) !== 'granted') continue;
    const operation = { route: paths.signIn(), key: randomUUID(), bodyHash: '' };
    await perform(database, { now, actor, operation }, switchRole, { assignmentId: id, tokenHash });
    return other;
  }
  return undefined;
}

/** After signing in: shows the kept form's owner one button that sends it. False where there is nothing to give back. */
export async function giveBack(context: Context, token: string): Promise<boolean> {
  const kept = readKept(context.req);
  const session = kept && (await ownerOf(context, kept, token));
  if (!kept || !session) return false;
  introduce(context.req, context.res, session);
  const { t } = context;
  page(
    context.res,
    'account/kept-form',
    {
      title: t('error.session.again'),
      secrets: kept.secrets,
      action: kept.action,
      fields: kept.fields.map(([name, value]) => ({ name, value })),
      key: kept.operation === '' ? randomUUID() : kept.operation,
      leave: kept.from === '' ? paths.home() : kept.from,
    },
    { width: 'narrow', address: paths.home(), personal: true },
  );
  return true;
}
