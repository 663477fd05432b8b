import { parentPort, workerData } from 'node:worker_threads';
import { clockOf, readConfig } from './config.ts';
import { redacted } from './data/errors.ts';
import { openDatabase } from './data/open-database.ts';
import { startChores } from './jobs/chores.ts';
import { smsGateway, smtpGateway } from './jobs/gateways.ts';
import { startOutbox } from './jobs/outbox.ts';
import { startRunner } from './jobs/runner.ts';
import type { Told } from './jobs/thread.ts';
import { logOf } from './log.ts';

/** What goes on without anybody asking, in a thread of its own: see jobs/thread.ts. */

const { now } = workerData as Told;
const config = readConfig(process.env);
const clock = clockOf(config, now);
const log = logOf(config);
const database = await openDatabase(config.database);
const { baseUrl, quietHours: quiet, unusedWeeks } = config;

const under = [
  startChores({ database, clock, log, unusedWeeks }),
  startRunner({ database, clock, log, quiet }),
  startOutbox({
    database,
    clock,
    log,
    baseUrl,
    quiet,
    smsReplies: config.smsReplySecret !== undefined,
    mail: config.smtpUrl === undefined ? undefined : smtpGateway(config.smtpUrl),
    sms: config.smsUrl === undefined ? undefined : smsGateway(config.smsUrl),
  }),
];
process.on('unhandledRejection', (error) => log.error({ error: redacted(error) }, 'unhandled'));

parentPort?.once('message', () => void stop());

async function stop(): Promise<void> {
  await Promise.all(under.map((each) => each.stop()));
  await database.close();
  process.exit(0);
}
