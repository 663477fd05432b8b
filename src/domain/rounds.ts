import type { Instant, PlainDate } from './calendar.ts';
import { horizonOf } from './horizon.ts';
import type { Actor } from './people.ts';
import type { FieldRefusal } from './refusal.ts';

/** A round: families rank their wishes until a day, then everybody is placed at once. Null centre: the whole region. */
export interface RoundScope {
  readonly regionCode: string;
  readonly centreId: number | null;
}

/** Collecting wishes; deciding, when that is over; publishing while offers are written; published; or ended without. */
export type RoundState = 'collecting' | 'deciding' | 'publishing' | 'published' | 'ended';

/** How a round stands on a day. Families rank until the end of `wishesUntil`. */
export function roundState(
  round: { readonly wishesUntil: PlainDate; readonly closedAt: Instant | null },
  isPublished: boolean,
  today: PlainDate,
): RoundState {
  if (isPublished) return round.closedAt === null ? 'publishing' : 'published';
  if (round.closedAt !== null) return 'ended';
  return today <= round.wishesUntil ? 'collecting' : 'deciding';
}

/** A region's manager decides on all its rounds, a centre's administrator on those of the centre alone. */
export function mayManageRound(actor: Actor, { regionCode, centreId }: RoundScope): boolean {
  if (actor.role === 'system_admin') return true;
  if (actor.role === 'regional_manager') return actor.regionCode === regionCode;
  return actor.role === 'centre_admin' && centreId !== null && actor.centreId === centreId;
}

/** What is wrong with a new round's days: wishes end before it starts, not in the past, and bookings reach its start. */
export function roundErrors(
  { startsOn, wishesUntil }: { readonly startsOn: PlainDate; readonly wishesUntil: PlainDate },
  today: PlainDate,
): FieldRefusal[] {
  const errors: FieldRefusal[] = [];
  if (wishesUntil < today) errors.push({ field: 'wishesUntil', reason: 'past' });
  if (startsOn <= wishesUntil) errors.push({ field: 'startsOn', reason: 'invalid' });
  else if (startsOn > horizonOf(today)) errors.push({ field: 'startsOn', reason: 'beyond_horizon' });
  return errors;
}

/** Why something cannot be done with a round; each has a sentence of its own. */
export type RoundProblem =
  | 'another'
  | 'no_wishes'
  | 'wishes_open'
  | 'queue_changed'
  | 'same_person'
  | 'approved'
  | 'not_approved'
  | 'published'
  | 'ended';
