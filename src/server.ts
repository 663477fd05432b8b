import { once } from 'node:events';
import { pino } from 'pino';
import { migrateDatabase } from '../db/migrate.ts';
import { createApp } from './app.ts';
import { clockOf, ConfigError, readConfig, type Config } from './config.ts';
import { countPeople } from './data/accounts.ts';
import { redacted } from './data/errors.ts';
import { openDatabase } from './data/open-database.ts';
import { doChores } from './jobs/chores.ts';
import { startThread } from './jobs/thread.ts';
import { loadAssets } from './web/assets.ts';
import { createLimits } from './web/limits.ts';

const GRACE_MS = 10_000;

function configOrExit(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const line of error.message.split('\n')) console.error(`kundiz: ${line}`);
    process.exit(2);
  }
}

const config = configOrExit();
const log = pino({ level: config.environment === 'production' ? 'info' : 'warn' }, pino.destination(2));
const clock = clockOf(config);

await migrateDatabase(config.database);
const database = await openDatabase(config.database);
const empty = (await database.read(countPeople)) === 0;
if (config.demo && empty) {
  const { loadDemo } = await import('../db/seed/demo.ts');
  await loadDemo(database, { now: clock(), onProgress: showProgress });
}
await doChores({ database, clock, log });
const { baseUrl } = config;
loadAssets();

const development = config.environment === 'development';
const app = createApp({
  database,
  clock,
  log,
  limits: createLimits(config.limits),
  baseUrl,
  development,
  demo: config.demo,
  smsReplySecret: config.smsReplySecret,
});
const server = app.listen(config.port, config.host);
server.on('error', (error: NodeJS.ErrnoException) => {
  const taken = error.code === 'EADDRINUSE';
  console.error(
    `kundiz: ${taken ? `port ${config.port} is in use: set PORT to another one` : error.message}`,
  );
  process.exit(1);
});
await once(server, 'listening');
const background = startThread(new URL('./background.ts', import.meta.url), { clock, log });
await greet();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop());
process.on('unhandledRejection', (error) => log.error({ error: redacted(error) }, 'unhandled'));

/** Ends the requests under way, then closes the database. */
async function stop(): Promise<void> {
  setTimeout(() => process.exit(1), GRACE_MS).unref();
  server.close();
  server.closeIdleConnections();
  await Promise.all([once(server, 'close'), background.stop()]);
  await database.close();
  process.exit(0);
}

async function greet(): Promise<void> {
  console.log(`Kundiz: ${baseUrl}`);
  if (config.demo) {
    const { DEMO_ACCOUNTS, DEMO_PASSWORD } = await import('../db/seed/accounts.ts');
    console.log(`Demo accounts, password ${DEMO_PASSWORD}:`);
    for (const { login, role } of DEMO_ACCOUNTS) console.log(`  ${login.padEnd(20)} ${role}`);
  } else if (empty) {
    console.log('No accounts yet: npm run -s kundiz -- create-admin --login you@example.kz --name "…"');
  }
}

/** One line that is written over and over on a terminal, a line now and then elsewhere. */
function showProgress(done: number, of: number, what: string): void {
  const line = `Loading the demo country: ${Math.floor((100 * done) / of)} % ${what}`;
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}${done >= of ? '\n' : ''}`);
  else if (done === 0 || done >= of) process.stderr.write(`${line}\n`);
}
