import {
  addDays,
  addMonths,
  instantAt,
  startOfMonth,
  type PlainDate,
  dateAt,
} from '../../domain/calendar.ts';
import { monthSpan, parseMonth } from '../../domain/timesheet-month.ts';
import { findCentre } from '../../data/centres.ts';
import { listClockings } from '../../data/clockings.ts';
import { listStandingTimes } from '../../data/standing-shifts.ts';
import { listContractsOf } from '../../data/staff.ts';
import { readTimesheet } from '../../use-cases/timesheets.ts';
import type { Context } from '../context.ts';
import { FIRST_DAY, LAST_DAY, monthTitle } from '../dates.ts';
import { centreName } from '../names.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { centrePerson } from './my-shifts.ts';
import { dayRow, factsOf } from './timesheet-days.ts';

/** A person's month under each of their contracts. */
function readOwn({ database, actor, now }: Context, month: PlainDate) {
  return database.read(async (tx) => {
    const contracts = await listContractsOf(tx, [actor.personId]);
    const days = monthSpan(month);
    const span = { from: instantAt(days.from, 0), to: instantAt(addDays(days.to, 1), 0) };
    const own = [];
    for (const { id, centreId } of contracts) {
      const { lines, closed } = await readTimesheet(tx, { centreId, month, staffId: id }, now);
      own.push({
        line: lines[0],
        closed: closed !== null,
        centre: await findCentre(tx, centreId),
        clockings: Map.groupBy(await listClockings(tx, [id], span), ({ at }) => dateAt(at)),
        shifts: Map.groupBy(await listStandingTimes(tx, { staffIds: [id], ...days }), ({ date }) => date),
      });
    }
    return own;
  });
}

/** Somebody's own days of work, as the centre's timesheet counts them. */
async function showMyTimesheet(context: Context): Promise<void> {
  const { t, today } = context;
  const wanted = parseMonth(context.query('month'));
  const month =
    wanted !== undefined && wanted >= FIRST_DAY && wanted <= LAST_DAY ? wanted : startOfMonth(today);
  const own = await readOwn(context, month);
  const step = (months: 1 | -1) => {
    const to = addMonths(month, months);
    return to < FIRST_DAY || to > LAST_DAY ? '' : paths.myTimesheet(to);
  };
  page(
    context.res,
    'centre/my-timesheet',
    {
      title: t('sheet.mine'),
      month: monthTitle(month, t.language),
      back: paths.myShifts(),
      pages: { previous: step(-1), next: step(1) },
      sheets: own.flatMap(({ line, closed, centre, clockings, shifts }) =>
        line
          ? [
              {
                centre: centre ? centreName(centre, t.language) : '–',
                state: t(closed ? 'sheet.state_closed' : 'sheet.state_open'),
                tone: closed ? 'good' : 'info',
                facts: factsOf(line, t),
                days: line.days
                  .filter((day) => day.code !== null || day.planned > 0 || clockings.has(day.date))
                  .map((day) =>
                    dayRow(
                      day,
                      {
                        shifts: shifts.get(day.date) ?? [],
                        clockings: clockings.get(day.date) ?? [],
                        correct: () => '',
                        names: new Map(),
                      },
                      t,
                    ),
                  ),
              },
            ]
          : [],
      ),
    },
    { width: 'narrow' },
  );
}

export const myTimesheet = routes('/shifts/timesheet').get('', centrePerson, showMyTimesheet);
