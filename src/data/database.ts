import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { Tables } from '../../db/schema/tables.ts';
import type { Instant } from '../domain/calendar.ts';

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

/** What is done after commit or at a time; the key names what it is about. */
export type JobKind = 'match' | 'watch' | 'publish' | 'emptied';

export interface JobPlan {
  readonly kind: JobKind;
  readonly key: string;
  readonly runAt: Instant;
  readonly payload?: unknown;
}

/** A transaction that may write; a query that changes something asks for this. */
export interface Writing extends Reading {
  readonly [writing]: true;
  /** Jobs that are planned; their rows are written at the end of the transaction, see planned-jobs.ts. */
  readonly plans: JobPlan[];
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

/** What SELECT … FOR NO KEY UPDATE needs to know of a builder. */
interface Lockable<Q> {
  for(strength: 'no key update'): Q;
}

/**
 * Locks rows on PostgreSQL; SQLite's one writer holds every lock already. No key ever changes, and FOR UPDATE would wait
 * for everybody whose new rows name the row: two who add to one group's queue and then lock the group wait for each other.
 */
export function forUpdate<Q extends Lockable<unknown>>(tx: Pick<Reading, 'dialect'>, query: Q): Q {
  return tx.dialect === 'postgres' ? (query.for('no key update') as Q) : query;
}

export class NestedTransaction extends Error {
  constructor() {
    super('A transaction was opened inside another: pass the one you have.');
  }
}
