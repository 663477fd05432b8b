import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanName, collator, initials, searchName } from '../../src/domain/names.ts';

test.each([
  ['  Әлихан   Ғабит ', 'Әлихан Ғабит'],
  ['Әлихан\tҒабит\n', 'Әлихан Ғабит'],
  ['Әлихан\u00A0Ғабит', 'Әлихан Ғабит'],
  ['Андрей\u0306', 'Андрей\u0306'.normalize('NFC')],
  ['Андреи\u0306', 'Андрей'],
  ['\u202EтибаҒ\u202C', 'тибаҒ'],
  ['Әли\u200Bхан\u0000', 'Әлихан'],
  ['Ғ \u200E Қ', 'Ғ Қ'],
  ['«Шуақ» № 3', '«Шуақ» № 3'],
])('%j is stored as %j', (text, expected) => {
  expect(cleanName(text)).toBe(expected);
});

test.each(['', '   ', '\u200B', '\u202E \u202C', '\uD800', 'ә'.repeat(121)])('%j is no name', (text) => {
  expect(cleanName(text)).toBeUndefined();
});

test('120 letters are the most, counted as letters', () => {
  expect(cleanName('ә'.repeat(120))).toBe('ә'.repeat(120));
  expect(cleanName('𐍈'.repeat(120))).toBe('𐍈'.repeat(120));
});

test.each([
  ['Семён ӘЛІМҚҰЛОВ', 'семен әлімқұлов'],
  ['СЕМЕ\u0308Н', 'семен'],
  [' Ғ  Ң Ө Ү Һ І ', 'ғ ң ө ү һ і'],
  ['Istanbul', 'istanbul'],
])('%j is searched as %j', (text, expected) => {
  expect(searchName(text)).toBe(expected);
});

test('cleaning once is enough, and nothing invisible is left', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const name = cleanName(text);
      if (name === undefined) return;
      expect(cleanName(name)).toBe(name);
      expect(name).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]|\s\s|^\s|\s$/u);
      expect(searchName(searchName(name))).toBe(searchName(name));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['Әлихан Ғабит', 'ӘҒ'],
  ['иванова анна петровна', 'ИА'],
  ['Айару', 'А'],
  ['№ 3 «үміт» тобы', 'ҮТ'],
  ["О'Нил-Смит Джон", 'ОД'],
  ['123', ''],
])('initials of %j are %j', (name, expected) => {
  expect(initials(name)).toBe(expected);
});

test('the Kazakh alphabet in its own order; numbers as numbers', () => {
  const alphabet = [...'аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя'];
  expect([...alphabet].reverse().sort(collator('kk').compare)).toEqual(alphabet);
  expect(['Топ 10', 'Топ 2'].sort(collator('ru').compare)).toEqual(['Топ 2', 'Топ 10']);
  expect(collator('en')).toBe(collator('en'));
});
