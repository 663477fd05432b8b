import { z } from 'zod';
import { formatDate, weekdayName } from '../../domain/calendar-words.ts';
import { WEEKDAYS, type PlainDate } from '../../domain/calendar.ts';
import type { Stretch } from '../../domain/pattern.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { formatTime } from '../../domain/slots.ts';
import { findCentre } from '../../data/centres.ts';
import { findChild, type Child } from '../../data/children.ts';
import { listBookings } from '../../data/bookings.ts';
import { listCentreDays } from '../../data/day-board.ts';
import { findOverrides, listGroups } from '../../data/groups.ts';
import { listClosures } from '../../data/settings.ts';
import { bookSeries, type RefusedDay } from '../../use-cases/booking-series.ts';
import { bookSlot } from '../../use-cases/bookings.ts';
import { centreStaff } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { dateOf } from '../dates.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { dateField, idField, manyOf, optionalDate, readId, timeField } from '../shapes.ts';
import { asCentre } from './as-centre.ts';
import { bookingErrors } from '../booking-errors.ts';
import { groupChoices } from './group-choices.ts';
import { needWords } from '../needs.ts';
import { chooseChild } from './new-booking-child.ts';
import { spanOf, timeOptions } from '../times.ts';

const LISTED = 20;

const wish = z
  .strictObject({
    childId: idField(),
    groupId: idField(),
    date: dateField(),
    from: timeField(),
    to: timeField(),
    repeat: z.enum(['once', 'weekly']),
    weekdays: manyOf(WEEKDAYS),
    endsOn: optionalDate(),
    ifFull: z.enum(['refuse_all', 'book_free']).default('refuse_all'),
  })
  .superRefine(({ repeat, weekdays, endsOn }, issues) => {
    if (repeat !== 'weekly') return;
    const ask = (field: string, message: string) =>
      issues.addIssue({ code: 'custom', path: [field], message });
    if (weekdays.length === 0) ask('weekdays', 'form.choose_one');
    if (endsOn === null) ask('endsOn', 'form.required');
  });

type Wish = z.output<typeof wish>;

interface Problem {
  readonly errors: readonly FieldError[];
  readonly refused?: readonly RefusedDay[];
  readonly status?: number;
}

async function showForm(context: Context, child: Child, date: PlainDate, problem?: Problem): Promise<void> {
  const { t, today } = context;
  const centreId = context.id('centreId');
  const seen = await context.database.read(async (tx) => ({
    centre: (await findCentre(tx, centreId))!,
    groups: await listGroups(tx, centreId),
    days: await listCentreDays(tx, centreId, { from: date, to: date }),
    facts: {
      closures: await listClosures(tx, { centreId, from: date, to: date }),
      overrides: await findOverrides(tx),
    },
    before: await listBookings(tx, {
      childIds: [child.id],
      centreId,
      from: '2000-01-01' as PlainDate,
      to: date,
    }),
  }));
  const span = spanOf([seen.centre.hours]);
  const usual = seen.before.at(-1);
  const values = problem ? typed(context.req.body) : {};
  const opens = seen.days.flatMap((day) => day.opensAt ?? []);
  const closes = seen.days.flatMap((day) => day.closesAt ?? []);
  const groups = groupChoices(seen.groups, seen.days, child, seen.facts, t);
  page(
    context.res,
    'centre/new-booking',
    {
      title: t('booking.new'),
      back: paths.centreNewBooking(centreId, { date }),
      dayHref: paths.centreDay(centreId, date),
      action: paths.centreBookings(centreId),
      child: {
        id: child.id,
        name: child.name,
        href: paths.centreChild(centreId, child.id),
        category: t(`category.${child.category}`),
        needs: child.skillsNeeded.map((skill) => needWords(skill, t)).join(', '),
      },
      groups,
      group: Number(context.query('group')) || usual?.groupId || groups[0]?.value,
      groupsHint: t('booking.groups_hint', { date: formatDate(date) }),
      date,
      today,
      times: timeOptions(Math.min(span.from, ...opens), Math.max(span.to, ...closes)),
      from: usual ? formatTime(usual.from) : '',
      to: usual ? formatTime(usual.to) : '',
      weekdays: WEEKDAYS.map((weekday) => ({
        value: weekday,
        text: weekdayName(weekday, t.language, 'long'),
      })),
      usualWeekdays: WEEKDAYS.slice(0, 5),
      refused: (problem?.refused ?? []).map((day) => refusedWords(day, context)),
      values,
      errors: problem?.errors,
    },
    {
      address: paths.centreNewBooking(centreId, { child: child.id, date }),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

function refusedWords({ date, reason, fullAt }: RefusedDay, { t }: Context) {
  return {
    date: formatDate(date),
    reason: t(`refusal.${reason}`),
    times: fullAt ? t('refusal.at_times', { times: fullAt.join(', ') }) : '',
  };
}

function findOwnChild(context: Context, childId: number): Promise<Child | undefined> {
  return context.database.read((tx) => findChild(tx, asCentre(context), childId, context.today));
}

async function open(context: Context): Promise<void> {
  const childId = readId(context.query('child'));
  const child = childId === undefined ? undefined : await findOwnChild(context, childId);
  if (!child) return await chooseChild(context);
  await showForm(context, child, dateOf(context.query('date')) ?? context.today);
}

function problemOf(refusal: Refusal): Problem {
  const refused = refusal.details['refused'] as readonly RefusedDay[] | undefined;
  const errors = refused ? [{ field: '', key: 'booking.refused_days' } as const] : bookingErrors(refusal);
  return { errors, status: statusOf(refusal.reason), ...(refused && { refused }) };
}

async function bookWeekly(
  context: Context,
  { childId, groupId, date, from, to, ...rest }: Wish,
): Promise<Refusal | undefined> {
  const days = Object.fromEntries(rest.weekdays.map((weekday): [string, Stretch] => [weekday, [from, to]]));
  const pattern = { kind: 'weekly', days } as const;
  const { refused, answer } = await attempt(
    context.perform(bookSeries, {
      childId,
      groupId,
      pattern,
      startsOn: date,
      endsOn: rest.endsOn!,
      ifFull: rest.ifFull,
    }),
  );
  if (refused) return refused;
  const missed = answer.refused
    .slice(0, LISTED)
    .map((day) => formatDate(day.date).slice(0, 5))
    .join(', ');
  const n = answer.booked.length;
  context.done(
    paths.centreChild(context.id('centreId'), childId),
    missed === ''
      ? { key: 'booking.series_done', params: { n } }
      : { tone: 'warn', key: 'booking.series_partly', params: { n, dates: missed } },
  );
  return undefined;
}

async function bookOnce(
  context: Context,
  { childId, groupId, date, from, to }: Wish,
): Promise<Refusal | undefined> {
  const { refused, answer } = await attempt(
    context.perform(bookSlot, { childId, groupId, date, slot: { from, to } }),
  );
  if (refused) return refused;
  const path = paths.centreDay(context.id('centreId'), date, answer.id);
  context.done(`${path}#booking-${answer.id}`, { key: answer.late ? 'booking.done_late' : 'booking.done' });
  return undefined;
}

async function book(context: Context): Promise<void> {
  const form = parseForm(wish, context.req.body);
  const child = await findOwnChild(context, Number(form.input['childId']) || 0);
  if (!child) return context.done(paths.centreNewBooking(context.id('centreId')));
  const date = form.values?.date ?? context.today;
  if (form.errors) return await showForm(context, child, date, form);
  const groups = await context.database.read((tx) => listGroups(tx, context.id('centreId')));
  if (!groups.some((group) => group.id === form.values.groupId)) {
    return await showForm(context, child, date, { errors: [{ field: 'groupId', key: 'form.choose_one' }] });
  }
  const refused = await (form.values.repeat === 'weekly' ? bookWeekly : bookOnce)(context, form.values);
  if (refused) await showForm(context, child, date, problemOf(refused));
}

/** Booking on behalf of a family. */
export const newBooking = routes('/centres/:centreId/bookings')
  .get('/new', centreStaff, open)
  .post('', centreStaff, book);
