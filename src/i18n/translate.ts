import { INTL_TAG, LANGUAGES as CODES, type Language } from '../domain/language.ts';
import { en } from './en.ts';
import { kk } from './kk.ts';
import { cut, type Message, type ParameterNames, type Parameters, type Parts } from './message.ts';
import { ru } from './ru.ts';

export type { Language } from '../domain/language.ts';
export type { Parameters } from './message.ts';

type English = typeof en;
export type Key = keyof English;

type Needed<K extends Key> = ParameterNames<English[K]>;
type Given<K extends Key> = { readonly [Name in Needed<K>]: Name extends 'n' ? number : string | number };
type Rest<K extends Key> = [Needed<K>] extends [never] ? [] : [params: Given<K>];

/** A message not yet said: what rules, forms and jobs hand on so that it can be said in any language. */
export interface Said {
  readonly key: Key;
  readonly params?: Parameters | undefined;
}

export interface T {
  /** The sentence in this language. Numbers are written the way the language writes them; give ids and years as text. */
  <K extends Key>(key: K, ...params: Rest<K>): string;
  readonly language: Language;
  /** Says a message whose key is known only at run time. */
  say(message: Said): string;
}

/** The languages in their own words, in the order in which they are offered. */
export const LANGUAGES: readonly {
  readonly code: Language;
  readonly name: string;
  readonly short: string;
}[] = [
  { code: 'kk', name: 'Қазақша', short: 'Қаз' },
  { code: 'ru', name: 'Русский', short: 'Рус' },
  { code: 'en', name: 'English', short: 'Eng' },
];

const CATALOGUES: Readonly<Record<Language, Readonly<Record<Key, Message>>>> = { kk, ru, en };

export function isKey(text: string): text is Key {
  return Object.hasOwn(en, text);
}

/** A message ready to be said: plain text, a text with gaps, or one of these per plural category. */
type Ready = string | Parts | ReadonlyMap<Intl.LDMLPluralRule, string | Parts>;

function readyText(text: string): string | Parts {
  const parts = cut(text);
  return parts.length === 1 ? text : parts;
}

function ready(message: Message): Ready {
  if (typeof message === 'string') return readyText(message);
  return new Map(
    Object.entries(message).map(([rule, text]) => [rule as Intl.LDMLPluralRule, readyText(text as string)]),
  );
}

/** Below a thousand a whole number is written alike in all three languages; Intl takes a hundred times as long. */
export function figure(value: number, format: Intl.NumberFormat): string {
  return Number.isInteger(value) && value >= 0 && value < 1000 ? String(value) : format.format(value);
}

function createTranslator(language: Language): T {
  const catalogue = new Map<string, Ready>();
  for (const [key, message] of Object.entries(CATALOGUES[language])) catalogue.set(key, ready(message));
  const plurals = new Intl.PluralRules(INTL_TAG[language]);
  const numbers = new Intl.NumberFormat(INTL_TAG[language]);

  function fill(parts: Parts, params: Parameters | undefined): string {
    let text = parts[0] ?? '';
    for (let place = 1; place < parts.length; place += 2) {
      const name = parts[place] ?? '';
      const value = params?.[name];
      text += typeof value === 'number' ? figure(value, numbers) : (value ?? `{${name}}`);
      text += parts[place + 1] ?? '';
    }
    return text;
  }

  function say(key: string, params?: Parameters): string {
    let message = catalogue.get(key);
    if (message === undefined) return key;
    if (message instanceof Map) {
      const rule = plurals.select(Number(params?.['n'] ?? 0));
      message = message.get(rule) ?? message.get('other') ?? key;
    }
    return typeof message === 'string' ? message : fill(message as Parts, params);
  }

  return Object.assign(say as <K extends Key>(key: K, ...params: Rest<K>) => string, {
    language,
    say: (message: Said) => say(message.key, message.params),
  });
}

const translators = new Map<Language, T>();

/** The words of one language. Messages are compiled at the first call. */
export function translator(language: Language): T {
  let t = translators.get(language);
  if (t === undefined) translators.set(language, (t = createTranslator(language)));
  return t;
}

/** The language a browser asks for (RFC 9110 Accept-Language); Kazakh, the state language, when it asks for none of ours. */
export function pickLanguage(acceptLanguage: string | undefined): Language {
  let best: Language = 'kk';
  let bestQuality = 0;
  for (const range of (acceptLanguage ?? '').slice(0, 500).split(',')) {
    const [tag = '', ...options] = range.trim().toLowerCase().split(';');
    const language = CODES.find((code) => tag === code || tag.startsWith(`${code}-`));
    if (language === undefined) continue;
    const q = options
      .map((option) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(option)?.[1])
      .find((value) => value !== undefined);
    const quality = q === undefined ? 1 : Number(q);
    if (quality > bestQuality) [best, bestQuality] = [language, quality];
  }
  return best;
}
