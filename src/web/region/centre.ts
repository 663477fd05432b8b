import { collator } from '../../domain/names.ts';
import { holdsOn } from '../../domain/people.ts';
import { findCentre } from '../../data/centres.ts';
import { listGroups } from '../../data/groups.ts';
import { listOccupancy } from '../../data/occupancy.ts';
import { listRescuedDays } from '../../data/rescues.ts';
import { listUnmetDemand } from '../../data/unmet-demand.ts';
import { regionCentre } from '../access.ts';
import { centreAddress, centreName } from '../names.ts';
import type { Context } from '../context.ts';
import { formatPeriod } from '../dates.ts';
import { clockTime } from '../figures.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { demandTable } from './demand-table.ts';
import { readFilter } from './filter.ts';
import { weekBeside } from './hours-question.ts';
import { addUp, occupancyTable, sumFigures, type Subject } from './occupancy-table.ts';
import { filterForm } from './occupancy.ts';
import { rescuedTable } from './rescued-table.ts';

/** A centre's groups as its region sees them: figures and no names. */
async function showCentre(context: Context): Promise<void> {
  const { t, today, now } = context;
  const code = context.text('regionCode');
  const centreId = context.id('centreId');
  const asked = readFilter(context);
  const { filter } = asked;
  const seen = await context.database.read(async (tx) => ({
    centre: (await findCentre(tx, centreId))!,
    groups: await listGroups(tx, centreId),
    rows: filter ? await listOccupancy(tx, { centreId, ...filter, each: 'group' }) : [],
    rescued: filter ? await listRescuedDays(tx, { centreId }, filter) : [],
    unmet: await listUnmetDemand(tx, code, now),
  }));
  const { compare } = collator(t.language);
  const subjects = seen.groups
    .filter(
      (group) =>
        filter &&
        group.startsOn <= filter.to &&
        (holdsOn(group, filter.from) || group.startsOn > filter.from),
    )
    .map((group): Subject => ({
      key: String(group.id),
      name: group.name,
      note: t(`category.${group.category}`),
      href: paths.regionGroup(code, centreId, group.id, filter),
    }))
    .toSorted((a, b) => compare(a.name, b.name) || Number(a.key) - Number(b.key));
  const demand = demandTable(
    seen.unmet.filter((row) => row.centreId === centreId),
    [seen.centre],
    t,
    () => '',
  );
  page(
    context.res,
    'region/centre',
    {
      title: centreName(seen.centre, t.language),
      lead: filter
        ? t('occupancy.lead', { period: formatPeriod(filter.from, filter.to), time: clockTime(now) })
        : '',
      address: centreAddress(seen.centre, t.language),
      trail: [
        {
          href: paths.regionOccupancy(
            code,
            filter ? { ...filter, by: filter.by === 'day' ? 'week' : filter.by } : {},
          ),
          text: t('nav.occupancy'),
        },
      ],
      tabs: [
        { href: paths.regionCentre(code, centreId, filter), text: t('profile.tab_days'), current: true },
        {
          href: paths.regionCentreHours(code, centreId, {
            ...filter,
            ...(filter && { week: weekBeside(filter, today) }),
          }),
          text: t('profile.tab_hours'),
          current: false,
        },
      ],
      filter: filterForm(asked, context, (each) => paths.regionCentre(code, centreId, each)),
      figures: filter
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
      demand,
      tableTitle: t('occupancy.groups'),
      subject: t('booking.group'),
      rescued: filter && rescuedTable(seen.rescued, 'group', subjects, filter, t),
      table:
        filter &&
        occupancyTable(
          seen.rows,
          subjects,
          filter,
          today,
          t,
          ({ key }, { from, to }) =>
            filter.by === 'day'
              ? paths.regionGroupDay(code, centreId, key, from, filter)
              : paths.regionGroup(code, centreId, key, { from, to, by: 'day' }),
          (period) => paths.regionCentre(code, centreId, { ...period, by: 'day' }),
        ),
      csv: '',
      values: { from: asked.typed.from, to: asked.typed.to, by: asked.typed.by },
      errors: asked.errors,
    },
    { width: 'wide', fragment: 'region/_occupancy' },
  );
}

export const regionCentrePage = routes('/regions/:regionCode/centres/:centreId').get(
  '/occupancy',
  regionCentre,
  showCentre,
);
