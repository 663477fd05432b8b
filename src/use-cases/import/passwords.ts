import type { Database } from '../../data/database.ts';
import { findRows } from '../../data/import.ts';
import { hashPassword } from '../sign-in.ts';
import type { PersonRow } from './people.ts';

/** libuv's own number of threads: more at once would only wait for memory. */
const AT_ONCE = 4;

/**
 * Hashes, before the transaction, the passwords of people who have none yet. A password that several rows share, as the
 * first one handed out to everybody, is hashed once: 19 ms each is what thousands of rows cannot afford.
 */
export async function hashPasswords(
  database: Database,
  rows: readonly PersonRow[],
  onProgress: (done: number, of: number) => void,
): Promise<Map<string, string>> {
  const given = rows.filter((row) => row.password !== undefined);
  const known = await database.read(async (tx) => {
    const { person } = tx.t;
    return [
      ...(await findRows(
        tx,
        person,
        'ref',
        given.map((row) => row.ref),
      )),
      ...(await findRows(
        tx,
        person,
        'login',
        given.flatMap((row) => row.values.login ?? []),
      )),
    ].filter((row) => row.passwordHash !== null);
  });
  const [refs, logins] = [new Set(known.map((row) => row.ref)), new Set(known.map((row) => row.login))];
  const needed = given.filter((row) => !refs.has(row.ref) && !logins.has(row.values.login ?? null));
  const passwords = [...new Set(needed.map((row) => row.password!))];
  const hashes = new Map<string, string>();
  const next = passwords.values();
  const work = async () => {
    for (const password of next) {
      hashes.set(password, await hashPassword(password));
      onProgress(hashes.size, passwords.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return hashes;
}
