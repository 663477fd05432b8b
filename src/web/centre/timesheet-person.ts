import { z } from 'zod';
import { instantAt, type PlainDate, addDays, dateAt } from '../../domain/calendar.ts';
import { formatDate } from '../../domain/calendar-words.ts';
import { refuse } from '../../domain/refusal.ts';
import { isOpen } from '../../domain/timesheet.ts';
import { monthSpan } from '../../domain/timesheet-month.ts';
import { listClockings } from '../../data/clockings.ts';
import { listStandingTimes } from '../../data/standing-shifts.ts';
import { findStaff } from '../../data/staff.ts';
import { listPersonNames } from '../../data/timesheets.ts';
import { addClocking, confirmPlanned, correctClocking } from '../../use-cases/clockings.ts';
import { readTimesheet } from '../../use-cases/timesheets.ts';
import { staffMemberAdmin } from '../access/roster.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { monthTitle } from '../dates.ts';
import { statusOf } from '../errors.ts';
import { clockTime } from '../figures.ts';
import { parseForm, typed, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { dateField, idField } from '../shapes.ts';
import type { Key } from '../../i18n/translate.ts';
import { clockingError } from './clocking-words.ts';
import { monthOfAddress } from './timesheet.ts';
import { dayRow, factsOf } from './timesheet-days.ts';

/** One person's month with everything that the door recorded, what was withdrawn too. */
async function readPerson(context: Context, month: PlainDate) {
  const [centreId, staffId] = [context.id('centreId'), context.id('staffId')];
  return await context.database.read(async (tx) => {
    const days = monthSpan(month);
    const clockings = await listClockings(
      tx,
      [staffId],
      { from: instantAt(days.from, 0), to: instantAt(addDays(days.to, 1), 0) },
      true,
    );
    const timesheet = await readTimesheet(tx, { centreId, month, staffId }, context.now);
    return {
      staff: (await findStaff(tx, staffId)) ?? refuse('missing'),
      timesheet,
      line: timesheet.lines[0],
      clockings: Map.groupBy(clockings, ({ at }) => dateAt(at)),
      shifts: Map.groupBy(await listStandingTimes(tx, { staffIds: [staffId], ...days }), ({ date }) => date),
      names: await listPersonNames(
        tx,
        clockings.map((each) => each.recordedBy),
      ),
    };
  });
}

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
  /** The one whose correction was sent. */
  readonly clockingId?: number | undefined;
}

async function showPerson(context: Context, problem?: Problem): Promise<void> {
  const { t, today } = context;
  const [centreId, staffId] = [context.id('centreId'), context.id('staffId')];
  const month = monthOfAddress(context);
  const { staff, timesheet, line, clockings, shifts, names } = await readPerson(context, month);
  const open = timesheet.closed === null;
  const asked = problem?.clockingId ?? Number(context.query('clocking'));
  const chosen = [...clockings.values()].flat().find(({ id }) => id === asked);
  const unconfirmed = (line?.days ?? []).filter(
    (day) => day.date < today && (isOpen(day) || day.flags.includes('absent')) && day.planned > 0,
  );
  page(
    context.res,
    'centre/timesheet-person',
    {
      title: staff.name,
      post: t(`post.${staff.post}`),
      month: monthTitle(month, t.language),
      back: paths.timesheet(centreId, month),
      open,
      state: open ? '' : t('sheet.closed_text'),
      sheets: line
        ? [
            {
              facts: factsOf(line, t),
              days: line.days.map((day) =>
                dayRow(
                  day,
                  {
                    shifts: shifts.get(day.date) ?? [],
                    clockings: clockings.get(day.date) ?? [],
                    correct: ({ id }) =>
                      open ? `${paths.timesheetPerson(centreId, month, staffId, id)}#correction` : '',
                    names,
                  },
                  t,
                ),
              ),
            },
          ]
        : [],
      correction:
        open && chosen?.withdrawnAt === null
          ? {
              action: paths.personCorrection(centreId, month, staffId),
              id: String(chosen.id),
              what: t('sheet.correct_what', {
                date: formatDate(dateAt(chosen.at)),
                what: t(`door.${chosen.direction}_at`, { time: clockTime(chosen.at) }),
              }),
              cancel: paths.timesheetPerson(centreId, month, staffId),
            }
          : undefined,
      confirmation: {
        action: paths.personConfirmation(centreId, month, staffId),
        options: unconfirmed.map((day) => ({
          value: day.date,
          text: `${formatDate(day.date)} · ${day.flags.map((flag) => t(`sheet.flag_${flag}`)).join(', ')}`,
        })),
      },
      adding: {
        action: paths.personClockings(centreId, month, staffId),
        directions: (['in', 'out'] as const).map((value) => ({ value, text: t(`door.${value}`) })),
        max: today,
      },
      values: problem ? typed(context.req.body) : {},
      errors: problem?.errors,
    },
    {
      address: paths.timesheetPerson(centreId, month, staffId),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

/** 'HH:MM', any minute of a day. */
const minuteField = () =>
  z
    .string({ error: 'sheet.wrong_time' })
    .trim()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'sheet.wrong_time')
    .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));
const optionalMinute = () => z.union([z.literal('').transform(() => null), minuteField()]).optional();

const addition = z.strictObject({
  date: dateField(),
  time: minuteField(),
  direction: z.enum(['in', 'out'], { error: 'form.choose_one' }),
  note: z.string().optional(),
});

/** On to the page with what was done, or the form again with what stands in the way, at the fields of that form. */
async function answer(
  context: Context,
  write: Promise<unknown>,
  said: Key,
  form: { readonly field: string; readonly note: string; readonly clockingId?: number },
): Promise<void> {
  const { refused } = await attempt(write);
  if (refused)
    return await showPerson(context, {
      errors: [clockingError(refused, form.field, form.note)],
      status: statusOf(refused.reason),
      clockingId: form.clockingId,
    });
  const month = monthOfAddress(context);
  context.done(paths.timesheetPerson(context.id('centreId'), month, context.id('staffId')), { key: said });
}

async function add(context: Context): Promise<void> {
  const form = parseForm(addition, context.req.body);
  if (form.errors) return await showPerson(context, form);
  const { date, time, direction, note = '' } = form.values;
  const input = { staffId: context.id('staffId'), direction, at: instantAt(date, time), note };
  const at = { field: 'time', note: 'note' };
  await answer(context, context.perform(addClocking, input), 'sheet.was_added', at);
}

const correction = z.strictObject({
  clockingId: idField(),
  time: optionalMinute(),
  note: z.string().optional(),
});

async function correct(context: Context): Promise<void> {
  const staffId = context.id('staffId');
  const form = parseForm(correction, context.req.body);
  if (form.errors) {
    const sent = Number(form.input['clockingId']);
    return await showPerson(context, { errors: form.errors, clockingId: sent });
  }
  const { clockingId, time = null, note = '' } = form.values;
  const own = await readPerson(context, monthOfAddress(context));
  const wrong = [...own.clockings.values()].flat().find(({ id }) => id === clockingId) ?? refuse('missing');
  // The right time is of the same day.
  const at = time === null ? null : instantAt(dateAt(wrong.at), time);
  const write = context.perform(correctClocking, { staffId, clockingId, at, note });
  await answer(context, write, 'sheet.was_corrected', { field: 'time', note: 'note', clockingId });
}

const confirmation = z.strictObject({
  dates: z.union([dateField().transform((date) => [date]), z.array(dateField()).max(31)], {
    error: 'form.choose_one',
  }),
  reason: z.string().optional(),
});

async function confirm(context: Context): Promise<void> {
  const form = parseForm(confirmation, context.req.body);
  if (form.errors) return await showPerson(context, form);
  const { dates, reason = '' } = form.values;
  const write = context.perform(confirmPlanned, { staffId: context.id('staffId'), dates, note: reason });
  await answer(context, write, 'sheet.was_confirmed', { field: 'dates', note: 'reason' });
}

/** One person's month: what the door recorded, and its corrections by the administrator, each with a reason. */
export const timesheetPerson = routes('/centres/:centreId/timesheets/:month/staff/:staffId')
  .get('', staffMemberAdmin, (context) => showPerson(context))
  .post('/clockings', staffMemberAdmin, add)
  .post('/correction', staffMemberAdmin, correct)
  .post('/confirmation', staffMemberAdmin, confirm);
