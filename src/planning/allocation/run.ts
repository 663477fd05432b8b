import { Worker } from 'node:worker_threads';
import type { Compared } from './compare-rules.ts';
import type { AllocationInput } from './input.ts';
import type { Message } from './worker.ts';

/** Memory of a worker's heap: what a whole country takes (bench/allocation.ts). */
const HEAP_MEGABYTES = 384;

/** Allocates in a worker thread, so that the server answers meanwhile. Rejects when the worker fails. */
export function runAllocation(input: AllocationInput): Promise<Compared> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: input,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
  });
  const { promise, resolve, reject } = Promise.withResolvers<Compared>();
  const fail = (text: string) =>
    reject(new Error(`the allocation's worker failed: ${text.split('\n')[0]!.slice(0, 200)}`));
  worker.on('message', (message: Message) => {
    if ('failed' in message) fail(message.failed);
    else resolve(message.finished);
  });
  worker.on('error', (error) => fail(error instanceof Error ? error.message : String(error)));
  worker.on('exit', () => fail('it ended without an answer'));
  return promise;
}
