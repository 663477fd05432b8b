import { closeSync, existsSync, fsyncSync, openSync, readSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Client, { type Database as SqliteClient } from 'better-sqlite3';
import { openSqliteClient } from '../data/sqlite.ts';

const HEADER = 'SQLite format 3\0';

export function isSqliteFile(file: string): boolean {
  const handle = openSync(file, 'r');
  try {
    const head = Buffer.alloc(HEADER.length);
    readSync(handle, head, 0, head.length, 0);
    return head.toString('latin1') === HEADER;
  } finally {
    closeSync(handle);
  }
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Gives a finished file its name, so that a power cut leaves the old one or the new one, never half of one. */
export function putInPlace(temporary: string, file: string): void {
  sync(temporary);
  renameSync(temporary, file);
  sync(dirname(file));
}

/** Writes one consistent copy of a database that others may be using, beside its final name. */
export function copyTo(file: string, target: string): string {
  const temporary = `${target}.part`;
  rmSync(temporary, { force: true });
  const source = openSqliteClient(file, true);
  try {
    source.prepare('VACUUM INTO ?').run(temporary);
    return temporary;
  } finally {
    source.close();
  }
}

/** What is wrong with a database file, if anything: pages, indexes, foreign keys, or not one of Kundiz at all. */
export function faultOf(file: string): string | undefined {
  try {
    const client = openSqliteClient(file, true);
    try {
      return faultIn(client);
    } finally {
      client.close();
    }
  } catch (error) {
    return `it is damaged: ${(error as Error).message}`;
  }
}

function faultIn(client: SqliteClient): string | undefined {
  const [first] = client.pragma('integrity_check') as { integrity_check: string }[];
  if (first?.integrity_check !== 'ok') return `it is damaged: ${first?.integrity_check ?? 'no answer'}`;
  const broken = client.pragma('foreign_key_check') as unknown[];
  if (broken.length > 0) return 'it has rows that name others which do not exist';
  const known = client
    .prepare("select 1 from sqlite_master where name in ('__drizzle_migrations', 'group_day')")
    .all();
  return known.length === 2 ? undefined : 'it is not a database of Kundiz';
}

/**
 * Whether another process has the database open: WAL cannot be left while anybody else reads. Leaves the file whole in
 * itself, without a log beside it. A file too damaged to be opened is held by nobody.
 */
export function isHeld(file: string): boolean {
  if (!existsSync(file)) return false;
  const client = new Client(file);
  try {
    client.pragma('busy_timeout = 0');
    client.pragma('journal_mode = DELETE');
    return false;
  } catch (error) {
    return String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY');
  } finally {
    client.close();
  }
}
