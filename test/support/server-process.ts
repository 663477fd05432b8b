import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { OWN_NODE } from './own-node.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const READY_MS = 60_000;

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The real server in a process of its own, as `npm start` runs it. */
export class ServerProcess implements AsyncDisposable {
  readonly url: string;
  /** From spawning to the first healthy answer. */
  readonly readyMs: number;
  readonly #child: ChildProcess;
  readonly #output: string[];

  private constructor(url: string, child: ChildProcess, output: string[], readyMs: number) {
    this.url = url;
    this.#child = child;
    this.#output = output;
    this.readyMs = readyMs;
  }

  static async start(env: Record<string, string>): Promise<ServerProcess> {
    const port = Number(env['PORT'] ?? (await freePort()));
    const output: string[] = [];
    const began = performance.now();
    const child = spawn(process.execPath, ['src/server.ts'], {
      cwd: ROOT,
      // Only what the server may know: vitest sets a BASE_URL of its own.
      env: {
        ...OWN_NODE,
        NODE_ENV: 'test',
        KUNDIZ_LIMITS: 'off',
        KUNDIZ_DEMO: '0',
        KUNDIZ_PROCESSES: '1',
        ...env,
        PORT: String(port),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    const url = `http://127.0.0.1:${port}`;
    while (performance.now() - began < READY_MS) {
      if (child.exitCode !== null) break;
      const healthy = await fetch(`${url}/healthz`).then(
        (answer) => answer.ok,
        () => false,
      );
      if (healthy) return new ServerProcess(url, child, output, performance.now() - began);
      await wait(20);
    }
    child.kill('SIGKILL');
    throw new Error(`The server did not get ready:\n${output.join('')}`);
  }

  get output(): string {
    return this.#output.join('');
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** As a power cut would end it. */
  async kill(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  async stop(): Promise<number | null> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return this.#child.exitCode;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await ended;
    return this.#child.exitCode;
  }

  async [Symbol.asyncDispose]() {
    await this.stop();
  }
}
