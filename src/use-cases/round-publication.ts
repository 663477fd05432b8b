import type { PlainDate } from '../domain/calendar.ts';
import { horizonOf } from '../domain/horizon.ts';
import { answerBy } from '../domain/offer.ts';
import { offerFor } from '../planning/allocation/offer.ts';
import { deleteHolds, lockChildren } from '../data/claims.ts';
import { insertEvent } from '../data/events.ts';
import { recountDays } from '../data/day-counts.ts';
import { lockDays, type StoredDay } from '../data/group-days.ts';
import { findGroup, findOverrides, type Group } from '../data/groups.ts';
import { findOffer, listMatchingHolds } from '../data/offers.ts';
import { findOrderRule } from '../data/order-rules.ts';
import { findPreview } from '../data/round-previews.ts';
import {
  findRound,
  listGroupsToPublish,
  listRoundGroups,
  listRoundOffers,
  lockRound,
  markRoundClosed,
  type Round,
} from '../data/rounds.ts';
import { findEntry, listTogether } from '../data/waiting-list.ts';
import { fitTogether, freeOf } from './candidate-choice.ts';
import { listCandidates, type Candidate } from './candidates.ts';
import { planMatching } from './matching.ts';
import { tellAboutOffers, writeOffer } from './offering.ts';
import { todayOf, type Work } from './perform.ts';
import { withoutMatching } from './ready-candidates.ts';
import type { RoundResult } from './round-preview.ts';

/** Why somebody placed by a preview is not offered the place: it is full by now, or the wish has changed. */
export type LeftOutWhy = 'full' | 'changed';

export interface LeftOut {
  readonly roundId: number;
  readonly entryId: number;
  readonly why: LeftOutWhy;
  /** Days without room: the first ten, and how many in all. */
  readonly dates: readonly PlainDate[];
  readonly days: number;
}

/** A day with one more hold on it. */
function withHold(day: StoredDay, from: number, to: number, weight: number): StoredDay {
  const more = (values: readonly number[], by: number) =>
    values.map((value, at) => (at >= from && at < to ? value + by : value));
  return { ...day, held: more(day.held, 1), load: more(day.load, weight) };
}

/** Entries that decide together: siblings of one key placed in the group, everybody else alone. */
async function unitsOf(work: Work, entryIds: readonly number[]): Promise<number[][]> {
  const units: number[][] = [];
  const taken = new Set<number>();
  for (const entryId of entryIds) {
    if (taken.has(entryId)) continue;
    const key = (await findEntry(work.tx, entryId))?.togetherKey ?? null;
    const together = key === null ? [] : (await listTogether(work.tx, key)).map((entry) => entry.id);
    const unit = [entryId, ...together.filter((id) => id !== entryId)];
    for (const id of unit) taken.add(id);
    units.push(unit);
  }
  return units;
}

/** The dates on which somebody's wish does not fit, all but the first ten only counted. */
function fullDates(days: Iterable<StoredDay>, { wish, entry }: Candidate) {
  const { passedOver } = offerFor({ free: freeOf(days) }, {}, [wish]);
  const full = passedOver.find((each) => each.child === String(entry.id))?.full ?? [];
  const dates = [...new Set(full.map(([date]) => date as PlainDate))].toSorted();
  return { dates: dates.slice(0, 10), days: dates.length };
}

interface Writing {
  readonly group: Group;
  readonly round: Round;
  readonly days: Map<PlainDate, StoredDay>;
  readonly expiresAt: Awaited<ReturnType<typeof answerBy>>;
}

async function leaveOut(
  work: Work,
  { group, round }: Writing,
  left: Omit<LeftOut, 'roundId'>,
): Promise<void> {
  const entry = await findEntry(work.tx, left.entryId);
  await insertEvent(work.tx, {
    at: work.now,
    by: null,
    kind: 'round.left_out',
    centreId: group.centreId,
    groupId: group.id,
    ...(entry && { childId: entry.childId }),
    data: { roundId: round.id, ...left },
  });
}

/** Offers a unit its places, looking again at every date; those for whom they no longer fit are written down. */
async function offerUnit(work: Work, writing: Writing, unit: readonly number[]): Promise<number[]> {
  const { tx, now } = work;
  const { group, round, days, expiresAt } = writing;
  const ground = { group, days };
  const candidates = await listCandidates(tx, ground, now, expiresAt, unit, round.startsOn);
  const whole = unit.every((id) => candidates.some(({ entry }) => entry.id === id));
  if (!whole || !fitTogether(days, candidates)) {
    for (const entryId of unit) {
      const candidate = candidates.find(({ entry }) => entry.id === entryId);
      const full = candidate ? fullDates(days.values(), candidate) : { dates: [], days: 0 };
      await leaveOut(work, writing, { entryId, why: whole ? 'full' : 'changed', ...full });
    }
    return [];
  }
  const bundle = candidates.length > 1 ? String(unit[0]) : null;
  const ids: number[] = [];
  for (const { entry, child, rank, slots, startsOn, endsOn } of candidates) {
    const terms = { kind: 'whole' as const, pattern: entry.pattern, startsOn, endsOn, slots, bundle };
    ids.push(
      await writeOffer(work, {
        group,
        entryId: entry.id,
        child,
        rank,
        expiresAt,
        roundId: round.id,
        ...terms,
      }),
    );
    for (const { date, from, to } of slots)
      days.set(date, withHold(days.get(date)!, from, to, child.supportWeight));
  }
  const offers = [];
  for (const id of ids) offers.push((await findOffer(tx, id))!);
  await tellAboutOffers(work, offers, 'offer');
  return ids;
}

/**
 * Writes the offers of one group of a published round, in rank order, with holds on every date of their periods. What
 * has been written already is left alone. The last group closes the round, and the ordinary queue goes on.
 */
export async function publishGroup(
  work: Work,
  { roundId, groupId }: { roundId: number; groupId: number },
): Promise<{ offerIds: number[] }> {
  const { tx, now } = work;
  const round = await findRound(tx, roundId);
  const group = await findGroup(tx, groupId);
  if (!round || !group || round.publishedPreviewId === null || round.closedAt !== null)
    return { offerIds: [] };
  const { placed } = (await findPreview(tx, round.publishedPreviewId))!.result as RoundResult;
  const here = placed.filter((place) => place.groupId === groupId && !place.stays);
  const entries = [];
  for (const { entryId } of here) entries.push(await findEntry(tx, entryId));
  await lockChildren(
    tx,
    entries.flatMap((entry) => (entry ? [entry.childId] : [])),
  );
  const stored = await lockDays(tx, { groupId, from: todayOf(work), to: horizonOf(todayOf(work)) });
  const holds = await listMatchingHolds(tx, groupId);
  await deleteHolds(
    tx,
    holds.map((hold) => hold.id),
  );
  const rule = await findOrderRule(tx, group.regionCode, todayOf(work));
  const expiresAt = answerBy(now, rule.terms.answerWorkingDays, await findOverrides(tx));
  const writing = { group, round, days: withoutMatching(stored, holds), expiresAt };

  const done = new Set((await listRoundOffers(tx, roundId)).map((offer) => offer.entryId));
  const offerIds: number[] = [];
  const todo = here.map((place) => place.entryId).filter((entryId) => !done.has(entryId));
  for (const unit of await unitsOf(work, todo)) offerIds.push(...(await offerUnit(work, writing, unit)));
  await recountDays(tx, stored);
  await finishRound(work, round, groupId);
  return { offerIds };
}

/** Closes the round with its last group. */
async function finishRound({ tx, now }: Work, round: Round, groupId: number): Promise<void> {
  await lockRound(tx, round.id);
  const others = (await listGroupsToPublish(tx, round.id)).filter((id) => id !== groupId);
  if (others.length > 0) return;
  await markRoundClosed(tx, round.id, now);
  for (const { id } of await listRoundGroups(tx, round)) planMatching(tx, now, id);
}
