import { Worker } from 'node:worker_threads';
import type { RosterInput } from './input.ts';
import type { Roster } from './result.ts';
import type { Message, Order } from './worker.ts';

/** Memory of a worker's heap, and of what is new in it; HiGHS has its own beside it. */
const HEAP_MEGABYTES = 160;
const NEW_MEGABYTES = 48;

export interface RunOptions {
  /** Seconds after which the best found is given. */
  readonly seconds: number;
  /** Called with each better roster while the search goes on. */
  readonly onIncumbent?: (roster: Roster) => void;
}

export interface RosterRun {
  /** The best roster; undefined when it was cancelled before there was one. Rejects when the worker fails without any. */
  readonly finished: Promise<Roster | undefined>;
  /** Ends the search at once (some milliseconds); `finished` then gives the best found so far. */
  cancel(): Promise<Roster | undefined>;
}

/**
 * Makes a roster in a worker thread, so that the server answers meanwhile. An interrupt flag would be looked at by HiGHS
 * after seconds only: cancelling ends the thread, and the best roster is kept here.
 */
export function runRoster(input: RosterInput, { seconds, onIncumbent }: RunOptions): RosterRun {
  const order: Order = { input, seconds };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES, maxYoungGenerationSizeMb: NEW_MEGABYTES },
  });
  let best: Roster | undefined;
  const { promise, resolve, reject } = Promise.withResolvers<Roster | undefined>();
  const fail = (text: string): void => {
    if (best === undefined)
      reject(new Error(`the roster's worker failed: ${text.split('\n')[0]!.slice(0, 200)}`));
    else resolve(best);
  };
  worker.on('message', (message: Message) => {
    if ('failed' in message) return fail(message.failed);
    best = 'finished' in message ? message.finished : message.incumbent;
    if ('finished' in message) resolve(best);
    else onIncumbent?.(best);
  });
  worker.on('error', (error) => fail(error instanceof Error ? error.message : String(error)));
  worker.on('exit', () => resolve(best));
  return {
    finished: promise,
    cancel: async () => {
      await worker.terminate();
      return promise;
    },
  };
}
