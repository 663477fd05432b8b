import { addDays, startOfWeek } from '../../domain/calendar.ts';
import { collator } from '../../domain/names.ts';
import { REGIONS } from '../../domain/regions.ts';
import { countCentresByRegion } from '../../data/centre-directory.ts';
import { sumRegions } from '../../data/occupancy.ts';
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
  const { sums, centres } = await context.database.read(async (tx) => ({
    sums: await sumRegions(tx, { from, to }),
    centres: await countCentresByRegion(tx),
  }));
  // Peaks of a whole region are not shown.
  const rows = sums.map((region) => ({ ...region, to, peakBooked: 0 }));
  const all = addUp(rows, today);
  const number = (code: string) => centres.get(code) ?? 0;
  const { compare } = collator(t.language);
  page(
    context.res,
    'region/regions',
    {
      title: t('nav.regions'),
      lead: t('occupancy.lead', { period: formatPeriod(from, to), time: clockTime(now) }),
      figures: sumFigures(all, t),
      regions: REGIONS.map((region) => {
        const own = rows.filter((row) => row.regionCode === region.code);
        return {
          name: capital(region.name[t.language], t.language),
          // The same weeks, so that the region's own page shows the same figures.
          href: paths.regionOccupancy(region.code, { from, to, by: 'week' }),
          centres: whole(number(region.code), t.language),
          ...sumWords(addUp(own, today), t),
        };
      }).toSorted((a, b) => compare(a.name, b.name)),
      all: {
        centres: whole(
          [...centres.values()].reduce((sum, each) => sum + each, 0),
          t.language,
        ),
        ...sumWords(all, t),
      },
    },
    { width: 'wide' },
  );
}

export const regions = routes('/regions').get('', systemAdmin, showRegions);
