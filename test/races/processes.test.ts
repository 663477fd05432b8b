import { execFileSync, spawnSync } from 'node:child_process';
import { expect, test, vi } from 'vitest';
import { OWN_NODE } from '../support/own-node.ts';
import { ServerProcess } from '../support/server-process.ts';
import { World } from '../support/world.ts';

/** The processes that another has started. */
function childrenOf(pid: number): number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const pairs = lines.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  return pairs.flatMap(([child, parent]) => (parent === pid ? [child] : []));
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Each over a connection of its own, so that the processes take turns. */
const ask = (url: string, init: RequestInit = {}) =>
  fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, connection: 'close' } });

const signIn = (url: string, login: string, password: string) =>
  ask(`${url}/sign-in`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ login, password }),
  });

async function start(world: World, env: Record<string, string> = {}) {
  const server = await ServerProcess.start({
    DATABASE_URL: world.stage.urlText,
    KUNDIZ_NOW: world.now,
    KUNDIZ_PROCESSES: '2',
    ...env,
  });
  await vi.waitFor(() => expect(server.output).toContain('Kundiz: http'), { timeout: 30_000, interval: 50 });
  return server;
}

test('all processes together stop whoever guesses a password', async () => {
  await using world = await World.create();
  await using server = await start(world, { KUNDIZ_LIMITS: 'on' });
  const statuses: number[] = [];
  for (let each = 0; each < 12; each++)
    statuses.push((await signIn(server.url, 'nobody@example.kz', 'guessed')).status);
  expect(statuses.filter((status) => status === 422)).toHaveLength(10);
  expect(statuses.slice(10)).toEqual([429, 429]);
});

test('a process that dies is started again, the others answer meanwhile, and a signal ends all in order', async () => {
  await using world = await World.create();
  await using server = await start(world);
  const [first, second] = childrenOf(server.pid);
  process.kill(first!, 'SIGKILL');
  await vi.waitFor(() => expect(server.output).toContain('a process that serves pages ended'));
  for (let each = 0; each < 5; each++) expect((await ask(`${server.url}/healthz`)).status).toBe(200);
  await vi.waitFor(
    () => {
      const now = childrenOf(server.pid);
      expect(now).toHaveLength(2);
      expect(now).toContain(second);
      expect(now).not.toContain(first);
    },
    { timeout: 30_000, interval: 100 },
  );
  const children = childrenOf(server.pid);
  expect(await server.stop()).toBe(0);
  expect(children.filter(lives)).toEqual([]);
});

test('where the first is killed the others end too, and a new one takes the port', async () => {
  await using world = await World.create();
  const server = await start(world);
  const children = childrenOf(server.pid);
  await server.kill();
  await vi.waitFor(() => expect(children.filter(lives)).toEqual([]), { timeout: 30_000, interval: 50 });
  await using again = await start(world, { PORT: new URL(server.url).port });
  expect((await ask(`${again.url}/healthz`)).status).toBe(200);
});

test('a port in use is said once, and everything ends', async () => {
  await using world = await World.create();
  await using server = await start(world);
  const { port } = new URL(server.url);
  const env = {
    ...OWN_NODE,
    DATABASE_URL: world.stage.urlText,
    KUNDIZ_DEMO: '0',
    KUNDIZ_PROCESSES: '2',
    PORT: port,
  };
  const second = spawnSync(process.execPath, ['src/server.ts'], { env, encoding: 'utf8', timeout: 30_000 });
  expect(second.stderr).toBe(`kundiz: port ${port} is in use: set PORT to another one\n`);
  expect(second.status).toBe(1);
});
