import { maxOf, plainDate, type PlainDate } from '../domain/calendar.ts';
import type { Shortage } from '../domain/draft.ts';
import { lockCentres, Overtaken } from '../data/claims.ts';
import { listExpected } from '../data/expected.ts';
import { restaffDays } from '../data/day-counts.ts';
import { lockDaysOfGroups } from '../data/group-days.ts';
import { listGroups } from '../data/groups.ts';
import { listRosterDays } from '../data/standing-shifts.ts';
import { planMatching } from './matching.ts';
import { todayOf, type Work } from './perform.ts';
import { tellOfStaff } from './publication.ts';
import { restaffedDays } from './restaffing.ts';

const LAST = plainDate('2199-12-31');

export interface Restaffed {
  /** Group-days whose capacity or skills changed. */
  readonly days: number;
  readonly shortages: readonly Shortage[];
  readonly told: number;
}

/**
 * Changes something from which a centre's staff follow (a person, their leave) and staffs its published days from today
 * on anew, in one transaction under the locks of these days. What is booked stays; families are told where a day became
 * firm or falls short.
 */
export async function restaffCentre(
  work: Work,
  { centreId, from, to = LAST }: { centreId: number; from?: PlainDate; to?: PlainDate },
  change: () => Promise<void>,
): Promise<Restaffed> {
  const { tx } = work;
  const first = maxOf([from ?? todayOf(work), todayOf(work)]);
  const lastPublished = async () =>
    maxOf([...(await listRosterDays(tx, { centreId, from: first, to })).keys()]);
  const last = await lastPublished();
  const groupIds = (await listGroups(tx, centreId)).map((group) => group.id);
  const span = { groupIds, from: first, to: last ?? first };
  const locked = last === undefined ? [] : await lockDaysOfGroups(tx, groupIds, span);
  await lockCentres(tx, [centreId]);
  // A roster that was being published knows nothing of the change, nor the change of its days.
  const latest = await lastPublished();
  if (latest !== undefined && (last === undefined || latest > last)) throw new Overtaken();
  await change();
  const all = await restaffedDays(tx, locked);
  const changed = all.filter(
    ({ before, after }) =>
      JSON.stringify([before.capacity, before.skillsOnDuty]) !==
      JSON.stringify([after.capacity, after.skillsOnDuty]),
  );
  const [before, after] = [changed.map((day) => day.before), changed.map((day) => day.after)];
  await restaffDays(tx, after);
  // More staff than before may carry more children: whoever waits is looked after first.
  for (const groupId of new Set(after.map((day) => day.groupId))) planMatching(tx, work.now, groupId);
  const expected = changed.length === 0 ? [] : await listExpected(tx, span);
  const told = await tellOfStaff(work, before, after, expected);
  return { days: after.length, ...told };
}
