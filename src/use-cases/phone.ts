import type { Phone } from '../domain/phone.ts';
import { refuse } from '../domain/refusal.ts';
import { withdrawCodes } from '../data/codes.ts';
import { findContact, isLoginTaken, updateContact } from '../data/contacts.ts';
import { insertEvent } from '../data/events.ts';
import { endSessionsOf, revokeTokensOf } from '../data/sign-outs.ts';
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
  await withdrawCodes(tx, personId, ['sign_in', 'reset', 'invitation', 'slip'], now);
  await endSessionsOf(tx, personId, keepTokenHash);
  await revokeTokensOf(tx, personId, now);
  await insertEvent(tx, { at: now, by: authorOf(actor), kind: 'phone.changed', data: { personId } });
}
