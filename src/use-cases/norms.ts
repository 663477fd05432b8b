import { addDays, plainDate, type PlainDate } from '../domain/calendar.ts';
import type { Shortage } from '../domain/draft.ts';
import { horizonOf } from '../domain/horizon.ts';
import { FIRST_NORMS, wrongNorm, type NormSet, type WrongNorm } from '../domain/norms.ts';
import { countDay } from '../domain/places.ts';
import { FIRST_WORK_TERMS, LABOUR_CODE } from '../domain/work-terms.ts';
import { lockCentres, Overtaken } from '../data/claims.ts';
import type { Reading, Writing } from '../data/database.ts';
import { insertEvent } from '../data/events.ts';
import { listExpected } from '../data/expected.ts';
import { restaffDays } from '../data/day-counts.ts';
import { findDays, lockDaysOfGroups, type StoredDay } from '../data/group-days.ts';
import {
  countNorms,
  insertFirstNorms,
  insertNorms,
  insertWorkTerms,
  listNorms,
  listPublishedGroups,
  listWorkTerms,
} from '../data/norms.ts';
import { mustAdministerSystem, refuseErrors } from './administration.ts';
import { planMatching } from './matching.ts';
import { authorOf, todayOf, type Work } from './perform.ts';
import { shortagesOf, tellOfStaff } from './publication.ts';
import { restaffedDays } from './restaffing.ts';

const SINCE = plainDate('2015-01-01');

/** Writes the provisional norms and working-time settings into an empty table: at the first start, and in the demo. */
export async function seedNorms(tx: Writing): Promise<void> {
  if ((await countNorms(tx)) === 0)
    await insertFirstNorms(
      tx,
      FIRST_NORMS.map((norm) => ({ ...norm, skills: [...norm.skills], ratios: [...norm.ratios] })),
    );
  if ((await listWorkTerms(tx)).length === 0)
    await insertWorkTerms(tx, { startsOn: SINCE, terms: FIRST_WORK_TERMS, doubt: LABOUR_CODE });
}

export type NormProblem =
  WrongNorm | { readonly field: 'startsOn'; readonly problem: 'past' | 'exists'; readonly level?: undefined };

/** Why a set cannot be added: its own numbers, a day gone, or a day on which one begins already. */
export async function normProblems(tx: Reading, set: NormSet, today: PlainDate): Promise<NormProblem[]> {
  const same = (await listNorms(tx)).some(
    (each) => each.category === set.category && each.startsOn === set.startsOn,
  );
  const problems: NormProblem[] = [...wrongNorm(set)];
  if (set.startsOn < today) problems.push({ field: 'startsOn', problem: 'past' });
  else if (same) problems.push({ field: 'startsOn', problem: 'exists' });
  return problems;
}

/** The days on which a set would hold: until the next one of its category, or the horizon. */
async function spanOf(tx: Reading, set: NormSet, today: PlainDate) {
  const later = (await listNorms(tx))
    .filter((each) => each.category === set.category && each.startsOn > set.startsOn)
    .map((each) => each.startsOn);
  const next = later.toSorted()[0];
  const span = {
    category: set.category,
    from: set.startsOn,
    to: next === undefined ? horizonOf(today) : addDays(next, -1),
  };
  return { ...span, groupIds: await listPublishedGroups(tx, span) };
}

/** What a set changes on published days; minutes of places that staff can look after, at most the room. */
export interface NormEffect {
  readonly groupDays: number;
  readonly staffedMinutesBefore: number;
  readonly staffedMinutesAfter: number;
  /** Days with fewer staff than what is booked, before and after. */
  readonly shortBefore: number;
  readonly shortages: readonly Shortage[];
}

const minutesOf = (days: readonly StoredDay[]): number =>
  days.reduce(
    (sum, day) => sum + (countDay(day, { bookings: [], holds: [], attendedMinutes: 0 }).staffedMinutes ?? 0),
    0,
  );

/** What adding a set would do to days published already. Nothing is written. */
export async function effectOfNorm(tx: Reading, set: NormSet, at: Pick<Work, 'now'>): Promise<NormEffect> {
  const { groupIds, ...span } = await spanOf(tx, set, todayOf(at));
  const days: StoredDay[] = [];
  for (const groupId of groupIds) days.push(...(await findDays(tx, { groupId, ...span })));
  const changed = await restaffedDays(tx, days, { norms: [...(await listNorms(tx)), set] });
  const [before, after] = [changed.map((day) => day.before), changed.map((day) => day.after)];
  const expected = await listExpected(tx, { groupIds, ...span });
  return {
    groupDays: changed.length,
    staffedMinutesBefore: minutesOf(before),
    staffedMinutesAfter: minutesOf(after),
    shortBefore: shortagesOf(at, before, expected).length,
    shortages: shortagesOf(at, after, expected),
  };
}

/**
 * Adds a set that holds from a day on, today at the earliest; published days from then on are staffed by it in the same
 * transaction, and families are told where a day becomes firm or falls short. Refuses a norm of 0: nobody could be
 * looked after under it.
 */
export async function addNormSet(work: Work, set: NormSet): Promise<{ groupDays: number; told: number }> {
  const { tx, now, actor } = work;
  mustAdministerSystem(work);
  refuseErrors(
    (await normProblems(tx, set, todayOf(work))).map(({ field, problem }) => ({
      field,
      reason: problem === 'past' ? 'past' : 'invalid',
      detail: problem,
    })),
  );
  const { groupIds, ...span } = await spanOf(tx, set, todayOf(work));
  const locked = await lockDaysOfGroups(tx, groupIds, span);
  await lockCentres(tx);
  // A roster that was being published was staffed by the norms of before.
  if ((await spanOf(tx, set, todayOf(work))).groupIds.join() !== groupIds.join()) throw new Overtaken();
  await insertNorms(tx, [
    { ...set, skills: [...set.skills], ratios: [...set.ratios], createdAt: now, createdBy: authorOf(actor) },
  ]);
  const changed = await restaffedDays(tx, locked);
  const [before, after] = [changed.map((day) => day.before), changed.map((day) => day.after)];
  await restaffDays(tx, after);
  for (const groupId of new Set(after.map((day) => day.groupId))) planMatching(tx, now, groupId);
  const { told, shortages } = await tellOfStaff(
    work,
    before,
    after,
    await listExpected(tx, { groupIds, ...span }),
  );
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'norm.added',
    data: {
      category: set.category,
      startsOn: set.startsOn,
      groupDays: after.length,
      short: shortages.length,
    },
  });
  return { groupDays: after.length, told };
}
