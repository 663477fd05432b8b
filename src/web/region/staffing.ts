import { addDays, daysBetween } from '../../domain/calendar.ts';
import { regionName, type RegionCode } from '../../domain/regions.ts';
import { region as regionAccess } from '../access.ts';
import type { Context } from '../context.ts';
import { formatPeriod } from '../dates.ts';
import { clockTime } from '../figures.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { capital } from '../words.ts';
import { gapRows } from './staffing-gaps.ts';
import { readDays, readStaffing, staffingTable, type Days } from './staffing-table.ts';

/** The same number of days just before, or just after. */
function moved({ from, to }: Days, direction: -1 | 1): Days {
  const length = (daysBetween(from, to) + 1) * direction;
  return { from: addDays(from, length), to: addDays(to, length) };
}

/** Which centres of a region have too few staff in the days ahead, the worst first: figures and no names of people. */
async function showStaffing(context: Context): Promise<void> {
  const { t, now } = context;
  const code = context.text('regionCode') as RegionCode;
  const { days, errors, typed } = readDays(context);
  const seen = days && (await readStaffing(context, code, days));
  const table = seen && days && staffingTable(seen.centres, code, days, t);
  const gaps = seen && days ? gapRows(seen.centres, seen.groupNames, code, days, t) : undefined;
  const figure = (term: string, value: string) => ({ term, value });
  page(
    context.res,
    'region/staffing',
    {
      title: t('staffing.title', { region: capital(regionName(code, t.language), t.language) }),
      lead: days
        ? t('staffing.lead', { period: formatPeriod(days.from, days.to), time: clockTime(now) })
        : '',
      action: paths.regionStaffing(code),
      previous: days ? paths.regionStaffing(code, moved(days, -1)) : '',
      next: days ? paths.regionStaffing(code, moved(days, 1)) : '',
      csv: days ? paths.regionStaffingCsv(code, days) : '',
      table,
      gaps,
      figures: table
        ? [
            figure(t('staffing.places'), table.all.places),
            figure(t('staffing.staffed'), table.all.staffed),
            figure(t('staffing.share'), table.all.share),
            figure(t('staffing.few'), table.all.few),
            figure(t('staffing.skills'), table.all.skills),
            figure(t('staffing.unpublished'), table.all.unpublished),
          ]
        : [],
      typed,
      values: typed,
      errors,
    },
    { width: 'wide' },
  );
}

export const staffing = routes('/regions/:regionCode').get('/staffing', regionAccess, showStaffing);
