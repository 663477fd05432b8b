// Starts any part of Kundiz: `node scripts/run.mjs start|test|kundiz|…`. Plain JavaScript for Node 18 and newer: it
// installs what is missing, finds a Node that runs TypeScript from source (or brings one) and hands over to it.
// It speaks on standard error only: standard output belongs to what it starts.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, utimes, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const verbs = {
  start: ['src/server.ts'],
  kundiz: ['src/cli.ts'],
  bench: ['bench/run.ts'],
  test: ['scripts/test.mjs'],
  check: ['scripts/check.mjs'],
  lint: ['scripts/check.mjs', 'lint'],
  types: ['scripts/check.mjs', 'types'],
  format: ['node_modules/prettier/bin/prettier.cjs', '--write', '--log-level=warn', '.'],
  'db:generate': ['scripts/generate-migrations.mjs'],
};

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const runtime = join(root, 'tools/runtime');
const broughtNode = join(runtime, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
const runsTypeScript = process.features.typescript === 'strip';

const say = (line) => process.stderr.write(`kundiz: ${line}\n`);

function giveUp(line) {
  say(line);
  process.exit(1);
}

let child;
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    stopping = true;
    if (!child) process.exit(128 + constants.signals[signal]);
    // A terminal tells everybody in it; told twice, a server would think that the user is out of patience.
    if (signal === 'SIGTERM' || !process.stdin.isTTY) child.kill(signal);
  });
}

/** Runs a command to its end, handing signals on; `output` is what it wrote where it was not told to inherit. */
function run(command, args, options) {
  return new Promise((resolve) => {
    let output = '';
    const collect = (chunk) => (output += chunk);
    child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.on('error', (error) => end(127, error.message));
    child.on('close', (code, signal) => end(code ?? 128 + constants.signals[signal], output));
    function end(code, said) {
      child = undefined;
      resolve({ code, output: said });
    }
  });
}

/** Debian's own npm keeps its parts where only Debian's own Node looks for them. */
const debianModules = '/usr/share/nodejs';

function environment(node) {
  return {
    // Compiled code is kept: a start takes two thirds of the time.
    NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node'),
    ...process.env,
    PATH: [dirname(node), process.env.PATH].join(delimiter),
  };
}

async function npm(directory, node, args) {
  const env = environment(node);
  if (existsSync(join(debianModules, 'npm'))) env.NODE_PATH = debianModules;
  const stdio = ['ignore', 'pipe', 'pipe'];
  const options = { cwd: directory, env, shell: process.platform === 'win32', stdio };
  const { code, output } = await run(
    'npm',
    [...args, '--no-audit', '--no-fund', '--loglevel=error'],
    options,
  );
  if (stopping) process.exit(code || 1);
  if (code === 0) return;
  process.stderr.write(`${output}\n`);
  giveUp(`npm ${args[0]} in ${directory} failed; what npm said stands above.`);
}

/**
 * Development tools belong to the tree whatever NODE_ENV says; production runs `node src/server.ts` itself. Install
 * scripts run only where allowScripts says so: npm 10 does not know that list and would compile better-sqlite3.
 */
async function npmCi(directory, node) {
  await npm(directory, node, ['ci', '--include=dev', '--ignore-scripts']);
  const { allowScripts = {} } = readJson(join(directory, 'package.json'));
  const allowed = Object.keys(allowScripts).filter(
    (name) => allowScripts[name] && existsSync(join(directory, 'node_modules', name)),
  );
  if (allowed.length > 0) await npm(directory, node, ['rebuild', ...allowed]);
}

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** What an installed tree depends on. Scripts do not count: changing one needs no new tree. */
function fingerprint(directory, node) {
  const { dependencies, devDependencies, optionalDependencies, overrides, allowScripts } = readJson(
    join(directory, 'package.json'),
  );
  const wanted = JSON.stringify([
    dependencies,
    devDependencies,
    optionalDependencies,
    overrides,
    allowScripts,
  ]);
  const lock = readFileSync(join(directory, 'package-lock.json'));
  const major = node === broughtNode ? '24' : process.versions.node.split('.')[0];
  return `${process.platform}-${process.arch}-node${major} ${createHash('sha256').update(wanted).update(lock).digest('hex')}`;
}

/** Whether somebody's own `npm install` has just made the tree that the lock describes. */
function matchesLock(directory) {
  const here = join(directory, 'node_modules/.package-lock.json');
  if (!existsSync(here)) return false;
  const installed = readJson(here).packages;
  const locked = readJson(join(directory, 'package-lock.json')).packages;
  return Object.entries(locked).every(
    ([path, wanted]) =>
      path === '' ||
      (installed[path]
        ? installed[path].version === wanted.version
        : (wanted.optional ?? wanted.devOptional)),
  );
}

function isInstalled(directory, node) {
  const stamp = join(directory, 'node_modules/.kundiz-installed');
  const fresh = fingerprint(directory, node);
  const stamped = existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined;
  if (stamped === fresh) return true;
  const sameMachine = stamped === undefined || stamped.split(' ')[0] === fresh.split(' ')[0];
  if (!sameMachine || !matchesLock(directory)) return false;
  remember(directory, node);
  return true;
}

function remember(directory, node) {
  try {
    writeFileSync(join(directory, 'node_modules/.kundiz-installed'), fingerprint(directory, node));
  } catch {
    // A tree that cannot be written, as in a container image, is looked through again next time.
  }
}

const lock = join(root, 'tmp/installing');
const HEARTBEAT_MS = 1_000;
const STALE_MS = 15_000;

function takeLock() {
  mkdirSync(dirname(lock), { recursive: true });
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  // The holder touches its lock every second; one that has been still for long belongs to nobody.
  const touched = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  if (touched !== undefined && touched < Date.now() - STALE_MS)
    rmSync(lock, { recursive: true, force: true });
  return false;
}

/** Two launchers started together must not install into the same tree. */
async function alone(work) {
  if (!takeLock()) {
    say('another command is installing; waiting for it …');
    do await wait(HEARTBEAT_MS / 2);
    while (!takeLock());
  }
  const heartbeat = setInterval(() => utimes(lock, new Date(), new Date(), () => undefined), HEARTBEAT_MS);
  const release = () => rmSync(lock, { recursive: true, force: true });
  process.once('exit', release);
  try {
    await work();
  } finally {
    clearInterval(heartbeat);
    release();
    process.off('exit', release);
  }
}

async function install(directory, node, announcement) {
  if (isInstalled(directory, node)) return;
  await alone(async () => {
    if (isInstalled(directory, node)) return;
    say(announcement);
    await npmCi(directory, node);
    remember(directory, node);
  });
}

/** The Node that runs TypeScript: this one if it can, else the one that tools/runtime brings. */
async function findNode() {
  if (runsTypeScript) return process.execPath;
  await install(runtime, process.execPath, `fetching Node 24 (this machine's is ${process.version}) …`);
  const works =
    existsSync(broughtNode) && (await run(broughtNode, ['--version'], { stdio: 'ignore' })).code === 0;
  if (works) return broughtNode;
  // npm passes over an optional package that it could not fetch; the next start shall try again.
  rmSync(join(runtime, 'node_modules'), { recursive: true, force: true });
  return giveUp(
    `this is Node ${process.version}, and Node 24 could not be fetched for ${process.platform}-${process.arch}: ` +
      'please install Node 24 (https://nodejs.org) and run the same command again.',
  );
}

const [verb, ...args] = process.argv.slice(2);
if (!Object.hasOwn(verbs, verb ?? '')) giveUp(`say one of: run.mjs ${Object.keys(verbs).join('|')}`);
const node = await findNode();
await install(root, node, 'installing the packages of package-lock.json (about half a minute, once) …');
const flags = ['--disable-warning=ExperimentalWarning'];
const { code } = await run(node, [...flags, ...verbs[verb], ...args], { env: environment(node) });
process.exit(code);
