import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Database } from '../data/database.ts';
import { openDatabase } from '../data/open-database.ts';

/** 0: done and well; 1: found or refused something; 2: wrong use. */
export type Exit = 0 | 1 | 2;

/** What a verb works with. Results go out, progress and complaints go to standard error. */
export interface Bench {
  readonly config: Config;
  readonly clock: Clock;
  out(text: string): void;
  err(text: string): void;
}

export interface Verb {
  /** 'import FILE.json [--dry-run] [--json]' */
  readonly usage: string;
  readonly what: string;
  run(args: readonly string[], bench: Bench): Promise<Exit>;
}

/** The command was not written as its usage says. */
export class WrongUse extends Error {}

/** Reads options strictly; anything unknown is wrong use. */
export function readArgs<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
  positionals: number,
) {
  try {
    const read = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    if (read.positionals.length !== positionals) {
      throw new WrongUse(positionals === 0 ? 'takes no file' : `takes ${positionals} file`);
    }
    return read;
  } catch (error) {
    if (error instanceof WrongUse || !(error instanceof TypeError)) throw error;
    throw new WrongUse(error.message, { cause: error });
  }
}

/** Opens the configured database at its newest schema, and closes it after the work. */
export async function withDatabase<T>(
  { config }: Bench,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const { migrateDatabase } = await import('../../db/migrate.ts');
  await migrateDatabase(config.database);
  const database = await openDatabase(config.database);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** Shows how far some work is: a line that is written over on a terminal, a line a tenth elsewhere. */
export function progressOn(stream: NodeJS.WriteStream): (done: number, of: number, what: string) => void {
  let last = '';
  return (done, of, what) => {
    const part = Math.floor((100 * done) / Math.max(1, of));
    const key = `${what} ${stream.isTTY ? part : Math.floor(part / 10)}`;
    if (key === last) return;
    last = key;
    const line = `${what}: ${part} %`;
    stream.write(stream.isTTY ? `\r\u001b[K${line}${done >= of ? '\n' : ''}` : `${line}\n`);
  };
}
