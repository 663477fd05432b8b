import { INTL_TAG, type Language } from './language.ts';

/** Names of people and places are up to 120 letters long. */
export const LONGEST_NAME = 120;

/** Control, formatting (bidi, zero-width, soft hyphen) and broken characters: invisible, and able to turn text round. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}]/gu;

function clean(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').replace(INVISIBLE, '').replace(/ +/g, ' ').trim();
}

/**
 * A name as it is stored: composed letters (NFC), white space folded to single spaces, no invisible characters.
 * undefined when nothing is left or more than 120 letters are.
 */
export function cleanName(text: string): string | undefined {
  const name = clean(text);
  return name === '' || [...name].length > LONGEST_NAME ? undefined : name;
}

/** The form that names are sorted and searched by in the database, whose lower() knows ASCII only: lower case, ё as е. */
export function searchName(text: string): string {
  return clean(text).toLocaleLowerCase('kk').normalize('NFC').replaceAll('ё', 'е');
}

/** First letters of the first two words, upper-case: 'Әлихан Ғабит' → 'ӘҒ'; '' for a name without letters. */
export function initials(name: string): string {
  const words = clean(name).match(/\p{L}[\p{L}\p{M}'’-]*/gu) ?? [];
  return words
    .slice(0, 2)
    .map((word) => String.fromCodePoint(word.codePointAt(0) ?? 0).toLocaleUpperCase('kk'))
    .join('');
}

const collators = new Map<Language, Intl.Collator>();

/** Alphabetical order as readers of the language expect it; 'Топ 2' comes before 'Топ 10'. */
export function collator(language: Language): Intl.Collator {
  let known = collators.get(language);
  if (known === undefined) {
    known = new Intl.Collator(INTL_TAG[language], { numeric: true });
    collators.set(language, known);
  }
  return known;
}

interface Named {
  readonly id: number;
  readonly name: string;
}

/** Compares by name in the reader's alphabet, then by id: 'Әлия' before 'Бақыт', as no database sorts them. */
export function alphabetical(language: Language): (a: Named, b: Named) => number {
  const { compare } = collator(language);
  return (a, b) => compare(a.name, b.name) || a.id - b.id;
}
