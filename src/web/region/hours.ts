import { formatDate } from '../../domain/calendar-words.ts';
import { addDays, dateAt, startOfWeek, type PlainDate } from '../../domain/calendar.ts';
import { regionName, type RegionCode } from '../../domain/regions.ts';
import { region as regionAccess, regionCentre, regionGroup } from '../access.ts';
import type { Context } from '../context.ts';
import { formatPeriod } from '../dates.ts';
import { clockTime } from '../figures.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { capital } from '../words.ts';
import type { Filter } from './filter.ts';
import { readCentreHours, readGroupHours, readRegionHours, type HoursSeen } from './hours-parts.ts';
import { readWeek, weekAway, type HoursQuestion } from './hours-question.ts';
import { hoursTable, profileWords } from './hours-table.ts';
import type { Crumb } from './trail.ts';

type HoursFilter = Partial<Filter> & { readonly week?: PlainDate };

/** Where a page of half-hours stands, and where it leads. */
interface HoursPlace {
  readonly name: string;
  readonly note: string;
  readonly trail: readonly Crumb[];
  readonly path: (filter: HoursFilter) => string;
  readonly csv: (filter: HoursFilter) => string;
  /** The same by days and weeks. */
  readonly days: (filter: Partial<Filter>) => string;
  /** A day of the week. */
  readonly day: (date: PlainDate) => string;
  /** What the rows below are about; '' without such rows. */
  readonly partsTitle: string;
  readonly subject: string;
}

const oneDay = (date: PlainDate): Filter => ({ from: date, to: date, by: 'day' });

function showHours(
  context: Context,
  { week, kept, typed, errors }: HoursQuestion,
  seen: HoursSeen | undefined,
  place: HoursPlace,
): void {
  const { t, today } = context;
  const away = (weeks: -1 | 1) => {
    const other = week && weekAway(week, weeks);
    return other === undefined ? '' : place.path({ ...kept, week: other });
  };
  const shown = week !== undefined && seen !== undefined ? { week, seen } : undefined;
  const asAt = shown && `${formatDate(dateAt(shown.seen.asAt))} ${clockTime(shown.seen.asAt)}`;
  page(
    context.res,
    'region/hours',
    {
      title: t('profile.title', { name: place.name }),
      note: place.note,
      lead:
        shown === undefined
          ? ''
          : t('profile.lead', {
              period: formatPeriod(shown.week, addDays(shown.week, 6)),
              time: asAt ?? '',
            }),
      trail: place.trail,
      previous: away(-1),
      next: away(1),
      now: week === startOfWeek(today) ? '' : place.path(kept),
      tabs: [
        { href: place.days(kept), text: t('profile.tab_days'), current: false },
        { href: place.path({ ...kept, ...(week && { week }) }), text: t('profile.tab_hours'), current: true },
      ],
      csv: shown ? place.csv({ ...kept, week: shown.week }) : '',
      form: { action: place.path({}), week: typed, kept: Object.entries(kept) },
      sums: shown && profileWords(shown.seen.profile, t),
      table: shown && hoursTable(shown.seen.profile, shown.week, today, t, place.day),
      staffed: shown !== undefined && shown.seen.profile.staffed !== null,
      partsTitle: place.partsTitle,
      subject: place.subject,
      parts:
        place.partsTitle === ''
          ? []
          : (shown?.seen.parts ?? []).map((part) => ({ ...part, ...profileWords(part.profile, t) })),
      values: { week: typed },
      errors,
    },
    { width: 'wide' },
  );
}

function regionWords(context: Context): string {
  const { language } = context;
  return capital(regionName(context.text('regionCode') as RegionCode, language), language);
}

async function showRegion(context: Context): Promise<void> {
  const { t } = context;
  const code = context.text('regionCode');
  const asked = readWeek(context);
  const seen = asked.week && (await readRegionHours(context, asked.week, asked.kept));
  showHours(context, asked, seen, {
    name: regionWords(context),
    note: '',
    trail: [],
    path: (filter) => paths.regionHours(code, filter),
    csv: (filter) => paths.regionHoursCsv(code, filter),
    days: (filter) => paths.regionOccupancy(code, filter),
    day: (date) => paths.regionOccupancy(code, oneDay(date)),
    partsTitle: t('profile.centres'),
    subject: t('occupancy.centre'),
  });
}

async function showCentre(context: Context): Promise<void> {
  const { t, today } = context;
  const code = context.text('regionCode');
  const centreId = context.id('centreId');
  const asked = readWeek(context);
  const { week, kept } = asked;
  const seen = await readCentreHours(context, week ?? startOfWeek(today), kept);
  showHours(context, asked, seen, {
    name: seen.name,
    note: seen.address,
    trail: [{ href: paths.regionHours(code, { ...kept, week }), text: regionWords(context) }],
    path: (filter) => paths.regionCentreHours(code, centreId, filter),
    csv: (filter) => paths.regionCentreHoursCsv(code, centreId, filter),
    days: (filter) => paths.regionCentre(code, centreId, filter),
    day: (date) => paths.regionCentre(code, centreId, oneDay(date)),
    partsTitle: t('profile.groups'),
    subject: t('booking.group'),
  });
}

async function showGroup(context: Context): Promise<void> {
  const { today } = context;
  const code = context.text('regionCode');
  const [centreId, groupId] = [context.id('centreId'), context.id('groupId')];
  const asked = readWeek(context);
  const { week, kept } = asked;
  const seen = await readGroupHours(context, week ?? startOfWeek(today));
  showHours(context, asked, seen, {
    name: seen.name,
    note: seen.note,
    trail: [
      { href: paths.regionHours(code, { ...kept, week }), text: regionWords(context) },
      { href: paths.regionCentreHours(code, centreId, { ...kept, week }), text: seen.centre },
    ],
    path: (filter) => paths.regionGroupHours(code, centreId, groupId, filter),
    csv: (filter) => paths.regionGroupHoursCsv(code, centreId, groupId, filter),
    days: (filter) => paths.regionGroup(code, centreId, groupId, filter),
    day: (date) => paths.regionGroupDay(code, centreId, groupId, date, { ...kept, week }),
    partsTitle: '',
    subject: '',
  });
}

/** Weekday × half-hour: of a region, of one of its centres, of one of its groups. */
export const hours = routes('/regions/:regionCode')
  .get('/occupancy/hours', regionAccess, showRegion)
  .get('/centres/:centreId/occupancy/hours', regionCentre, showCentre)
  .get('/centres/:centreId/groups/:groupId/hours', regionGroup, showGroup);
