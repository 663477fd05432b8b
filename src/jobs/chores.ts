import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { addMinutes } from '../domain/calendar.ts';
import { deleteExpiredSessions } from '../data/accounts.ts';
import type { Database } from '../data/database.ts';
import { redacted } from '../data/errors.ts';
import { deleteOperationsBefore } from '../data/operations.ts';
import { extendDays } from '../use-cases/group-days.ts';
import { refreshRanksOfToday } from '../use-cases/nightly-ranks.ts';
import { seedNorms } from '../use-cases/norms.ts';
import { askFamiliesOfToday } from '../use-cases/release-round.ts';
import { rewriteWeekProfiles } from '../use-cases/week-profiles.ts';

const EVERY_MS = 10 * 60_000;
const OPERATIONS_KEPT_MINUTES = 48 * 60;

interface Services {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  /** How many weeks are looked back on for hours that stay unused. */
  readonly unusedWeeks?: number | undefined;
}

/** What must be done regularly and may be done by several processes at once: each finds nothing left by the other. */
export async function doChores({ database, clock, log }: Services): Promise<void> {
  const now = clock();
  const written = await database.write((tx) => extendDays(tx, now));
  if (written > 0) log.info({ written }, 'days written up to the horizon');
  await database.write(async (tx) => {
    await seedNorms(tx);
    await deleteExpiredSessions(tx, now);
    await deleteOperationsBefore(tx, addMinutes(now, -OPERATIONS_KEPT_MINUTES));
  });
  if (await refreshRanksOfToday(database, now)) log.info('queues ranked anew');
}

/**
 * Does the chores from now on, and at once those that pages can do without: profiles that are not written yet are
 * counted as they are asked for. `stop` waits for the round under way, which it cuts short.
 */
export function startChores(services: Services): { stop(): Promise<void> } {
  let stopped = false;
  const running = async () => {
    await nextTurn();
    return !stopped;
  };
  const tell = (error: unknown) => services.log.error({ error: redacted(error) }, 'chores failed');
  const profiles = async () => {
    await rewriteWeekProfiles(services.database, services.clock(), running);
  };
  const questions = async () => {
    const { database, clock, log, unusedWeeks: weeks } = services;
    const asked = await askFamiliesOfToday(database, clock(), { weeks, running });
    if (asked > 0) log.info({ asked }, 'families asked about unused hours');
  };
  let round = profiles().then(questions).catch(tell);
  const timer = setInterval(() => {
    round = round
      .then(() => doChores(services))
      .then(profiles)
      .then(questions)
      .catch(tell);
  }, EVERY_MS);
  timer.unref();
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await round;
    },
  };
}
