import type { Instant } from '../domain/calendar.ts';
import { watch, worthWriting, type ClockWatch } from '../domain/clock-watch.ts';
import type { Database, Reading, Writing } from '../data/database.ts';
import { findJob, putWatch } from '../data/planned-jobs.ts';
import type { Work } from './perform.ts';

async function findWatch(tx: Reading): Promise<ClockWatch | undefined> {
  return (await findJob(tx, 'watch', 'clock'))?.payload as ClockWatch | undefined;
}

/** Looks at the clock; false while it is doubted: then nothing runs out until a person has looked. */
export async function watchClock(database: Database, now: Instant): Promise<boolean> {
  const before = await database.read(findWatch);
  const after = watch(before, now);
  if (worthWriting(before, after)) await database.write((tx) => putWatch(tx, after));
  return after.doubtedFrom === null;
}

/** Since when the clock is doubted; null while it is believed. */
export async function findDoubt(tx: Reading): Promise<Instant | null> {
  return (await findWatch(tx))?.doubtedFrom ?? null;
}

/** A person says that the clock is right: what is overdue runs out from now on. */
export async function trustClock({ tx, now }: Pick<Work, 'now'> & { tx: Writing }): Promise<void> {
  await putWatch(tx, { seenAt: now, doubtedFrom: null });
}
