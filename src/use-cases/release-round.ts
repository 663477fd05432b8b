import { dateAt, type Instant } from '../domain/calendar.ts';
import { SYSTEM } from '../domain/people.ts';
import { listCentres } from '../data/centres.ts';
import type { Database } from '../data/database.ts';
import { findJob, putWatch } from '../data/planned-jobs.ts';
import { askAboutUnusedHours } from './unused-hours.ts';

const KEY = 'unused-hours';

/**
 * Asks families about unused hours once a day, a centre a transaction; gives how many were asked. A round that is cut
 * short, or twice at once, asks nobody twice: whoever was asked is not asked again.
 */
export async function askFamiliesOfToday(
  database: Database,
  now: Instant,
  { weeks, running }: { weeks: number | undefined; running: () => Promise<boolean> },
): Promise<number> {
  const date = dateAt(now);
  const done = await database.read((tx) => findJob(tx, 'watch', KEY));
  const payload = done?.payload as { readonly date?: unknown } | undefined;
  if (payload?.date === date) return 0;
  let asked = 0;
  for (const { id: centreId } of await database.read((tx) => listCentres(tx))) {
    if (!(await running())) return asked;
    asked += await database.write((tx) =>
      askAboutUnusedHours({ tx, now, actor: SYSTEM }, { centreId, ...(weeks !== undefined && { weeks }) }),
    );
  }
  await database.write((tx) => putWatch(tx, { date }, KEY));
  return asked;
}
