import { z } from 'zod';
import {
  addMonths,
  endOfMonth,
  startOfMonth,
  type PlainDate,
  dateAt,
  type Instant,
} from '../../domain/calendar.ts';
import { formatDate } from '../../domain/calendar-words.ts';
import { refuse, type Refusal } from '../../domain/refusal.ts';
import { isOver, parseMonth } from '../../domain/timesheet-month.ts';
import { findCentre } from '../../data/centres.ts';
import { listClosings, listPersonNames, type Closing } from '../../data/timesheets.ts';
import type { T } from '../../i18n/translate.ts';
import { closeMonth, readTimesheet, reopenMonth } from '../../use-cases/timesheets.ts';
import { centreAdmin } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { FIRST_DAY, LAST_DAY, monthTitle } from '../dates.ts';
import { statusOf } from '../errors.ts';
import { clockTime } from '../figures.ts';
import { parseForm, typed, type FieldError } from '../form.ts';
import { centreName } from '../names.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { clockingError } from './clocking-words.ts';
import { legendOf, onScreen, sheetOf } from './timesheet-sheet.ts';

/** The month of the address by its first day: 'current' or 'YYYY-MM'; one that does not exist is no page. */
export function monthOfAddress(context: Context): PlainDate {
  const text = context.text('month');
  const month = text === 'current' ? startOfMonth(context.today) : parseMonth(text);
  return month !== undefined && month >= FIRST_DAY && month <= LAST_DAY ? month : refuse('missing');
}

/** '03.02.2027 10:15'. */
const momentWords = (at: Instant): string => `${formatDate(dateAt(at))} ${clockTime(at)}`;

/** A month of a centre as its sheet shows it. */
export async function readMonth(context: Context) {
  const { t } = context;
  const centreId = context.id('centreId');
  const month = monthOfAddress(context);
  return await context.database.read(async (tx) => {
    const timesheet = await readTimesheet(tx, { centreId, month }, context.now);
    const closings = await listClosings(tx, centreId, month);
    const people = closings.flatMap((each) => [each.closedBy, each.reopenedBy]);
    return {
      centreId,
      month,
      timesheet,
      sheet: sheetOf(timesheet, t),
      centre: centreName((await findCentre(tx, centreId))!, t.language),
      title: t('sheet.of_month', { month: monthTitle(month, t.language) }),
      closings,
      names: await listPersonNames(tx, people),
    };
  });
}

/** Who closed a month and who opened it again, as a line of its trace. */
function traceWords(closing: Closing, names: ReadonlyMap<number, string>, t: T): string {
  const who = (id: number | null) => (id === null ? '–' : (names.get(id) ?? '–'));
  const closed = t('sheet.closed_by', { at: momentWords(closing.closedAt), who: who(closing.closedBy) });
  if (closing.reopenedAt === null) return closed;
  const at = momentWords(closing.reopenedAt);
  return `${closed} ${t('sheet.reopened_by', { at, who: who(closing.reopenedBy) })}`;
}

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

async function showTimesheet(context: Context, problem?: Problem): Promise<void> {
  const { t, today } = context;
  const { centreId, month, timesheet, centre, closings, names, ...read } = await readMonth(context);
  const sheet = onScreen(read.sheet);
  const step = (months: 1 | -1) => {
    const to = addMonths(month, months);
    return to < FIRST_DAY || to > LAST_DAY ? '' : paths.timesheet(centreId, to);
  };
  page(
    context.res,
    'centre/timesheet',
    {
      title: t('sheet.on_screen', { month: monthTitle(month, t.language) }),
      centre: `${centre} · ${t('sheet.form')}`,
      previous: step(-1),
      next: step(1),
      door: paths.door(centreId),
      print: paths.timesheetPrint(centreId, month),
      xlsx: paths.timesheetXlsx(centreId, month),
      csv: paths.timesheetCsv(centreId, month),
      closed: timesheet.closed !== null,
      state: timesheet.closed
        ? t('sheet.state_closed')
        : month > today
          ? t('sheet.state_ahead')
          : t('sheet.state_open'),
      trace: closings.map((each) => traceWords(each, names, t)),
      sheet: {
        ...sheet,
        rows: sheet.rows.map((row) => ({
          ...row,
          href: paths.timesheetPerson(centreId, month, row.staffId),
        })),
      },
      legend: legendOf(t),
      /** What is still to be done before it can be closed. */
      toConfirm: timesheet.closed === null && sheet.open > 0 ? t('sheet.to_confirm', { n: sheet.open }) : '',
      mayClose: timesheet.closed === null && isOver(month, today),
      closeFrom: t('sheet.close_from', { date: formatDate(endOfMonth(month)) }),
      close: paths.timesheetClosing(centreId, month),
      reopen: paths.timesheetReopening(centreId, month),
      values: problem ? typed(context.req.body) : {},
      errors: problem?.errors,
    },
    {
      width: 'wide',
      address: paths.timesheet(centreId, month),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

const said = (refused: Refusal): Problem => ({
  errors: [clockingError(refused, '')],
  status: statusOf(refused.reason),
});

async function close(context: Context): Promise<void> {
  const [centreId, month] = [context.id('centreId'), monthOfAddress(context)];
  const { refused } = await attempt(context.perform(closeMonth, { centreId, month }));
  if (refused) return await showTimesheet(context, said(refused));
  context.done(paths.timesheet(centreId, month), { key: 'sheet.was_closed' });
}

const reopening = z.strictObject({ note: z.string().optional() });

async function reopen(context: Context): Promise<void> {
  const [centreId, month] = [context.id('centreId'), monthOfAddress(context)];
  const form = parseForm(reopening, context.req.body);
  if (form.errors) return await showTimesheet(context, { errors: form.errors });
  const input = { centreId, month, note: form.values.note ?? '' };
  const { refused } = await attempt(context.perform(reopenMonth, input));
  if (refused) return await showTimesheet(context, said(refused));
  context.done(paths.timesheet(centreId, month), { key: 'sheet.was_reopened' });
}

/** The monthly timesheet of a centre, in the layout of form 421. */
export const timesheet = routes('/centres/:centreId/timesheets/:month')
  .get('', centreAdmin, (context) => showTimesheet(context))
  .post('/closing', centreAdmin, close)
  .post('/reopening', centreAdmin, reopen);
