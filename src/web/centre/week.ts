import { formatDate, longDate, weekdayName } from '../../domain/calendar-words.ts';
import { addDays, datesBetween, weekdayOf, type PlainDate } from '../../domain/calendar.ts';
import { alphabetical } from '../../domain/names.ts';
import { occupancyOf } from '../../domain/occupancy.ts';
import { holdsOn } from '../../domain/people.ts';
import { findCentre } from '../../data/centres.ts';
import { listCentreDays, type CentreDay } from '../../data/day-board.ts';
import { listGroups } from '../../data/groups.ts';
import { centreStaff } from '../access.ts';
import type { Context } from '../context.ts';
import { dateOf, FIRST_DAY, formatPeriod, LAST_DAY } from '../dates.ts';
import { bareFigure, hoursOf, percent, stepOf } from '../figures.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import type { T } from '../../i18n/translate.ts';
import type { Figure } from './day-totals.ts';
import { centreName } from '../names.ts';
import { sumOf, weekOf } from './week-strip.ts';

const HEAT = 20;
const OVER = 0.95;

type Sums = ReturnType<typeof sumOf>;

/** How a share looks and reads in a heat cell. */
export function heatOf({ bookedMinutes, placeMinutes }: Pick<Sums, 'bookedMinutes' | 'placeMinutes'>, t: T) {
  const ratio = occupancyOf(bookedMinutes, placeMinutes);
  const look =
    ratio === null ? 'none' : `v-${stepOf(bookedMinutes, placeMinutes, HEAT)}${ratio >= OVER ? ' over' : ''}`;
  return {
    look,
    text: ratio === null ? '' : bareFigure(ratio, t.language),
    percent: percent(ratio, t.language),
  };
}

function cellOf(
  group: { id: number; name: string },
  day: CentreDay | undefined,
  date: PlainDate,
  centreId: number,
  t: T,
) {
  const heat = heatOf(day ?? { bookedMinutes: 0, placeMinutes: 0 }, t);
  const what = { day: longDate(date, t.language), group: group.name };
  if (day === undefined || heat.look === 'none')
    return { ...heat, peak: '', href: '', says: t('week.cell_closed', what) };
  return {
    ...heat,
    peak: `${day.peakBooked}/${day.room}`,
    href: `${paths.centreDay(centreId, date)}#group-${group.id}`,
    says: t('week.cell', { ...what, percent: heat.percent, peak: day.peakBooked, room: day.room }),
  };
}

/** The week in figures; what was attended is told of days that are over, or it would look like absence. */
function figuresOf(days: readonly CentreDay[], today: PlainDate, t: T): Figure[] {
  const { language } = t;
  const all = sumOf(days);
  const past = sumOf(days.filter((day) => day.date < today));
  const figure = (term: string, value: string, note = ''): Figure => ({ term, value, note, tone: '' });
  return [
    figure(t('week.booked'), percent(occupancyOf(all.bookedMinutes, all.placeMinutes), language)),
    ...(past.bookedMinutes > 0
      ? [
          figure(
            t('week.attended'),
            percent(occupancyOf(past.attendedMinutes, past.bookedMinutes), language),
            t('week.of_past'),
          ),
        ]
      : []),
    figure(t('week.places'), hoursOf(all.placeMinutes, language)),
    figure(t('week.idle'), hoursOf(all.placeMinutes - all.bookedMinutes, language)),
  ];
}

/** Groups × days of a week with what is booked; each cell opens its day. */
async function showWeek(context: Context): Promise<void> {
  const { t, today } = context;
  const centreId = context.id('centreId');
  const { from, to } = weekOf(dateOf(context.query('date')) ?? today);
  const { centre, groups, days } = await context.database.read(async (tx) => ({
    centre: (await findCentre(tx, centreId))!,
    groups: await listGroups(tx, centreId),
    days: await listCentreDays(tx, centreId, { from, to }),
  }));
  const dates = datesBetween(from, to).filter(
    (date) =>
      !['sat', 'sun'].includes(weekdayOf(date)) ||
      sumOf(days.filter((day) => day.date === date)).placeMinutes > 0,
  );
  const shown = groups
    .filter((group) => dates.some((date) => holdsOn(group, date)))
    .toSorted(alphabetical(t.language));
  const week = (offset: number) => {
    const date = addDays(from, offset);
    return date < FIRST_DAY || date > LAST_DAY ? '' : paths.centreWeek(centreId, date);
  };
  page(
    context.res,
    'centre/week',
    {
      title: t('week.title', { period: formatPeriod(from, to) }),
      centre: centreName(centre, t.language),
      previous: week(-7),
      next: week(7),
      today: from <= today && today <= to ? '' : paths.centreWeek(centreId),
      figures: figuresOf(days, today, t),
      dates: dates.map((date) => ({
        href: paths.centreDay(centreId, date),
        weekday: weekdayName(weekdayOf(date), t.language, 'short'),
        date: formatDate(date).slice(0, 5),
        long: longDate(date, t.language),
        current: date === today,
      })),
      rows: shown.map((group) => {
        const own = days.filter((day) => day.groupId === group.id);
        return {
          name: group.name,
          cells: dates.map((date) =>
            cellOf(
              group,
              own.find((day) => day.date === date),
              date,
              centreId,
              t,
            ),
          ),
          sum: heatOf(sumOf(own), t).percent,
        };
      }),
      sums: dates.map((date) => heatOf(sumOf(days.filter((day) => day.date === date)), t).percent),
      sum: heatOf(sumOf(days), t).percent,
    },
    { width: 'wide' },
  );
}

export const week = routes('/centres/:centreId/week').get('', centreStaff, showWeek);
