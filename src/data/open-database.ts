import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Database } from './database.ts';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';

export type DatabaseUrl = { dialect: 'sqlite'; file: string } | { dialect: 'postgres'; url: string };

/** 'file:data/kundiz.db' or 'postgres://…'; undefined for anything else. */
export function parseDatabaseUrl(text: string): DatabaseUrl | undefined {
  if (/^postgres(ql)?:\/\//.test(text)) return { dialect: 'postgres', url: text };
  if (text.startsWith('file:') && text.length > 5) return { dialect: 'sqlite', file: resolve(text.slice(5)) };
  return undefined;
}

/** Opens a migrated database (see db/migrate.ts). */
export function openDatabase(url: DatabaseUrl): Database {
  if (url.dialect === 'postgres') return openPostgres(url.url);
  mkdirSync(dirname(url.file), { recursive: true });
  return openSqlite(url.file);
}
