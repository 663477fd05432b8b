import type { PlainDate } from '../domain/calendar.ts';
import { refuse } from '../domain/refusal.ts';
import { lockCentres } from '../data/claims.ts';
import { insertEvent } from '../data/events.ts';
import { listExpected } from '../data/expected.ts';
import { restaffDays } from '../data/day-counts.ts';
import { lockDaysOfGroups, type StoredDay } from '../data/group-days.ts';
import { listGroups, type Group } from '../data/groups.ts';
import { countEdit, lockRoster } from '../data/rosters.ts';
import { listRosterDays } from '../data/standing-shifts.ts';
import { planMatching } from './matching.ts';
import { authorOf, type Work } from './perform.ts';
import { tellOfStaff } from './publication.ts';
import { restaffedDays } from './restaffing.ts';

/** A centre's day under the locks of all its groups: what publishing, leave and open shifts of that day wait for. */
export interface LockedDay {
  readonly centreId: number;
  readonly date: PlainDate;
  readonly groups: readonly Group[];
  readonly days: readonly StoredDay[];
  /** The roster that holds on the day; null where none is published. */
  readonly rosterId: number | null;
}

export async function lockCentreDay(
  { tx }: Work,
  { centreId, date }: { readonly centreId: number; readonly date: PlainDate },
): Promise<LockedDay> {
  const groups = await listGroups(tx, centreId);
  const groupIds = groups.map((group) => group.id);
  const days = await lockDaysOfGroups(tx, groupIds, { from: date, to: date });
  await lockCentres(tx, [centreId]);
  const held = await listRosterDays(tx, { centreId, from: date, to: date });
  return { centreId, date, groups, days, rosterId: held.get(date) ?? null };
}

/**
 * Changes a shift of a published day and staffs the day anew, in the transaction and under the locks of the caller: its
 * capacity, skills and places follow, families are told where it becomes firm or falls short, and the roster's history
 * keeps the edit. Refuses `stale` where no roster holds on the day any more.
 */
export async function editStanding(
  work: Work,
  locked: LockedDay,
  edit: { readonly kind: string; readonly data: Readonly<Record<string, unknown>> },
  change: (rosterId: number) => Promise<void>,
): Promise<readonly StoredDay[]> {
  const { tx, now, actor } = work;
  const { centreId, date, groups, days } = locked;
  const rosterId = locked.rosterId ?? refuse('stale');
  await lockRoster(tx, rosterId);
  await change(rosterId);
  const restaffed = await restaffedDays(tx, days);
  const [before, after] = [restaffed.map((day) => day.before), restaffed.map((day) => day.after)];
  await restaffDays(tx, after);
  for (const group of groups) planMatching(tx, now, group.id);
  const expected = await listExpected(tx, {
    groupIds: groups.map((group) => group.id),
    from: date,
    to: date,
  });
  await tellOfStaff(work, before, after, expected);
  await countEdit(tx, rosterId);
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'roster.edited',
    centreId,
    data: { rosterId, edit: edit.kind, date, ...edit.data },
  });
  return after;
}
