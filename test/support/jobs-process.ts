// The job runner in a process of its own that ends when nothing is due: for tests that kill it.
import { pino } from 'pino';
import { clockOf, readConfig } from '../../src/config.ts';
import { openDatabase } from '../../src/data/open-database.ts';
import { runAll } from '../../src/jobs/runner.ts';

const config = readConfig(process.env);
const database = await openDatabase(config.database);
await runAll({ database, clock: clockOf(config), log: pino({ level: 'error' }, pino.destination(2)) });
await database.close();
