import { migrateDatabase } from '../db/migrate.ts';
import { clockOf, ConfigError, readConfig, type Config } from './config.ts';
import { countPeople } from './data/accounts.ts';
import { openDatabase } from './data/open-database.ts';
import { doChores } from './jobs/chores.ts';
import { startThread } from './jobs/thread.ts';
import { endInOrder, type Serving } from './serving/ending.ts';
import { logOf } from './log.ts';

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
const log = logOf(config);
const clock = clockOf(config);

await migrateDatabase(config.database);
const database = await openDatabase(config.database);
const empty = (await database.read(countPeople)) === 0;
if (config.demo && empty) {
  const { loadDemo } = await import('../db/seed/demo.ts');
  await loadDemo(database, { now: clock(), onProgress: showProgress });
}
await doChores({ database, clock, log });
await database.close();

const services = { clock, log };
const pages = await serve();
const background = startThread(new URL('./background.ts', import.meta.url), services);
await greet();
endInOrder({ stop: async () => void (await Promise.all([pages.stop(), background.stop()])) }, log);

/** What serves no page itself need not load them. */
async function serve(): Promise<Serving> {
  if (config.processes === 1) return (await import('./serving/pages.ts')).listenOrExit(config, services);
  return (await import('./serving/processes.ts')).serveFromProcesses(config, services);
}

async function greet(): Promise<void> {
  console.log(`Kundiz: ${config.baseUrl}`);
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
