import { expect, test } from 'vitest';
import { distanceKm } from '../../src/domain/distance.ts';
import { DISTRICTS } from '../../src/domain/districts.ts';
import { isRegionCode, REGION_CODES, regionName, regionOf, REGIONS } from '../../src/domain/regions.ts';

test('the twenty regions of domain.md, by their KATO codes', () => {
  const expected =
    '10 Abai, 11 Akmola, 15 Aktobe, 19 Almaty Region, 23 Atyrau, 27 West Kazakhstan, 31 Zhambyl, 33 Zhetisu, 35 Karaganda, 39 Kostanay, 43 Kyzylorda, 47 Mangystau, 55 Pavlodar, 59 North Kazakhstan, 61 Turkistan, 62 Ulytau, 63 East Kazakhstan, 71 Astana, 75 Almaty, 79 Shymkent';
  expect(REGIONS.map(({ code, name }) => `${code} ${name.en}`).join(', ')).toBe(expected);
  expect(REGIONS.map(({ code }) => code)).toEqual(REGION_CODES);
  expect([regionName('47', 'kk'), regionName('47', 'ru')]).toEqual([
    'Маңғыстау облысы',
    'Мангистауская область',
  ]);
  expect([regionName('79', 'kk'), regionName('79', 'ru')]).toEqual(['Шымкент қаласы', 'город Шымкент']);
  expect(regionOf('75').name.en).toBe('Almaty');
});

test.each(['', '00', '7', '750', 'constructor'])('%j is no region', (text) => {
  expect(isRegionCode(text)).toBe(false);
});

test('names differ within a language, and use that language’s letters', () => {
  for (const language of ['kk', 'ru', 'en'] as const) {
    expect(new Set(REGIONS.map(({ name }) => name[language])).size).toBe(20);
  }
  for (const { name } of REGIONS) {
    expect(name.kk).toMatch(/ (облысы|қаласы)$/);
    expect(name.ru).toMatch(/^(область|город) | область$/);
    expect(name.en).toMatch(/^[A-Za-z ]+$/);
  }
});

test('each has a tile of its own, and its main town lies in Kazakhstan', () => {
  expect(new Set(REGIONS.map(({ tile }) => `${tile.row},${tile.col}`)).size).toBe(20);
  for (const { town, tile } of REGIONS) {
    expect(tile.row >= 0 && tile.row <= 4 && tile.col >= 0 && tile.col <= 5).toBe(true);
    expect(town.lat > 40.5 && town.lat < 55.5 && town.lon > 46.4 && town.lon < 87.4).toBe(true);
  }
});

test('the tiles keep the sides of the map: far to the east is further right, far to the north higher up', () => {
  for (const a of REGIONS) {
    for (const b of REGIONS) {
      if (a.town.lon - b.town.lon > 10)
        expect([a.code, b.code, a.tile.col >= b.tile.col]).toEqual([a.code, b.code, true]);
      if (a.town.lat - b.town.lat > 5)
        expect([a.code, b.code, a.tile.row <= b.tile.row]).toEqual([a.code, b.code, true]);
      if (a !== b) expect(distanceKm(a.town, b.town)).toBeGreaterThan(50);
    }
  }
});

test('three to eight districts each, named once in both languages', () => {
  for (const code of REGION_CODES) {
    const districts = DISTRICTS[code];
    expect(districts.length >= 3 && districts.length <= 8).toBe(true);
    expect(new Set(districts.map(({ kk }) => kk)).size).toBe(districts.length);
    expect(new Set(districts.map(({ ru }) => ru)).size).toBe(districts.length);
    for (const { kk, ru } of districts) {
      expect(kk).toMatch(/ (қаласы|ауданы)$/);
      expect(ru).toMatch(kk.endsWith('қаласы') ? /^город / : /^район | район$/);
    }
  }
});
