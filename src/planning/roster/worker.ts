import { parentPort, workerData } from 'node:worker_threads';
import type { RosterInput } from './input.ts';
import type { Roster } from './result.ts';
import { solveRoster } from './solve.ts';

export interface Order {
  readonly input: RosterInput;
  readonly seconds: number;
}

export type Message =
  { readonly incumbent: Roster } | { readonly finished: Roster } | { readonly failed: string };

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
const tell = (message: Message): void => parentPort?.postMessage(message);

// A worker thread of its own: while HiGHS computes nothing else runs here, not even messages.
const { input, seconds } = workerData as Order;
try {
  const finished = await solveRoster(input, {
    seconds,
    onIncumbent: (incumbent) => tell({ incumbent }),
    measure: () => performance.now() / 1000,
  });
  tell({ finished });
} catch (error) {
  tell({ failed: error instanceof Error ? error.message : String(error) });
}
