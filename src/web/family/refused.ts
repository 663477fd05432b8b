import type { Refusal } from '../../domain/refusal.ts';
import { formatSlot, parseTime, stretches } from '../../domain/slots.ts';
import { bookingErrors } from '../centre/booking-errors.ts';
import type { FieldError } from '../form.ts';

/** Times of half-hours as stretches, short enough for a phone: 11:30, 12:00 → '11:30–12:30'. */
export function stretchWords(times: readonly string[]): string {
  const halfHours = times.flatMap((time) => parseTime(time) ?? []).toSorted((a, b) => a - b);
  return stretches(halfHours).map(formatSlot).join(', ');
}

/**
 * What a rule says of a family's form, beside the fields that this form has; what concerns another field is said of the
 * whole form. Where there is no room, or no help, it says at which hours.
 */
export function refusedErrors(refusal: Refusal, fields: readonly string[]): FieldError[] {
  const { reason, details } = refusal;
  const times = stretchWords(details.fullAt ?? []);
  const errors = bookingErrors(refusal)
    .filter(({ key }) => key !== 'refusal.at_times')
    .map((error) => (fields.includes(error.field) ? error : { ...error, field: '' }));
  if (times === '') return errors;
  const key = reason === 'skill_missing' ? 'new.no_help_at' : 'refusal.at_times';
  return [...errors, { field: '', key, params: { times } }];
}
