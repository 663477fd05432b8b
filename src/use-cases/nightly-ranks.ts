import { dateAt, type Instant } from '../domain/calendar.ts';
import type { Database } from '../data/database.ts';
import { findJob, putWatch } from '../data/planned-jobs.ts';
import { listQueuedGroups } from '../data/waiting-list.ts';
import { refreshRanks } from './ranks.ts';

const KEY = 'ranks';
/** Groups a transaction: pages write in between. */
const AT_ONCE = 20;

/**
 * Ranks every queue anew once a day, in the first round of chores after midnight: rules begin, brothers and sisters come
 * and go. False when today has had it already. Twice at once does no harm: the second finds nothing to move.
 */
export async function refreshRanksOfToday(database: Database, now: Instant): Promise<boolean> {
  const date = dateAt(now);
  const done = await database.read((tx) => findJob(tx, 'watch', KEY));
  if (doneOn(done?.payload) === date) return false;
  const groupIds = await database.read((tx) => listQueuedGroups(tx));
  for (let at = 0; at < groupIds.length; at += AT_ONCE)
    await database.write((tx) => refreshRanks(tx, now, groupIds.slice(at, at + AT_ONCE), { reordered: 1 }));
  await database.write((tx) => putWatch(tx, { date }, KEY));
  return true;
}

function doneOn(payload: unknown): unknown {
  return typeof payload === 'object' && payload !== null ? (payload as { date?: unknown }).date : undefined;
}
