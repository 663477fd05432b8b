import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateDatabase } from '../../db/migrate.ts';
import type { Database } from '../../src/data/database.ts';
import { openDatabase, parseDatabaseUrl, type DatabaseUrl } from '../../src/data/open-database.ts';
import { templateFrom } from './postgres.ts';

export interface TestDatabase extends AsyncDisposable {
  readonly database: Database;
  /** For a second process or connection on the same data. */
  readonly url: DatabaseUrl;
  readonly urlText: string;
}

export type TestDialect = 'sqlite' | 'postgres';

/** The engine of this run: the same tests run on both (vitest.config.ts). */
export const testDialect: TestDialect =
  process.env['KUNDIZ_TEST_DATABASE'] === 'postgres' ? 'postgres' : 'sqlite';

const migratedPostgres = templateFrom('migrated', async (url) =>
  migrateDatabase({ dialect: 'postgres', url }),
);

/** A fresh, migrated, empty database of the run's engine. Dispose of it at the end of the test. */
export async function createTestDatabase(dialect: TestDialect = testDialect): Promise<TestDatabase> {
  if (dialect === 'postgres') {
    const { url, drop } = await migratedPostgres();
    const database = await openDatabase({ dialect: 'postgres', url });
    return {
      database,
      url: { dialect: 'postgres', url },
      urlText: url,
      async [Symbol.asyncDispose]() {
        await database.close();
        await drop();
      },
    };
  }
  const directory = mkdtempSync(join(tmpdir(), 'kundiz-test-'));
  const urlText = `file:${join(directory, 'kundiz.db')}`;
  const url = parseDatabaseUrl(urlText)!;
  await migrateDatabase(url);
  const database = await openDatabase(url);
  return {
    database,
    url,
    urlText,
    async [Symbol.asyncDispose]() {
      await database.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
