import type { Point } from './distance.ts';
import type { Language } from './language.ts';

/** First two digits of the KATO classifier: the 17 regions and the three cities of the republic's significance. */
export const REGION_CODES = [
  '10',
  '11',
  '15',
  '19',
  '23',
  '27',
  '31',
  '33',
  '35',
  '39',
  '43',
  '47',
  '55',
  '59',
  '61',
  '62',
  '63',
  '71',
  '75',
  '79',
] as const;
export type RegionCode = (typeof REGION_CODES)[number];

export interface Region {
  readonly code: RegionCode;
  readonly name: Readonly<Record<Language, string>>;
  /** Roughly where the main town stands: to centre a map and to scatter demo centres, not an address. */
  readonly town: Point;
  /** Place on a map of equal tiles, 5 rows from the north by 6 columns from the west; neighbours roughly keep sides. */
  readonly tile: { readonly row: number; readonly col: number };
}

/** In the order of their codes, as the state register lists them. */
export const REGIONS: readonly Region[] = [
  {
    code: '10',
    name: { kk: 'Абай облысы', ru: 'область Абай', en: 'Abai' },
    town: { lat: 50.41, lon: 80.23 },
    tile: { row: 2, col: 4 },
  },
  {
    code: '11',
    name: { kk: 'Ақмола облысы', ru: 'Акмолинская область', en: 'Akmola' },
    town: { lat: 53.28, lon: 69.39 },
    tile: { row: 1, col: 3 },
  },
  {
    code: '15',
    name: { kk: 'Ақтөбе облысы', ru: 'Актюбинская область', en: 'Aktobe' },
    town: { lat: 50.28, lon: 57.17 },
    tile: { row: 2, col: 1 },
  },
  {
    code: '19',
    name: { kk: 'Алматы облысы', ru: 'Алматинская область', en: 'Almaty Region' },
    town: { lat: 43.86, lon: 77.06 },
    tile: { row: 3, col: 4 },
  },
  {
    code: '23',
    name: { kk: 'Атырау облысы', ru: 'Атырауская область', en: 'Atyrau' },
    town: { lat: 47.11, lon: 51.92 },
    tile: { row: 2, col: 0 },
  },
  {
    code: '27',
    name: { kk: 'Батыс Қазақстан облысы', ru: 'Западно-Казахстанская область', en: 'West Kazakhstan' },
    town: { lat: 51.23, lon: 51.37 },
    tile: { row: 1, col: 0 },
  },
  {
    code: '31',
    name: { kk: 'Жамбыл облысы', ru: 'Жамбылская область', en: 'Zhambyl' },
    town: { lat: 42.9, lon: 71.37 },
    tile: { row: 3, col: 3 },
  },
  {
    code: '33',
    name: { kk: 'Жетісу облысы', ru: 'область Жетісу', en: 'Zhetisu' },
    town: { lat: 45.02, lon: 78.37 },
    tile: { row: 3, col: 5 },
  },
  {
    code: '35',
    name: { kk: 'Қарағанды облысы', ru: 'Карагандинская область', en: 'Karaganda' },
    town: { lat: 49.8, lon: 73.09 },
    tile: { row: 2, col: 3 },
  },
  {
    code: '39',
    name: { kk: 'Қостанай облысы', ru: 'Костанайская область', en: 'Kostanay' },
    town: { lat: 53.21, lon: 63.62 },
    tile: { row: 1, col: 2 },
  },
  {
    code: '43',
    name: { kk: 'Қызылорда облысы', ru: 'Кызылординская область', en: 'Kyzylorda' },
    town: { lat: 44.85, lon: 65.51 },
    tile: { row: 3, col: 1 },
  },
  {
    code: '47',
    name: { kk: 'Маңғыстау облысы', ru: 'Мангистауская область', en: 'Mangystau' },
    town: { lat: 43.65, lon: 51.17 },
    tile: { row: 3, col: 0 },
  },
  {
    code: '55',
    name: { kk: 'Павлодар облысы', ru: 'Павлодарская область', en: 'Pavlodar' },
    town: { lat: 52.29, lon: 76.97 },
    tile: { row: 1, col: 5 },
  },
  {
    code: '59',
    name: { kk: 'Солтүстік Қазақстан облысы', ru: 'Северо-Казахстанская область', en: 'North Kazakhstan' },
    town: { lat: 54.87, lon: 69.15 },
    tile: { row: 0, col: 3 },
  },
  {
    code: '61',
    name: { kk: 'Түркістан облысы', ru: 'Туркестанская область', en: 'Turkistan' },
    town: { lat: 43.3, lon: 68.25 },
    tile: { row: 3, col: 2 },
  },
  {
    code: '62',
    name: { kk: 'Ұлытау облысы', ru: 'область Ұлытау', en: 'Ulytau' },
    town: { lat: 47.78, lon: 67.71 },
    tile: { row: 2, col: 2 },
  },
  {
    code: '63',
    name: { kk: 'Шығыс Қазақстан облысы', ru: 'Восточно-Казахстанская область', en: 'East Kazakhstan' },
    town: { lat: 49.95, lon: 82.61 },
    tile: { row: 2, col: 5 },
  },
  {
    code: '71',
    name: { kk: 'Астана қаласы', ru: 'город Астана', en: 'Astana' },
    town: { lat: 51.17, lon: 71.43 },
    tile: { row: 1, col: 4 },
  },
  {
    code: '75',
    name: { kk: 'Алматы қаласы', ru: 'город Алматы', en: 'Almaty' },
    town: { lat: 43.24, lon: 76.91 },
    tile: { row: 4, col: 4 },
  },
  {
    code: '79',
    name: { kk: 'Шымкент қаласы', ru: 'город Шымкент', en: 'Shymkent' },
    town: { lat: 42.32, lon: 69.6 },
    tile: { row: 4, col: 2 },
  },
];

const byCode = new Map<string, Region>(REGIONS.map((region) => [region.code, region]));

export function isRegionCode(text: string): text is RegionCode {
  return byCode.has(text);
}

export function regionOf(code: RegionCode): Region {
  return byCode.get(code) as Region;
}

export function regionName(code: RegionCode, language: Language): string {
  return regionOf(code).name[language];
}
