import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { addMinutes } from '../domain/calendar.ts';
import { deleteExpiredSessions } from '../data/accounts.ts';
import type { Database } from '../data/database.ts';
import { redacted } from '../data/errors.ts';
import { deleteOperationsBefore } from '../data/operations.ts';
import { extendDays } from '../use-cases/group-days.ts';

const EVERY_MS = 10 * 60_000;
const OPERATIONS_KEPT_MINUTES = 48 * 60;

interface Services {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What must be done regularly and may be done by several processes at once: each finds nothing left by the other. */
export async function doChores({ database, clock, log }: Services): Promise<void> {
  const now = clock();
  const written = await database.write((tx) => extendDays(tx, now));
  if (written > 0) log.info({ written }, 'days written up to the horizon');
  await database.write(async (tx) => {
    await deleteExpiredSessions(tx, now);
    await deleteOperationsBefore(tx, addMinutes(now, -OPERATIONS_KEPT_MINUTES));
  });
}

/** Does the chores from now on; `stop` waits for the round under way. */
export function startChores(services: Services): { stop(): Promise<void> } {
  let round = Promise.resolve();
  const timer = setInterval(() => {
    round = round
      .then(() => doChores(services))
      .catch((error: unknown) => services.log.error({ error: redacted(error) }, 'chores failed'));
  }, EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await round;
    },
  };
}
