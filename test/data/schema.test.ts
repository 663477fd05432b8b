import { getTableColumns, getTableName } from 'drizzle-orm';
import { getTableConfig as postgresConfig, type PgTable } from 'drizzle-orm/pg-core';
import { getTableConfig as sqliteConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { describe, expect, test } from 'vitest';
import { postgresTables } from '../../db/schema/postgres.ts';
import { sqliteTables } from '../../db/schema/sqlite.ts';
import { decodeHalfHours, encodeHalfHours } from '../../db/schema/half-hours.ts';
import { migrationNames } from '../../db/migrate.ts';
import { World } from '../support/world.ts';

describe('one schema, two dialects', () => {
  const names = Object.keys(postgresTables) as (keyof typeof postgresTables)[];

  test.each(names)('%s: the same columns, keys, indexes, checks and references', (name) => {
    const postgres = postgresTables[name] as unknown as PgTable;
    const sqlite = sqliteTables[name] as unknown as SQLiteTable;
    expect(getTableName(sqlite)).toBe(getTableName(postgres));
    const columns = (table: PgTable | SQLiteTable) =>
      Object.entries(getTableColumns(table as PgTable)).map(([key, column]) => [
        key,
        column.name,
        column.notNull,
        column.primary,
      ]);
    expect(columns(sqlite)).toEqual(columns(postgres));
    const [p, s] = [postgresConfig(postgres), sqliteConfig(sqlite)];
    expect(s.indexes.map((index) => [index.config.name, index.config.unique])).toEqual(
      p.indexes.map((index) => [index.config.name, index.config.unique]),
    );
    expect(s.checks.map((check) => check.name)).toEqual(p.checks.map((check) => check.name));
    const references = (
      keys: readonly { reference(): { columns: { name: string }[]; foreignTable: PgTable | SQLiteTable } }[],
    ) =>
      keys
        .map((key) => key.reference())
        .map((each) => [each.columns.map((column) => column.name), getTableName(each.foreignTable)]);
    expect(references(s.foreignKeys as never)).toEqual(references(p.foreignKeys as never));
  });

  test('the migrations have the same names', () => {
    expect(migrationNames('sqlite')).toEqual(migrationNames('postgres'));
  });

  test('values come back as they went in: JSON, booleans, half-hours, nulls', async () => {
    await using world = await World.create();
    const groupId = await world.group(await world.centre(), { skills: ['nurse'] });
    const rows = await world.database.write(async (tx) => {
      const heads = Array.from({ length: 48 }, (_, at) => (at === 20 ? 999 : at));
      await tx.db
        .update(tx.t.groupDay)
        .set({ room: 999, peakTaken: 999, booked: heads, capacity: [[400], [800]] });
      return await tx.db.select().from(tx.t.groupDay).limit(1);
    });
    expect(rows[0]).toMatchObject({
      groupId,
      capacity: [[400], [800]],
      skillsOnDuty: null,
      staffedMinutes: null,
    });
    expect(rows[0]!.booked[20]).toBe(999);
    const [group] = await world.database.read(async (tx) => await tx.db.select().from(tx.t.careGroup));
    expect(group).toMatchObject({ skills: ['nurse'], endsOn: null });
  });

  test('a day over its room cannot be stored', async () => {
    await using world = await World.create();
    await world.group(await world.centre(), { room: 3 });
    const overbooked = world.database.write(
      async (tx) => await tx.db.update(tx.t.groupDay).set({ peakTaken: 4 }),
    );
    await expect(overbooked).rejects.toThrow();
  });
});

test.each([[[0, 0, 0]], [[1, 22, 333]], [Array.from({ length: 48 }, (_, at) => at * 20)]])(
  'half-hours %j',
  (values) => {
    const full = Array.from({ length: 48 }, (_, at) => values[at] ?? 0);
    expect(decodeHalfHours(encodeHalfHours(full, 3), 3)).toEqual(full);
  },
);
