import type { Phone } from '../domain/phone.ts';
import { refuse } from '../domain/refusal.ts';
import { addMinutes } from '../domain/calendar.ts';
import { insertCode, lockLiveCode, withdrawCodes } from '../data/codes.ts';
import { findContact, isLoginTaken, updateContact } from '../data/contacts.ts';
import { insertEvent } from '../data/events.ts';
import { insertMessages } from '../data/messages.ts';
import { endSessionsOf, revokeTokensOf } from '../data/sign-outs.ts';
import { hashOf, newDigits, SMS_MINUTES, spendCode } from './codes.ts';
import { authorOf, type Work } from './perform.ts';

/**
 * Changes one's own telephone. Whoever has the old number loses every way in: codes under way, sessions on other devices
 * (the one of `keepTokenHash` stays) and API tokens. Refuses as `invalid`, naming the field, a number that another
 * person signs in with.
 */
export async function changePhone(
  { tx, now, actor }: Work,
  { phone, keepTokenHash }: { phone: Phone; keepTokenHash: string },
): Promise<void> {
  const { personId } = actor;
  const contact = (await findContact(tx, personId)) ?? refuse('missing');
  if (contact.phone === phone) return;
  if (await isLoginTaken(tx, phone, personId)) {
    refuse('invalid', { errors: [{ field: 'phone', reason: 'invalid', detail: 'contact_of_another' }] });
  }
  const byEmail = contact.login?.includes('@') === true;
  await updateContact(tx, personId, { phone, login: byEmail ? contact.login : phone });
  await withdrawCodes(tx, personId, ['sign_in', 'reset', 'invitation', 'slip', 'phone'], now);
  await endSessionsOf(tx, personId, keepTokenHash);
  await revokeTokensOf(tx, personId, now);
  await insertEvent(tx, { at: now, by: authorOf(actor), kind: 'phone.changed', data: { personId } });
  // Whoever has the old number hears of it, in case it was not the owner who changed it.
  const old = contact.phone ?? (byEmail ? null : contact.login);
  if (old !== null)
    await insertMessages(tx, [{ personId, kind: 'phone_changed', data: { phone: old }, createdAt: now }]);
}

/** A code is of this number and no other: one sent to another number does not confirm this one. */
const codeOf = (phone: Phone, code: string) => `${phone}:${code}`;

/** Sends six digits to the number that is to be one's own, whoever has it now: the answer tells nothing of that. */
export async function askForPhoneCode({ tx, now, actor }: Work, { phone }: { phone: Phone }): Promise<void> {
  const { personId } = actor;
  const code = newDigits();
  await withdrawCodes(tx, personId, ['phone'], now);
  await insertCode(tx, {
    personId,
    purpose: 'phone',
    codeHash: hashOf('phone', personId, codeOf(phone, code)),
    createdAt: now,
    expiresAt: addMinutes(now, SMS_MINUTES),
    wrongTries: 0,
  });
  await insertMessages(tx, [{ personId, kind: 'phone_code', data: { code, phone }, createdAt: now }]);
}

/**
 * Changes one's own telephone once its code is right; a wrong, used or old one is `{ changed: false }`, counted. Refuses
 * like `changePhone`.
 */
export async function changePhoneByCode(
  work: Work,
  { phone, code, keepTokenHash }: { phone: Phone; code: string; keepTokenHash: string },
): Promise<{ changed: boolean }> {
  const { tx, now, actor } = work;
  const live = await lockLiveCode(tx, actor.personId, 'phone', now);
  if (!live) return { changed: false };
  const given = hashOf('phone', actor.personId, codeOf(phone, code));
  if (!(await spendCode(tx, live, given, now))) return { changed: false };
  await changePhone(work, { phone, keepTokenHash });
  return { changed: true };
}
