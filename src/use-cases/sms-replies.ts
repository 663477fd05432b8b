import { createHash } from 'node:crypto';
import { dateAt, type Instant } from '../domain/calendar.ts';
import type { Actor } from '../domain/people.ts';
import type { Phone } from '../domain/phone.ts';
import { Refusal } from '../domain/refusal.ts';
import { parseSmsReply } from '../domain/sms-reply.ts';
import type { Database } from '../data/database.ts';
import { insertMessages, type MessageKind } from '../data/messages.ts';
import { findPhoneOwner, listRepliedOffers, type RepliedOffer } from '../data/sms-replies.ts';
import { acceptOffer, refuseOffer } from './offers.ts';
import { perform, type Work } from './perform.ts';

/** What became of an SMS; `unknown` where no offer of this telephone has the code, or nothing can be read. */
export type SmsOutcome = 'accepted' | 'refused' | 'over' | 'unknown';

export interface Sms {
  readonly phone: Phone;
  readonly text: string;
  readonly now: Instant;
}

const actorOf = ({ personId, name }: RepliedOffer): Actor => ({
  personId,
  name,
  assignmentId: 0,
  role: 'guardian',
  centreId: null,
  regionCode: null,
});

const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url');

function messageOf(kind: MessageKind, offer: RepliedOffer, { phone, now }: Sms) {
  const { personId, nameRu, nameKk, startsOn, offerId } = offer;
  const data = {
    path: `/offers/${offerId}`,
    phone,
    centreRu: nameRu,
    centreKk: nameKk,
    firstDate: startsOn,
  };
  return { personId, kind, createdAt: now, data };
}

/** Answers the offer as its guardian, and that by SMS, in one transaction. */
async function answerOffer(
  work: Work,
  { offer, answer, sms }: { offer: RepliedOffer; answer: 'yes' | 'no'; sms: Sms },
): Promise<SmsOutcome> {
  const input = { offerId: offer.offerId, channel: 'sms' as const };
  if (answer === 'no') {
    await refuseOffer(work, input);
    await insertMessages(work.tx, [messageOf('sms_refused', offer, sms)]);
    return 'refused';
  }
  await acceptOffer(work, input);
  // Everybody who is told has been told that the place is theirs; whoever gets that by mail hears it on the phone too.
  if (offer.login?.includes('@')) await insertMessages(work.tx, [messageOf('sms_accepted', offer, sms)]);
  return 'accepted';
}

/**
 * An SMS of a family: '1234 ИӘ' takes the offer with that code, '1234 ЖОҚ' refuses it. The telephone says who answers:
 * only an adult who may book for the child. The same SMS delivered twice is answered once.
 */
export async function replyBySms(database: Database, sms: Sms): Promise<SmsOutcome> {
  const { phone, text, now } = sms;
  const reply = parseSmsReply(text);
  if (!reply) return 'unknown';
  const found = await database.read((tx) =>
    listRepliedOffers(tx, { phone, code: reply.code, on: dateAt(now) }),
  );
  const live = found.filter((each) => each.endedAt === null);
  // One code for two live offers of a family says nothing: a place is never taken by a guess.
  if (new Set(live.map((each) => each.offerId)).size > 1) return 'unknown';
  const offer = live[0] ?? found[0];
  if (!offer) return 'unknown';
  const operation = {
    route: 'POST /sms/replies',
    key: hashOf(`${offer.offerId} ${phone} ${reply.answer}`),
    bodyHash: hashOf(reply.answer),
  };
  try {
    const input = { offer, answer: reply.answer, sms };
    return await perform(database, { now, actor: actorOf(offer), operation }, answerOffer, input);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await database.write((tx) => insertMessages(tx, [messageOf('sms_over', offer, sms)]));
    return 'over';
  }
}

/** Says by SMS that nothing was understood; false where the telephone is nobody's. */
export async function answerUnknownSms(database: Database, { phone, now }: Sms): Promise<boolean> {
  return await database.write(async (tx) => {
    const personId = await findPhoneOwner(tx, phone);
    if (personId === undefined) return false;
    await insertMessages(tx, [{ personId, kind: 'sms_unknown', createdAt: now, data: { phone, path: '' } }]);
    return true;
  });
}
