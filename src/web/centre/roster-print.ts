import { addDays, addMonths, datesBetween, startOfWeek, type PlainDate } from '../../domain/calendar.ts';
import { refuse } from '../../domain/refusal.ts';
import { formatTime } from '../../domain/slots.ts';
import { findCentre } from '../../data/centres.ts';
import { findRoster } from '../../data/rosters.ts';
import { listShiftTimes } from '../../data/shifts.ts';
import { listStandingTimes } from '../../data/standing-shifts.ts';
import { leaveHolds, listLeaveOf, listStaff, type Staff } from '../../data/staff.ts';
import { alphabetical } from '../../domain/names.ts';
import { workMinutes, type Shift } from '../../domain/shift.ts';
import { POSTS } from '../../domain/staffing.ts';
import type { Key } from '../../i18n/translate.ts';
import type { Context } from '../context.ts';
import { dateOf, FIRST_DAY, formatPeriod, LAST_DAY } from '../dates.ts';
import { hoursOf } from '../figures.ts';
import { centreName } from '../names.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { centreRoster } from './own-roster.ts';
import { rosterViews } from './roster.ts';
import { dayWords } from './roster-words.ts';

/** Days on one sheet: what fits across a page. */
const SHEET = 14;

/** Two weeks from the Monday, or the weeks that hold a month. */
function spanOf(from: PlainDate, span: 'two_weeks' | 'month'): { from: PlainDate; to: PlainDate } {
  if (span === 'two_weeks') return { from: startOfWeek(from), to: addDays(startOfWeek(from), SHEET - 1) };
  const first = `${from.slice(0, 8)}01` as PlainDate;
  return { from: first, to: addDays(addMonths(first, 1), -1) };
}

function sheets({ from, to }: { from: PlainDate; to: PlainDate }): PlainDate[][] {
  const dates = datesBetween(from, to);
  const count = Math.ceil(dates.length / SHEET);
  const size = Math.ceil(dates.length / count);
  return Array.from({ length: count }, (_, at) => dates.slice(at * size, (at + 1) * size));
}

async function showPrint(context: Context): Promise<void> {
  const { t } = context;
  const [centreId, rosterId] = [context.id('centreId'), context.id('rosterId')];
  const span = context.query('span') === 'month' ? 'month' : 'two_weeks';
  const seen = await context.database.read(async (tx) => {
    const roster = (await findRoster(tx, rosterId)) ?? refuse('missing');
    const days = spanOf(dateOf(context.query('from')) ?? roster.startsOn, span);
    const own = await listShiftTimes(tx, rosterId);
    const whole = roster.startsOn <= days.from && days.to <= roster.endsOn;
    const standing = whole ? [] : await listStandingTimes(tx, { centreId, ...days });
    const isOwn = ({ date }: Shift) => date >= roster.startsOn && date <= roster.endsOn;
    const staff = await listStaff(tx, centreId, days);
    const ids = staff.map((each) => each.id);
    return {
      roster,
      days,
      centre: (await findCentre(tx, centreId))!,
      shifts: [...own, ...standing.filter((shift) => !isOwn(shift))],
      staff,
      leave: (await listLeaveOf(tx, ids, days)).filter(leaveHolds),
    };
  });
  const { roster, days, shifts, leave } = seen;
  const byName = alphabetical(t.language);
  const staff = seen.staff.toSorted((a, b) => POSTS.indexOf(a.post) - POSTS.indexOf(b.post) || byName(a, b));
  const byKey = Map.groupBy(shifts, ({ staffId, date }) => `${staffId} ${date}`);
  const away = (row: Staff, date: PlainDate) =>
    leave.some((each) => each.staffId === row.id && each.startsOn <= date && date <= each.endsOn);
  const step = (direction: 1 | -1) => {
    const from = span === 'month' ? addMonths(days.from, direction) : addDays(days.from, SHEET * direction);
    return from < FIRST_DAY || from > LAST_DAY ? '' : paths.rosterPrint(centreId, rosterId, { from, span });
  };
  page(
    context.res,
    'centre/roster-print',
    {
      title: t('roster.print_title', { period: formatPeriod(days.from, days.to) }),
      centre: centreName(seen.centre, t.language),
      back: paths.roster(centreId, rosterId),
      draft: roster.publishedAt === null,
      previous: step(-1),
      next: step(1),
      views: rosterViews({ centre: { id: centreId }, roster }, days.from, span, t),
      sheets: sheets(days).map((dates) => ({
        title: formatPeriod(dates[0]!, dates.at(-1)!),
        dates: dates.map((date) => ({
          text: dayWords(date, t.language),
          href:
            date < roster.startsOn || date > roster.endsOn
              ? ''
              : paths.roster(centreId, rosterId, { week: date, day: date }),
        })),
        rows: staff.map((row) => {
          const cells = dates.map((date) => byKey.get(`${row.id} ${date}`) ?? []);
          return {
            name: row.name,
            post: t.say({ key: `roster.post.${row.post}` as Key }),
            cells: cells.map((own, at) => ({
              times: own.map(({ from, to }) => ({ from: formatTime(from), to: formatTime(to) })),
              leave: away(row, dates[at]!),
            })),
            sum: hoursOf(
              cells.flat().reduce((sum, shift) => sum + workMinutes(shift), 0),
              t.language,
            ),
          };
        }),
      })),
    },
    { width: 'wide' },
  );
}

/** A roster on paper: two weeks or a month, its own days and beside them what is published. */
export const rosterPrint = routes('/centres/:centreId/rosters/:rosterId/print').get(
  '',
  centreRoster,
  showPrint,
);
