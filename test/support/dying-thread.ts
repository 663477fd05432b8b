import { appendFileSync, readFileSync } from 'node:fs';
import { env } from 'node:process';
import { parentPort } from 'node:worker_threads';

/** Writes a line at each start and dies of the first; then lives until it is told to stop. */
const file = env['STARTS_FILE']!;
appendFileSync(file, 'started\n');
if (readFileSync(file, 'utf8').split('\n').length === 2) throw new Error('the first start fails');
parentPort?.once('message', () => process.exit(0));
