import { z } from 'zod';
import { addDays, addMonths, WEEKDAYS, type PlainDate } from '../../domain/calendar.ts';
import { formatDate, weekdayName } from '../../domain/calendar-words.ts';
import { refuse, type Refusal } from '../../domain/refusal.ts';
import { formatSlot, formatTime } from '../../domain/slots.ts';
import { listBookings } from '../../data/bookings.ts';
import { findCentre } from '../../data/centres.ts';
import { findChild } from '../../data/children.ts';
import { findDays } from '../../data/group-days.ts';
import { findGroup } from '../../data/groups.ts';
import { bookSeries, type RefusedDay } from '../../use-cases/booking-series.ts';
import { bookSlot } from '../../use-cases/bookings.ts';
import { guardianWhoBooks } from '../access.ts';
import { attempt } from '../attempt.ts';
import { bookingErrors } from '../centre/booking-errors.ts';
import { centreName } from '../centre/names.ts';
import { spanOf, timeOptions } from '../centre/times.ts';
import type { Context } from '../context.ts';
import { dateOf } from '../dates.ts';
import { statusOf } from '../errors.ts';
import { parseForm, type FieldError, type Typed } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { dateField, timeField } from '../shapes.ts';
import { monthsOf } from './month-taps.ts';
import { patternOf, SHAPES } from './workday-form.ts';

const KINDS = ['once', 'weekly', 'cycle', 'dates'] as const;
type Kind = (typeof KINDS)[number];
const isKind = (text: string): text is Kind => (KINDS as readonly string[]).includes(text);

const onceShape = z.object({ date: dateField(), from: timeField(), to: timeField() });
const period = {
  startsOn: dateField(),
  endsOn: dateField(),
  ifFull: z.enum(['refuse_all', 'book_free']).default('book_free'),
};
const repeated = {
  weekly: SHAPES.weekly.omit({ commute: true }).extend(period),
  cycle: SHAPES.cycle.omit({ commute: true }).extend({ endsOn: period.endsOn, ifFull: period.ifFull }),
  dates: SHAPES.dates.omit({ commute: true }).extend({ ifFull: period.ifFull }),
} as const;

interface Problem {
  readonly errors: readonly FieldError[];
  readonly input: Typed;
  readonly refused?: readonly RefusedDay[];
  readonly status?: number;
}

function groupIdOf(context: Context): number {
  const given = context.query('group');
  return /^[1-9]\d{0,8}$/.test(given) ? Number(given) : refuse('missing');
}

const kindOf = (context: Context): Kind => {
  const given = context.query('kind');
  return isKind(given) ? given : context.query('date') === '' ? 'weekly' : 'once';
};

/** Days that a series could not book, in words. */
export function refusedWords(refused: readonly RefusedDay[], context: Context) {
  const { t } = context;
  return refused.map(({ date, reason, fullAt }) => ({
    date: formatDate(date),
    reason: t(`refusal.${reason}`),
    times: fullAt ? t('refusal.at_times', { times: fullAt.join(', ') }) : '',
  }));
}

async function showForm(context: Context, problem?: Problem): Promise<void> {
  const { t, actor, today, language } = context;
  const [childId, groupId, kind] = [context.id('childId'), groupIdOf(context), kindOf(context)];
  const date = dateOf(context.query('date')) ?? addDays(today, 1);
  const seen = await context.database.read(async (tx) => {
    const group = (await findGroup(tx, groupId)) ?? refuse('missing');
    const centre = (await findCentre(tx, group.centreId))!;
    return {
      group,
      centre,
      child: (await findChild(tx, actor, childId, today)) ?? refuse('missing'),
      days: await findDays(tx, { groupId, from: date, to: addDays(date, 13) }),
      before: (await listBookings(tx, { childIds: [childId], from: addDays(today, -60), to: addDays(today, 60) })).filter((each) => each.groupId === groupId),
    };
  });
  const open = seen.days.filter((day) => day.opensAt !== null && day.closesAt !== null);
  const day = kind === 'once' ? open.find((each) => each.date === date) : undefined;
  const span = spanOf([seen.centre.hours]);
  const opens = day?.opensAt ?? Math.min(...open.map((each) => each.opensAt!), open.length > 0 ? 48 : span.from);
  const closes = day?.closesAt ?? Math.max(...open.map((each) => each.closesAt!), open.length > 0 ? 0 : span.to);
  const usual = seen.before.at(-1);
  const from = usual && usual.from >= opens && usual.to <= closes ? usual.from : opens;
  const to = usual && usual.from >= opens && usual.to <= closes ? usual.to : Math.min(closes, opens + 20);
  const input = problem?.input ?? {};
  const values: Typed = {
    date,
    startsOn: date,
    first: date,
    endsOn: addMonths(date, 1),
    on: '2',
    off: '2',
    days: ['mon', 'tue', 'wed', 'thu', 'fri'],
    from: formatTime(from),
    to: formatTime(to),
    ifFull: 'book_free',
    ...input,
  };
  page(
    context.res,
    'family/new-booking',
    {
      title: t('booking.new'),
      child: seen.child.name,
      place: `${centreName(seen.centre, language)} · ${seen.group.name}`,
      back: paths.childDays(childId, groupId, date),
      kind,
      kinds: KINDS.map((each) => ({ href: paths.newBooking(childId, groupId, date, each), text: t(`new.${each}`), current: each === kind })),
      action: paths.childBookings(childId, groupId, date, kind),
      times: timeOptions(opens, closes),
      opening: day ? t('new.opening', { hours: formatSlot({ from: opens, to: closes }) }) : '',
      days: WEEKDAYS.map((each) => ({ value: each, text: weekdayName(each, language, 'long') })),
      heads: WEEKDAYS.map((each) => ({ short: weekdayName(each, language, 'short'), long: weekdayName(each, language, 'long') })),
      months: kind === 'dates' ? monthsOf(today, [values['dates'] ?? []].flat(), language) : [],
      today,
      refused: refusedWords(problem?.refused ?? [], context),
      values,
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: paths.newBooking(childId, groupId, date, kind),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

function problemOf(refusal: Refusal, input: Typed): Problem {
  const refused = refusal.details['refused'] as readonly RefusedDay[] | undefined;
  const errors: FieldError[] = refused ? [{ field: '', key: 'booking.refused_days' }] : bookingErrors(refusal);
  return { errors, input, status: statusOf(refusal.reason), ...(refused && { refused }) };
}

async function bookOnce(context: Context): Promise<void> {
  const form = parseForm(onceShape, context.req.body);
  if (form.errors) return await showForm(context, form);
  const { date, from, to } = form.values;
  const [childId, groupId] = [context.id('childId'), groupIdOf(context)];
  const { refused, answer } = await attempt(context.perform(bookSlot, { childId, groupId, date, slot: { from, to } }));
  if (refused) return await showForm(context, problemOf(refused, form.input));
  return context.done(paths.booking(answer.id), { key: answer.late ? 'booking.done_late' : 'booking.done' });
}

async function bookRepeated(context: Context, kind: Exclude<Kind, 'once'>): Promise<void> {
  const form = parseForm(repeated[kind], context.req.body);
  if (form.errors) return await showForm(context, form);
  const { values } = form;
  const read = patternOf(kind, values, context.today);
  if ('errors' in read) return await showForm(context, { errors: read.errors, input: form.input });
  const dates = read.pattern.kind === 'dates' ? (Object.keys(read.pattern.dates) as PlainDate[]).toSorted() : [];
  const startsOn = 'startsOn' in values ? values.startsOn : read.pattern.kind === 'cycle' ? read.pattern.from : dates[0]!;
  const endsOn = 'endsOn' in values ? values.endsOn : dates.at(-1)!;
  const [childId, groupId] = [context.id('childId'), groupIdOf(context)];
  const wish = { childId, groupId, pattern: read.pattern, startsOn, endsOn, ifFull: values.ifFull };
  const { refused, answer } = await attempt(context.perform(bookSeries, wish));
  if (refused) return await showForm(context, problemOf(refused, form.input));
  return context.done(paths.series(childId, answer.id));
}

async function book(context: Context): Promise<void> {
  const kind = kindOf(context);
  await (kind === 'once' ? bookOnce(context) : bookRepeated(context, kind));
}

export const newBooking = routes('/children/:childId/bookings')
  .get('/new', guardianWhoBooks, (context) => showForm(context))
  .post('', guardianWhoBooks, book);
