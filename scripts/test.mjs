// `npm test`: every part in turn, minutes for each, and last a line that counts. `npm test -- name` runs only the test
// files whose path contains the name; vitest's own flags pass through. Started by scripts/run.mjs.
// With CI=true a missing PostgreSQL or browser is a failure; elsewhere the part is skipped, loudly.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { findBrowser } from '../test/support/browser.ts';
import { startPostgres } from '../test/support/postgres-server.ts';
import { checks, runChecks } from './check.mjs';

const filters = process.argv.slice(2);
const inCI = /^(1|true)$/.test(process.env.CI ?? '');
const PART_MINUTES = 25;
const LONGEST_FAULT = 3000;

/** Each part tells what it needs; what cannot be had is asked for only when its turn comes. */
const parts = [
  { name: 'check', run: async () => countChecks() },
  { name: 'unit + app on SQLite', run: () => vitest('sqlite') },
  { name: 'on PostgreSQL', needs: postgres, run: () => vitest('postgres') },
  { name: 'races and kills', needs: inCI ? postgres : undefined, run: () => vitest('races') },
  { name: 'browser', needs: findBrowser, run: () => vitest('browser') },
];

const folder = mkdtempSync(join(tmpdir(), 'kundiz-test-'));
let server;
let child;
let stopped;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    stopped = signal;
    child?.kill(signal);
  });
}

/** The one PostgreSQL of this run; an address that is '' tells the tests that there is none. */
let starting;
function postgres() {
  starting ??= startServer();
  return starting;
}

async function startServer() {
  if (process.env.KUNDIZ_TEST_POSTGRES_URL) return;
  process.env.KUNDIZ_TEST_POSTGRES_URL = '';
  server = await startPostgres({ fsync: process.env.KUNDIZ_TEST_FSYNC === '1' });
  process.env.KUNDIZ_TEST_POSTGRES_URL = server.url;
}

function countChecks() {
  const failed = runChecks().length;
  return { passed: checks.length - failed, failed, skipped: 0 };
}

async function vitest(project) {
  const report = join(folder, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    `--project=${project}`,
    '--passWithNoTests',
    ...reporters,
  ];
  child = spawn(process.execPath, [...args, ...filters], { stdio: 'inherit' });
  const overdue = setTimeout(() => {
    console.error(`\nThis part has taken ${PART_MINUTES} minutes and is stopped.`);
    child.kill('SIGKILL');
  }, PART_MINUTES * 60_000);
  const code = await new Promise((resolve) => child.on('exit', resolve));
  clearTimeout(overdue);
  child = undefined;
  const {
    numPassedTests: passed,
    numFailedTests,
    numTotalTests,
    testResults,
  } = existsSync(report)
    ? JSON.parse(readFileSync(report, 'utf8'))
    : { numPassedTests: 0, numFailedTests: 0, numTotalTests: 0, testResults: [] };
  // A file that cannot be loaded or an error outside any test fails no test, yet the run.
  const failed = code === 0 ? numFailedTests : Math.max(1, numFailedTests);
  const faults = testResults.flatMap(faultsOf);
  return { passed, failed, skipped: numTotalTests - passed - numFailedTests, faults };
}

/** What failed in a file, to be said again at the end: of a long run often only the last lines are kept. */
function faultsOf({ name, message, assertionResults }) {
  const tests = assertionResults.filter((test) => test.status === 'failed');
  const told = tests.map((test) => `${test.fullName}\n${test.failureMessages.join('\n')}`);
  return [...told, ...(message ? [message] : [])].map((text) => `${relative('', name)}: ${short(text)}`);
}

const short = (text) =>
  text.length > LONGEST_FAULT ? `${text.slice(0, LONGEST_FAULT)}\n[${text.length} characters]` : text;

async function runPart({ needs, run }) {
  try {
    await needs?.();
  } catch (error) {
    const word = inCI ? 'MISSING' : 'SKIPPED: THIS RUN PROVES LESS THAN IT SHOULD';
    console.error(`\n${'!'.repeat(80)}\n${word}\n${error.message}\n${'!'.repeat(80)}`);
    return { passed: 0, failed: inCI ? 1 : 0, skipped: 0, note: inCI ? 'missing' : 'SKIPPED' };
  }
  return run();
}

const results = [];
const wanted = filters.length > 0 ? parts.filter((part) => part.name !== 'check') : parts;
for (const part of wanted) {
  if (stopped) break;
  console.log(`\n${'='.repeat(80)}\n${part.name}\n${'='.repeat(80)}`);
  const start = performance.now();
  const counts = await runPart(part);
  results.push({ ...counts, name: part.name, minutes: (performance.now() - start) / 60_000 });
}
await server?.stop();
rmSync(folder, { recursive: true, force: true });
if (stopped) process.exit(130);

const faults = results.flatMap((result) => (result.faults ?? []).map((fault) => `${result.name}: ${fault}`));
for (const fault of faults) console.log(`\nFAILED ${fault}`);

console.log('\nminutes  passed  failed  skipped  part');
for (const { minutes, passed, failed, skipped, name, note } of results) {
  const columns = [minutes.toFixed(1).padStart(7), String(passed).padStart(6), String(failed).padStart(6)];
  console.log([...columns, String(skipped).padStart(7), note ? `${name}: ${note}` : name].join('  '));
}
const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
const nothing = total('passed') + total('failed') === 0;
if (nothing) console.log(`\nNo test matches ${filters.join(' ')}.`);
const skipped = total('skipped') > 0 ? `, ${total('skipped')} skipped` : '';
console.log(`${total('passed')} passed, ${total('failed')} failed${skipped}`);
process.exitCode = nothing || total('failed') > 0 ? 1 : 0;
