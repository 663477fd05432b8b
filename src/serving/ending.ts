import type { Logger } from 'pino';
import { redacted } from '../data/errors.ts';

const GRACE_MS = 10_000;

/** What runs until it is stopped; what is under way ends first. */
export interface Serving {
  stop(): Promise<void>;
}

/** Ends the process in order at a signal, and logs what nobody waited for. */
export function endInOrder(serving: Serving, log: Logger): void {
  process.on('unhandledRejection', (error) => log.error({ error: redacted(error) }, 'unhandled'));
  let ending = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (ending) return;
      ending = true;
      setTimeout(() => process.exit(1), GRACE_MS).unref();
      void serving.stop().then(() => process.exit(0));
    });
}
