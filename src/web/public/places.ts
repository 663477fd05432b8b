import { collator } from '../../domain/names.ts';
import { REGIONS } from '../../domain/regions.ts';
import { countCentresByRegion } from '../../data/centre-directory.ts';
import { anyone } from '../access.ts';
import type { Context } from '../context.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';

/** Public pages name nobody, so anyone may keep them for a minute. */
export const PUBLIC_SECONDS = 60;

/** The regions of the country with the number of their centres. */
async function showRegions(context: Context): Promise<void> {
  const { t, language } = context;
  const counts = await context.database.read(countCentresByRegion);
  const regions = REGIONS.map(({ code, name }) => ({
    name: name[language],
    href: paths.regionPlaces(code),
    count: t('count.centres', { n: counts.get(code) ?? 0 }),
    some: (counts.get(code) ?? 0) > 0,
  })).toSorted((a, b) => collator(language).compare(a.name, b.name));
  page(
    context.res,
    'public/places',
    { title: t('public.title'), regions, status: paths.applicationStatus() },
    { publicSeconds: PUBLIC_SECONDS },
  );
}

export const places = routes('/places').get('', anyone, showRegions);
