import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { Tables } from '../../db/schema/tables.ts';

/** What queries may use: the part of drizzle that both engines speak. PostgreSQL's types are canonical. */
export type Queryable = Pick<
  PgDatabase<PgQueryResultHKT>,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | '$with' | 'with'
>;

export type { Tables } from '../../db/schema/tables.ts';

export type Dialect = 'sqlite' | 'postgres';

/** One connection inside a transaction. Everything a query in data/ needs. */
export interface Reading {
  readonly dialect: Dialect;
  readonly db: Queryable;
  readonly t: Tables;
  /** Prepared queries of this connection, by the query's own identity (prepared.ts). */
  readonly statements: Map<object, unknown>;
}

declare const writing: unique symbol;

/** A transaction that may write; a query that changes something asks for this. */
export interface Writing extends Reading {
  readonly [writing]: true;
}

/** The instant, the actor and the transaction of one operation: what every use-case works with. */
export interface Database {
  readonly dialect: Dialect;
  /** Several statements that see one state of the data. */
  read<T>(work: (tx: Reading) => Promise<T>): Promise<T>;
  /**
   * All or nothing, one writer at a time where it matters. On PostgreSQL the whole work may run again after a lost
   * connection or a deadlock, so nothing but the database is awaited inside.
   */
  write<T>(work: (tx: Writing) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** What SELECT … FOR UPDATE needs to know of a builder. */
interface Lockable<Q> {
  for(strength: 'update'): Q;
}

/** Adds FOR UPDATE on PostgreSQL; SQLite's one writer holds every lock already. */
export function forUpdate<Q extends Lockable<unknown>>(tx: Pick<Reading, 'dialect'>, query: Q): Q {
  return tx.dialect === 'postgres' ? (query.for('update') as Q) : query;
}

export class NestedTransaction extends Error {
  constructor() {
    super('A transaction was opened inside another: pass the one you have.');
  }
}
