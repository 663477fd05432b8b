import { addDays, startOfWeek } from '../../domain/calendar.ts';
import { collator } from '../../domain/names.ts';
import { REGIONS } from '../../domain/regions.ts';
import { listCentres } from '../../data/centres.ts';
import { listOccupancy } from '../../data/occupancy.ts';
import { systemAdmin } from '../access.ts';
import type { Context } from '../context.ts';
import { formatPeriod } from '../dates.ts';
import { clockTime, whole } from '../figures.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { capital } from '../words.ts';
import { addUp, sumFigures, sumWords } from './occupancy-table.ts';

const WEEKS = 4;

/** The country: its regions with the sums of the four weeks that are over. */
async function showRegions(context: Context): Promise<void> {
  const { t, today, now } = context;
  const to = addDays(startOfWeek(today), -1);
  const from = addDays(to, 1 - 7 * WEEKS);
  const { rows, centres } = await context.database.read(async (tx) => ({
    rows: await listOccupancy(tx, { from, to, by: 'month', each: 'region' }),
    centres: await listCentres(tx),
  }));
  const byRegion = Map.groupBy(rows, (row) => row.key);
  const count = Map.groupBy(centres, (centre) => centre.regionCode);
  const { compare } = collator(t.language);
  page(
    context.res,
    'region/regions',
    {
      title: t('nav.regions'),
      lead: t('occupancy.lead', { period: formatPeriod(from, to), time: clockTime(now) }),
      figures: sumFigures(addUp(rows, today), t),
      regions: REGIONS.map((region) => {
        const own = addUp(byRegion.get(region.code) ?? [], today);
        return {
          name: capital(region.name[t.language], t.language),
          href: paths.regionOccupancy(region.code),
          centres: whole(count.get(region.code)?.length ?? 0, t.language),
          ...sumWords(own, t),
        };
      }).toSorted((a, b) => compare(a.name, b.name)),
      all: { centres: whole(centres.length, t.language), ...sumWords(addUp(rows, today), t) },
    },
    { width: 'wide' },
  );
}

export const regions = routes('/regions').get('', systemAdmin, showRegions);
