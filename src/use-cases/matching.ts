import { addMinutes, minOf, type Instant, type PlainDate } from '../domain/calendar.ts';
import { horizonOf } from '../domain/horizon.ts';
import { answerBy } from '../domain/offer.ts';
import { parsePattern, slotOn } from '../domain/pattern.ts';
import { beside, type Claim } from '../domain/places.ts';
import { firstOpenHalfHour } from '../domain/admittance.ts';
import { START_QUIET, type QuietHours } from '../domain/quiet-hours.ts';
import type { Tolerance } from '../domain/waiting-list.ts';
import { deleteHolds, lockChildren, Overtaken } from '../data/claims.ts';
import type { Writing } from '../data/database.ts';
import { recountDays } from '../data/day-counts.ts';
import { findDays, lockDays, type DayKey, type StoredDay } from '../data/group-days.ts';
import { findGroup, findOverrides, type Group } from '../data/groups.ts';
import { planJob } from '../data/planned-jobs.ts';
import { findOffer, insertHolds, listHoldsFor, listMatchingHolds } from '../data/offers.ts';
import { findOrderRule, type OrderRule } from '../data/order-rules.ts';
import { insertPassingsOver } from '../data/passings-over.ts';
import { findOpenRoundStart } from '../data/rounds.ts';
import { listStandBys } from '../data/stand-bys.ts';
import { listWaiting } from '../data/wanted-hours.ts';
import { chooseCandidate, type Choice } from './candidate-choice.ts';
import type { Ground } from './candidates.ts';
import { tellAboutOffers, writeOffer, type Told } from './offering.ts';
import { todayOf, type Work } from './perform.ts';
import { listReady, withoutMatching, type MatchingHold } from './ready-candidates.ts';
import { openRescues } from './rescue-opening.ts';

/** For how long half-hours may wait for the matching before they are everybody's again. */
const MATCHING_MINUTES = 1;

const EXACT: Tolerance = { earlier: 0, later: 0 };

/** Half-hours that have just become free in a locked day; `childId` is whose booking gave them up. */
export interface Freed extends DayKey, Claim {}

/** What is free besides the places held for the very children who gave their bookings up. */
async function besideOwnOffers(tx: Writing, groupId: number, freed: readonly Freed[]): Promise<Freed[]> {
  const childIds = [...new Set(freed.flatMap(({ childId }) => childId ?? []))];
  const dates = [...new Set(freed.map(({ date }) => date))];
  const held = await listHoldsFor(tx, groupId, childIds, dates);
  if (held.length === 0) return [...freed];
  return freed.flatMap((part) => {
    const own = held.filter(({ childId, date }) => childId === part.childId && date === part.date);
    return beside(part, own).map((slot) => ({ ...part, ...slot }));
  });
}

/**
 * Keeps what has become free for those who wait for it, in the transaction that frees it, and plans the matching; what
 * nobody waits for is everybody's at once. The days are locked; they are recounted afterwards by whoever locked them.
 */
export async function keepForMatching(
  { tx, now }: Pick<Work, 'tx' | 'now'>,
  freed: readonly Freed[],
): Promise<void> {
  for (const [groupId, parts] of Map.groupBy(freed, (part) => part.groupId)) {
    const apart = await findOpenRoundStart(tx, groupId);
    const waiting = (await listWaiting(tx, groupId)).flatMap(({ pattern, startsOn, tolerance }) => {
      if (apart !== undefined && startsOn >= apart) return [];
      const parsed = parsePattern(pattern);
      return 'pattern' in parsed ? [{ pattern: parsed.pattern, startsOn, ...(tolerance ?? EXACT) }] : [];
    });
    const kept: Freed[] = [];
    for (const part of await besideOwnOffers(tx, groupId, parts)) {
      const from = Math.max(part.from, firstOpenHalfHour(part.date, now));
      if (from >= part.to) continue;
      const wanted = waiting.some(({ pattern, startsOn, earlier, later }) => {
        const slot = part.date >= startsOn ? slotOn(pattern, part.date) : undefined;
        return slot !== undefined && slot.from - earlier < part.to && from < slot.to + later;
      });
      if (wanted || (await listStandBys(tx, groupId, part.date)).length > 0) kept.push({ ...part, from });
    }
    if (kept.length === 0) continue;
    const expiresAt = addMinutes(now, MATCHING_MINUTES);
    await insertHolds(
      tx,
      kept.map(({ date, from, to, weight }) => ({
        groupId,
        date,
        fromHalfHour: from,
        toHalfHour: to,
        childId: null,
        weight,
        source: 'matching' as const,
        expiresAt,
        sourceId: null,
      })),
    );
    planMatching(tx, now, groupId);
  }
}

/** Somebody is to look whether the queue of a group can be offered something. */
export function planMatching(tx: Writing, now: Instant, groupId: number): void {
  planJob(tx, { kind: 'match', key: String(groupId), runAt: now });
}

/** By day the span of what has become free; everything where nothing was held. */
function freedOf(
  holds: readonly MatchingHold[],
  days: Ground['days'],
): Record<string, readonly [number, number]> {
  if (holds.length === 0) return Object.fromEntries([...days.keys()].map((date) => [date, [0, 48] as const]));
  return Object.fromEntries(
    [...Map.groupBy(holds, (hold) => hold.date)].map(([date, own]) => [
      date,
      [Math.min(...own.map((hold) => hold.from)), Math.max(...own.map((hold) => hold.to))] as const,
    ]),
  );
}

interface Looked {
  readonly ground: Ground;
  readonly holds: readonly MatchingHold[];
  readonly choice: Choice;
}

async function look(
  work: Work,
  group: Group,
  stored: readonly StoredDay[],
  rule: OrderRule,
  expiresAt: Instant,
): Promise<Looked> {
  const { tx, now } = work;
  const holds = await listMatchingHolds(tx, group.id);
  const ground = { group, days: withoutMatching(stored, holds) };
  const ready = await listReady(tx, ground, now, expiresAt);
  const choice = chooseCandidate(ground, ready, freedOf(holds, ground.days), rule.terms.reserveAfter);
  return { ground, holds, choice };
}

export interface Matched {
  readonly offerIds: number[];
}

/**
 * Offers what is free in a group to the best-ranked entry whose whole wish fits, or hours that its family tolerates, and
 * lets go of what was held for matching. One offer (or one bundle of siblings) a call; while there was one, another call is planned.
 */
export async function matchGroup(
  work: Work,
  { groupId, quiet = START_QUIET }: { groupId: number; quiet?: QuietHours },
): Promise<Matched> {
  const { tx, now } = work;
  const group = await findGroup(tx, groupId);
  if (!group) return { offerIds: [] };
  const rule = await findOrderRule(tx, group.regionCode, todayOf(work));
  const expiresAt = answerBy(now, rule.terms.answerWorkingDays, await findOverrides(tx));
  const range = { groupId, from: todayOf(work), to: horizonOf(todayOf(work)) };

  const seen = await look(work, group, await findDays(tx, range), rule, expiresAt);
  const childIds = seen.choice.chosen.map((candidate) => candidate.child.id);
  await lockChildren(tx, childIds);
  // What was held before midnight is let go of as well, and its day is counted anew.
  const first = minOf([range.from, ...seen.holds.map((hold) => hold.date)]);
  const locked = await lockDays(tx, { ...range, from: first });
  const days = locked.filter((day) => day.date >= range.from);
  // Whoever waited for the locks looks again: the second of two finds what the first has left.
  const { ground, holds, choice } =
    tx.dialect === 'sqlite' ? seen : await look(work, group, days, rule, expiresAt);
  if (choice.chosen.some((candidate) => !childIds.includes(candidate.child.id))) throw new Overtaken();

  await deleteHolds(
    tx,
    holds.map((hold) => hold.id),
  );
  await openRescues(work, { group, terms: rule.terms, days: ground.days, holds, quiet });
  const bundle = choice.chosen.length > 1 ? String(choice.chosen[0]!.entry.id) : null;
  const offerIds: number[] = [];
  for (const { entry, wish: _, ...offered } of choice.chosen) {
    const terms = { group, entryId: entry.id, expiresAt, bundle, roundId: null };
    offerIds.push(await writeOffer(work, { ...offered, ...terms }));
  }
  await tellAboutOffers(work, await offersOf(tx, offerIds), 'offer');
  const offerId = offerIds[0];
  if (offerId !== undefined) {
    await writePassingsOver(work, ground, offerId, choice);
    planMatching(tx, now, groupId);
  }
  const touched = new Set([
    ...holds.map((hold) => hold.date),
    ...choice.chosen.flatMap(({ slots }) => slots.map((slot) => slot.date)),
  ]);
  await recountDays(
    tx,
    locked.filter((day) => touched.has(day.date)),
  );
  return { offerIds };
}

/** Lets go of everything that is held for matching in a group. */
export async function releaseMatching({ tx }: Work, { groupId }: { groupId: number }): Promise<void> {
  const dates = (await listMatchingHolds(tx, groupId)).map((hold) => hold.date);
  const [from, to] = [dates[0], dates.at(-1)];
  if (from === undefined || to === undefined) return;
  const days = await lockDays(tx, { groupId, from, to });
  const holds = await listMatchingHolds(tx, groupId);
  await deleteHolds(
    tx,
    holds.map((hold) => hold.id),
  );
  await recountDays(
    tx,
    days.filter((day) => dates.includes(day.date)),
  );
}

async function offersOf(tx: Writing, ids: readonly number[]): Promise<Told[]> {
  const offers: Told[] = [];
  for (const id of ids) offers.push((await findOffer(tx, id))!);
  return offers;
}

/** Everybody ranked above whose wish needed the freed hours and did not fit: written down, and counted for the reserve. */
async function writePassingsOver(
  { tx, now }: Work,
  { group }: Ground,
  offerId: number,
  choice: Choice,
): Promise<void> {
  const rows = choice.passedOver.flatMap(({ child: entryId, full, reserved }) => {
    // Without a date where only the place of an offer that the centre took back was left.
    const dates = [...new Set([...full, ...reserved].map(([date]) => date as PlainDate))].toSorted();
    const told = { dates: dates.slice(0, 10), days: dates.length };
    return [{ entryId: Number(entryId), groupId: group.id, offerId, at: now, full: told }];
  });
  await insertPassingsOver(tx, rows);
}
