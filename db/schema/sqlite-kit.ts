import * as sqlite from 'drizzle-orm/sqlite-core';
import { decodeHalfHours, encodeHalfHours } from './half-hours.ts';
import type { Kit } from './postgres-kit.ts';

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
