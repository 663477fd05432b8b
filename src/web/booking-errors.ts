import type { Reason, Refusal } from '../domain/refusal.ts';
import { formatSlot, parseTime, stretches } from '../domain/slots.ts';
import type { FieldError } from './form.ts';

/** Which field of a booking's form a rule speaks about. */
function fieldOf(reason: Reason): string {
  switch (reason) {
    case 'wrong_category':
    case 'too_young':
    case 'too_old':
    case 'not_enrolled':
    case 'skill_missing':
      return 'groupId';
    case 'past':
    case 'closed':
    case 'beyond_horizon':
    case 'already_booked':
    case 'locked':
      return 'date';
    case 'full':
    case 'outside_hours':
    case 'too_short':
    case 'too_long':
    case 'off_grid':
      return 'from';
    default:
      return '';
  }
}

/** What a rule says of a booking, beside the fields it concerns, with the times at which there is no room. */
export function bookingErrors({ reason, details }: Refusal): FieldError[] {
  const named =
    details.errors?.map((error): FieldError => ({ field: error.field, key: `refusal.${error.reason}` })) ??
    [];
  if (named.length > 0) return named;
  const times = details.fullAt?.join(', ') ?? '';
  return [
    { field: fieldOf(reason), key: `refusal.${reason}` },
    ...(times === '' ? [] : [{ field: '', key: 'refusal.at_times', params: { times } } as const]),
  ];
}

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
