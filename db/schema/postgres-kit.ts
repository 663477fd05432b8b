import * as pg from 'drizzle-orm/pg-core';
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
