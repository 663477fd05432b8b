import { addDays, dateAt, instantAt, type Instant, type PlainDate } from '../domain/calendar.ts';
import { eligibilityReason } from '../domain/eligibility.ts';
import { horizonOf } from '../domain/horizon.ts';
import { answerBy } from '../domain/offer.ts';
import {
  dayKeyOf,
  formatPattern,
  minutesPerWeek,
  parsePattern,
  withStretches,
  type DatedSlot,
  type Pattern,
  type PatternJson,
  type Stretch,
} from '../domain/pattern.ts';
import { occupied, refusalAt, without } from '../domain/places.ts';
import { refuse } from '../domain/refusal.ts';
import { formatTime, HALF_HOURS, parseTime, type Slot } from '../domain/slots.ts';
import { nearestPattern } from '../planning/allocation/nearest.ts';
import { listBookings, type Booking } from '../data/bookings.ts';
import type { Reading } from '../data/database.ts';
import { recountDays } from '../data/day-counts.ts';
import { findDays, lockDaysOfGroups, type StoredDay } from '../data/group-days.ts';
import { findGroup, findOverrides, type Group } from '../data/groups.ts';
import { listMatchingHolds } from '../data/offers.ts';
import { findOrderRule } from '../data/order-rules.ts';
import { listChoices, type Entry } from '../data/waiting-list.ts';
import { chooseCandidate } from './candidate-choice.ts';
import { listCandidates, openSlots, periodFor, type Candidate } from './candidates.ts';
import { writeOffer } from './offering.ts';
import { acceptOffer } from './offers.ts';
import { todayOf, type Work } from './perform.ts';
import { listReady, withoutMatching } from './ready-candidates.ts';
import { lockEntry } from './waiting-list.ts';

/** The part of a wish that a family may take at once while it waits on for the rest. */
export interface Part {
  readonly pattern: Pattern;
  readonly json: PatternJson;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
  readonly slots: readonly DatedSlot[];
}

interface Seen {
  readonly part: Part;
  readonly mine: Candidate;
  readonly expiresAt: Instant;
}

const sameDay = (a: DatedSlot, b: DatedSlot) => a.date === b.date && a.from < b.to && b.from < a.to;

/**
 * The nearest part of a wish that fits on every open day of the period (planning/allocation/nearest.ts): each kind of
 * day as it is, shifted or shortened by at most two hours, or left out. Undefined where nothing fits, where it is less
 * than the family wants at least, where it would be the whole wish, or where the child has all of it already.
 */
function nearestPart(
  { entry, child, group }: { entry: Entry; child: Candidate['child']; group: Group },
  days: ReadonlyMap<PlainDate, StoredDay>,
  period: { readonly startsOn: PlainDate; readonly endsOn: PlainDate },
  own: ReadonlyMap<PlainDate, Booking>,
): Part | undefined {
  const parsed = parsePattern(entry.pattern);
  if (!('pattern' in parsed)) return undefined;
  const wished = parsed.pattern;
  const slots = openSlots(entry.pattern, days, period.startsOn, period.endsOn);
  const kinds = [...Map.groupBy(slots, ({ date }) => dayKeyOf(wished, date))];
  const need = { weight: child.supportWeight, skills: child.skillsNeeded };
  const isBarred = (date: PlainDate, at: number): boolean => {
    const stored = days.get(date)!;
    if (at < (stored.opensAt ?? HALF_HOURS) || at >= (stored.closesAt ?? 0)) return true;
    if (eligibilityReason(child, { ...group, admission: 'open' }, [], date)) return true;
    const booking = own.get(date);
    const has = booking && occupied(booking);
    return (
      refusalAt(has ? without(stored, { ...has, weight: booking.weight }) : stored, at, need) !== undefined
    );
  };
  const { earlier, later } = entry.tolerance ?? { earlier: HALF_HOURS, later: HALF_HOURS };
  const nearest = nearestPattern(
    kinds.map(([day, [first]]) => ({ day, from: first!.from, to: first!.to })),
    (kind, at) => {
      const [, dated] = kinds[kind]!;
      const { from, to } = dated[0]!;
      return at < from - earlier || at >= to + later || dated.some(({ date }) => isBarred(date, at));
    },
  );
  const stretches = Object.entries(nearest ?? {}).map(
    ([day, [from, to]]) => [day, [parseTime(from)!, parseTime(to)!] as Stretch] as const,
  );
  const pattern = withStretches(wished, new Map(stretches));
  if (!pattern || minutesPerWeek(pattern) < (entry.minimumMinutesPerWeek ?? 0)) return undefined;
  const json = formatPattern(pattern);
  if (JSON.stringify(json) === JSON.stringify(formatPattern(wished))) return undefined;
  const taken = openSlots(json, days, period.startsOn, period.endsOn);
  const has = ({ date, from, to }: DatedSlot) => {
    const booking = own.get(date);
    return booking !== undefined && booking.from <= from && (booking.releasedFrom ?? booking.to) >= to;
  };
  return taken.every(has) ? undefined : { pattern, json, ...period, slots: taken };
}

/** Whether nobody ranked above could be offered these hours, nor has any of them kept (use-cases/candidates.ts). */
function isFirst(
  ground: Parameters<typeof chooseCandidate>[0],
  better: readonly Candidate[],
  mine: Candidate,
  reserveAfter: number,
): boolean {
  let others = better;
  for (;;) {
    const { chosen } = chooseCandidate(ground, [...others, mine], {}, reserveAfter);
    if (chosen.includes(mine)) return true;
    if (chosen.length === 0) return false;
    if (chosen.some(({ slots }) => slots.some((slot) => mine.slots.some((own) => sameDay(slot, own)))))
      return false;
    const theirs = new Set(chosen.map(({ entry }) => entry.id));
    others = others.filter(({ entry }) => !theirs.has(entry.id));
  }
}

/** Days without the places that are withheld from an entry: those that were free when an offer was taken back from it. */
function withoutWithheld(stored: readonly StoredDay[], withheld: Candidate['wish']['withheld'] = []) {
  return new Map(
    stored.map((day) => {
      const gone = Array.from({ length: HALF_HOURS }, () => 0);
      for (const { places, stays } of withheld) {
        const [from, to] = (stays[day.date] ?? []).map((text) => parseTime(text)!);
        for (let at = from ?? 0; at < (to ?? 0); at++) gone[at] = Math.max(gone[at]!, places);
      }
      return [day.date, { ...day, held: day.held.map((heads, at) => heads + gone[at]!) }] as const;
    }),
  );
}

async function look(
  tx: Reading,
  now: Instant,
  entry: Entry,
  group: Group,
  stored: readonly StoredDay[],
): Promise<Seen | undefined> {
  if (entry.togetherKey !== null) return undefined;
  const today = dateAt(now);
  const rule = await findOrderRule(tx, group.regionCode, today);
  const expiresAt = answerBy(now, rule.terms.answerWorkingDays, await findOverrides(tx));
  // What waits for its matching is neither free for a part nor out of reach of those ranked above.
  const ground = { group, days: withoutMatching(stored, await listMatchingHolds(tx, group.id)) };
  const [me] = await listCandidates(tx, ground, now, expiresAt, [entry.id]);
  if (!me) return undefined;
  const period = periodFor(me.child, group, entry.startsOn, instantAt(addDays(today, 1), 0), now);
  const bookings = await listBookings(tx, {
    childIds: [entry.childId],
    groupIds: [group.id],
    from: period.startsOn,
    to: period.endsOn,
    occupying: true,
  });
  const own = new Map(bookings.map((booking) => [booking.date, booking]));
  const days = withoutWithheld(stored, me.wish.withheld);
  const part = nearestPart({ entry, child: me.child, group }, days, period, own);
  if (!part) return undefined;
  const times = ({ from, to }: Slot): [string, string] => [formatTime(from), formatTime(to)];
  // These hours and no others: what the family tolerates besides has been looked at.
  const { tolerated: _, ...wish } = me.wish;
  const mine: Candidate = {
    ...me,
    ...period,
    slots: part.slots,
    wish: {
      ...wish,
      pattern: Object.fromEntries(part.slots.map((slot) => [slot.date, times(slot)])),
      own: Object.fromEntries(
        bookings.map((each) => [each.date, times({ from: each.from, to: each.releasedFrom ?? each.to })]),
      ),
      barred: [],
    },
  };
  const ready = await listReady(tx, ground, now, expiresAt);
  const above = ready.filter(({ rank }) => rank.position < me.rank.position);
  const keys = new Set(above.flatMap(({ entry: { togetherKey } }) => togetherKey ?? []));
  // Siblings who come together come in the turn of the best-ranked.
  const better = ready.filter(
    (each) => above.includes(each) || (each.entry.togetherKey !== null && keys.has(each.entry.togetherKey)),
  );
  return isFirst(ground, better, mine, rule.terms.reserveAfter) ? { part, mine, expiresAt } : undefined;
}

/** The part of a wish that its family could take in a group now, if any. */
export async function findPart(
  tx: Reading,
  now: Instant,
  entry: Entry,
  groupId: number,
): Promise<Part | undefined> {
  const group = await findGroup(tx, groupId);
  if (!group || entry.endedAt !== null) return undefined;
  const today = dateAt(now);
  const days = await findDays(tx, { groupId, from: today, to: horizonOf(today) });
  return (await look(tx, now, entry, group, days))?.part;
}

export interface PartTaken {
  readonly offerId: number;
  readonly booked: number;
}

/**
 * Takes the part of a wish that fits now, as an offer that is accepted in the same transaction; the entry waits on for
 * the rest at its rank. Refused: `not_waiting`; `full` when the hours are no longer free, no longer the nearest, or
 * somebody ranked above could be offered them.
 */
export async function takePart(
  work: Work,
  asked: { readonly entryId: number; readonly groupId: number; readonly pattern: string },
): Promise<PartTaken> {
  const { tx, now } = work;
  const entry = await lockEntry(work, asked.entryId);
  if (entry.endedAt !== null) refuse('not_waiting');
  const choices = await listChoices(tx, entry.id);
  const named = choices.some(({ groupId, refusedAt }) => groupId === asked.groupId && refusedAt === null);
  const group = named ? await findGroup(tx, asked.groupId) : undefined;
  if (!group) refuse('missing');
  const range = { from: todayOf(work), to: horizonOf(todayOf(work)) };
  const bookings = await listBookings(tx, { childIds: [entry.childId], ...range, occupying: true });
  // Groups that the child leaves on these days are locked with this one: days are locked once, in one order.
  const groupIds = [...new Set([group.id, ...bookings.map((booking) => booking.groupId)])];
  const days = (await lockDaysOfGroups(tx, groupIds, range)).filter((day) => day.groupId === group.id);
  const seen = await look(tx, now, entry, group, days);
  if (!seen || JSON.stringify(seen.part.json) !== asked.pattern) refuse('full');
  const { part, mine, expiresAt } = seen;
  const offerId = await writeOffer(work, {
    group,
    entryId: entry.id,
    child: mine.child,
    rank: mine.rank,
    kind: 'part',
    pattern: part.json,
    startsOn: part.startsOn,
    endsOn: part.endsOn,
    slots: part.slots,
    expiresAt,
    bundle: null,
    roundId: null,
  });
  const dates = new Set(part.slots.map(({ date }) => date));
  await recountDays(
    tx,
    days.filter((day) => dates.has(day.date)),
  );
  const { booked } = await acceptOffer(work, { offerId, channel: 'page' });
  return { offerId, booked: booked.length };
}
