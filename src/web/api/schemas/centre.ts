import { z } from 'zod';
import type { DirectoryCentre } from '../../../data/centre-directory.ts';
import { CATEGORIES } from '../../../domain/people.ts';
import { named } from './named.ts';
import { pageOf, paging } from './pages.ts';
import { count, id, ref, regionAsked } from './values.ts';

export const category = named('Category', z.enum(CATEGORIES));

const region = named(
  'Region',
  z.strictObject({
    code: z.string().meta({ description: 'The first two digits of the KATO code.' }),
    name: z.strictObject({ kk: z.string(), ru: z.string(), en: z.string() }),
  }),
);

export const regionPage = pageOf('RegionPage', region);

const group = named(
  'Group',
  z.strictObject({
    id,
    ref,
    name: z.string(),
    category,
    places: count.meta({ description: 'Licensed heads at any instant, as of today.' }),
    fromAgeMonths: count,
    toAgeMonths: count,
    admission: z.enum(['open', 'enrolled']),
    skills: z.array(z.string()).nullable(),
  }),
);

export const centre = named(
  'Centre',
  z.strictObject({
    id,
    ref,
    name: z.strictObject({ kk: z.string(), ru: z.string() }),
    region: z.string(),
    district: z.string(),
    address: z.string(),
    lat: z.number().nullable(),
    lon: z.number().nullable(),
    groups: z.array(group),
  }),
);

export const centrePage = pageOf('CentrePage', centre);

export const centresAsked = z.strictObject({ region: regionAsked.optional(), ...paging });

export function showCentre(row: DirectoryCentre): z.output<typeof centre> {
  return {
    id: String(row.id),
    ref: row.ref,
    name: { kk: row.nameKk, ru: row.nameRu },
    region: row.regionCode,
    district: row.district,
    address: row.address,
    lat: row.lat,
    lon: row.lon,
    groups: row.groups.map((each) => ({
      id: String(each.id),
      ref: each.ref,
      name: each.name,
      category: each.category,
      places: each.places,
      fromAgeMonths: each.fromAgeMonths,
      toAgeMonths: each.toAgeMonths,
      admission: each.admission,
      skills: each.skills,
    })),
  };
}
