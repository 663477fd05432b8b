import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import { addMinutes, dateAt, type Instant } from '../domain/calendar.ts';
import type { Phone } from '../domain/phone.ts';
import { REFERENCE_LENGTH, REFERENCE_LETTERS } from '../domain/reference.ts';
import { refuse } from '../domain/refusal.ts';
import { findAccount, listAssignments, type Account } from '../data/accounts.ts';
import {
  countWrongTry,
  insertCode,
  lockLiveCode,
  useCode,
  withdrawCodes,
  type CodePurpose,
  type OneTimeCode,
} from '../data/codes.ts';
import type { Database, Writing } from '../data/database.ts';
import { insertEvent } from '../data/events.ts';
import { insertMessages } from '../data/messages.ts';
import { isGuardianOf } from '../data/registration.ts';
import { authorOf, todayOf, type Work } from './perform.ts';
import { hashToken, newToken, openSession } from './sign-in.ts';

export const SMS_MINUTES = 10;
const RESET_LINK_MINUTES = 60;
const DAY = 24 * 60;
const INVITATION_MINUTES = 14 * DAY;
const SLIP_MINUTES = 3 * DAY;
/** A code's own purpose and person go into its hash: the same six digits of another person are another code. */
export const hashOf = (purpose: CodePurpose, personId: number, code: string) =>
  createHash('sha256').update(`${purpose}:${personId}:${code}`).digest('base64url');

/** Ten letters by chance, for applications and slips. */
export function newReference(): string {
  return Array.from(
    { length: REFERENCE_LENGTH },
    () => REFERENCE_LETTERS[randomInt(REFERENCE_LETTERS.length)],
  ).join('');
}

/** Six digits by chance, for an SMS. */
export function newDigits(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}

/** A browser that asks to be signed in. */
export interface Device {
  readonly remember: boolean;
  readonly device: string;
  readonly now: Instant;
}

export interface SignedIn {
  readonly token: string;
  readonly expiresAt: Instant;
}

/** Signs an account in; undefined when it may act as nobody today. */
export async function enter(tx: Writing, account: Account, device: Device): Promise<SignedIn | undefined> {
  const [assignment] = await listAssignments(tx, account.personId, dateAt(device.now));
  return assignment && (await openSession(tx, { ...device, assignmentId: assignment.id }));
}

/** Sends six digits by SMS to the person of a telephone, in place of those sent before. Nobody's number: nothing. */
export async function askForCode(
  { tx, now }: Work,
  { phone, purpose }: { phone: Phone; purpose: 'sign_in' | 'reset' },
): Promise<void> {
  const account = await findAccount(tx, phone);
  if (!account) return;
  const code = newDigits();
  const { personId } = account;
  await withdrawCodes(tx, personId, [purpose], now);
  await insertCode(tx, {
    personId,
    purpose,
    codeHash: hashOf(purpose, personId, code),
    createdAt: now,
    expiresAt: addMinutes(now, SMS_MINUTES),
    wrongTries: 0,
  });
  await insertMessages(tx, [{ personId, kind: 'code', data: { code }, createdAt: now }]);
}

/** The account whose code this is, used up. A wrong one is counted, so this must commit either way. */
export async function takeCode(
  tx: Writing,
  input: {
    readonly phone: Phone;
    readonly code: string;
    readonly purpose: CodePurpose;
    readonly now: Instant;
  },
): Promise<Account | undefined> {
  const { purpose, now } = input;
  const account = await findAccount(tx, input.phone);
  const live = account && (await lockLiveCode(tx, account.personId, purpose, now));
  if (!live) return undefined;
  const given = hashOf(purpose, account.personId, input.code);
  return (await spendCode(tx, live, given, now)) ? account : undefined;
}

/** Uses a live code up if this is its hash, else counts a wrong try: so this must commit either way. */
export async function spendCode(
  tx: Writing,
  live: OneTimeCode,
  given: string,
  now: Instant,
): Promise<boolean> {
  if (timingSafeEqual(Buffer.from(given), Buffer.from(live.codeHash))) return await useCode(tx, live.id, now);
  await countWrongTry(tx, live.id);
  return false;
}

/** Signs in by the six digits of an SMS; undefined when they are wrong, used or too old. */
export async function signInByCode(
  database: Database,
  input: Device & { readonly phone: Phone; readonly code: string },
): Promise<SignedIn | undefined> {
  return await database.write(async (tx) => {
    const account = await takeCode(tx, { ...input, purpose: 'sign_in' });
    return account && (await enter(tx, account, input));
  });
}

/** A link that sets a password, by mail to the person of an address. Nobody's address: nothing. */
export async function askForResetLink({ tx, now }: Work, { login }: { login: string }): Promise<void> {
  const account = await findAccount(tx, login);
  if (!account) return;
  const { personId } = account;
  const { token, tokenHash } = newToken();
  await withdrawCodes(tx, personId, ['reset'], now);
  const expiresAt = addMinutes(now, RESET_LINK_MINUTES);
  await insertCode(tx, {
    personId,
    purpose: 'reset',
    codeHash: tokenHash,
    createdAt: now,
    expiresAt,
    wrongTries: 0,
  });
  const data = { path: `/sign-in/reset/${token}` };
  await insertMessages(tx, [{ personId, kind: 'reset', data, createdAt: now }]);
}

/** Invites a person without a password: a link, single use, to where they can be reached. The kind says why. */
export async function invite(
  { tx, now, actor }: Work,
  {
    personId,
    data,
    kind = 'invitation',
  }: {
    personId: number;
    data: Record<string, string | number>;
    kind?: 'invitation' | 'invitation_registered' | 'invitation_rights';
  },
): Promise<void> {
  const { token, tokenHash } = newToken();
  await withdrawCodes(tx, personId, ['invitation'], now);
  await insertCode(tx, {
    personId,
    purpose: 'invitation',
    codeHash: tokenHash,
    createdAt: now,
    createdBy: authorOf(actor),
    expiresAt: addMinutes(now, INVITATION_MINUTES),
    wrongTries: 0,
  });
  const message = { ...data, path: `/invitation/${token}` };
  await insertMessages(tx, [{ personId, kind, data: message, createdAt: now }]);
}

/**
 * A code to be printed at reception once an identity document was seen, for a guardian of a child of the centre. Gives
 * the code, which is stored nowhere: not to be run under `perform`. Whoever has another role than guardian is `forbidden`
 * a slip: reception must not open an administrator's account.
 */
export async function printSlip(
  work: Work,
  { centreId, childId, personId }: { centreId: number; childId: number; personId: number },
): Promise<{ code: string; expiresAt: Instant }> {
  const { tx, now, actor } = work;
  if (!(await isGuardianOf(tx, personId, childId, todayOf(work)))) refuse('missing');
  const roles = await listAssignments(tx, personId, todayOf(work));
  if (roles.length === 0 || roles.some(({ role }) => role !== 'guardian')) refuse('invalid');
  const code = newReference();
  const expiresAt = addMinutes(now, SLIP_MINUTES);
  await withdrawCodes(tx, personId, ['slip'], now);
  await insertCode(tx, {
    personId,
    purpose: 'slip',
    codeHash: hashToken(code),
    createdAt: now,
    createdBy: authorOf(actor),
    expiresAt,
    wrongTries: 0,
  });
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'slip.printed',
    centreId,
    childId,
    data: { personId },
  });
  return { code, expiresAt };
}
