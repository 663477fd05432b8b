import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import Client, { type Database as SqliteClient, type Statement } from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { sqliteTables } from '../../db/schema/sqlite.ts';
import { NestedTransaction, type Database, type Queryable, type Reading } from './database.ts';
import { readDirectly } from './direct.ts';
import { sqlState } from './errors.ts';
import { withPlans } from './planned-jobs.ts';

const READERS = 4;
const STATEMENTS = 500;
const BUSY_WAIT_MS = 5;
/** A whole country's import may hold the writer for as long. */
const BUSY_TRIES = 12_000;

/** Settings of every connection: better-sqlite3's own default, synchronous=NORMAL, loses acknowledged rows at a power cut. */
export function openSqliteClient(file: string, readonly = false): SqliteClient {
  const client = new Client(file, { readonly, fileMustExist: readonly });
  client.pragma('busy_timeout = 5000');
  if (!readonly) client.pragma('journal_mode = WAL');
  client.pragma('synchronous = FULL');
  client.pragma('foreign_keys = ON');
  client.pragma('cache_size = -64000');
  client.pragma('temp_store = MEMORY');
  return client;
}

/**
 * This build's planner looks at the values of bare parameters and therefore compiles a statement again at every run,
 * which costs ten times the lookup itself; it does not look into `+?`, which is the same value.
 */
function steady(sql: string): string {
  return sql.replaceAll(/'[^']*'|\?/g, (found) => (found === '?' ? '+?' : found));
}

/** drizzle prepares at every query; this keeps the newest statements. */
function rememberStatements(client: SqliteClient): SqliteClient {
  const statements = new Map<string, Statement>();
  const prepare = client.prepare.bind(client);
  client.prepare = ((sql: string) => {
    let statement = statements.get(sql);
    if (statement) statements.delete(sql);
    else statement = prepare(steady(sql));
    statements.set(sql, statement);
    if (statements.size > STATEMENTS) statements.delete(statements.keys().next().value ?? '');
    return statement;
  }) as typeof client.prepare;
  return client;
}

interface Connection {
  readonly client: SqliteClient;
  readonly tx: Reading;
}

function connect(file: string, readonly: boolean): Connection {
  const client = rememberStatements(openSqliteClient(file, readonly));
  const db = drizzle({ client });
  readDirectly((db as unknown as { session: unknown }).session);
  return {
    client,
    tx: { dialect: 'sqlite', db: db as unknown as Queryable, t: sqliteTables, statements: new Map() },
  };
}

/**
 * Another process (an import, a backup) may be writing. Waiting inside SQLite would stop every page of this process,
 * so the writer asks again later instead.
 */
async function begin(client: SqliteClient, statement: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      client.prepare(statement).run();
      return;
    } catch (error) {
      if (attempt >= BUSY_TRIES || !sqlState(error)?.startsWith('SQLITE_BUSY')) throw error;
      await wait(BUSY_WAIT_MS);
    }
  }
}

/** Hands out connections in the order of asking. */
class Queue {
  #free: Connection[];
  #waiting: ((connection: Connection) => void)[] = [];

  constructor(connections: Connection[]) {
    this.#free = [...connections];
  }

  take(): Promise<Connection> | Connection {
    return this.#free.pop() ?? new Promise((resolve) => this.#waiting.push(resolve));
  }

  give(connection: Connection): void {
    const next = this.#waiting.shift();
    if (next) next(connection);
    else this.#free.push(connection);
  }
}

/**
 * SQLite: WAL, one queued writer with BEGIN IMMEDIATE, a few read-only connections. drizzle's own transaction() is
 * synchronous and starts DEFERRED (an async callback runs on outside it), so it is never used.
 */
export function openSqlite(file: string): Database {
  const inside = new AsyncLocalStorage<true>();
  const writer = connect(file, false);
  writer.client.pragma('busy_timeout = 0');
  const readers = Array.from({ length: READERS }, () => connect(file, true));
  const writers = new Queue([writer]);
  const readQueue = new Queue(readers);

  async function transaction<T>(
    queue: Queue,
    statement: string,
    work: (connection: Connection) => Promise<T>,
  ): Promise<T> {
    if (inside.getStore()) throw new NestedTransaction();
    const connection = await queue.take();
    try {
      await begin(connection.client, statement);
      try {
        const result = await inside.run(true, () => work(connection));
        connection.client.prepare('COMMIT').run();
        return result;
      } catch (error) {
        if (connection.client.inTransaction) connection.client.exec('ROLLBACK');
        throw error;
      }
    } finally {
      queue.give(connection);
    }
  }

  return {
    dialect: 'sqlite',
    read: (work) => transaction(readQueue, 'BEGIN', ({ tx }) => work(tx)),
    write: (work) => transaction(writers, 'BEGIN IMMEDIATE', ({ tx }) => withPlans(tx, work)),
    async close() {
      // Takes every connection, so that work under way ends first.
      for (let taken = 0; taken < READERS; taken++) (await readQueue.take()).client.close();
      const { client } = await writers.take();
      client.pragma('wal_checkpoint(TRUNCATE)');
      client.close();
    },
  };
}
