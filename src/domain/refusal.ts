/** The closed list of reasons for which something is refused. Each has a sentence in every language (i18n refusals). */
export const REASONS = [
  'unauthenticated',
  'forbidden',
  'missing',
  'full',
  'stale',
  'already_booked',
  'invalid',
  'closed',
  'outside_hours',
  'too_short',
  'too_long',
  'off_grid',
  'wrong_category',
  'too_young',
  'too_old',
  'not_enrolled',
  'skill_missing',
  'past',
  'beyond_horizon',
  'locked',
  'not_arrived',
  'key_reused',
  'too_wide',
  'in_the_way',
  'too_many',
  'expired',
  'withdrawn',
  'taken',
  'already_waiting',
  'not_waiting',
  'illegal_shifts',
] as const;

export type Reason = (typeof REASONS)[number];

export interface FieldRefusal {
  readonly field: string;
  readonly reason: Reason;
  readonly detail?: string;
}

export interface RefusalDetails {
  /** Times of day 'HH:MM' at which there is no room or no skill. */
  readonly fullAt?: readonly string[];
  readonly errors?: readonly FieldRefusal[];
  /** Anything else the answer shows: plain data, never another family's. */
  readonly [name: string]: unknown;
}

/** A rule says no. It knows nothing of HTTP; web/errors.ts is the one map to status codes. */
export class Refusal extends Error {
  readonly reason: Reason;
  readonly details: RefusalDetails;

  constructor(reason: Reason, details: RefusalDetails = {}) {
    super(reason);
    this.name = 'Refusal';
    this.reason = reason;
    this.details = details;
  }
}

export function refuse(reason: Reason, details: RefusalDetails = {}): never {
  throw new Refusal(reason, details);
}
