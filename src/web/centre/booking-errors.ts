import type { Reason, Refusal } from '../../domain/refusal.ts';
import type { FieldError } from '../form.ts';

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
