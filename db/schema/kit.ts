import * as pg from 'drizzle-orm/pg-core';
import * as sqlite from 'drizzle-orm/sqlite-core';
import { decodeHalfHours, encodeHalfHours } from './half-hours.ts';

/**
 * A column kit: the words in which the one schema is written. PostgreSQL's types are canonical; the SQLite kit builds
 * columns that hold and give the same JavaScript values.
 */
export const postgresKit = {
  table: pg.pgTable,
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
  check: pg.check,
  primaryKey: pg.primaryKey,
  foreignKey: pg.foreignKey,
  id: () => pg.integer('id').primaryKey().generatedByDefaultAsIdentity(),
  int: (name: string) => pg.integer(name),
  real: (name: string) => pg.doublePrecision(name),
  bool: (name: string) => pg.boolean(name),
  text: <T extends string = string>(name: string) => pg.text(name).$type<T>(),
  json: <T>(name: string) => pg.json(name).$type<T>(),
  halfHours: (name: string, width: number) =>
    pg.customType<{ data: readonly number[]; driverData: string }>({
      dataType: () => 'text',
      toDriver: (values) => encodeHalfHours(values, width),
      fromDriver: (text) => decodeHalfHours(text, width),
    })(name),
};

export type Kit = typeof postgresKit;

/** The one place where the two dialects' types are declared equal; test/data/schema.test.ts checks the values. */
export const sqliteKit = {
  table: sqlite.sqliteTable,
  index: sqlite.index,
  uniqueIndex: sqlite.uniqueIndex,
  check: sqlite.check,
  primaryKey: sqlite.primaryKey,
  foreignKey: sqlite.foreignKey,
  id: () => sqlite.integer('id').primaryKey({ autoIncrement: true }),
  int: (name: string) => sqlite.integer(name),
  real: (name: string) => sqlite.real(name),
  bool: (name: string) => sqlite.integer(name, { mode: 'boolean' }),
  text: (name: string) => sqlite.text(name),
  json: (name: string) => sqlite.text(name, { mode: 'json' }),
  halfHours: (name: string, width: number) =>
    sqlite.customType<{ data: readonly number[]; driverData: string }>({
      dataType: () => 'text',
      toDriver: (values) => encodeHalfHours(values, width),
      fromDriver: (text) => decodeHalfHours(text, width),
    })(name),
} as unknown as Kit;
