import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Database } from './database.ts';

export type DatabaseUrl = { dialect: 'sqlite'; file: string } | { dialect: 'postgres'; url: string };

/** 'file:data/kundiz.db' or 'postgres://…'; undefined for anything else. */
export function parseDatabaseUrl(text: string): DatabaseUrl | undefined {
  if (/^postgres(ql)?:\/\//.test(text)) return { dialect: 'postgres', url: text };
  if (text.startsWith('file:') && text.length > 5) return { dialect: 'sqlite', file: resolve(text.slice(5)) };
  return undefined;
}

/** Opens a migrated database (see db/migrate.ts). Only the engine in use is loaded: half of the time of a start. */
export async function openDatabase(url: DatabaseUrl): Promise<Database> {
  if (url.dialect === 'postgres') return (await import('./postgres.ts')).openPostgres(url.url);
  mkdirSync(dirname(url.file), { recursive: true });
  return (await import('./sqlite.ts')).openSqlite(url.file);
}
