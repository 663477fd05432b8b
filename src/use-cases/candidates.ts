import { addDays, addMonths, dateAt, minOf, type Instant, type PlainDate } from '../domain/calendar.ts';
import { eligibilityReason, lastDayOfAge } from '../domain/eligibility.ts';
import { horizonOf } from '../domain/horizon.ts';
import { firstDay, type OfferKind } from '../domain/offer.ts';
import { parsePattern, slotOn, type DatedSlot, type PatternJson } from '../domain/pattern.ts';
import { refusalAt } from '../domain/places.ts';
import { formatTime, HALF_HOURS, type HalfHour, type Slot } from '../domain/slots.ts';
import type { Entry as Wish, Withheld } from '../planning/allocation/offer.ts';
import { listBookings, type Booking } from '../data/bookings.ts';
import { listChildrenById, type Child } from '../data/children.ts';
import type { Reading } from '../data/database.ts';
import type { StoredDay } from '../data/group-days.ts';
import type { Group } from '../data/groups.ts';
import { childrenWithOffer, entriesWithPart } from '../data/offers.ts';
import { countPassingsOver } from '../data/passings-over.ts';
import { listRanks, type StoredRank } from '../data/ranks.ts';
import { findOpenRoundStart } from '../data/rounds.ts';
import { listTakenBack, type TakenBack } from '../data/taken-back.ts';
import { listQueue, type QueuedEntry } from '../data/waiting-list.ts';
import { toleratedOf } from './tolerated-hours.ts';

/** An entry that may be offered a place in a group now, with the days its wish asks for. */
export interface Candidate {
  readonly entry: QueuedEntry;
  readonly child: Child;
  readonly rank: StoredRank;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
  /** What it is offered: its own pattern, or one that its family tolerates. */
  readonly pattern: PatternJson;
  readonly kind: OfferKind;
  /** Its stays on the group's open days. */
  readonly slots: readonly DatedSlot[];
  readonly wish: Wish;
}

/** A group with its days by date, as if nothing were held for matching. */
export interface Ground {
  readonly group: Group;
  readonly days: ReadonlyMap<PlainDate, StoredDay>;
}

/** What a place lasts: from the first day on for a year, at most to the horizon and the group's own end. */
function periodOf(group: Group, wished: PlainDate, expiresAt: Instant, now: Instant) {
  const startsOn = firstDay(wished, expiresAt);
  const ends = [
    horizonOf(dateAt(now)),
    addDays(addMonths(startsOn, 12), -1),
    ...(group.endsOn ? [group.endsOn] : []),
  ];
  return { startsOn, endsOn: minOf(ends)! };
}

/** The same for a child: who outgrows the group within it has the place until the last day of its age. */
export function periodFor(child: Child, group: Group, wished: PlainDate, expiresAt: Instant, now: Instant) {
  const period = periodOf(group, wished, expiresAt, now);
  const last = lastDayOfAge(child, group);
  return last < period.startsOn ? period : { ...period, endsOn: minOf([period.endsOn, last]) };
}

/** Stays of a stored pattern on the days a group is open, in the order of the days. */
export function openSlots(
  pattern: PatternJson,
  days: Ground['days'],
  startsOn: PlainDate,
  endsOn: PlainDate,
): DatedSlot[] {
  const parsed = parsePattern(pattern);
  if (!('pattern' in parsed)) return [];
  const slots: DatedSlot[] = [];
  for (const { date, opensAt } of days.values()) {
    const slot = opensAt !== null && date >= startsOn && date <= endsOn && slotOn(parsed.pattern, date);
    if (slot) slots.push({ date, ...slot });
  }
  return slots;
}

type Times = [from: string, to: string];
const times = (slot: Slot): Times => [formatTime(slot.from), formatTime(slot.to)];

/** What was free when the centre took offers back, at the stays that were offered. */
const withheldOf = (takenBack: readonly TakenBack[], days: Ground['days']): Withheld[] =>
  takenBack.map(({ pattern, startsOn, endsOn, places }) => ({
    places,
    stays: Object.fromEntries(
      openSlots(pattern, days, startsOn, endsOn).map((slot) => [slot.date, times(slot)]),
    ),
  }));

const inside = (slot: Slot | undefined, at: number) => slot !== undefined && at >= slot.from && at < slot.to;

/**
 * At which half-hours of a day the child may not come whatever the room: closed, of another age, without the staff or
 * skill it needs. Undefined where nothing but the room counts; closed half-hours have none.
 */
function barrierOn(
  child: Child,
  { group, days }: Ground,
  slot: DatedSlot,
  own: Slot | undefined,
): ((at: HalfHour) => boolean) | undefined {
  const day = days.get(slot.date)!;
  // An enrolment comes with the place.
  if (eligibilityReason(child, { ...group, admission: 'open' }, [], slot.date)) return () => true;
  const [opensAt, closesAt] = [day.opensAt ?? HALF_HOURS, day.closesAt ?? 0];
  const isClosed = (at: HalfHour) => at < opensAt || at >= closesAt;
  if (day.capacity === null && day.skillsOnDuty === null) {
    const isOpen = slot.from >= opensAt && slot.to <= closesAt && own === undefined;
    return isOpen ? undefined : isClosed;
  }
  const need = { weight: child.supportWeight, skills: child.skillsNeeded };
  // The room is counted by the engine; here only staff and skills speak.
  const load = day.load.map((weight, at) => weight - (inside(own, at) ? child.supportWeight : 0));
  const staffed = { ...day, load, booked: [], held: [] };
  return (at) => isClosed(at) || refusalAt(staffed, at, need) !== undefined;
}

/** A candidate's wish as the engine reads it; with what its family tolerates when `tolerates`. */
function wishOf(
  candidate: Omit<Candidate, 'wish'>,
  ground: Ground,
  bookings: ReadonlyMap<PlainDate, Booking>,
  bypasses: number,
  tolerates: { readonly parts: boolean } | undefined,
  withheld: readonly Withheld[],
): Wish {
  const { child, entry } = candidate;
  const hasOn = (date: PlainDate): Slot | undefined => {
    const booking = bookings.get(date);
    return booking && { from: booking.from, to: booking.releasedFrom ?? booking.to };
  };
  const own: Record<string, Times> = {};
  const barred: (readonly [string, number])[] = [];
  const barriers = new Map<string, (at: HalfHour) => boolean>();
  for (const slot of candidate.slots) {
    const has = hasOn(slot.date);
    if (has) own[slot.date] = times(has);
    const isBarred = barrierOn(child, ground, slot, has);
    if (!isBarred) continue;
    barriers.set(slot.date, isBarred);
    for (let at = slot.from; at < slot.to; at++) if (isBarred(at)) barred.push([slot.date, at]);
  }
  const tolerated = tolerates && toleratedOf(entry, candidate.slots, tolerates.parts);
  return {
    child: String(entry.id),
    score: candidate.rank.score,
    pattern: Object.fromEntries(candidate.slots.map((slot) => [slot.date, times(slot)])),
    bypasses,
    own,
    barred,
    weight: child.supportWeight,
    ...(entry.togetherKey !== null && { unit: entry.togetherKey }),
    ...(withheld.length > 0 && { withheld }),
    ...(tolerated && {
      tolerated: {
        ...tolerated,
        ...(barriers.size > 0 && {
          isBarred: (date: string, at: number) => barriers.get(date)?.(at) ?? false,
        }),
      },
    }),
  };
}

/**
 * Whether an entry may be offered less than its whole wish unasked: the family has said how much is enough. Once at a
 * group, or what it has refused would come back for ever; siblings who come together come whole.
 */
const mayTakePart = (entry: QueuedEntry) =>
  entry.tolerance !== null && entry.minimumMinutesPerWeek !== null && entry.togetherKey === null;

/**
 * Everybody who waits for the group and may be offered something now: not paused, without a live offer, not waiting for
 * an open round. A round itself asks with its start: its places begin then, at exactly the hours it was computed with.
 */
export async function listCandidates(
  tx: Reading,
  ground: Ground,
  now: Instant,
  expiresAt: Instant,
  entryIds?: readonly number[],
  round?: PlainDate,
): Promise<Candidate[]> {
  const { group, days } = ground;
  // Wishes for the start of an open round and later wait for it.
  const apart = round === undefined ? await findOpenRoundStart(tx, group.id) : undefined;
  const queue = (await listQueue(tx, group.id)).filter(
    (entry) =>
      entry.pausedAt === null &&
      (entryIds === undefined || entryIds.includes(entry.id)) &&
      (apart === undefined || entry.startsOn < apart),
  );
  const childIds = queue.map((entry) => entry.childId);
  const busy = await childrenWithOffer(tx, childIds);
  const children = new Map((await listChildrenById(tx, childIds)).map((child) => [child.id, child]));
  const ranks = new Map((await listRanks(tx, group.id)).map((rank) => [rank.entryId, rank]));
  const passed = await countPassingsOver(
    tx,
    group.id,
    queue.map((entry) => entry.id),
  );
  const parts = await entriesWithPart(
    tx,
    group.id,
    queue.filter(mayTakePart).map((entry) => entry.id),
  );
  const bookings = Map.groupBy(
    await listBookings(tx, {
      childIds,
      groupIds: [group.id],
      from: dateAt(now),
      to: horizonOf(dateAt(now)),
      occupying: true,
    }),
    (booking) => booking.childId,
  );
  // A round decides anew, by two persons.
  const takenBack = Map.groupBy(
    round === undefined ? await listTakenBack(tx, group.id, dateAt(now)) : [],
    (each) => each.entryId,
  );
  return queue.flatMap((entry): Candidate[] => {
    const child = children.get(entry.childId);
    const rank = ranks.get(entry.id);
    if (!child || !rank || busy.has(entry.childId)) return [];
    const wished = round !== undefined && round > entry.startsOn ? round : entry.startsOn;
    const period = periodFor(child, group, wished, expiresAt, now);
    const slots = openSlots(entry.pattern, days, period.startsOn, period.endsOn);
    if (slots.length === 0) return [];
    const { pattern } = entry;
    const candidate = { entry, child, rank, ...period, pattern, kind: 'whole' as const, slots };
    const own = new Map((bookings.get(entry.childId) ?? []).map((booking) => [booking.date, booking]));
    const tolerates = round === undefined ? { parts: mayTakePart(entry) && !parts.has(entry.id) } : undefined;
    const bypasses = passed.get(entry.id) ?? 0;
    const withheld = withheldOf(takenBack.get(entry.id) ?? [], days);
    return [{ ...candidate, wish: wishOf(candidate, ground, own, bypasses, tolerates, withheld) }];
  });
}
