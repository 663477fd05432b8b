import { spawn } from 'node:child_process';
import { existsSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { copyTo, faultOf, isSqliteFile, putInPlace } from './sqlite-file.ts';
import { readArgs, type Bench, type Exit, type Verb } from './verb.ts';

function backupSqlite(bench: Bench, file: string, target: string, json: boolean): Exit {
  if (!existsSync(file)) {
    bench.err(`there is no database at ${file}`);
    return 1;
  }
  if (existsSync(target) && (sameFile(file, target) || !isSqliteFile(target))) {
    bench.err(
      `${target} is ${sameFile(file, target) ? 'the database itself' : 'no backup'}: it is not overwritten`,
    );
    return 1;
  }
  const temporary = copyTo(file, target);
  const fault = faultOf(temporary);
  if (fault) {
    rmSync(temporary);
    bench.err(`the copy is not sound, nothing was kept: ${fault}`);
    return 1;
  }
  putInPlace(temporary, target);
  const { size } = statSync(target);
  bench.out(json ? JSON.stringify({ file: target, bytes: size }) : `${target}: ${size} bytes`);
  return 0;
}

function sameFile(a: string, b: string): boolean {
  const [one, two] = [statSync(a), statSync(b)];
  return one.dev === two.dev && one.ino === two.ino;
}

/** pg_dump's arguments; the password goes by the environment, where `ps` does not show it. */
function dumpCommand(url: string, target: string): { args: string[]; password: string } {
  const address = new URL(url);
  const password = decodeURIComponent(address.password);
  address.password = '';
  return {
    args: ['--format=custom', '--no-owner', `--file=${target}.part`, `--dbname=${address.href}`],
    password,
  };
}

/** PostgreSQL's own tool; where it is not installed, the command is told instead. */
const PG_DUMP = 'pg_dump';
/** As a shell says it. */
const NOT_FOUND = 127;

async function backupPostgres(bench: Bench, url: string, target: string, json: boolean): Promise<Exit> {
  const { args, password } = dumpCommand(url, target);
  const child = spawn(PG_DUMP, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...(password && { PGPASSWORD: password }) },
  });
  const code = await new Promise<number | null>((end) => {
    child.on('error', () => end(NOT_FOUND));
    child.on('close', end);
  });
  if (code === 0) {
    putInPlace(`${target}.part`, target);
    const { size } = statSync(target);
    bench.out(json ? JSON.stringify({ file: target, bytes: size }) : `${target}: ${size} bytes`);
    return 0;
  }
  rmSync(`${target}.part`, { force: true });
  bench.err(
    code === NOT_FOUND
      ? 'pg_dump is not on this machine. Where it is, run:'
      : 'pg_dump failed. What was run:',
  );
  bench.err(
    `  pg_dump ${args
      .map((arg) => `'${arg}'`)
      .join(' ')
      .replace('.part', '')}`,
  );
  return 1;
}

export const backupVerb: Verb = {
  usage: 'backup FILE [--json]',
  what: 'writes a whole copy of the database while it is in use',
  async run(args, bench) {
    const { values, positionals } = readArgs(args, { json: { type: 'boolean' } } as const, 1);
    const target = resolve(positionals[0]!);
    const { database: url } = bench.config;
    const json = values.json === true;
    if (url.dialect === 'postgres') return await backupPostgres(bench, url.url, target, json);
    return backupSqlite(bench, url.file, target, json);
  },
};
