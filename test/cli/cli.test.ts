import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Client from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/data/open-database.ts';
import { signIn } from '../../src/use-cases/sign-in.ts';
import { createTestDatabase, testDialect, type TestDatabase } from '../support/database.ts';
import { sampleFile } from '../support/import-file.ts';
import { OWN_NODE } from '../support/own-node.ts';
import { writePastRules } from '../support/raw-sql.ts';
import { NOW } from '../support/world.ts';

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function run(args: readonly string[], env: Record<string, string>, input = ''): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [CLI, ...args], {
      env: { ...OWN_NODE, NODE_ENV: 'test', KUNDIZ_NOW: NOW, ...env },
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.on('close', (code) => resolve({ code, out, err }));
    child.stdin.end(input);
  });
}

describe('the command line', { timeout: 120_000 }, () => {
  let stage: TestDatabase;
  let folder: string;
  let env: Record<string, string>;
  const file = (name: string, content: unknown) => {
    const path = join(folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };

  beforeAll(async () => {
    stage = await createTestDatabase();
    folder = mkdtempSync(join(tmpdir(), 'kundiz-cli-'));
    env = { DATABASE_URL: stage.urlText };
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await stage[Symbol.asyncDispose]();
  });

  test.runIf(testDialect === 'sqlite')(
    'wrong use is 2, with the usage; a wrong setting names the variable',
    async () => {
      const production = { ...env, NODE_ENV: 'production' };
      const [nothing, unknown, option, noFile, absent, port, now, help] = await Promise.all([
        run([], env),
        run(['fly'], env),
        run(['check-data', '--fast'], env),
        run(['import'], env),
        run(['import', join(folder, 'absent.json')], env),
        run(['check-data'], { ...env, PORT: 'x' }),
        run(['check-data'], production),
        run(['--help'], env),
      ]);
      for (const wrong of [nothing, unknown, option, noFile, absent, port, now])
        expect(wrong).toMatchObject({ code: 2, out: '' });
      expect(option.err).toContain('check-data [--json]');
      expect(port.err).toMatch(/^kundiz: PORT must be/);
      expect(now.err).toMatch(/^kundiz: KUNDIZ_NOW is for tests/);
      expect(help.code).toBe(0);
      expect(help.out).toContain('import FILE.json [--dry-run] [--json]');
    },
  );

  test('imports, answers with ids, and finds the data sound', async () => {
    const path = file('good.json', sampleFile());
    const dry = await run(['import', path, '--dry-run'], env);
    expect(dry).toMatchObject({ code: 0 });
    expect(dry.out).toContain('bookings     4 new');
    const done = await run(['import', path, '--json'], env);
    expect(done.code).toBe(0);
    const { counts, ids } = JSON.parse(done.out) as {
      counts: Record<string, { created: number }>;
      ids: Record<string, Record<string, string>>;
    };
    expect(counts['bookings']!.created).toBe(4);
    expect(ids['centres']!['c1']).toMatch(/^\d+$/);
    const again = JSON.parse((await run(['import', path, '--json'], env)).out) as typeof counts;
    expect(again['counts']).toMatchObject({ bookings: { created: 0, unchanged: 4 } });
    expect(await run(['check-data', '--json'], env)).toMatchObject({ code: 0, out: '{"findings":[]}\n' });
  });

  test('a broken file is refused with 1 and every problem named', async () => {
    const broken = sampleFile();
    broken.children[0]!.iin = '180515599918';
    broken.bookings[1]!.from = '08:15';
    const path = file('broken.json', broken);
    const torn = file('torn.json', '{"centres": [');
    const commands = [
      ['import', path],
      ['import', path, '--json'],
      ['import', torn],
    ];
    const [told, json, unread] = (await Promise.all(commands.map((args) => run(args, env)))) as [
      Ran,
      Ran,
      Ran,
    ];
    expect(told.code).toBe(1);
    expect(told.out.split('\n').slice(0, 3)).toEqual([
      'children row 1, iin: has a wrong check digit [invalid]',
      'bookings row 2, from: 08:15 is not on the half-hour [off_grid]',
      'Nothing was imported: 2 problems.',
    ]);
    expect(JSON.parse(json.out)).toMatchObject({
      total: 2,
      problems: [{ sheet: 'children', row: 1, field: 'iin', reason: 'invalid' }, {}],
    });
    expect(unread.out).toMatch(/^file: is not JSON/);
  });

  test('check-data is 1 where something is wrong', async () => {
    await writePastRules(stage, ["update group_day set peak_booked = 77 where date = '2027-02-09'"]);
    const found = await run(['check-data'], env);
    expect(found.code).toBe(1);
    expect(found.out).toMatch(/^day_differs: group \d+, 2027-02-09: peakBooked is stored otherwise/);
    await writePastRules(stage, ["update group_day set peak_booked = peak_taken where date = '2027-02-09'"]);
  });

  test('create-admin: a password from standard input, or one made up and told once', async () => {
    const device = 'test';
    const login = (name: string, password: string) => ({
      login: name,
      password,
      remember: false,
      device,
      now: NOW,
    });
    const named = await run(
      ['create-admin', '--login', 'Boss@Example.kz', '--name', 'Үлгі Басшы'],
      env,
      'correct horse\n',
    );
    expect(named).toMatchObject({ code: 0, out: 'system_admin boss@example.kz may sign in.\n' });
    expect(await signIn(stage.database, login('boss@example.kz', 'correct horse'))).toMatchObject({
      role: 'system_admin',
    });
    const args = [
      'create-admin',
      '--login',
      '8 701 000 11 22',
      '--name',
      'Мысал',
      '--role',
      'centre_admin',
      '--scope',
      'c1',
      '--json',
    ];
    const { password } = JSON.parse((await run(args, env)).out) as { password: string };
    expect(await signIn(stage.database, login('+77010001122', password))).toMatchObject({
      role: 'centre_admin',
    });
    expect(await run(args, env)).toMatchObject({
      code: 1,
      err: 'kundiz: --login belongs to somebody already\n',
    });
    const region = [
      'create-admin',
      '--login',
      'r@example.kz',
      '--name',
      'Мысал',
      '--role',
      'regional_manager',
      '--scope',
      '99',
    ];
    const [noRegion, short] = await Promise.all([
      run(region, env),
      run(['create-admin', '--login', 'x@example.kz', '--name', 'Мысал'], env, 'short\n'),
    ]);
    expect(noRegion.err).toContain('--scope must be a region code');
    expect(short).toMatchObject({ code: 1, err: 'kundiz: the password must have at least 8 characters\n' });
  });

  test.runIf(testDialect === 'sqlite')(
    'backup and restore: whole, checked, the old file kept, never under a running server',
    async () => {
      const live = stage.url.dialect === 'sqlite' ? stage.url.file : '';
      const backup = join(folder, 'backup.db');
      expect(await run(['backup', backup, '--json'], env)).toMatchObject({ code: 0, err: '' });
      expect(existsSync(`${backup}.part`)).toBe(false);
      expect((await run(['backup', live], env)).err).toContain('is the database itself');
      expect((await run(['backup', file('notes.txt', 'mine')], env)).err).toContain('it is not overwritten');
      expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('mine');

      const target = join(folder, 'target.db');
      const there = { DATABASE_URL: `file:${target}` };
      expect((await run(['restore', backup], there)).code).toBe(2);
      expect(await run(['restore', backup, '--yes'], there)).toMatchObject({ code: 0, err: '' });
      expect(await run(['check-data'], there)).toMatchObject({ code: 0, out: '0 findings\n' });

      const server = await openDatabase({ dialect: 'sqlite', file: target });
      await server.read(async (tx) => await tx.db.select().from(tx.t.centre));
      const held = await run(['restore', backup, '--yes'], there);
      expect(held).toMatchObject({ code: 1, out: '' });
      expect(held.err).toContain('is in use: stop the server first');
      await server.close();

      await run(['create-admin', '--login', 'later@example.kz', '--name', 'Үлгі'], there, 'long enough\n');
      const strange = new Client(join(folder, 'strange.db'));
      strange.exec('create table group_day (id integer)');
      strange.close();
      const [torn, foreign] = await Promise.all([
        run(['restore', file('torn.db', `SQLite format 3\0${'torn'.repeat(1000)}`), '--yes'], there),
        run(['restore', join(folder, 'strange.db'), '--yes'], there),
      ]);
      expect([torn.code, foreign.code]).toEqual([1, 1]);
      expect(torn.err).toContain('it is damaged');
      expect(foreign.err).toContain('it is not a database of Kundiz');
      expect((await run(['restore', backup, '--yes'], there)).code).toBe(0);
      const kept = readdirSync(folder).filter((name) => name.startsWith('target.db.before-restore-'));
      expect(kept).toHaveLength(1);
      const people = async (path: string) => {
        const database = await openDatabase({ dialect: 'sqlite', file: path });
        const rows = await database.read(async (tx) => await tx.db.select().from(tx.t.person));
        await database.close();
        return rows.map((person) => person.login);
      };
      expect(await people(target)).not.toContain('later@example.kz');
      expect(await people(join(folder, kept[0]!))).toContain('later@example.kz');
    },
  );

  test.runIf(testDialect === 'postgres')(
    'PostgreSQL is backed up and restored by its own tools',
    async () => {
      const target = join(folder, 'backup.dump');
      const backup = await run(['backup', target], { ...env, PATH: '/nowhere' });
      expect(backup.code).toBe(1);
      expect(backup.err).toContain('pg_dump is not on this machine');
      expect(backup.err).not.toContain('kundiz@');
      expect(existsSync(target)).toBe(false);
      expect((await run(['restore', target, '--yes'], env)).err).toContain('pg_restore --clean');
    },
  );
});
