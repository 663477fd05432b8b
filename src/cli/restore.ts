import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Instant } from '../domain/calendar.ts';
import { copyTo, faultOf, isHeld, isSqliteFile, putInPlace } from './sqlite-file.ts';
import { readArgs, WrongUse, type Bench, type Exit, type Verb } from './verb.ts';

/** 'kundiz.db.before-restore-20270203T050000Z' */
function asideName(file: string, now: Instant): string {
  return `${file}.before-restore-${now.replaceAll(/[-:]|\.\d+/g, '')}`;
}

function refusalOf(source: string): string | undefined {
  if (!existsSync(source)) return `there is no file ${source}`;
  return isSqliteFile(source) ? undefined : `${source} is no SQLite database`;
}

function restoreSqlite(bench: Bench, source: string, file: string): Exit {
  const refused = refusalOf(source);
  if (refused) {
    bench.err(refused);
    return 1;
  }
  if (isHeld(file)) {
    bench.err(`${file} is in use: stop the server first`);
    return 1;
  }
  mkdirSync(dirname(file), { recursive: true });
  const fault = faultOf(source);
  if (fault) {
    bench.err(`${source} is not restored: ${fault}`);
    return 1;
  }
  const temporary = copyTo(source, file);
  const aside = asideName(file, bench.clock());
  // Only a database that could not be opened still has a log beside it.
  for (const tail of ['', '-wal', '-shm']) if (existsSync(file + tail)) renameSync(file + tail, aside + tail);
  putInPlace(temporary, file);
  rmSync(`${file}-shm`, { force: true });
  bench.out(`${file} is now ${source}.`);
  if (existsSync(aside)) bench.out(`What was there before is kept as ${aside}.`);
  return 0;
}

export const restoreVerb: Verb = {
  usage: 'restore FILE --yes',
  what: 'puts a backup in the place of the database, which is kept beside it; the server must not run',
  async run(args, bench) {
    const { values, positionals } = readArgs(args, { yes: { type: 'boolean' } } as const, 1);
    const source = resolve(positionals[0]!);
    const { database: url } = bench.config;
    if (url.dialect === 'postgres') {
      bench.err('A PostgreSQL database is restored with PostgreSQL’s own tool, the server being stopped:');
      bench.err(
        `  pg_restore --clean --if-exists --single-transaction --no-owner --dbname='postgres://…' '${source}'`,
      );
      return 1;
    }
    if (values.yes !== true) throw new WrongUse(`replaces ${url.file}: say --yes if that is what you want`);
    return restoreSqlite(bench, source, url.file);
  },
};
