import { addDays, addMinutes, dateAt, instantAt, type Instant, type PlainDate } from './calendar.ts';
import { addWorkingDays, type Overrides } from './working-days.ts';

/** Whole: the pattern that was wished. Part: the nearest that fits; the entry waits on for the rest. */
export type OfferKind = 'whole' | 'part';
export type OfferOutcome = 'accepted' | 'refused' | 'expired' | 'withdrawn';
export type OfferChannel = 'page' | 'api' | 'sms' | 'telephone' | 'job';

/** What came of a call to a family that has not seen its offer. */
export const CALL_OUTCOMES = ['reached', 'no_answer', 'wrong_number'] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** The end of the n-th working day after the day of the offer (domain.md: confirm within 2 working days). */
export function answerBy(offeredAt: Instant, workingDays: number, overrides: Overrides): Instant {
  const last = addWorkingDays(dateAt(offeredAt), workingDays, 5, overrides);
  return instantAt(addDays(last, 1), 0);
}

/** When the family is reminded: a day before the answer is due, if that is not at once. */
export function remindAt(offeredAt: Instant, expiresAt: Instant): Instant | null {
  const at = addMinutes(expiresAt, -24 * 60);
  return at > addMinutes(offeredAt, 60) ? at : null;
}

/** From when an unseen offer is on the call list: half a day before its answer is due. */
export function callFrom(expiresAt: Instant): Instant {
  return addMinutes(expiresAt, -12 * 60);
}

/** The first day of an offered place: what was wished, but not before the answer is due; until then others come for single days. */
export function firstDay(wished: PlainDate, expiresAt: Instant): PlainDate {
  const after = dateAt(expiresAt);
  return wished > after ? wished : after;
}
