import type { Queryable, Reading } from './database.ts';
import { forUpdate } from './database.ts';
import { direct, type Executable } from './direct.ts';
import type { Tables } from '../../db/schema/tables.ts';

interface Preparable<R> {
  prepare(name: string): Executable<R>;
}

interface Parts {
  readonly db: Queryable;
  readonly t: Tables;
  /** Adds FOR UPDATE where the engine has it. */
  readonly lock: <Q extends { for(strength: 'update'): unknown }>(query: Q) => Q;
}

let count = 0;

/**
 * A hot query, built and prepared once per connection: drizzle's own building costs ten times the query itself.
 * Parameters are drizzle placeholders.
 */
export function prepared<P extends Record<string, unknown>, R>(
  build: (parts: Parts) => Preparable<R>,
): (tx: Reading, params: P) => Promise<R> {
  const identity = {};
  const name = `q${++count}`;
  return async (tx, params) => {
    let statement = tx.statements.get(identity) as Executable<R> | undefined;
    if (!statement) {
      statement = build({ db: tx.db, t: tx.t, lock: (query) => forUpdate(tx, query) }).prepare(name);
      if (tx.dialect === 'sqlite') statement = direct(statement);
      tx.statements.set(identity, statement);
    }
    return await statement.execute(params);
  };
}

/** Runs a query once that gives many rows, as quickly as a prepared one. */
export async function rowsOf<R>(tx: Reading, query: PromiseLike<R>): Promise<R> {
  if (tx.dialect === 'postgres') return await query;
  return await direct((query as unknown as Preparable<R>).prepare('rows')).execute({});
}
