import { once } from 'node:events';
import type { Logger } from 'pino';
import { createApp } from '../app.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { openDatabase } from '../data/open-database.ts';
import { loadAssets } from '../web/assets.ts';
import { createLimits } from '../web/limits.ts';
import type { Serving } from './ending.ts';

export interface Services {
  readonly clock: Clock;
  readonly log: Logger;
}

/** Serves pages from this process, on a migrated database. Rejects where it cannot listen. */
async function servePages(config: Config, { clock, log }: Services): Promise<Serving> {
  const database = await openDatabase(config.database);
  loadAssets();
  const app = createApp({
    database,
    clock,
    log,
    limits: createLimits(config.limits),
    baseUrl: config.baseUrl,
    development: config.environment === 'development',
    demo: config.demo,
    smsReplySecret: config.smsReplySecret,
  });
  const server = app.listen(config.port, config.host);
  await once(server, 'listening');
  return {
    /** Requests under way end first. */
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await closed;
      await database.close();
    },
  };
}

/** Serves pages from this process; where it cannot listen it says why, and ends. */
export async function listenOrExit(config: Config, services: Services): Promise<Serving> {
  try {
    return await servePages(config, services);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const taken = code === 'EADDRINUSE';
    const why = taken ? `port ${config.port} is in use: set PORT to another one` : message;
    process.stderr.write(`kundiz: ${why}\n`);
    process.exit(1);
  }
}
