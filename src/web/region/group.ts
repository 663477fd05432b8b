import { startOfWeek } from '../../domain/calendar.ts';
import { termsOn } from '../../domain/opening.ts';
import { findCentre } from '../../data/centres.ts';
import { findGroup, findOpeningFacts } from '../../data/groups.ts';
import { listOccupancy, type OccupancyRow } from '../../data/occupancy.ts';
import type { T } from '../../i18n/translate.ts';
import { regionGroup } from '../access.ts';
import { hoursWords } from '../centre/hours.ts';
import { heatOf } from '../centre/week.ts';
import type { Context } from '../context.ts';
import { formatPeriod } from '../dates.ts';
import { clockTime, whole } from '../figures.ts';
import { centreName } from '../names.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { languageWords } from '../public/language-words.ts';
import { routes } from '../route.ts';
import { periodWords, readFilter, type Filter } from './filter.ts';
import { weekBeside } from './hours-question.ts';
import { addUp, sumFigures, sumWords } from './occupancy-table.ts';
import { filterForm } from './occupancy.ts';

/** A period of the group with its sums; it opens its days, and a day its half-hours. */
function periodRow(row: OccupancyRow, filter: Filter, context: Context) {
  const { t, today } = context;
  const code = context.text('regionCode');
  const [centreId, groupId] = [context.id('centreId'), context.id('groupId')];
  const heat = heatOf(row, t);
  const words = periodWords(row, filter.by, t);
  const closed = heat.look === 'none' && row.bookedMinutes === 0;
  return {
    ...sumWords(addUp([row], today), t),
    period: words.long,
    look: heat.look,
    closed,
    current: row.from <= today && today <= row.to,
    href:
      filter.by === 'day'
        ? paths.regionGroupDay(code, centreId, groupId, row.from, filter)
        : paths.regionGroup(code, centreId, groupId, { from: row.from, to: row.to, by: 'day' }),
  };
}

/** Room, hours and languages that hold today. */
function factsOf(seen: Awaited<ReturnType<typeof readGroup>>, context: Context, t: T): string {
  const { group, terms } = seen;
  const held = termsOn(terms, context.today) ?? terms[0];
  return [
    t(`category.${group.category}`),
    ...(held ? [t('count.places', { n: held.room }), hoursWords(held.hours, t)] : []),
    ...(group.languages ?? []).map((spoken) => languageWords(spoken, t)),
  ].join(' · ');
}

async function readGroup(context: Context, filter: Filter | undefined) {
  const groupId = context.id('groupId');
  return await context.database.read(async (tx) => {
    const group = (await findGroup(tx, groupId))!;
    return {
      group,
      centre: (await findCentre(tx, group.centreId))!,
      terms: (await findOpeningFacts(tx, [group])).terms.get(groupId) ?? [],
      rows: filter ? await listOccupancy(tx, { groupId, ...filter, each: 'group' }) : [],
    };
  });
}

/** A group as its region sees it, by weeks or days: figures and no names. */
async function showGroup(context: Context): Promise<void> {
  const { t, today, now } = context;
  const code = context.text('regionCode');
  const [centreId, groupId] = [context.id('centreId'), context.id('groupId')];
  const asked = readFilter(context);
  const { filter } = asked;
  const seen = await readGroup(context, filter);
  const wider = filter ? { ...filter, by: filter.by === 'day' ? ('week' as const) : filter.by } : {};
  const week = filter ? weekBeside(filter, today) : startOfWeek(today);
  page(
    context.res,
    'region/group',
    {
      title: seen.group.name,
      note: factsOf(seen, context, t),
      lead: filter
        ? t('occupancy.lead', { period: formatPeriod(filter.from, filter.to), time: clockTime(now) })
        : '',
      trail: [
        { href: paths.regionOccupancy(code, wider), text: t('nav.occupancy') },
        {
          href: paths.regionCentre(code, centreId, wider),
          text: centreName(seen.centre, t.language),
        },
      ],
      tabs: [
        {
          href: paths.regionGroup(code, centreId, groupId, filter),
          text: t('profile.tab_days'),
          current: true,
        },
        {
          href: paths.regionGroupHours(code, centreId, groupId, { ...filter, week }),
          text: t('profile.tab_hours'),
          current: false,
        },
      ],
      filter: filterForm(asked, context, (each) => paths.regionGroup(code, centreId, groupId, each)),
      figures: filter
        ? [
            ...sumFigures(addUp(seen.rows, today), t),
            {
              term: t('occupancy.peak'),
              value: whole(addUp(seen.rows, today).peakBooked, t.language),
              note: '',
              tone: '',
            },
          ]
        : [],
      rows: filter && seen.rows.map((row) => periodRow(row, filter, context)),
      values: { from: asked.typed.from, to: asked.typed.to, by: asked.typed.by },
      errors: asked.errors,
    },
    { width: 'wide' },
  );
}

export const group = routes('/regions/:regionCode/centres/:centreId/groups').get(
  '/:groupId',
  regionGroup,
  showGroup,
);
