import { DEMO_PASSWORD, loadDemo } from '../db/seed/demo.ts';
import { migrateDatabase } from '../db/migrate.ts';
import type { Instant } from '../src/domain/calendar.ts';
import { openDatabase } from '../src/data/open-database.ts';
import type { Client } from './load.ts';

export const FORM = {
  'content-type': 'application/x-www-form-urlencoded',
  'sec-fetch-site': 'same-origin',
} as const;

/** As many processes as the server takes where nobody says how many. */
export const AS_RUN = { KUNDIZ_PROCESSES: '' } as const;

/** The demo country in a file of its own. */
export async function writeDemo(file: string, now: Instant, centres?: number): Promise<void> {
  const url = { dialect: 'sqlite', file } as const;
  await migrateDatabase(url);
  const database = await openDatabase(url);
  await loadDemo(database, { now, ...(centres !== undefined && { centres }) });
  await database.close();
}

/** Signs a demo account in and gives its cookie. */
export async function signIn(client: Client, login: string): Promise<string> {
  const body = new URLSearchParams({ login, password: DEMO_PASSWORD }).toString();
  const answer = await client.ask({ method: 'POST', path: '/sign-in', headers: FORM, body });
  if (answer.status !== 303) throw new Error(`${login} cannot sign in`);
  return [answer.headers['set-cookie'] ?? []]
    .flat()
    .map((line) => line.split(';')[0])
    .join('; ');
}
