import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { postgresTables } from '../../db/schema/postgres.ts';
import { NestedTransaction, type Database, type Queryable, type Reading } from './database.ts';
import { sqlState } from './errors.ts';
import { withPlans } from './planned-jobs.ts';

const ATTEMPTS = 5;

/** Serialisation failure, deadlock, server restart or lost connection: the work as a whole may be tried again. */
export function worthRetrying(error: unknown): boolean {
  const state = sqlState(error);
  if (state === undefined) return false;
  return (
    state === '40001' ||
    state === '40P01' ||
    state.startsWith('57P0') ||
    state.startsWith('08') ||
    state === 'ECONNRESET' ||
    state === 'EPIPE'
  );
}

interface Connection {
  readonly client: pg.PoolClient;
  readonly tx: Reading;
}

export interface PostgresOptions {
  readonly connections?: number;
  /** For the tests of lost answers: sees each client before it is used. */
  readonly onClient?: (client: pg.PoolClient) => void;
}

/** PostgreSQL: READ COMMITTED with row locks in one order; reads see one snapshot. */
export function openPostgres(url: string, options: PostgresOptions = {}): Database {
  const inside = new AsyncLocalStorage<true>();
  const pool = new pg.Pool({ connectionString: url, max: options.connections ?? 10 });
  const known = new WeakMap<pg.PoolClient, Connection>();
  // A server restart emits 'error' on idle and on checked-out clients; without a listener that ends the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
  });

  function connectionOf(client: pg.PoolClient): Connection {
    let connection = known.get(client);
    if (!connection) {
      options.onClient?.(client);
      const db = drizzle({ client }) as unknown as Queryable;
      connection = { client, tx: { dialect: 'postgres', db, t: postgresTables, statements: new Map() } };
      known.set(client, connection);
    }
    return connection;
  }

  async function once<T>(begin: string, work: (tx: Reading) => Promise<T>): Promise<T> {
    const connection = connectionOf(await pool.connect());
    let broken: Error | undefined;
    try {
      await connection.client.query(begin);
      const result = await inside.run(true, () => work(connection.tx));
      await connection.client.query('COMMIT');
      return result;
    } catch (error) {
      await connection.client.query('ROLLBACK').catch((failure: Error) => {
        broken = failure;
      });
      throw error;
    } finally {
      connection.client.release(broken);
    }
  }

  async function transaction<T>(begin: string, work: (tx: Reading) => Promise<T>): Promise<T> {
    if (inside.getStore()) throw new NestedTransaction();
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(begin, work);
      } catch (error) {
        if (attempt >= ATTEMPTS || !worthRetrying(error)) throw error;
        await wait(Math.random() * 20 * 2 ** attempt);
      }
    }
  }

  return {
    dialect: 'postgres',
    read: (work) => transaction('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', work),
    write: (work) => transaction('BEGIN ISOLATION LEVEL READ COMMITTED', (tx) => withPlans(tx, work)),
    close: () => pool.end(),
  };
}
