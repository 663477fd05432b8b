import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { RateLimiterClusterMaster } from 'rate-limiter-flexible';
import type { Config } from '../config.ts';
import type { Serving } from './ending.ts';
import type { Services } from './pages.ts';

const PROCESS = fileURLToPath(new URL('./process.ts', import.meta.url));
const AGAIN_AFTER_MS = 1000;

/** Listens, or has ended. */
const begun = (worker: Worker) => Promise.race([once(worker, 'listening'), once(worker, 'exit')]);

/**
 * Serves pages from several processes on one port: a page keeps its process busy, and a machine has more than one core.
 * They share the database and, through this one, the counts of tries. One that dies is started again after a second;
 * where not even the first can listen, it has said why and this one ends too.
 */
export async function serveFromProcesses(config: Config, { clock, log }: Services): Promise<Serving> {
  const stopping = new AbortController();
  const { signal } = stopping;
  cluster.setupPrimary({ exec: PROCESS, args: [] });
  void new RateLimiterClusterMaster();
  // A clock of tests goes on where this one is.
  const fork = () => cluster.fork(config.startsAt === undefined ? {} : { KUNDIZ_NOW: clock() });

  async function keep(first: Worker): Promise<void> {
    for (let worker = first; ; worker = fork()) {
      const [code, by] = (await once(worker, 'exit')) as [number | null, string | null];
      if (signal.aborted) return;
      log.error({ code, signal: by }, 'a process that serves pages ended');
      await wait(AGAIN_AFTER_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
    }
  }

  const first = fork();
  await begun(first);
  if (first.isDead()) process.exit(first.process.exitCode ?? 1);
  const others = Array.from({ length: config.processes - 1 }, fork);
  const kept = [first, ...others].map(keep);
  await Promise.all(others.map(begun));
  return {
    async stop() {
      stopping.abort();
      for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGTERM');
      await Promise.all(kept);
    },
  };
}
