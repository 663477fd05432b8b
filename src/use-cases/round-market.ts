import { createHash } from 'node:crypto';
import { addDays, dateAt, datesBetween, maxOf, type Instant, type PlainDate } from '../domain/calendar.ts';
import { slotOn, type Pattern } from '../domain/pattern.ts';
import { formatTime, HALF_HOURS } from '../domain/slots.ts';
import type { AllocationChild, AllocationFamily, AllocationInput } from '../planning/allocation/input.ts';
import { listBookings, type Booking } from '../data/bookings.ts';
import { chunksOf } from '../data/claims.ts';
import type { Reading } from '../data/database.ts';
import { findDays, type StoredDay } from '../data/group-days.ts';
import { listRoundGroups, type Round } from '../data/rounds.ts';
import { listTogether } from '../data/waiting-list.ts';
import { freeOf } from './candidate-choice.ts';
import { readWanting, type Apart, type Wanting } from './round-wishes.ts';

/** Days over which wishes are laid: a fortnight, longer where a cycle is, and the days that wishes name. */
const FORTNIGHT = 14;
const MOST_DAYS = 200;
/** More than anybody could take: a day on which a group is closed stands in nobody's way. */
const NO_LIMIT = 10_000;

export interface Market {
  readonly input: Omit<AllocationInput, 'rule'>;
  readonly apart: readonly { readonly entryId: number; readonly why: Apart }[];
  /** Changes when a wish, a rank or a place that somebody holds does. */
  readonly fingerprint: string;
}

const idOf = (id: number) => String(id);

/** The days on which the market is laid out. */
function daysOf(wanting: readonly Wanting[], from: PlainDate): PlainDate[] {
  const length = Math.max(
    FORTNIGHT,
    ...wanting.map(({ pattern }) => (pattern.kind === 'cycle' ? pattern.length : 0)),
  );
  const days = new Set(datesBetween(from, addDays(from, length - 1)));
  const named = wanting.flatMap(({ pattern }) =>
    pattern.kind === 'dates' ? (Object.keys(pattern.dates) as PlainDate[]) : [],
  );
  for (const date of named.toSorted()) if (date >= from && days.size < MOST_DAYS) days.add(date);
  return [...days].toSorted();
}

const isOpenOn = (day: StoredDay | undefined) => day !== undefined && day.opensAt !== null;

/** A child's stays on these days. */
function staysOn(pattern: Pattern, dates: readonly PlainDate[]): AllocationChild['pattern'] {
  const stays: Record<string, [string, string]> = {};
  for (const date of dates) {
    const slot = slotOn(pattern, date);
    if (slot) stays[date] = [formatTime(slot.from), formatTime(slot.to)];
  }
  return stays;
}

/**
 * The group in which a child has exactly what it wishes on every open day: that is the place it holds and may give up.
 * Other hours elsewhere are neither counted as free nor lost: they end only when an offer is accepted.
 */
function heldBy(
  { pattern }: Wanting,
  bookings: readonly Booking[],
  days: ReadonlyMap<number, ReadonlyMap<PlainDate, StoredDay>>,
  dates: readonly PlainDate[],
): number | undefined {
  const byDate = new Map(bookings.map((booking) => [booking.date, booking]));
  return [...new Set(bookings.map((booking) => booking.groupId))].find((groupId) => {
    const open = dates.filter((date) => slotOn(pattern, date) && isOpenOn(days.get(groupId)?.get(date)));
    return (
      open.length > 0 &&
      open.every((date) => {
        const [slot, booking] = [slotOn(pattern, date)!, byDate.get(date)];
        return (
          booking?.groupId === groupId &&
          booking.releasedFrom === null &&
          booking.from === slot.from &&
          booking.to === slot.to
        );
      })
    );
  });
}

/** Free places by day; nobody is bound by a day on which the group is closed. */
function freeIn(days: ReadonlyMap<PlainDate, StoredDay> | undefined, dates: readonly PlainDate[]) {
  const free: Record<string, [number, number, number][]> = {};
  for (const date of dates) {
    const day = days?.get(date);
    if (day === undefined || !isOpenOn(day)) free[date] = [[0, HALF_HOURS, NO_LIMIT]];
    else Object.assign(free, freeOf([day]));
  }
  return free;
}

/** Siblings who come together or not at all: into the same group, in the order in which they like it together. */
function familyOf(key: string, siblings: readonly Wanting[]): AllocationFamily {
  const [first, ...others] = siblings;
  const shared = first!.wishes.flatMap(({ groupId }) => {
    const preferences = siblings.map(
      (each) => each.wishes.find((wish) => wish.groupId === groupId)?.preference,
    );
    if (preferences.some((preference) => preference === undefined)) return [];
    return [{ groupId, sum: preferences.reduce((sum: number, each) => sum + (each ?? 0), 0) }];
  });
  const bundles = shared
    .toSorted((a, b) => a.sum - b.sum || a.groupId - b.groupId)
    .map(({ groupId }) => Object.fromEntries(siblings.map(({ entry }) => [idOf(entry.id), idOf(groupId)])));
  const nothing = Object.fromEntries([first!, ...others].map(({ entry }) => [idOf(entry.id), null]));
  // Without a group they share nobody is placed: apart they do not come.
  return { id: key, bundles: bundles.length > 0 ? bundles : [nothing] };
}

/**
 * What a round is about, as the engine reads it (planning/allocation/input.ts): free half-hours of its groups over some
 * open days from its start, wishes in their order with the stored scores, siblings' joint wishes. Children are named by
 * the numbers of their entries. Live offers, pauses and incomplete families stay apart.
 */
export async function readMarket(tx: Reading, round: Round, now: Instant): Promise<Market> {
  const groups = await listRoundGroups(tx, round);
  const { wanting: all, apart } = await readWanting(tx, round, groups);
  const dates = daysOf(all, maxOf([round.startsOn, dateAt(now)]));
  const laid = all.map((each) => ({ each, stays: staysOn(each.pattern, dates) }));
  for (const { each, stays } of laid)
    if (Object.keys(stays).length === 0) apart.push({ entryId: each.entry.id, why: 'no_days' });
  const present = laid.filter(({ stays }) => Object.keys(stays).length > 0);

  const families = Map.groupBy(
    present.filter(({ each }) => each.entry.togetherKey !== null),
    ({ each }) => each.entry.togetherKey!,
  );
  // Of siblings who come together all take part, or none.
  const takesPart = new Set(present.map(({ each }) => each.entry.id));
  const broken = new Set<string>();
  for (const key of families.keys())
    for (const { id } of await listTogether(tx, key)) if (!takesPart.has(id)) broken.add(key);
  for (const key of broken)
    for (const { each } of families.get(key) ?? []) apart.push({ entryId: each.entry.id, why: 'together' });
  const counted = present.filter(({ each }) => !broken.has(each.entry.togetherKey ?? ''));

  const days = new Map<number, Map<PlainDate, StoredDay>>();
  const range = { from: dates[0]!, to: dates.at(-1)! };
  for (const { id } of groups) {
    const stored = await findDays(tx, { groupId: id, ...range });
    days.set(id, new Map(stored.map((day) => [day.date, day])));
  }
  const bookings: Booking[] = [];
  for (const chunk of chunksOf(counted.map(({ each }) => each.entry.childId)))
    bookings.push(
      ...(await listBookings(tx, {
        childIds: chunk,
        groupIds: groups.map(({ id }) => id),
        ...range,
        occupying: true,
      })),
    );
  const bookingsOf = Map.groupBy(bookings, (booking) => booking.childId);
  const children = counted.map(({ each, stays }): AllocationChild => {
    const held = heldBy(each, bookingsOf.get(each.entry.childId) ?? [], days, dates);
    return {
      id: idOf(each.entry.id),
      family: each.entry.togetherKey,
      holds: held === undefined ? null : idOf(held),
      pattern: stays,
      wishes: each.wishes.map(({ groupId, score }) => ({ group: idOf(groupId), score })),
    };
  });
  const joint = Map.groupBy(
    counted.map(({ each }) => each).filter(({ entry }) => entry.togetherKey !== null),
    ({ entry }) => entry.togetherKey!,
  );
  const input = {
    groups: groups.map(({ id }) => ({ id: idOf(id), free: freeIn(days.get(id), dates) })),
    children,
    families: [...joint].map(([key, siblings]) => familyOf(key, siblings)),
  };
  const told = JSON.stringify([children, input.families]);
  return { input, apart, fingerprint: createHash('sha256').update(told).digest('base64url') };
}
