import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { addMinutes, type Instant } from '../domain/calendar.ts';
import { SYSTEM } from '../domain/people.ts';
import type { QuietHours } from '../domain/quiet-hours.ts';
import type { Database } from '../data/database.ts';
import { redacted } from '../data/errors.ts';
import { listOffersToRemind, listOverdueOffers } from '../data/due-offers.ts';
import { failJob, finishJob, hasDueJob, leaseJobs, type Job, type JobKind } from '../data/planned-jobs.ts';
import { listDueRescues } from '../data/rescues.ts';
import { listLostSwaps } from '../data/shift-swaps.ts';
import { withdrawEmptied } from '../use-cases/emptied-offers.ts';
import { matchGroup, releaseMatching } from '../use-cases/matching.ts';
import { expireOffer, remindOfOffer } from '../use-cases/offers.ts';
import { publishGroup } from '../use-cases/round-publication.ts';
import type { Work } from '../use-cases/perform.ts';
import { closeRescue } from '../use-cases/rescues.ts';
import { listDueOpenShifts, settleOpenShift } from '../use-cases/open-shifts.ts';
import { endLostSwap } from '../use-cases/swap-endings.ts';
import { watchClock } from '../use-cases/clock-watch.ts';

const EVERY_MS = 1000;
const LEAST_REST_MS = 10;
const RESTS_PER_WORK = 0.5;
/** Of each kind a round; the next round follows at once while there is more. */
const AT_ONCE = 20;
/** A job that was taken and not finished, its process being dead, is due again after so long. */
const LEASE_MINUTES = 1;
const RETRY_AFTER = [1, 5, 30, 120];

export interface Runner {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  /** When families are not asked anything. */
  readonly quiet?: QuietHours | undefined;
  /** What happens after a transaction that took so many milliseconds; nothing unless told. */
  readonly rest?: (tookMs: number) => Promise<unknown>;
}

type Handler = (work: Work, job: Job, runner: Runner) => Promise<unknown>;

const HANDLERS: Readonly<Record<Exclude<JobKind, 'watch'>, Handler>> = {
  match: (work, job, { quiet }) => matchGroup(work, { groupId: Number(job.key), ...(quiet && { quiet }) }),
  emptied: (work, job) => withdrawEmptied(work, { groupId: Number(job.key) }),
  publish: (work, job) => {
    const [roundId = 0, groupId = 0] = job.key.split(' ').map(Number);
    return publishGroup(work, { roundId, groupId });
  },
};

/** Runs a job and finishes it in one transaction: whatever dies in between leaves it to be done again. */
async function runJob(runner: Runner, job: Job): Promise<void> {
  const { database, clock, log } = runner;
  if (job.kind === 'watch') return;
  const handler = HANDLERS[job.kind];
  try {
    await database.write(async (tx) => {
      await handler({ tx, now: clock(), actor: SYSTEM }, job, runner);
      await finishJob(tx, job);
    });
  } catch (error) {
    log.error({ job: job.id, kind: job.kind, attempt: job.attempts, error: redacted(error) }, 'job failed');
    const minutes = RETRY_AFTER[Math.min(job.attempts, RETRY_AFTER.length) - 1] ?? 1;
    const told = error instanceof Error ? error.name : 'failed';
    await database.write(async (tx) => {
      // Half-hours never stay held because their matching fails: they are everybody's meanwhile.
      if (job.kind === 'match')
        await releaseMatching({ tx, now: clock(), actor: SYSTEM }, { groupId: Number(job.key) });
      await failJob(tx, job, addMinutes(clock(), minutes), told);
    });
  }
}

/** Does something, then rests. */
async function withRest({ rest }: Runner, work: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  try {
    await work();
  } finally {
    await rest?.(performance.now() - start);
  }
}

/** Each of some things in a transaction of its own, so that pages pass in between; one failure stops no other. */
async function each(
  runner: Runner,
  what: string,
  ids: readonly number[],
  work: (work: Work, id: number) => Promise<unknown>,
): Promise<void> {
  for (const id of ids) {
    try {
      await withRest(runner, () =>
        runner.database.write((tx) => work({ tx, now: runner.clock(), actor: SYSTEM }, id)),
      );
    } catch (error) {
      runner.log.error({ [what]: id, error: redacted(error) }, `${what} failed`);
    }
  }
}

/**
 * One round: expiry first, then reminders, then planned jobs; gives whether there may be more. Several processes may run
 * rounds at once: every step looks again under its locks and finds nothing left by the other.
 */
export async function runRound(runner: Runner): Promise<boolean> {
  const { database, clock } = runner;
  const now: Instant = clock();
  // A clock that has jumped would end every offer at once: that waits for a person.
  const trusted = await watchClock(database, now);
  const [overdue, due, closing, uncovered, lost] = await database.read(async (tx) => [
    trusted ? await listOverdueOffers(tx, now, AT_ONCE) : [],
    trusted ? await listOffersToRemind(tx, now, AT_ONCE) : [],
    trusted ? await listDueRescues(tx, now, AT_ONCE) : [],
    trusted ? await listDueOpenShifts(tx, now, AT_ONCE) : [],
    trusted ? await listLostSwaps(tx, { now, limit: AT_ONCE }) : [],
  ]);
  await each(runner, 'rescue', closing, (work, rescueId) => closeRescue(work, { rescueId }));
  await each(runner, 'openShift', uncovered, (work, openShiftId) => settleOpenShift(work, { openShiftId }));
  await each(runner, 'swap', lost, (work, swapId) => endLostSwap(work, { swapId }));
  await each(runner, 'expiry', overdue, (work, offerId) => expireOffer(work, { offerId }));
  await each(runner, 'reminder', due, (work, offerId) => remindOfOffer(work, { offerId }));
  const jobs = (await database.read((tx) => hasDueJob(tx, now)))
    ? await database.write((tx) => leaseJobs(tx, now, addMinutes(now, LEASE_MINUTES), AT_ONCE))
    : [];
  for (const job of jobs) await withRest(runner, () => runJob(runner, job));
  const full = [overdue, due, closing, uncovered, lost].some((found) => found.length === AT_ONCE);
  return full || jobs.length > 0;
}

/** Rounds until nothing is due: for tests and for the first moment after a start. */
export async function runAll(runner: Runner, most = 1000): Promise<void> {
  for (let round = 0; round < most; round++) if (!(await runRound(runner))) return;
}

async function runUntil(runner: Runner, isStopped: () => boolean): Promise<void> {
  while (!isStopped() && (await runRound(runner)));
}

/**
 * SQLite has one writer, and one transaction after the other would leave it to the runner until nothing is due: a pause
 * follows each, in which a booking that waits takes its turn.
 */
function restFor({ dialect }: Database, tookMs: number): Promise<unknown> {
  return wait(dialect === 'sqlite' ? LEAST_REST_MS + RESTS_PER_WORK * tookMs : 0);
}

/** Runs what is due from now on; `stop` waits for the round under way. */
export function startRunner(given: Runner): { stop(): Promise<void> } {
  const runner: Runner = { rest: (tookMs) => restFor(given.database, tookMs), ...given };
  let stopped = false;
  let busy = false;
  let round: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    round = runUntil(runner, () => stopped)
      .catch((error: unknown) => runner.log.error({ error: redacted(error) }, 'jobs failed'))
      .finally(() => (busy = false));
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
