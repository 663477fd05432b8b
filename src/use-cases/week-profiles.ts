import {
  addDays,
  addMinutes,
  dateAt,
  startOfWeek,
  type Instant,
  type PlainDate,
} from '../domain/calendar.ts';
import { profileOf } from '../domain/week-profile.ts';
import type { Database } from '../data/database.ts';
import { listProfiledDays, listUnprofiled, putProfiles } from '../data/week-profiles.ts';

/** Weeks of which profiles are kept: what is asked for before and after them is counted as it is asked. */
const WEEKS_BACK = 8;
const WEEKS_AHEAD = 8;

/** Profiles younger than this are left as they are, so that of several processes one does the work. */
const FRESH_MINUTES = 9;

/** The Mondays of the weeks that are kept on a day. */
export function profiledWeeks(today: PlainDate): PlainDate[] {
  const first = addDays(startOfWeek(today), -7 * WEEKS_BACK);
  return Array.from({ length: WEEKS_BACK + 1 + WEEKS_AHEAD }, (_, at) => addDays(first, 7 * at));
}

/** Rewrites one centre's profiles. The days are read outside the writing transaction, which is then a matter of a millisecond. */
export async function rewriteProfiles(database: Database, now: Instant, centreId: number): Promise<void> {
  const weeks = profiledWeeks(dateAt(now));
  const range = { from: weeks[0]!, to: addDays(weeks.at(-1)!, 6) };
  const days = await database.read((tx) => listProfiledDays(tx, centreId, range));
  const byWeek = Map.groupBy(days, (day) => startOfWeek(day.date));
  const rows = weeks.map((week) => ({
    centreId,
    week,
    asAt: now,
    ...profileOf(byWeek.get(week) ?? []),
  }));
  await database.write((tx) => putProfiles(tx, rows));
}

/** Rewrites the profiles that have grown old, a centre a transaction; `pause` comes between two, and may end it. */
export async function rewriteWeekProfiles(
  database: Database,
  now: Instant,
  pause: () => Promise<boolean>,
): Promise<number> {
  const week = startOfWeek(dateAt(now));
  const centres = await database.read((tx) => listUnprofiled(tx, week, addMinutes(now, -FRESH_MINUTES)));
  let written = 0;
  for (const centreId of centres) {
    if (!(await pause())) break;
    await rewriteProfiles(database, now, centreId);
    written++;
  }
  return written;
}
