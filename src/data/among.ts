import type { Reading } from './database.ts';
import { sql, type AnyColumn, type SQL } from './sql.ts';

/**
 * Whether a column is one of many ids. The list is one parameter: with one each, drizzle takes longer over a board's
 * shifts than the database.
 */
export function among({ dialect }: Pick<Reading, 'dialect'>, column: AnyColumn, ids: readonly number[]): SQL {
  return dialect === 'sqlite'
    ? sql`${column} in (select value from json_each(${JSON.stringify(ids)}))`
    : sql`${column} = any(string_to_array(${ids.join(',')}, ',')::int[])`;
}
