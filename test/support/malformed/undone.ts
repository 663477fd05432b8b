import { getTableName, type Table } from 'drizzle-orm';
import type { Database, Reading, Writing } from '../../../src/data/database.ts';

/** What a write that was meant to stay had changed. */
class Undone extends Error {}

/**
 * A database whose writes are done whole and then undone, so that every request finds the same world. It remembers the
 * tables that would have been changed: what a refused request must not do. Switched off, it is the database itself.
 */
export class UndoneDatabase implements Database {
  readonly #inner: Database;
  #changed: string[] = [];
  undoing = false;

  constructor(inner: Database) {
    this.#inner = inner;
  }

  get dialect() {
    return this.#inner.dialect;
  }

  /** The tables changed since the last time one asked. */
  takeChanged(): string[] {
    const changed = [...new Set(this.#changed)];
    this.#changed = [];
    return changed;
  }

  read<T>(work: (tx: Reading) => Promise<T>): Promise<T> {
    return this.#inner.read(work);
  }

  async write<T>(work: (tx: Writing) => Promise<T>): Promise<T> {
    let changed: string[] = [];
    let done: { readonly answer: T } | undefined;
    const undone = new Undone();
    const attempt = async (tx: Writing) => {
      // PostgreSQL may run the work again.
      changed = [];
      const answer = await work(watched(tx, changed));
      done = { answer };
      if (this.undoing) throw undone;
      return answer;
    };
    try {
      await this.#inner.write(attempt);
    } catch (error) {
      if (error !== undone) throw error;
    }
    this.#changed.push(...changed);
    return done!.answer;
  }

  close(): Promise<void> {
    return this.#inner.close();
  }
}

const WRITES = new Set<string | symbol>(['insert', 'update', 'delete']);

function watched(tx: Writing, changed: string[]): Writing {
  const db = new Proxy(tx.db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      if (!WRITES.has(name)) return value.bind(target) as unknown;
      return (table: Table) => {
        changed.push(getTableName(table));
        return Reflect.apply(value, target, [table]) as unknown;
      };
    },
  });
  // Prepared afresh, so that writes prepared once for a connection are seen too.
  const own = { db, statements: new Map() };
  return new Proxy(tx, {
    get: (target, name) =>
      Object.hasOwn(own, name) ? Reflect.get(own, name) : Reflect.get(target, name, target),
  });
}
