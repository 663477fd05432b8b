import type { Statement } from 'better-sqlite3';
import { SQLiteTextJson } from 'drizzle-orm/sqlite-core';
import { is, Param, Placeholder, SQL } from './sql.ts';

export interface Executable<R> {
  execute(params: Record<string, unknown>): Promise<R> | R;
}

interface Decoder {
  mapFromDriverValue(value: unknown): unknown;
}

type Field = Decoder | SQL | { readonly sql: SQL };

/** What drizzle's prepared query for better-sqlite3 is made of. */
interface DrizzleQuery {
  readonly stmt: Statement<unknown[], unknown[]>;
  readonly query: { readonly params: readonly unknown[] };
  /** Absent where nothing is selected or returned. */
  readonly fields?: readonly { readonly path: readonly string[]; readonly field: Field }[];
}

function decoderOf(field: Field): Decoder {
  if (is(field, SQL)) return (field as unknown as { decoder: Decoder }).decoder;
  return 'sql' in field ? decoderOf(field.sql) : field;
}

const plain = new WeakMap<Decoder, boolean>();

/** Whether a column gives its values just as they are stored; found out once a column. */
function isPlain(decoder: Decoder): boolean {
  let known = plain.get(decoder);
  if (known === undefined) plain.set(decoder, (known = givesAsStored(decoder)));
  return known;
}

function givesAsStored(decoder: Decoder): boolean {
  const sample = {};
  try {
    return decoder.mapFromDriverValue(sample) === sample && decoder.mapFromDriverValue('1') === '1';
  } catch {
    return false;
  }
}

/** Texts that are remembered: the days of more than two weeks of a group. */
const RECENT = 16;

/**
 * Reads JSON; a text among the last few gives the same value again. Weeks of a group repeat, so that most texts do; to
 * compare them takes a tenth of what reading, or hashing, takes.
 */
function readerOf(decoder: Decoder): Decoder {
  const texts: unknown[] = [];
  const values: unknown[] = [];
  let next = 0;
  return {
    mapFromDriverValue(text) {
      const at = texts.indexOf(text);
      if (at !== -1) return values[at];
      const value = decoder.mapFromDriverValue(text);
      [texts[next], values[next]] = [text, value];
      next = (next + 1) % RECENT;
      return value;
    },
  };
}

type Binding = (params: Record<string, unknown>) => unknown;

function bindingOf(param: unknown): Binding {
  if (is(param, Placeholder)) return (params) => params[param.name];
  if (is(param, Param) && is(param.value, Placeholder)) {
    const { encoder, value } = param;
    return (params) => encoder.mapToDriverValue(params[value.name]);
  }
  return () => param;
}

interface Preparing {
  prepareQuery(
    ...given: readonly unknown[]
  ): DrizzleQuery & { all(params?: Record<string, unknown>): unknown };
}

/** Reads the rows of every flat query of a SQLite connection as `direct` does, prepared beforehand or not. */
export function readDirectly(session: unknown): void {
  const preparing = session as Preparing;
  const prepareQuery = preparing.prepareQuery.bind(preparing);
  preparing.prepareQuery = (...given) => {
    const query = prepareQuery(...given);
    if (query.fields?.every(({ path }) => path.length === 1)) {
      const quick = direct(query as unknown as Executable<unknown>);
      query.all = (params = {}) => quick.execute(params);
    }
    return query;
  };
}

/**
 * A query that drizzle has built and prepared for SQLite, run without drizzle: its own reading of a row looks up every
 * value's class again and costs several times the query. Values are the same; fields are not nested.
 */
export function direct<R>(prepared: Executable<R>): Executable<R> {
  const { stmt, query, fields } = prepared as unknown as DrizzleQuery;
  const bindings = query.params.map(bindingOf);
  const bind = (params: Record<string, unknown>) => bindings.map((binding) => binding(params));
  if (!fields) return { execute: (params) => stmt.run(...bind(params)) as R };
  const columns = fields.map(({ path, field }) => {
    if (path.length > 1) throw new Error(`A prepared query names its fields: ${path.join('.')}`);
    const decoder = decoderOf(field);
    return { name: path[0]!, decoder: isPlain(decoder) ? undefined : decoder };
  });
  const readers = () =>
    columns.map(({ decoder }) => (is(decoder, SQLiteTextJson) ? readerOf(decoder) : decoder));
  const rowOf = (values: readonly unknown[], decoders: readonly (Decoder | undefined)[]) => {
    const row: Record<string, unknown> = {};
    for (let at = 0; at < columns.length; at++) {
      const decoder = decoders[at];
      const value = values[at];
      row[columns[at]!.name] =
        decoder === undefined || value === null ? value : decoder.mapFromDriverValue(value);
    }
    return row;
  };
  return {
    execute: (params) => {
      const decoders = readers();
      return stmt
        .raw()
        .all(...bind(params))
        .map((values) => rowOf(values, decoders)) as R;
    },
  };
}
