import { createHash } from 'node:crypto';
import type { PlainDate } from '../domain/calendar.ts';
import { refuse, type RefusalDetails } from '../domain/refusal.ts';
import { formatTime } from '../domain/slots.ts';
import type { BookingClaim, HoldClaim } from '../data/claims.ts';
import { countFamilies } from './families.ts';
import type { Work } from './perform.ts';

/** The second call: exactly what the first refusal listed may go. */
export interface Confirmation {
  readonly count: number;
  readonly token: string;
}

/** What stands in the way of a change, whole. */
export interface Standing {
  readonly bookings: readonly BookingClaim[];
  readonly holds: readonly HoldClaim[];
}

export interface BookingInTheWay {
  readonly bookingId: number;
  readonly childId: number;
  readonly childName: string;
  readonly date: PlainDate;
  readonly from: string;
  readonly to: string;
}

export interface HoldInTheWay {
  readonly holdId: number;
  readonly date: PlainDate;
  readonly from: string;
  readonly to: string;
}

const LISTED = 200;

/** A hash of what is listed: another booking, hold, day or time is another token. */
function tokenOf({ bookings, holds }: Standing): string {
  const texts = [
    ...bookings.map((each) => `booking ${each.id} ${each.date} ${each.from} ${each.to}`),
    ...holds.map((each) => `hold ${each.id}`),
  ];
  return createHash('sha256').update(texts.toSorted().join('\n')).digest('hex').slice(0, 32);
}

/** The list as the administrator of one centre sees it: the first 200 bookings and holds, and how many in all. */
export async function listInTheWay(work: Work, { bookings, holds }: Standing): Promise<RefusalDetails> {
  const times = (slot: { from: number; to: number }) => ({
    from: formatTime(slot.from),
    to: formatTime(slot.to),
  });
  return {
    bookings: bookings.slice(0, LISTED).map((each): BookingInTheWay => ({
      bookingId: each.id,
      childId: each.childId,
      childName: each.childName,
      date: each.date,
      ...times(each),
    })),
    families: await countFamilies(work, bookings),
    holds: holds
      .slice(0, LISTED)
      .map((each): HoldInTheWay => ({ holdId: each.id, date: each.date, ...times(each) })),
  };
}

/**
 * Refuses as `in_the_way` what has not been confirmed: with the count of bookings, of held places, a token for the
 * second call, and the list. Nothing in the way needs no confirmation; another set than the confirmed one is refused
 * with its own list.
 */
export async function askFirst(
  work: Work,
  standing: Standing,
  confirm: Confirmation | undefined,
  list: (work: Work, standing: Standing) => Promise<RefusalDetails>,
): Promise<void> {
  const count = standing.bookings.length;
  const held = standing.holds.length;
  if (count + held === 0) return;
  const token = tokenOf(standing);
  if (confirm?.count === count && confirm.token === token) return;
  refuse('in_the_way', { count, held, token, ...(await list(work, standing)) });
}
