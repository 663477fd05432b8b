/** Why a stay cannot be, whoever asks and however: its hours, the child, the group's day, the place. */
export const STAY_REFUSALS = [
  'off_grid',
  'too_short',
  'too_long',
  'wrong_category',
  'too_young',
  'too_old',
  'skill_missing',
  'not_enrolled',
  'past',
  'beyond_horizon',
  'outside_hours',
  'locked',
  'already_booked',
  'full',
] as const;
