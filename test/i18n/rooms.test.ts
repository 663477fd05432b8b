import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { kk } from '../../src/i18n/kk.ts';
import { placeholdersOf, type Message } from '../../src/i18n/message.ts';
import { ru } from '../../src/i18n/ru.ts';
import { isKey } from '../../src/i18n/translate.ts';

type Catalogue = Readonly<Record<string, Message>>;
const ROOMS = [
  'common',
  'account',
  'family',
  'centre',
  'region',
  'public',
  'refusals',
  'mail',
  'rescue',
  'words',
  'find',
  'roster',
  'norms',
  'waiting',
  'offers',
  'rounds',
  'vacancy',
  'timesheet',
  'shortage',
  'own-shifts',
  'board',
];

async function room(language: string, name: string): Promise<Catalogue> {
  const module = (await import(`../../src/i18n/${language}/${name}.ts`)) as Record<string, Catalogue>;
  return Object.values(module)[0] ?? {};
}

/** One text of a message, or each of its plural texts. */
const texts = (message: Message): string[] =>
  typeof message === 'string' ? [message] : Object.values(message);

describe.each([
  ['en', en],
  ['ru', ru],
  ['kk', kk],
] as [string, Catalogue][])('%s', (language, catalogue) => {
  it('has the keys of every room and each of them once', async () => {
    const keys = (
      await Promise.all(ROOMS.map(async (name) => Object.keys(await room(language, name))))
    ).flat();
    expect(keys.filter((key, place) => keys.indexOf(key) !== place)).toEqual([]);
    expect(keys.toSorted()).toEqual(Object.keys(en).toSorted());
    expect(Object.keys(catalogue).toSorted()).toEqual(keys.toSorted());
  });

  it('uses only the placeholders that English has', () => {
    const unknown = Object.entries(catalogue).flatMap(([key, message]) => {
      const known = placeholdersOf((en as Catalogue)[key] ?? '');
      if (typeof (en as Catalogue)[key] === 'object') known.add('n');
      return [...placeholdersOf(message)]
        .filter((name) => !known.has(name))
        .map((name) => `${key}: {${name}}`);
    });
    expect(unknown).toEqual([]);
  });

  it('drops none of them but the counted n', () => {
    const lost = Object.entries(en as Catalogue).flatMap(([key, message]) =>
      [...placeholdersOf(message)]
        .filter((name) => name !== 'n' && !placeholdersOf(catalogue[key] ?? '').has(name))
        .map((name) => `${key}: {${name}}`),
    );
    expect(lost).toEqual([]);
  });

  it('has no empty or untidy text and no unbalanced brace', () => {
    const untidy = Object.entries(catalogue).filter(([, message]) =>
      texts(message).some(
        (text) =>
          text.trim() !== text ||
          text === '' ||
          /\s{2}/.test(text) ||
          /[{}]/.test(text.replace(/\{[a-z]\w*\}/g, '')),
      ),
    );
    expect(untidy.map(([key]) => key)).toEqual([]);
  });
});

it('counts in Russian with one, few and many', () => {
  const poor = Object.entries(ru as Catalogue).filter(
    ([, message]) => typeof message === 'object' && !(message.few && message.many),
  );
  expect(poor.map(([key]) => key)).toEqual([]);
});

it('never calls a person by the disability', () => {
  const said = Object.values({ ...en, a: Object.values(ru), b: Object.values(kk) }).flatMap((message) =>
    JSON.stringify(message),
  );
  expect(
    said.filter((text) => /инвалид(?!ност)|мүгедек(?!т[іи])|\binvalids?\b|handicapped/i.test(text)),
  ).toEqual([]);
});

describe('views', () => {
  const files = readdirSync('views', { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ejs'),
  );

  it.each(files)('%s asks only for words that exist', (name) => {
    const source = readFileSync(`views/${name}`, 'utf8');
    const asked = [...source.matchAll(/\bt\(\s*'([^']+)'\s*[,)]/g)].map((match) => match[1] ?? '');
    expect(asked.filter((key) => !isKey(key))).toEqual([]);
  });
});
