import { startPostgres } from './postgres-server.ts';

/**
 * One PostgreSQL for the whole run. `npm test` has started it and says where it is, or says '' where there is none;
 * a vitest started by hand brings its own.
 */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env['KUNDIZ_TEST_POSTGRES_URL'] !== undefined) return undefined;
  const server = await startPostgres({ fsync: process.env['KUNDIZ_TEST_FSYNC'] === '1' });
  process.env['KUNDIZ_TEST_POSTGRES_URL'] = server.url;
  return () => server.stop();
}
