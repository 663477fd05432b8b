import { sql, type SQL } from './sql.ts';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Writing } from './database.ts';
import { direct, type Executable } from './direct.ts';

/** PostgreSQL takes at most 65,535 parameters a statement. */
const PARAMETERS = 60_000;

/** What better-sqlite3 tells of an insert; an `id` is the number of its row. */
interface Inserted {
  readonly lastInsertRowid: number | bigint;
}

interface Preparable {
  prepare(name: string): Executable<unknown>;
}

/**
 * Inserts many rows of one shape: row by row through one prepared statement on SQLite, in wide statements on
 * PostgreSQL. Gives the ids in the order of the rows where the table has an `id`. Every row has the same keys.
 */
export async function insertMany<Table extends PgTable>(
  tx: Writing,
  table: Table,
  rows: readonly Table['$inferInsert'][],
): Promise<number[]> {
  const [first] = rows;
  if (!first) return [];
  const keys = Object.keys(first);
  const idColumn = (table as unknown as Record<string, unknown>)['id'];
  const ids: number[] = [];
  if (tx.dialect === 'sqlite') {
    const placeholders = Object.fromEntries(keys.map((key) => [key, sql.placeholder(key)]));
    const insert = tx.db.insert(table).values(placeholders as never) as unknown as Preparable;
    const statement = direct(insert.prepare('bulk'));
    for (const row of rows) {
      // The engine's one statement at a time: the row's number is that of this very row.
      const { lastInsertRowid } = statement.execute(row) as Inserted;
      if (idColumn) ids.push(Number(lastInsertRowid));
    }
    return ids;
  }
  const chunk = Math.max(1, Math.floor(PARAMETERS / keys.length));
  for (let at = 0; at < rows.length; at += chunk) {
    const insert = tx.db.insert(table).values(rows.slice(at, at + chunk) as never);
    if (!idColumn) await insert;
    else ids.push(...(await insert.returning({ id: idColumn as SQL<number> })).map((row) => row.id));
  }
  return ids;
}
