import { isIn, listOf } from './among.ts';
import type { Queryable, Reading } from './database.ts';
import { forUpdate } from './database.ts';
import { direct, type Executable } from './direct.ts';
import { sql, type AnyColumn, type Placeholder, type SQL } from './sql.ts';
import type { Tables } from '../../db/schema/tables.ts';

interface Preparable<R> {
  prepare(name: string): Executable<R>;
}

/** What a query is built with. */
export interface Parts {
  readonly dialect: Reading['dialect'];
  readonly db: Queryable;
  readonly t: Tables;
  /** Locks the rows where the engine has row locks. */
  readonly lock: <Q extends { for(strength: 'no key update'): unknown }>(query: Q) => Q;
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
      statement = build({
        dialect: tx.dialect,
        db: tx.db,
        t: tx.t,
        lock: (query) => forUpdate(tx, query),
      }).prepare(name);
      if (tx.dialect === 'sqlite') statement = direct(statement);
      tx.statements.set(identity, statement);
    }
    return await statement.execute(params);
  };
}

/** Sizes of the lists of ids that have a statement of their own: a family's. Longer lists are not prepared. */
const SIZES = [1, 2, 4, 8];
const sizeOf = (ids: readonly number[]): number | undefined => SIZES.find((size) => ids.length <= size);

/** Whether a list of ids is short enough for `preparedForIds`. */
export const isShort = (ids: readonly number[]): boolean => sizeOf(ids) !== undefined;

/**
 * A hot query over a short list of ids (1–8): one statement a size, the last id repeated to fill it up. `build` gets the
 * list's placeholders for inArray.
 */
export function preparedForIds<P extends Record<string, unknown>, R>(
  build: (parts: Parts, ids: Placeholder[]) => Preparable<R>,
): (tx: Reading, ids: readonly number[], params: P) => Promise<R> {
  const bySize = new Map(
    SIZES.map((size) => {
      const places = Array.from({ length: size }, (_, at) => sql.placeholder(`id${at}`));
      return [size, prepared<Record<string, unknown>, R>((parts) => build(parts, places))];
    }),
  );
  return async (tx, ids, params) => {
    const size = sizeOf(ids);
    if (size === undefined || ids.length === 0)
      throw new RangeError(`1 to ${SIZES.at(-1)} ids: ${ids.length}`);
    const values: Record<string, unknown> = { ...params };
    for (let at = 0; at < size; at++) values[`id${at}`] = ids[Math.min(at, ids.length - 1)];
    return await bySize.get(size)!(tx, values);
  };
}

/** A hot query over any number of ids, which are one parameter (see among.ts). `build` asks which column they stand in. */
export function preparedAmong<P extends Record<string, unknown>, R>(
  build: (parts: Parts, among: (column: AnyColumn) => SQL) => Preparable<R>,
): (tx: Reading, ids: readonly number[], params: P) => Promise<R> {
  const query = prepared<Record<string, unknown>, R>((parts) =>
    build(parts, (column) => isIn(parts.dialect, column, sql.placeholder('ids'))),
  );
  return async (tx, ids, params) => await query(tx, { ...params, ids: listOf(tx.dialect, ids) });
}

/** Runs a query once that gives many rows, as quickly as a prepared one. */
export async function rowsOf<R>(tx: Reading, query: PromiseLike<R>): Promise<R> {
  if (tx.dialect === 'postgres') return await query;
  return await direct((query as unknown as Preparable<R>).prepare('rows')).execute({});
}
