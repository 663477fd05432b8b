import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

/** app and server put the house together. Nobody else knows web. */
const EVERYTHING = 'web jobs use-cases planning data domain i18n db db/schema db/seed clock config'.split(
  ' ',
);

/** Who may import whom (docs/decisions). A room is a folder of src, a file beside them, or a part of db. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  domain: [],
  planning: ['domain'],
  i18n: ['domain'],
  'db/schema': ['domain'],
  data: ['domain', 'db/schema'],
  db: ['domain', 'data', 'db/schema'],
  'use-cases': ['domain', 'planning', 'data'],
  web: ['use-cases', 'domain', 'i18n', 'data'],
  jobs: ['use-cases', 'domain', 'i18n', 'data'],
  cli: ['use-cases', 'domain', 'i18n', 'data', 'planning', 'db', 'db/seed', 'clock', 'config'],
  'db/seed': ['use-cases', 'domain', 'planning', 'data', 'i18n', 'db', 'db/schema'],
  clock: ['domain'],
  config: ['domain', 'data', 'i18n', 'clock'],
  log: ['config'],
  app: EVERYTHING,
  background: [...EVERYTHING, 'log'],
  serving: ['app', 'web', 'data', 'clock', 'config', 'log'],
  server: [...EVERYTHING, 'app', 'background', 'serving', 'log'],
};

/** Handed in as values; pages and jobs know only their types. */
const HANDED_IN = ['clock', 'config'];

const LONGEST_FILE = 300;
const LONG_FILES: readonly string[] = [];

/** Names that say nothing: whatever is put there belongs to a noun of the domain or to the mechanism. */
const EMPTY_WORDS = /^(utils?|helpers?|managers?|service|common|misc|shared|stuff)$/;
const NAMED_WELL = ['regional-manager', 'regional-managers'];

/** Views that belong to no page of their own. */
const SHARED_VIEWS = ['layout', 'form', 'errors', 'mail'];

const sources = globSync(['src/**/*.ts', 'db/**/*.ts'], { exclude: ['db/*.config.ts'] }).toSorted();
const views = globSync('views/**/*.ejs').toSorted();

function roomOf(file: string): string {
  const [top, second = ''] = file.split('/');
  if (top === 'src') return second.replace(/\.ts$/, '');
  return second === 'schema' || second === 'seed' ? `db/${second}` : 'db';
}

interface Import {
  readonly target: string;
  readonly typeOnly: boolean;
}

const IMPORT =
  /^(?:import|export) (?<type>type )?[^'";]*?from '(?<from>\.[^']+)'|import\(?\s*'(?<bare>\.[^']+)'|new URL\('(?<url>\.[^']+\.ts)'/gm;

/** Imports of our own files; prettier keeps them in one shape. */
function importsOf(file: string): Import[] {
  const found = readFileSync(file, 'utf8').matchAll(IMPORT);
  return [...found].map(({ groups = {} }) => ({
    target: normalize(join(dirname(file), groups['from'] ?? groups['bare'] ?? groups['url'] ?? '')),
    typeOnly: groups['type'] !== undefined,
  }));
}

function mayImport(room: string, { target, typeOnly }: Import): boolean {
  const other = roomOf(target);
  if (room === other || MAY_IMPORT[room]?.includes(other)) return true;
  return typeOnly && HANDED_IN.includes(other) && ['web', 'jobs'].includes(room);
}

describe('the house', () => {
  test('every room stands in the table of who may import whom', () => {
    const rooms = new Set(sources.map(roomOf));
    expect([...rooms].filter((room) => !(room in MAY_IMPORT))).toEqual([]);
  });

  test('imports go the way of the table', () => {
    const wrong = sources.flatMap((file) =>
      importsOf(file)
        .filter((each) => !mayImport(roomOf(file), each))
        .map(({ target }) => `${file} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  test('the table is read from real imports', () => {
    expect(sources.flatMap(importsOf).length).toBeGreaterThan(sources.length / 2);
  });

  test(`no file of src is longer than ${LONGEST_FILE} lines`, () => {
    const long = sources
      .filter((file) => file.startsWith('src/') && !LONG_FILES.includes(file))
      .map((file) => ({ file, lines: readFileSync(file, 'utf8').split('\n').length - 1 }))
      .filter(({ lines }) => lines > LONGEST_FILE);
    expect(long).toEqual([]);
  });

  test('files are named for what they are about', () => {
    const named = globSync(['src/**', 'db/**', 'views/**', 'test/**', 'bench/**']);
    const empty = named.filter((file) => {
      const name = basename(file).replace(/\..*$/, '');
      if (NAMED_WELL.includes(name) || /^src\/i18n\/.*\bcommon\.ts$/.test(file)) return false;
      return name.split('-').some((word) => EMPTY_WORDS.test(word));
    });
    expect(empty).toEqual([]);
  });
});

describe('views', () => {
  test('every view has the file of its page under the same name', () => {
    const pages = views.filter(
      (view) => !basename(view).startsWith('_') && !SHARED_VIEWS.includes(view.split('/')[1] ?? ''),
    );
    const pageOf = (view: string) => view.replace(/^views\//, 'src/web/').replace(/\.ejs$/, '.ts');
    expect(pages.filter((view) => !existsSync(pageOf(view)))).toEqual([]);
  });

  test('nothing in a view would be stopped by the content security policy', () => {
    const forbidden = [/\sstyle\s*=/i, /<style/i, /<script(?![^>]*\ssrc=)/i, /\son[a-z]+\s*=/i, /\shx-on\b/i];
    const offending = views.filter((view) => {
      const markup = readFileSync(view, 'utf8').replaceAll(/<%[^]*?%>/g, '');
      return forbidden.some((pattern) => pattern.test(markup));
    });
    expect(offending).toEqual([]);
  });
});
