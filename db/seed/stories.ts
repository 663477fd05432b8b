import { addDays, instantAt, type Instant, type PlainDate } from '../../src/domain/calendar.ts';
import type { Random } from '../../src/domain/random.ts';
import type { Slot } from '../../src/domain/slots.ts';
import type { AbsenceKind } from '../../src/data/bookings.ts';

/** What became of a booking: rows beside it, and from where on its place is free. */
export interface Story {
  readonly releasedFrom: number | null;
  readonly cancelled?: { readonly at: Instant };
  readonly absent?: { readonly at: Instant; readonly kind: AbsenceKind; readonly byStaff: boolean };
  readonly attended?: { readonly arrivedAt: Instant; readonly departedAt: Instant | null };
}

const STANDING: Story = { releasedFrom: null };

const KINDS: readonly AbsenceKind[] = ['illness', 'illness', 'illness', 'family', 'medical'];

/** Somebody tells some days before, in the evening. */
const before = (date: PlainDate, random: Random): Instant =>
  instantAt(addDays(date, -random.int(1, 4)), random.int(18 * 60, 21 * 60));

function attended({ date, from, to }: Slot & { date: PlainDate }, now: Instant, random: Random): Story {
  const arrivedAt = instantAt(date, from * 30 + random.int(-8, 25));
  // Most are fetched in the last half-hour, a few earlier: that frees the rest of the stay.
  const early = random.chance(0.06);
  const leaves = to * 30 - (early ? random.int(40, 100) : random.int(-6, 20));
  const departedAt = instantAt(date, leaves);
  if (arrivedAt > now) return STANDING;
  if (departedAt > now) return { releasedFrom: null, attended: { arrivedAt, departedAt: null } };
  const free = Math.ceil(leaves / 30);
  return { releasedFrom: free < to ? Math.max(from, free) : null, attended: { arrivedAt, departedAt } };
}

/**
 * Of ten bookings that are past nine were attended; the tenth was cancelled, reported absent, or nobody came (and the
 * centre marked it the day after, or did not). A few of those ahead are cancelled or reported already.
 */
export function storyOf(
  booking: Slot & { date: PlainDate },
  now: Instant,
  today: PlainDate,
  random: Random,
): Story {
  const { date, from, to } = booking;
  const chance = random.next();
  if (date > today) {
    const at = instantAt(addDays(today, -random.int(1, 3)), random.int(9 * 60, 21 * 60));
    if (chance < 0.008) return { releasedFrom: from, cancelled: { at } };
    if (chance < 0.012)
      return { releasedFrom: from, absent: { at, kind: random.pick(KINDS), byStaff: false } };
    return STANDING;
  }
  if (chance < 0.9) return attended(booking, now, random);
  if (chance < 0.93) return { releasedFrom: from, cancelled: { at: before(date, random) } };
  if (chance < 0.975)
    return {
      releasedFrom: from,
      absent: { at: before(date, random), kind: random.pick(KINDS), byStaff: false },
    };
  if (chance < 0.99 && date < today) {
    const at = instantAt(addDays(date, 1), random.int(8 * 60, 9 * 60));
    // Marked when all was over: the half-hours stay booked, and not attended.
    if (at <= now)
      return { releasedFrom: to, absent: { at, kind: random.pick(['excused', 'unexcused']), byStaff: true } };
  }
  return STANDING;
}
