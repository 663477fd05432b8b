import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { redacted } from '../data/errors.ts';
import type { Instant } from '../domain/calendar.ts';

const AGAIN_AFTER_MS = 1000;

/** What the thread is told at its start; the rest it reads from the environment, as the server does. */
export interface Told {
  readonly now: Instant;
}

export interface Services {
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Chores, jobs and messages in a thread of their own, with connections of their own: on SQLite a transaction keeps its
 * thread busy, and pages must not wait for a night's thousand expired offers. A thread that dies is started again; what it
 * had begun is rolled back and still due. `stop` waits for what is under way.
 */
export function startThread(file: URL, { clock, log }: Services): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  let worker: Worker;
  const living = (async () => {
    while (!signal.aborted) {
      const told: Told = { now: clock() };
      worker = new Worker(file, { workerData: told });
      worker.on('error', (error) => log.error({ error: redacted(error) }, 'the thread of jobs failed'));
      await new Promise((resolve) => worker.once('exit', resolve));
      if (!signal.aborted) await wait(AGAIN_AFTER_MS, undefined, { signal }).catch(() => undefined);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage('stop');
      await living;
    },
  };
}
