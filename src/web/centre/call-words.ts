import { callFrom } from '../../domain/offer.ts';
import type { Instant } from '../../domain/calendar.ts';
import type { Call } from '../../data/offer-calls.ts';
import type { Offer } from '../../data/offers.ts';
import type { T } from '../../i18n/translate.ts';
import { instantWords } from '../queue-words.ts';

/** Whether a family is to be called: its answer is due soon, nobody of it has seen the offer, and nobody was reached. */
export function isToCall(offer: Offer, calls: readonly Call[], now: Instant): boolean {
  if (offer.outcome !== null || offer.seenAt !== null || now >= offer.expiresAt) return false;
  return now >= callFrom(offer.expiresAt) && calls.every((call) => call.outcome !== 'reached');
}

export function callWords({ at, by, outcome, note }: Call, t: T) {
  return {
    when: instantWords(at),
    outcome: t(`offer.call.${outcome}`),
    by: by ?? '',
    note,
  };
}
