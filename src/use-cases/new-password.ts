import type { Instant } from '../domain/calendar.ts';
import type { Phone } from '../domain/phone.ts';
import { findAccountById, updatePassword, type Account } from '../data/accounts.ts';
import { findLiveCode, useCode, withdrawCodes, type OneTimeCode } from '../data/codes.ts';
import type { Database, Reading, Writing } from '../data/database.ts';
import { findContact } from '../data/contacts.ts';
import { endSessionsOf, revokeTokensOf } from '../data/sign-outs.ts';
import { enter, takeCode, type Device, type SignedIn } from './codes.ts';
import { hashPassword, hashToken } from './sign-in.ts';

/** Sets a password, ends everything that was signed in before, and signs in here. */
async function renew(
  tx: Writing,
  account: Account,
  passwordHash: string,
  device: Device,
): Promise<SignedIn | undefined> {
  const { personId } = account;
  await updatePassword(tx, personId, passwordHash);
  await endSessionsOf(tx, personId);
  await revokeTokensOf(tx, personId, device.now);
  await withdrawCodes(tx, personId, ['sign_in', 'reset', 'invitation', 'slip'], device.now);
  return await enter(tx, account, device);
}

type LinkPurpose = 'invitation' | 'reset';

/** Whose link this is, while it works. Looking changes nothing. */
export async function findLink(
  tx: Reading,
  purpose: LinkPurpose,
  token: string,
  now: Instant,
): Promise<{ code: OneTimeCode; account: Account } | undefined> {
  const code = await findLiveCode(tx, purpose, hashToken(token), now);
  const account = code && (await findAccountById(tx, code.personId));
  return account && { code, account };
}

/** Sets a password by a link and signs in; undefined when the link was used, replaced or is too old. */
export async function setPasswordByLink(
  database: Database,
  input: Device & { readonly purpose: LinkPurpose; readonly token: string; readonly password: string },
): Promise<SignedIn | undefined> {
  const passwordHash = await hashPassword(input.password);
  return await database.write(async (tx) => {
    const link = await findLink(tx, input.purpose, input.token, input.now);
    if (!link || !(await useCode(tx, link.code.id, input.now))) return undefined;
    return await renew(tx, link.account, passwordHash, input);
  });
}

/** Sets a password by the six digits of an SMS and signs in; undefined when they are wrong, used or too old. */
export async function setPasswordByCode(
  database: Database,
  input: Device & { readonly phone: Phone; readonly code: string; readonly password: string },
): Promise<SignedIn | undefined> {
  const passwordHash = await hashPassword(input.password);
  return await database.write(async (tx) => {
    const account = await takeCode(tx, { ...input, purpose: 'reset' });
    return account && (await renew(tx, account, passwordHash, input));
  });
}

/** Sets a password by a slip from reception and one's own phone or e-mail; undefined when they do not go together. */
export async function setPasswordBySlip(
  database: Database,
  input: Device & { readonly login: string; readonly slip: string; readonly password: string },
): Promise<SignedIn | undefined> {
  const passwordHash = await hashPassword(input.password);
  return await database.write(async (tx) => {
    const code = await findLiveCode(tx, 'slip', hashToken(input.slip), input.now);
    const contact = code && (await findContact(tx, code.personId));
    if (!contact || (contact.login !== input.login && contact.phone !== input.login)) return undefined;
    const account = await findAccountById(tx, code.personId);
    if (!account || !(await useCode(tx, code.id, input.now))) return undefined;
    return await renew(tx, account, passwordHash, input);
  });
}
