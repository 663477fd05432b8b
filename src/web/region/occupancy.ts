import { collator } from '../../domain/names.ts';
import { STEPS } from '../../domain/occupancy.ts';
import { regionName, type RegionCode } from '../../domain/regions.ts';
import { listCentres } from '../../data/centres.ts';
import { listOccupancy } from '../../data/occupancy.ts';
import { listRescuedDays } from '../../data/rescues.ts';
import { listUnmetDemand } from '../../data/unmet-demand.ts';
import { region as regionAccess } from '../access.ts';
import { centreName, districtName } from '../names.ts';
import type { Context } from '../context.ts';
import { formatPeriod } from '../dates.ts';
import { clockTime, whole } from '../figures.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { capital } from '../words.ts';
import { weekBeside } from './hours-question.ts';
import { moved, readFilter, type Asked, type Filter } from './filter.ts';
import { addUp, occupancyTable, sumFigures, type Subject } from './occupancy-table.ts';
import { demandTable, waitingAt } from './demand-table.ts';
import { rescuedTable } from './rescued-table.ts';

/** The filter form's own words. */
export function filterForm(
  { filter, errors, typed }: Asked,
  context: Context,
  path: (filter: Filter) => string,
) {
  const { t } = context;
  return {
    action: path({} as Filter),
    from: typed.from,
    to: typed.to,
    by: typed.by,
    steps: STEPS.map((step) => ({ value: step, text: t(`occupancy.by_${step}`) })),
    previous: filter ? path(moved(filter, -1)) : '',
    next: filter ? path(moved(filter, 1)) : '',
    tabs: STEPS.map((step) => ({
      href: filter ? path({ ...filter, by: step }) : '',
      text: t(`occupancy.by_${step}`),
      current: step === typed.by,
    })),
    clear: path({} as Filter),
    wrong: errors.length > 0,
  };
}

/** A region's centres with what is booked in each and what of freed hours was taken; no child is named. */
export async function readRegion(context: Context, code: RegionCode, filter: Filter) {
  const { t } = context;
  const { centres, rows, rescued } = await context.database.read(async (tx) => ({
    centres: await listCentres(tx, { regionCode: code }),
    rows: await listOccupancy(tx, { regionCode: code, ...filter, each: 'centre' }),
    rescued: await listRescuedDays(tx, { regionCode: code }, filter),
  }));
  const { compare } = collator(t.language);
  const subjects = centres
    .map((centre): Subject => {
      const name = centreName(centre, t.language);
      const href = paths.regionCentre(code, centre.id, filter);
      return { key: String(centre.id), name, note: districtName(centre.district, t.language), href };
    })
    .toSorted((a, b) => compare(a.name, b.name) || Number(a.key) - Number(b.key));
  return { centres, subjects, rows, rescued };
}

async function showRegion(context: Context): Promise<void> {
  const { t, today, now } = context;
  const code = context.text('regionCode') as RegionCode;
  const asked = readFilter(context);
  const { filter } = asked;
  const seen = filter && (await readRegion(context, code, filter));
  const { unmet, centres } = await context.database.read(async (tx) => ({
    unmet: await listUnmetDemand(tx, code, now),
    centres: seen?.centres ?? (await listCentres(tx, { regionCode: code })),
  }));
  const demand = demandTable(unmet, centres, t, (id) => paths.regionCentre(code, id, filter));
  page(
    context.res,
    'region/occupancy',
    {
      title: t('occupancy.title', { region: capital(regionName(code, t.language), t.language) }),
      lead: filter
        ? t('occupancy.lead', { period: formatPeriod(filter.from, filter.to), time: clockTime(now) })
        : '',
      csv: filter ? paths.regionOccupancyCsv(code, filter) : '',
      demand,
      staffingHref: paths.regionStaffing(code),
      roundsHref: paths.regionRounds(code),
      orderHref: paths.regionOrder(code),
      tabs: [
        { href: paths.regionOccupancy(code, filter), text: t('profile.tab_days'), current: true },
        {
          href: paths.regionHours(code, { ...filter, ...(filter && { week: weekBeside(filter, today) }) }),
          text: t('profile.tab_hours'),
          current: false,
        },
      ],
      filter: filterForm(asked, context, (each) => paths.regionOccupancy(code, each)),
      figures: seen
        ? [
            ...sumFigures(addUp(seen.rows, today), t),
            {
              term: t('demand.children'),
              value: demand.all.children,
              note: t('demand.now'),
              href: '#demand',
            },
          ]
        : [],
      waiting: new Map(centres.map(({ id }) => [String(id), whole(waitingAt(unmet, id), t.language)])),
      tableTitle: t('occupancy.centres'),
      subject: t('occupancy.centre'),
      rescued: seen && filter && rescuedTable(seen.rescued, 'centre', seen.subjects, filter, t),
      table:
        seen &&
        filter &&
        occupancyTable(
          seen.rows,
          seen.subjects,
          filter,
          today,
          t,
          (subject, period) => paths.regionCentre(code, subject.key, { ...period, by: 'day' }),
          (period) => paths.regionOccupancy(code, { ...period, by: 'day' }),
        ),
      values: { from: asked.typed.from, to: asked.typed.to, by: asked.typed.by },
      errors: asked.errors,
    },
    { width: 'wide', fragment: 'region/_occupancy' },
  );
}

export const occupancy = routes('/regions/:regionCode')
  .get('', regionAccess, (context) => context.done(paths.regionOccupancy(context.text('regionCode'))))
  .get('/occupancy', regionAccess, showRegion);
