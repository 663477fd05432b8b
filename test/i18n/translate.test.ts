import { describe, expect, it } from 'vitest';
import { isKey, LANGUAGES, pickLanguage, translator } from '../../src/i18n/translate.ts';
import type { Room } from '../../src/i18n/message.ts';

describe('a translator', () => {
  const en = translator('en');
  const ru = translator('ru');
  const kk = translator('kk');

  it('says plain and filled sentences', () => {
    expect(kk('nav.sign_out')).toBe('Шығу');
    expect(ru('page.error_title', { title: 'Вход' })).toBe('Ошибка: Вход');
    expect(kk('nav.page_of', { page: 2, pages: 9 })).toBe('9 беттің 2-беті');
  });

  it('chooses the plural of the language', () => {
    const places = (n: number) => ru('count.places', { n });
    expect([1, 2, 5, 11, 21, 22, 112].map(places)).toEqual([
      '1 место',
      '2 места',
      '5 мест',
      '11 мест',
      '21 место',
      '22 места',
      '112 мест',
    ]);
    expect([0, 1, 2].map((n) => en('count.children', { n }))).toEqual([
      '0 children',
      '1 child',
      '2 children',
    ]);
    expect(kk('count.children', { n: 5 })).toBe('5 бала');
  });

  it('writes numbers as the language writes them, and text as it stands', () => {
    expect(en('count.hours', { n: 48_200.5 })).toBe('48,200.5 hours');
    expect(ru('count.hours', { n: 48_200.5 })).toBe('48\u00a0200,5 часа');
    expect(kk('count.hours', { n: 1234 })).toBe('1\u00a0234 сағат');
    expect(ru('error.reference', { reference: '0042' })).toBe('Номер сбоя: 0042');
  });

  it('says what rules and forms hand on', () => {
    expect(ru.say({ key: 'form.too_long', params: { n: 80 } })).toBe('Сократите до 80 символов');
    expect(kk.language).toBe('kk');
  });

  it('leaves nothing to chance in types', () => {
    // @ts-expect-error a parameter is missing
    expect(en('page.signed_in')).toContain('{name}');
    // @ts-expect-error a plural wants n
    expect(en('count.days', { days: 1 })).toContain('{n}');
    // @ts-expect-error no such key
    expect(en('nav.nowhere')).toBe('nav.nowhere');
    // @ts-expect-error a key is missing
    const missing: Room<{ a: 'one'; b: 'two' }> = { a: 'бір' };
    // @ts-expect-error a key too many
    const extra: Room<{ a: 'one' }> = { a: 'бір', b: 'екі' };
    // @ts-expect-error nothing to count
    const plural: Room<{ a: 'one' }> = { a: { one: 'бір', other: 'көп' } };
    expect([missing, extra, plural]).toHaveLength(3);
  });

  it('survives names that objects inherit', () => {
    expect(isKey('constructor')).toBe(false);
    expect(en.say({ key: 'toString' as 'nav.home' })).toBe('toString');
  });
});

describe('the language of a browser', () => {
  it.each([
    [undefined, 'kk'],
    ['', 'kk'],
    ['ru-RU,ru;q=0.9,en-US;q=0.8', 'ru'],
    ['en-US,en;q=0.9,kk;q=0.95', 'en'],
    ['de,fr;q=0.8,ru;q=0.2', 'ru'],
    ['en;q=0.3, kk-KZ;q=0.8', 'kk'],
    ['ru;q=0, en;q=0.1', 'en'],
    ['de,*;q=0.1', 'kk'],
    ['rus', 'kk'],
    ['ru;q=nonsense', 'ru'],
  ])('%s → %s', (header, language) => expect(pickLanguage(header)).toBe(language));
});

it('names every language in its own words', () => {
  expect(LANGUAGES.map((language) => language.name)).toEqual(['Қазақша', 'Русский', 'English']);
});
