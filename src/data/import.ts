import { and, asc, desc, eq, getTableColumns, inArray, isNull, sql, type SQL } from './sql.ts';
import { getTableConfig, type PgColumn, type PgTable } from 'drizzle-orm/pg-core';
import type { Tables } from '../../db/schema/tables.ts';
import type { PlainDate } from '../domain/calendar.ts';
import { insertMany } from './bulk.ts';
import { chunksOf } from './claims.ts';
import type { Reading, Writing } from './database.ts';
import { holdsOn } from './dated.ts';

/** Rows a statement: a megabyte or two of JSON. */
const ROWS = 4000;

interface Executes {
  execute(query: SQL): Promise<{ rows: { id: number }[] }>;
}

/**
 * insertMany for hundreds of thousands of rows. On PostgreSQL a statement takes its rows as one JSON parameter, which
 * costs a fifth of building one parameter a value. Every row has the same keys; gives the ids in the order of the rows.
 */
export async function insertAll<Table extends PgTable>(
  tx: Writing,
  table: Table,
  rows: readonly Table['$inferInsert'][],
): Promise<number[]> {
  const [first] = rows;
  if (tx.dialect === 'sqlite' || !first) return await insertMany(tx, table, rows);
  const all: Record<string, PgColumn> = getTableColumns(table);
  const columns = Object.keys(first).map((key, at) => ({ key, short: `c${at}`, column: all[key]! }));
  const names = sql.join(
    columns.map(({ column }) => sql.identifier(column.name)),
    sql`, `,
  );
  const shorts = sql.join(
    columns.map(({ short }) => sql.identifier(short)),
    sql`, `,
  );
  const types = sql.join(
    columns.map(({ short, column }) => sql.raw(`${short} ${column.getSQLType()}`)),
    sql`, `,
  );
  const returning = all['id'] ? sql` returning id` : sql``;
  const into = sql.identifier(getTableConfig(table).name);
  const ids: number[] = [];
  for (let at = 0; at < rows.length; at += ROWS) {
    const chunk = rows.slice(at, at + ROWS).map((row) => jsonRow(row, columns));
    const query = sql`insert into ${into} (${names}) select ${shorts} from json_to_recordset(${JSON.stringify(chunk)}::json) as r(${types})${returning}`;
    const answer = await (tx.db as unknown as Executes).execute(query);
    for (const { id } of answer.rows) ids.push(id);
  }
  return ids;
}

function jsonRow(
  row: Readonly<Record<string, unknown>>,
  columns: readonly { key: string; short: string; column: PgColumn }[],
): Record<string, unknown> {
  const json: Record<string, unknown> = {};
  for (const { key, short, column } of columns) {
    const value = row[key];
    json[short] = value === null || column.columnType === 'PgJson' ? value : column.mapToDriverValue(value);
  }
  return json;
}

/** Tables whose rows an import matches by their `ref`. */
export type RefTable = Tables['person' | 'child' | 'centre' | 'careGroup' | 'staff'];

/** Rows by a column that is unique, in the order of ids. */
export async function findRows<Table extends RefTable>(
  tx: Reading,
  table: Table,
  column: 'ref' | 'iin' | 'login',
  values: readonly string[],
): Promise<Table['$inferSelect'][]> {
  const plain: PgTable = table;
  const own: Record<string, PgColumn> = getTableColumns(plain);
  const rows: unknown[] = [];
  for (const chunk of chunksOf([...new Set(values)])) {
    const found = await tx.db.select().from(plain).where(inArray(own[column]!, chunk)).orderBy(asc(table.id));
    for (const row of found) rows.push(row);
  }
  return rows as Table['$inferSelect'][];
}

/** Changes one row by its id. */
export async function updateRow<Table extends RefTable>(
  tx: Writing,
  table: Table,
  id: number,
  changes: Partial<Table['$inferInsert']>,
): Promise<void> {
  const plain: PgTable = table;
  await tx.db.update(plain).set(changes).where(eq(table.id, id));
}

/** Roles that hold on a day, of some people. */
export async function listRoles(tx: Reading, personIds: readonly number[], on: PlainDate) {
  const { assignment: a } = tx.t;
  const rows: Tables['assignment']['$inferSelect'][] = [];
  for (const chunk of chunksOf(personIds)) {
    const holds = holdsOn(a, on);
    rows.push(
      ...(await tx.db
        .select()
        .from(a)
        .where(and(inArray(a.personId, chunk), holds))
        .orderBy(asc(a.id))),
    );
  }
  return rows;
}

/** Ends something dated with the day before; what began on this very day never was. */
export async function endDated(
  tx: Writing,
  table: Tables['assignment' | 'guardianship'],
  row: { id: number; startsOn: PlainDate },
  today: PlainDate,
  yesterday: PlainDate,
): Promise<void> {
  if (row.startsOn >= today) await tx.db.delete(table).where(eq(table.id, row.id));
  else await tx.db.update(table).set({ endsOn: yesterday }).where(eq(table.id, row.id));
}

/** Workdays of some people, the newest first. */
export async function listWorkdays(tx: Reading, personIds: readonly number[]) {
  const { workday: w } = tx.t;
  const rows: Tables['workday']['$inferSelect'][] = [];
  for (const chunk of chunksOf(personIds)) {
    rows.push(...(await tx.db.select().from(w).where(inArray(w.personId, chunk)).orderBy(desc(w.startsOn))));
  }
  return rows;
}

export async function putWorkday(
  tx: Writing,
  row: Omit<Tables['workday']['$inferInsert'], 'id'>,
): Promise<void> {
  const { workday: w } = tx.t;
  const { pattern, commuteMinutes } = row;
  await tx.db
    .insert(w)
    .values(row)
    .onConflictDoUpdate({ target: [w.personId, w.startsOn], set: { pattern, commuteMinutes } });
}

/** Guardianships that hold on a day, of some children, with whether the adult came by an import. */
export async function listGuardianships(tx: Reading, childIds: readonly number[], on: PlainDate) {
  const { guardianship: g, person: p } = tx.t;
  const found = async (chunk: number[]) =>
    await tx.db
      .select({ ...getTableColumns(g), personRef: p.ref })
      .from(g)
      .innerJoin(p, eq(p.id, g.personId))
      .where(and(inArray(g.childId, chunk), holdsOn(g, on)))
      .orderBy(asc(g.id));
  const rows: Awaited<ReturnType<typeof found>> = [];
  for (const chunk of chunksOf(childIds)) rows.push(...(await found(chunk)));
  return rows;
}

export async function updateRights(
  tx: Writing,
  id: number,
  rights: Pick<Tables['guardianship']['$inferInsert'], 'maySee' | 'mayBook' | 'mayCollect' | 'mayBeTold'>,
): Promise<void> {
  await tx.db.update(tx.t.guardianship).set(rights).where(eq(tx.t.guardianship.id, id));
}

/** Leave that came from an import; what was asked for on a page is not the import's to change. */
export async function listLeave(tx: Reading, staffIds: readonly number[]) {
  const { staffLeave: l } = tx.t;
  const rows: Tables['staffLeave']['$inferSelect'][] = [];
  for (const chunk of chunksOf(staffIds)) {
    rows.push(
      ...(await tx.db
        .select()
        .from(l)
        .where(and(inArray(l.staffId, chunk), isNull(l.requestedAt)))
        .orderBy(asc(l.startsOn))),
    );
  }
  return rows;
}

export async function deleteLeave(tx: Writing, staffId: number): Promise<void> {
  const { staffLeave: l } = tx.t;
  await tx.db.delete(l).where(and(eq(l.staffId, staffId), isNull(l.requestedAt)));
}

/** Children or groups by their ids. */
export async function findRowsById<Table extends Tables['child' | 'careGroup']>(
  tx: Reading,
  table: Table,
  ids: readonly number[],
): Promise<Map<number, Table['$inferSelect']>> {
  const rows = new Map<number, Table['$inferSelect']>();
  const plain: PgTable = table;
  for (const chunk of chunksOf([...new Set(ids)])) {
    const found = await tx.db.select().from(plain).where(inArray(table.id, chunk));
    for (const row of found as Table['$inferSelect'][]) rows.set(row.id, row);
  }
  return rows;
}
