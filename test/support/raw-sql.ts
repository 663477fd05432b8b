import Client from 'better-sqlite3';
import pg from 'pg';
import type { TestDatabase } from './database.ts';

const CHECKS: [table: string, check: string][] = [
  ['booking', 'booking_length'],
  ['booking', 'booking_grid'],
  ['booking', 'booking_released_inside'],
  ['group_day', 'group_day_not_overbooked'],
];

/** Writes past every rule, constraints of the database included: how a check of the data is put to the test. */
export async function writePastRules({ url }: TestDatabase, statements: readonly string[]): Promise<void> {
  if (url.dialect === 'sqlite') {
    const client = new Client(url.file);
    client.pragma('foreign_keys = OFF');
    client.pragma('ignore_check_constraints = ON');
    for (const statement of statements) client.exec(statement);
    client.close();
    return;
  }
  const client = new pg.Client({ connectionString: url.url });
  await client.connect();
  // Foreign keys are triggers, which a replica does not fire.
  await client.query('set session_replication_role = replica');
  for (const [table, check] of CHECKS)
    await client.query(`alter table ${table} drop constraint if exists ${check}`);
  for (const statement of statements) await client.query(statement);
  await client.end();
}
