import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import type { Random } from '../../src/domain/random.ts';
import type { Database } from '../../src/data/database.ts';
import { sqlState } from '../../src/data/errors.ts';
import { openPostgres } from '../../src/data/postgres.ts';

/** The server looks for a deadlock after a second; a test has no second to lose. */
const DEADLOCK_TIMEOUT = '60ms';
const DEADLOCK = '40P01';
const LOCKS = /^(insert|update|delete)|for (no key )?update/i;
const WIDTH = 110;
const PAUSED = 0.06;
const LONGEST_PAUSE_MS = 12;

/** What a connection has locked since its transaction began, each kind of statement once in a row. */
class Session {
  readonly #statements: string[] = [];

  see(text: string, values: unknown): void {
    if (text.startsWith('BEGIN')) this.#statements.length = 0;
    if (!LOCKS.test(text)) return;
    const short = text
      .replaceAll('"', '')
      .replaceAll(/^select .* from/g, 'lock')
      .slice(0, WIDTH);
    if (this.#statements.at(-1)?.startsWith(short)) return;
    this.#statements.push(`${short} ${JSON.stringify(values).slice(0, WIDTH)}`);
  }

  toString(): string {
    return this.#statements.map((each) => `\n    ${each}`).join('');
  }
}

/** Sees the deadlocks of pools: the app tries again after one, so that nothing else tells of them. */
export class DeadlockWatch {
  readonly #sessions = new Map<number, Session>();
  #found: string[] = [];

  /** `random` makes statements wait now and then, so that transactions meet in more places than a quick machine lets them. */
  open(urlText: string, random?: Random): Database {
    const url = new URL(urlText);
    url.searchParams.set('options', `-c deadlock_timeout=${DEADLOCK_TIMEOUT}`);
    return openPostgres(url.href, { connections: 6, onClient: (client) => this.#watch(client, random) });
  }

  /** Those since the last call. */
  take(): string[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  #watch(client: pg.PoolClient, random: Random | undefined): void {
    const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>;
    const session = new Session();
    this.#sessions.set((client as unknown as { processID: number }).processID, session);
    const watched = async (given: string | { text: string }, values?: unknown): Promise<unknown> => {
      session.see(typeof given === 'string' ? given : given.text, values);
      if (random?.chance(PAUSED)) await wait(random.int(1, LONGEST_PAUSE_MS));
      try {
        return await query(given, values);
      } catch (error) {
        if (sqlState(error) === DEADLOCK) this.#found.push(this.#tell(error as Error));
        throw error;
      }
    };
    client.query = watched as unknown as typeof client.query;
  }

  #tell(error: Error): string {
    for (let each: unknown = error; each instanceof Error; each = each.cause) {
      if (!(each instanceof Error) || !('detail' in each)) continue;
      const detail = String(each.detail);
      const pids = [...detail.matchAll(/Process (\d+) waits/g)].map(([, pid]) => Number(pid));
      return [
        `deadlock: ${detail}`,
        ...pids.map((pid) => `  ${pid}:${String(this.#sessions.get(pid))}`),
      ].join('\n');
    }
    return String(error);
  }
}
