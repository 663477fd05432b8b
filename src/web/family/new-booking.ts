import { addDays, addMonths, startOfWeek, WEEKDAYS, type PlainDate } from '../../domain/calendar.ts';
import { weekdayName } from '../../domain/calendar-words.ts';
import { isLate } from '../../domain/deadline.ts';
import { refuse, type Refusal } from '../../domain/refusal.ts';
import { formatSlot, formatTime } from '../../domain/slots.ts';
import { findOccupiedDates, listBookings } from '../../data/bookings.ts';
import { findCentre } from '../../data/centres.ts';
import { findChild } from '../../data/children.ts';
import { findDays } from '../../data/group-days.ts';
import { findGroup } from '../../data/groups.ts';
import { bookSeries, type RefusedDay } from '../../use-cases/booking-series.ts';
import { bookSlot } from '../../use-cases/bookings.ts';
import type { T } from '../../i18n/translate.ts';
import { guardianWhoBooks } from '../access.ts';
import { attempt } from '../attempt.ts';
import { centreName } from '../names.ts';
import { spanOf, timeOptions } from '../times.ts';
import type { Context } from '../context.ts';
import { dateOf } from '../dates.ts';
import { statusOf } from '../errors.ts';
import { parseForm, type FieldError, type Typed } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { freeDay } from './free-day.ts';
import { leftOutWords, type LeftOut } from './left-out.ts';
import { monthsOf } from './month-taps.ts';
import { hoursOf, isOpen, usualStay } from './usual-stay.ts';
import { FIELDS, isKind, KINDS, onceShape, readRepeated, type Kind } from './new-booking-kinds.ts';
import { refusedErrors, stretchWords } from '../booking-errors.ts';

interface Problem {
  readonly errors: readonly FieldError[];
  readonly input: Typed;
  readonly refusal?: Refusal;
}

function groupIdOf(context: Context): number {
  const given = context.query('group');
  return /^[1-9]\d{0,8}$/.test(given) ? Number(given) : refuse('missing');
}

const kindOf = (context: Context): Kind => {
  const given = context.query('kind');
  return isKind(given) ? given : context.query('date') === '' ? 'weekly' : 'once';
};

async function readForm(context: Context, groupId: number, date: PlainDate) {
  const { actor, today } = context;
  const childId = context.id('childId');
  return await context.database.read(async (tx) => {
    const group = (await findGroup(tx, groupId)) ?? refuse('missing');
    const near = { from: addDays(today, -60), to: addDays(today, 60) };
    return {
      group,
      centre: (await findCentre(tx, group.centreId)) ?? refuse('missing'),
      child: (await findChild(tx, actor, childId, today)) ?? refuse('missing'),
      days: await findDays(tx, { groupId, from: date, to: addDays(date, 13) }),
      before: (await listBookings(tx, { childIds: [childId], ...near })).filter(
        (each) => each.groupId === groupId,
      ),
      occupied: await findOccupiedDates(tx, childId, date, date),
    };
  });
}

/** Days that a series could not book, in words. */
function refusedWords(refused: readonly RefusedDay[], childId: number, groupId: number, t: T): LeftOut[] {
  return refused.map(({ date, reason, fullAt }) => ({
    date,
    why: t(`refusal.${reason}`),
    times: fullAt ? stretchWords(fullAt) : '',
    href: reason === 'closed' ? '' : paths.childDays(childId, groupId, date),
  }));
}

/** Where to go on from a refusal: the booking in the way, or the free hours of that week. */
function wayOut(
  context: Context,
  refusal: Refusal | undefined,
  groupId: number,
  date: PlainDate,
  bookingId?: number,
) {
  const { t } = context;
  if (!refusal) return undefined;
  if (refusal.reason === 'already_booked' && bookingId !== undefined)
    return { href: paths.booking(bookingId), text: t('new.see_booking') };
  return {
    href: paths.childDays(context.id('childId'), groupId, startOfWeek(date)),
    text: t('new.see_week'),
  };
}

async function showForm(context: Context, problem?: Problem): Promise<void> {
  const { t, today, now, language } = context;
  const [childId, groupId, kind] = [context.id('childId'), groupIdOf(context), kindOf(context)];
  const typedDate = problem?.input['date'];
  const asked = dateOf(typeof typedDate === 'string' && typedDate !== '' ? typedDate : context.query('date'));
  const date = asked ?? addDays(today, 1);
  const seen = await readForm(context, groupId, date);
  const { group, centre, child } = seen;
  const span = spanOf([centre.hours]);
  const day = kind === 'once' ? seen.days.find((each) => each.date === date && isOpen(each)) : undefined;
  const hours = hoursOf(day ? [day] : seen.days, span);
  const asking = { childId, group, need: { weight: child.supportWeight, skills: child.skillsNeeded }, now };
  const stay = usualStay(seen.before, hours, day && { day, asking });
  const values: Typed = {
    date,
    startsOn: date,
    first: date,
    endsOn: addMonths(date, 1),
    on: '2',
    off: '2',
    from: formatTime(stay.from),
    to: formatTime(stay.to),
    ifFull: 'book_free',
    ...(problem ? problem.input : { days: ['mon', 'tue', 'wed', 'thu', 'fri'] }),
  };
  const refused = (problem?.refusal?.details['refused'] ?? []) as readonly RefusedDay[];
  page(
    context.res,
    'family/new-booking',
    {
      title: t('booking.new'),
      child: child.name,
      place: `${centreName(centre, language)} · ${group.name}`,
      back: paths.childDays(childId, groupId, date),
      kind,
      kinds: KINDS.map((each) => ({
        href: paths.newBooking(childId, groupId, date, each),
        text: t(`new.${each}`),
        current: each === kind,
      })),
      action: paths.childBookings(childId, groupId, date, kind),
      times: timeOptions(hours.from, hours.to),
      opening: day ? t('new.opening', { hours: formatSlot(hours) }) : '',
      free: day && freeDay(date, day, undefined, asking, t),
      late:
        kind === 'once' && isLate(now, date, group) && group.lateChanges === 'accepted' ? t('new.late') : '',
      days: WEEKDAYS.map((each) => ({ value: each, text: weekdayName(each, language, 'long') })),
      heads: WEEKDAYS.map((each) => ({
        short: weekdayName(each, language, 'short'),
        long: weekdayName(each, language, 'long'),
      })),
      months: kind === 'dates' ? monthsOf(today, [values['dates'] ?? []].flat(), language, today) : [],
      otherMonths: paths.newSeries(childId, { group: String(groupId), kind }),
      taps: { legend: t('new.which_days'), hint: t('new.which_days_hint') },
      today,
      left: leftOutWords(refusedWords(refused, childId, groupId, t), today, t),
      next:
        refused.length > 0
          ? undefined
          : wayOut(context, problem?.refusal, groupId, date, seen.occupied.get(date)),
      values,
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: paths.newBooking(childId, groupId, date, kind),
      ...(problem?.refusal && { status: statusOf(problem.refusal.reason) }),
    },
  );
}

function problemOf(refusal: Refusal, input: Typed, kind: Kind): Problem {
  const listed = refusal.details['refused'] !== undefined;
  const errors: FieldError[] = listed
    ? [{ field: '', key: 'booking.refused_days' }]
    : refusedErrors(refusal, FIELDS[kind]);
  return { errors, input, refusal };
}

async function bookOnce(context: Context): Promise<void> {
  const form = parseForm(onceShape, context.req.body);
  if (form.errors) return await showForm(context, form);
  const { date, from, to } = form.values;
  const wish = { childId: context.id('childId'), groupId: groupIdOf(context), date, slot: { from, to } };
  const { refused, answer } = await attempt(context.perform(bookSlot, wish));
  if (refused) return await showForm(context, problemOf(refused, form.input, 'once'));
  return context.done(paths.booking(answer.id), { key: answer.late ? 'booking.done_late' : 'booking.done' });
}

async function bookRepeated(context: Context, kind: Exclude<Kind, 'once'>): Promise<void> {
  const read = readRepeated(kind, context.req.body, context.today);
  if ('errors' in read) return await showForm(context, read);
  const [childId, groupId] = [context.id('childId'), groupIdOf(context)];
  const { refused, answer } = await attempt(context.perform(bookSeries, { childId, groupId, ...read.wish }));
  if (refused) return await showForm(context, problemOf(refused, read.input, kind));
  return context.done(paths.series(childId, answer.id));
}

async function book(context: Context): Promise<void> {
  const kind = kindOf(context);
  await (kind === 'once' ? bookOnce(context) : bookRepeated(context, kind));
}

export const newBooking = routes('/children/:childId/bookings')
  .get('/new', guardianWhoBooks, (context) => showForm(context))
  .post('', guardianWhoBooks, book);
