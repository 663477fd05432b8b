import { DISTRICTS } from './districts.ts';
import type { Point } from './distance.ts';
import type { RegionCode } from './regions.ts';

/** The country lies within these degrees, rounded outwards. */
const SOUTH = 40;
const NORTH = 56;
const WEST = 46;
const EAST = 88;

/** Two numbers as maps give them, '43.2389, 76.8897'; decimal commas need something else between the two. */
const PAIR = /^(\d{2}[.,]\d{1,10})°?(?:\s*;\s*|,\s+|\s+|,(?=\d{2}\.))(\d{2}[.,]\d{1,10})°?$/;

/** Latitude and longitude of a place in Kazakhstan as people copy them from a map; undefined for anything else. */
export function parsePoint(text: string): Point | undefined {
  const [, lat = '', lon = ''] = PAIR.exec(text.trim()) ?? [];
  if (lat === '') return undefined;
  const point = { lat: Number(lat.replace(',', '.')), lon: Number(lon.replace(',', '.')) };
  const inside = point.lat >= SOUTH && point.lat <= NORTH && point.lon >= WEST && point.lon <= EAST;
  return inside ? point : undefined;
}

/** A district as centres and families store it: in both languages. */
export function districtsOf(region: RegionCode): string[] {
  return DISTRICTS[region].map(({ kk, ru }) => `${kk} / ${ru}`);
}
