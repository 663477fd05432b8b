import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DatabaseUrl } from '../src/data/open-database.ts';
import type { Database as SqliteClient } from 'better-sqlite3';

const MIGRATIONS = join(dirname(fileURLToPath(import.meta.url)), 'migrations');
/** Any number that no other program uses as an advisory lock of this database. */
const MIGRATION_LOCK = 5_211_463;

interface Journal {
  readonly entries: readonly { readonly tag: string; readonly when: number }[];
}

function newestMigration(): number {
  const journal = JSON.parse(readFileSync(join(MIGRATIONS, 'sqlite/meta/_journal.json'), 'utf8')) as Journal;
  return Math.max(...journal.entries.map((entry) => entry.when));
}

/**
 * Brings a database to the newest schema. SQLite: foreign keys are off while tables are rebuilt (drizzle's migrator
 * runs in a transaction, where switching them off would be ignored and a rebuild would cascade children away), checked
 * afterwards, and an existing file is first copied beside itself. PostgreSQL: one process migrates, the others wait.
 */
export async function migrateDatabase(url: DatabaseUrl): Promise<void> {
  if (url.dialect === 'postgres') await migratePostgresDatabase(url.url);
  else await migrateSqliteFile(url.file);
}

async function migrateSqliteFile(file: string): Promise<void> {
  const { openSqliteClient } = await import('../src/data/sqlite.ts');
  mkdirSync(dirname(file), { recursive: true });
  const client = openSqliteClient(file);
  try {
    client.pragma('busy_timeout = 60000');
    const applied = appliedMigration(client);
    if (applied === newestMigration()) return;
    if (applied !== undefined) {
      const copy = `${file}.before-${newestMigration()}`;
      if (!existsSync(copy)) client.prepare('VACUUM INTO ?').run(copy);
    }
    const { drizzle } = await import('drizzle-orm/better-sqlite3');
    const { migrate } = await import('drizzle-orm/better-sqlite3/migrator');
    client.pragma('foreign_keys = OFF');
    migrate(drizzle({ client }), { migrationsFolder: join(MIGRATIONS, 'sqlite') });
    client.pragma('foreign_keys = ON');
    const broken = client.pragma('foreign_key_check') as unknown[];
    if (broken.length > 0) {
      throw new Error(
        `After the migration ${broken.length} rows point at nothing: restore ${file}.before-* and report this.`,
      );
    }
  } finally {
    client.close();
  }
}

function appliedMigration(client: SqliteClient): number | undefined {
  const table = client.prepare("select 1 from sqlite_master where name = '__drizzle_migrations'").get();
  if (!table) return undefined;
  const row = client.prepare('select max(created_at) as newest from __drizzle_migrations').get();
  return (row as { newest: number | null }).newest ?? undefined;
}

async function migratePostgresDatabase(url: string): Promise<void> {
  const { default: pg } = await import('pg');
  const { drizzle } = await import('drizzle-orm/node-postgres');
  const { migrate } = await import('drizzle-orm/node-postgres/migrator');
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await migrate(drizzle({ client }), { migrationsFolder: join(MIGRATIONS, 'postgres') });
  } finally {
    await client.end();
  }
}

/** Names of the migrations, oldest first; the same for both engines. */
export function migrationNames(dialect: 'sqlite' | 'postgres'): string[] {
  return readdirSync(join(MIGRATIONS, dialect))
    .filter((name) => name.endsWith('.sql'))
    .toSorted();
}
