import { formatDate } from '../domain/calendar-words.ts';
import { addDays, type PlainDate } from '../domain/calendar.ts';
import type { Refusal } from '../domain/refusal.ts';
import { POSTPONE_DAYS } from '../domain/waiting-list.ts';
import type { Booking } from '../data/bookings.ts';
import type { T } from '../i18n/translate.ts';
import type { FieldError } from './form.ts';

/** The days to which an arrival may still be put off; undefined once the child has come or the first day is over. */
export function postponement(booked: readonly Booking[], today: PlainDate, action: string, t: T) {
  const first = booked.find((each) => each.date >= today && each.state === 'booked');
  const begun = booked.some((each) => each.date < today || each.arrivedAt !== null);
  if (!first || begun) return undefined;
  const until = addDays(first.date, POSTPONE_DAYS);
  return {
    action,
    from: addDays(first.date, 1),
    until,
    hint: t('offer.postpone_hint', { date: formatDate(until) }),
  };
}

/** Why an arrival was not put off, in the words of the page that asked. */
export const postponementError = ({ reason }: Refusal): FieldError =>
  reason === 'invalid'
    ? { field: 'toDate', key: 'offer.postpone_bounds' }
    : { field: '', key: 'offer.postpone_not' };
