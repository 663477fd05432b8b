import type { Reading } from './database.ts';
import { sql, type AnyColumn, type Placeholder, type SQL } from './sql.ts';

type Dialect = Reading['dialect'];

/** Many ids as the one parameter that `isIn` reads. */
export function listOf(dialect: Dialect, ids: readonly number[]): string {
  return dialect === 'sqlite' ? JSON.stringify(ids) : ids.join(',');
}

/**
 * Whether a column is in a list that `listOf` has made. The list is one parameter: with one each, drizzle takes longer
 * over a board's shifts than the database.
 */
export function isIn(dialect: Dialect, column: AnyColumn, list: string | Placeholder): SQL {
  return dialect === 'sqlite'
    ? sql`${column} in (select value from json_each(${list}))`
    : sql`${column} = any(string_to_array(${list}, ',')::int[])`;
}
