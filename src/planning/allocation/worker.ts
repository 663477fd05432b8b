import { parentPort, workerData } from 'node:worker_threads';
import { compareRules, type Compared } from './compare-rules.ts';
import type { AllocationInput } from './input.ts';

export type Message = { readonly finished: Compared } | { readonly failed: string };

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
const tell = (message: Message): void => parentPort?.postMessage(message);

try {
  tell({ finished: compareRules(workerData as AllocationInput) });
} catch (error) {
  tell({ failed: error instanceof Error ? error.message : String(error) });
}
