import { z } from 'zod';
import { formatDate, weekdayName } from '../../domain/calendar-words.ts';
import { datesBetween, plainDate, weekdayOf, yearOf, type PlainDate } from '../../domain/calendar.ts';
import { kurbanAit } from '../../domain/holidays.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { workingDay, type Overrides, type WorkingDay } from '../../domain/working-days.ts';
import { findOverrides } from '../../data/groups.ts';
import type { T } from '../../i18n/translate.ts';
import { changeCalendar, removeOverride } from '../../use-cases/national-calendar.ts';
import { systemAdmin } from '../access.ts';
import { attempt } from '../attempt.ts';
import { settingsErrors } from '../centre/settings-errors.ts';
import type { Context } from '../context.ts';
import { dateOfAddress } from '../dates.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError } from '../form.ts';
import { confirmationOf, confirmShape, showInTheWay } from '../centre/in-the-way.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { dateField, optionalDate, optionalName } from '../shapes.ts';

const FIRST_YEAR = 2022;
const LAST_YEAR = 2040;

function whatWords(date: PlainDate, day: WorkingDay, overrides: Overrides, t: T): string {
  const override = overrides.get(date);
  if (override?.name) return override.name;
  const name = day.name === null ? '' : t(`holiday.${day.name}`);
  if (day.standsFor !== null)
    return t('calendar.stands_for', { name, date: formatDate(day.standsFor) }).trim();
  return name;
}

/** The days of a year that are not what their weekday says, by rule or by override. */
function specialDays(year: number, overrides: Overrides, today: PlainDate, t: T) {
  const estimated = kurbanAit(year);
  return datesBetween(plainDate(`${year}-01-01`), plainDate(`${year}-12-31`)).flatMap((date) => {
    const [five, six] = [workingDay(date, 5, overrides), workingDay(date, 6, overrides)];
    const plain = (day: WorkingDay) => day.reason === 'working' || day.reason === 'weekend';
    if (plain(five) && plain(six)) return [];
    const known = plain(five) ? six : five;
    const override = overrides.has(date);
    return [
      {
        date: `${formatDate(date)}, ${weekdayName(weekdayOf(date), t.language, 'short')}`,
        what: whatWords(date, known, overrides, t),
        five: five.working ? t('calendar.working') : t('calendar.off'),
        six: six.working ? t('calendar.working') : t('calendar.off'),
        override,
        expected: estimated?.estimated === true && estimated.date === date,
        removal: override && date >= today ? paths.calendarOverrideRemoval(date) : '',
      },
    ];
  });
}

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

/** The national calendar of a year: what follows from the law, and what was decided otherwise. */
async function showCalendar(context: Context, problem?: Problem): Promise<void> {
  const { t, today } = context;
  const asked = Number(context.query('year'));
  const year = Number.isInteger(asked) && asked >= FIRST_YEAR && asked <= LAST_YEAR ? asked : yearOf(today);
  const overrides = await context.database.read((tx) => findOverrides(tx));
  page(
    context.res,
    'system/calendar',
    {
      title: t('calendar.title', { year: String(year) }),
      previous: year > FIRST_YEAR ? paths.calendar(year - 1) : '',
      previousText: String(year - 1),
      next: year < LAST_YEAR ? paths.calendar(year + 1) : '',
      nextText: String(year + 1),
      days: specialDays(year, overrides, today, t),
      action: paths.calendarOverrides(),
      today,
      kinds: [
        { value: 'no', text: t('calendar.off_kind') },
        { value: 'yes', text: t('calendar.working_kind') },
      ],
      values: problem ? typed(context.req.body) : {},
      errors: problem?.errors,
    },
    {
      address: paths.calendar(year),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

const problemOf = (refusal: Refusal): Problem => ({
  errors: settingsErrors(refusal),
  status: statusOf(refusal.reason),
});

const override = z.strictObject({
  date: dateField(),
  working: z.enum(['yes', 'no']),
  standsFor: optionalDate(),
  name: optionalName(),
  ...confirmShape,
});

async function change(context: Context): Promise<void> {
  const { t } = context;
  const form = parseForm(override, context.req.body);
  if (form.errors) return await showCalendar(context, form);
  const { date, working, standsFor, name } = form.values;
  const wish = { date, working: working === 'yes', standsFor, name, ...confirmationOf(form.values) };
  const { refused, answer } = await attempt(context.perform(changeCalendar, wish));
  const back = paths.calendar(yearOf(date));
  if (refused?.reason === 'in_the_way') {
    const title = t('calendar.in_the_way', { date: formatDate(date) });
    return showInTheWay(context, refused, { title, action: paths.calendarOverrides(), back });
  }
  if (refused) return await showCalendar(context, problemOf(refused));
  done(context, back, answer);
}

function done(
  context: Context,
  back: string,
  { cancelled, told }: { cancelled: number; told: number },
): void {
  context.done(
    back,
    cancelled === 0
      ? { key: 'form.saved' }
      : { key: 'group.saved_cancelled', params: { n: cancelled, told } },
  );
}

const removal = z.strictObject(confirmShape);

async function remove(context: Context): Promise<void> {
  const { t } = context;
  const date = dateOfAddress(context.text('date'));
  const form = parseForm(removal, context.req.body);
  if (form.errors) return await showCalendar(context, form);
  const { refused, answer } = await attempt(
    context.perform(removeOverride, { date, ...confirmationOf(form.values) }),
  );
  const back = paths.calendar(yearOf(date));
  if (refused?.reason === 'in_the_way') {
    const title = t('calendar.in_the_way', { date: formatDate(date) });
    return showInTheWay(context, refused, { title, action: paths.calendarOverrideRemoval(date), back });
  }
  if (refused) return await showCalendar(context, problemOf(refused));
  done(context, back, answer);
}

export const calendar = routes('/calendar')
  .get('', systemAdmin, (context) => showCalendar(context))
  .post('/overrides', systemAdmin, change)
  .post('/overrides/:date/removal', systemAdmin, remove);
