import { dateAt, type Instant } from '../domain/calendar.ts';
import type { Database } from '../data/database.ts';
import { findJob, putWatch } from '../data/planned-jobs.ts';
import { refreshAllRanks } from './ranks.ts';

const KEY = 'ranks';

/**
 * Ranks every queue anew once a day, in the first round of chores after midnight: rules begin, brothers and sisters come
 * and go. False when today has had it already. Twice at once does no harm: the second finds nothing to move.
 */
export async function refreshRanksOfToday(database: Database, now: Instant): Promise<boolean> {
  const date = dateAt(now);
  const done = await database.read((tx) => findJob(tx, 'watch', KEY));
  if (doneOn(done?.payload) === date) return false;
  await database.write(async (tx) => {
    await refreshAllRanks(tx, now);
    await putWatch(tx, { date }, KEY);
  });
  return true;
}

function doneOn(payload: unknown): unknown {
  return typeof payload === 'object' && payload !== null ? (payload as { date?: unknown }).date : undefined;
}
