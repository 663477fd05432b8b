import { addDays, dateAt, datesBetween, maxOf, type Instant, type PlainDate } from '../domain/calendar.ts';
import { horizonOf } from '../domain/horizon.ts';
import { openingOn } from '../domain/opening.ts';
import { countDay } from '../domain/places.ts';
import { insertMany } from '../data/bulk.ts';
import { lockCentres } from '../data/claims.ts';
import type { Reading, Writing } from '../data/database.ts';
import { lastDayOfGroups } from '../data/group-days.ts';
import { findOpeningFacts, lockAllGroups, type OpeningFacts } from '../data/groups.ts';

export interface GroupSpan {
  readonly id: number;
  readonly centreId: number;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate | null;
}

/** The row of a day on which nobody has claimed anything yet. */
export function emptyDay(group: GroupSpan, date: PlainDate, facts: OpeningFacts) {
  const opening = openingOn(
    facts.terms.get(group.id) ?? [],
    group.endsOn,
    facts.closures.get(group.id) ?? [],
    facts.overrides,
    date,
  );
  const count = countDay({ ...opening, capacity: null }, { bookings: [], holds: [], attendedMinutes: 0 });
  return { groupId: group.id, date, ...opening, ...count };
}

/** Writes the days of some groups between two dates; they must not exist yet. */
export async function insertDays(
  tx: Writing,
  groups: readonly GroupSpan[],
  from: PlainDate,
  to: PlainDate,
): Promise<number> {
  const facts = await findOpeningFacts(tx, groups);
  const rows = groups.flatMap((group) =>
    datesBetween(maxOf([from, group.startsOn]), to).map((date) => emptyDay(group, date, facts)),
  );
  await insertMany(tx, tx.t.groupDay, rows);
  return rows.length;
}

/** Writes a new group's days from its beginning to the end of the 13th month ahead. */
export async function openGroupDays(tx: Writing, now: Instant, groups: readonly GroupSpan[]): Promise<void> {
  const horizon = horizonOf(dateAt(now));
  for (const group of groups) await insertDays(tx, [group], group.startsOn, horizon);
}

/** Groups whose days do not reach the horizon yet, with their last day. */
async function findShortGroups(tx: Reading, now: Instant) {
  const horizon = horizonOf(dateAt(now));
  return (await lastDayOfGroups(tx)).filter((group) => group.lastDay === null || group.lastDay < horizon);
}

/** Extends every group's days to the horizon: at start, before the server listens, and each night. */
export async function extendDays(tx: Writing, now: Instant): Promise<number> {
  const horizon = horizonOf(dateAt(now));
  let written = 0;
  if ((await findShortGroups(tx, now)).length === 0) return written;
  // Closures and the calendar are read under the centres' locks, or the new days might miss one that is being written.
  await lockCentres(tx);
  // Another process may be at it: whoever waited finds nothing left to write.
  await lockAllGroups(tx);
  const short = await findShortGroups(tx, now);
  for (const [lastDay, groups] of Map.groupBy(short, (group) => group.lastDay)) {
    if (lastDay !== null) written += await insertDays(tx, groups, addDays(lastDay, 1), horizon);
    else for (const group of groups) written += await insertDays(tx, [group], group.startsOn, horizon);
  }
  return written;
}
