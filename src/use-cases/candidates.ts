import { addDays, addMonths, dateAt, minOf, type Instant, type PlainDate } from '../domain/calendar.ts';
import { eligibilityReason } from '../domain/eligibility.ts';
import { horizonOf } from '../domain/horizon.ts';
import { firstDay } from '../domain/offer.ts';
import { parsePattern, slotsBetween, type DatedSlot, type PatternJson } from '../domain/pattern.ts';
import { refusalAt } from '../domain/places.ts';
import { formatTime, HALF_HOURS, type Slot } from '../domain/slots.ts';
import { offerFor, type Entry as Wish, type PassedOver } from '../planning/allocation/offer.ts';
import { listBookings, type Booking } from '../data/bookings.ts';
import { listChildrenById, type Child } from '../data/children.ts';
import type { Reading } from '../data/database.ts';
import type { StoredDay } from '../data/group-days.ts';
import type { Group } from '../data/groups.ts';
import { childrenWithOffer } from '../data/offers.ts';
import { listRanks, type StoredRank } from '../data/ranks.ts';
import { findOpenRoundStart } from '../data/rounds.ts';
import { countPassingsOver, listQueue, type QueuedEntry } from '../data/waiting-list.ts';

/** An entry that may be offered a place in a group now, with the days its wish asks for. */
export interface Candidate {
  readonly entry: QueuedEntry;
  readonly child: Child;
  readonly rank: StoredRank;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
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
export function periodOf(group: Group, wished: PlainDate, expiresAt: Instant, now: Instant) {
  const startsOn = firstDay(wished, expiresAt);
  const ends = [
    horizonOf(dateAt(now)),
    addDays(addMonths(startsOn, 12), -1),
    ...(group.endsOn ? [group.endsOn] : []),
  ];
  return { startsOn, endsOn: minOf(ends)! };
}

/** Stays of a stored pattern on the days a group is open. */
export function openSlots(
  pattern: PatternJson,
  days: Ground['days'],
  startsOn: PlainDate,
  endsOn: PlainDate,
): DatedSlot[] {
  const parsed = parsePattern(pattern);
  if (!('pattern' in parsed)) return [];
  return slotsBetween(parsed.pattern, startsOn, endsOn).filter(({ date }) => {
    const day = days.get(date);
    return day !== undefined && day.opensAt !== null;
  });
}

type Times = [from: string, to: string];

const inside = (slot: Slot | undefined, at: number) => slot !== undefined && at >= slot.from && at < slot.to;

/** Half-hours at which the child may not come whatever the room: closed, of another age, without the staff or skill it needs. */
function barredAt(child: Child, { group, days }: Ground, slot: DatedSlot, own: Slot | undefined): number[] {
  const day = days.get(slot.date)!;
  // An enrolment comes with the place.
  if (eligibilityReason(child, { ...group, admission: 'open' }, [], slot.date)) return halfHoursOf(slot);
  const [opensAt, closesAt] = [day.opensAt ?? HALF_HOURS, day.closesAt ?? 0];
  const unpublished = day.capacity === null && day.skillsOnDuty === null;
  if (unpublished && slot.from >= opensAt && slot.to <= closesAt) return [];
  const need = { weight: child.supportWeight, skills: child.skillsNeeded };
  // The room is counted by the engine; here only staff and skills speak.
  const load = day.load.map((weight, at) => weight - (inside(own, at) ? child.supportWeight : 0));
  const staffed = { ...day, load, booked: [], held: [] };
  return halfHoursOf(slot).filter(
    (at) => at < opensAt || at >= closesAt || refusalAt(staffed, at, need) !== undefined,
  );
}

const halfHoursOf = ({ from, to }: Slot): number[] => Array.from({ length: to - from }, (_, at) => from + at);

function wishOf(
  candidate: Omit<Candidate, 'wish'>,
  ground: Ground,
  bookings: ReadonlyMap<PlainDate, Booking>,
  bypasses: number,
): Wish {
  const times = (slot: Slot): Times => [formatTime(slot.from), formatTime(slot.to)];
  const own: Record<string, Times> = {};
  const barred: (readonly [string, number])[] = [];
  for (const slot of candidate.slots) {
    const booking = bookings.get(slot.date);
    const has = booking && { from: booking.from, to: booking.releasedFrom ?? booking.to };
    if (has) own[slot.date] = times(has);
    for (const at of barredAt(candidate.child, ground, slot, has)) barred.push([slot.date, at]);
  }
  return {
    child: String(candidate.entry.id),
    score: candidate.rank.score,
    pattern: Object.fromEntries(candidate.slots.map((slot) => [slot.date, times(slot)])),
    bypasses,
    own,
    barred,
  };
}

/**
 * Everybody who waits for the group and may be offered something now: not paused, without a live offer, not waiting for
 * an open round. A round itself asks with its start: its places begin then.
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
  return queue.flatMap((entry): Candidate[] => {
    const child = children.get(entry.childId);
    const rank = ranks.get(entry.id);
    if (!child || !rank || busy.has(entry.childId)) return [];
    const wished = round !== undefined && round > entry.startsOn ? round : entry.startsOn;
    const period = periodOf(group, wished, expiresAt, now);
    const slots = openSlots(entry.pattern, days, period.startsOn, period.endsOn);
    if (slots.length === 0) return [];
    const candidate = { entry, child, rank, ...period, slots };
    const own = new Map((bookings.get(entry.childId) ?? []).map((booking) => [booking.date, booking]));
    return [{ ...candidate, wish: wishOf(candidate, ground, own, passed.get(entry.id) ?? 0) }];
  });
}

/** What is free in heads, as the engine reads it: runs of half-hours with the same number of places. */
export function freeOf(
  days: Iterable<StoredDay>,
  taken: readonly DatedSlot[] = [],
): Record<string, [number, number, number][]> {
  const takenOn = Map.groupBy(taken, (slot) => slot.date);
  const free: Record<string, [number, number, number][]> = {};
  for (const day of days) {
    const runs: [number, number, number][] = [];
    if (day.opensAt !== null && day.closesAt !== null) {
      for (let at = day.opensAt; at < Math.min(day.closesAt, HALF_HOURS); at++) {
        const more = (takenOn.get(day.date) ?? []).filter((slot) => inside(slot, at)).length;
        const places = Math.max(0, day.room - (day.booked[at] ?? 0) - (day.held[at] ?? 0) - more);
        const last = runs.at(-1);
        if (last && last[2] === places && last[1] === at) last[1] = at + 1;
        else runs.push([at, at + 1, places]);
      }
    }
    free[day.date] = runs;
  }
  return free;
}

export interface Choice {
  /** Who gets an offer: one, or brothers and sisters who come together. */
  readonly chosen: readonly Candidate[];
  readonly passedOver: readonly PassedOver[];
}

/**
 * Whom free half-hours are offered to: the best rank whose whole wish fits on every day (planning/allocation/offer.ts);
 * siblings who come together only when all of them fit at once.
 */
export function chooseCandidate(
  ground: Ground,
  candidates: readonly Candidate[],
  freed: Readonly<Record<string, readonly [number, number]>>,
  reserveAfter: number,
): Choice {
  const days = [...ground.days.values()];
  const byId = new Map(candidates.map((candidate) => [String(candidate.entry.id), candidate]));
  const apart = new Set<string>();
  const group = { free: freeOf(days) };
  for (;;) {
    const wishes = candidates.filter(({ entry }) => !apart.has(String(entry.id))).map(({ wish }) => wish);
    const answer = offerFor(group, freed, wishes, { reserveAfter });
    const first = answer.child === null ? undefined : byId.get(answer.child);
    if (!first) return { chosen: [], passedOver: answer.passedOver };
    const key = first.entry.togetherKey;
    if (key === null) return { chosen: [first], passedOver: answer.passedOver };
    const others = candidates.filter((each) => each.entry.togetherKey === key && each !== first);
    const all = fitTogether(days, [first, ...others]);
    if (all) return { chosen: [first, ...others], passedOver: answer.passedOver };
    for (const each of [first, ...others]) apart.add(String(each.entry.id));
  }
}

/** Whether all of them fit at once, each beside those before. */
export function fitTogether(days: readonly StoredDay[], unit: readonly Candidate[]): boolean {
  const taken: DatedSlot[] = [];
  for (const { slots, wish } of unit) {
    if (offerFor({ free: freeOf(days, taken) }, {}, [wish]).child === null) return false;
    taken.push(...slots);
  }
  return true;
}
