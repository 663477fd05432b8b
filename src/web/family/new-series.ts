import { addDays, addMonths, maxOf, WEEKDAYS } from '../../domain/calendar.ts';
import { weekdayName } from '../../domain/calendar-words.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { formatTime } from '../../domain/slots.ts';
import { listBookings } from '../../data/bookings.ts';
import { findDays } from '../../data/group-days.ts';
import { bookSeries } from '../../use-cases/booking-series.ts';
import { guardianWhoBooks } from '../access.ts';
import type { Key } from '../../i18n/translate.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import type { FieldError, Typed } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { spanOf, timeOptions } from '../times.ts';
import { tapsOf } from './tapped-month.ts';
import { showCheck } from './series-check.ts';
import {
  answersIn,
  DAY_FIELDS,
  isStep,
  PERIOD_FIELDS,
  readAnswers,
  type Answers,
  type Step,
} from './series-answers.ts';
import { placeWords, questionOf, readSeriesPlace, type SeriesPlace } from './series-place.ts';
import { hoursOf, usualStay } from './usual-stay.ts';
import { KINDS, type Kind } from './workday-form.ts';

const NEAR_DAYS = 60;
/** What stands on every question: whose, where, the answers given so far as hidden fields, and the way back. */
function frame(context: Context, place: SeriesPlace, given: Typed, own: readonly string[]) {
  const { child, group } = place;
  const kept = Object.entries(given).filter(([name]) => !own.includes(name));
  return {
    child: child.name,
    place: placeWords(place, context.t),
    action: paths.newSeries(child.id, {}),
    kept: [
      ['group', String(group.id)] as const,
      ...kept.flatMap(([name, value]) => [value].flat().map((each) => [name, each] as const)),
    ],
  };
}

const address = (place: SeriesPlace, given: Typed, step?: Step) =>
  paths.newSeries(place.child.id, { ...questionOf(place, given), ask: step });

function askKind(context: Context, place: SeriesPlace, given: Typed): void {
  const { t } = context;
  const { child, group } = place;
  const date = addDays(context.today, 1);
  page(
    context.res,
    'family/_series-kind',
    {
      ...frame(context, place, given, ['kind']),
      title: t('steps.kind'),
      back: paths.childDays(child.id, group.id),
      kinds: [
        ...KINDS.map((kind) => ({
          href: paths.newSeries(child.id, { ...questionOf(place, given), kind }),
          text: t(`new.${kind}`),
          hint: t(`steps.${kind}_hint`),
        })),
        { href: paths.newBooking(child.id, group.id, date, 'once'), text: t('new.once'), hint: '' },
      ],
    },
    { width: 'narrow', address: address(place, given, 'kind') },
  );
}

/** The usual hours of the child in this group, or what is open there. */
async function hoursToBegin(context: Context, { child, group, centre }: SeriesPlace) {
  const { today } = context;
  const { days, before } = await context.database.read(async (tx) => ({
    days: await findDays(tx, { groupId: group.id, from: addDays(today, 1), to: addDays(today, 14) }),
    before: await listBookings(tx, {
      childIds: [child.id],
      from: addDays(today, -NEAR_DAYS),
      to: addDays(today, NEAR_DAYS),
    }),
  }));
  const hours = hoursOf(days, spanOf([centre.hours]));
  const own = before.filter((each) => each.groupId === group.id);
  return { hours, stay: usualStay(own, hours) };
}

async function askDays(
  context: Context,
  place: SeriesPlace,
  given: Typed,
  kind: Kind,
  errors: readonly FieldError[],
): Promise<void> {
  const { t, language, today } = context;
  const { hours, stay } = await hoursToBegin(context, place);
  const fresh = !DAY_FIELDS[kind].some((name) => given[name] !== undefined);
  const values: Typed = {
    first: addDays(today, 1),
    on: '2',
    off: '2',
    from: formatTime(stay.from),
    to: formatTime(stay.to),
    ...(fresh ? { days: ['mon', 'tue', 'wed', 'thu', 'fri'] } : given),
  };
  const day = (length: 'long' | 'short') =>
    WEEKDAYS.map((each) => ({ value: each, text: weekdayName(each, language, length) }));
  page(
    context.res,
    'family/_series-days',
    {
      ...frame(context, place, given, [...DAY_FIELDS[kind], 'month']),
      title: t(`steps.days_${kind}`),
      kind,
      back: address(place, { ...given }, 'kind'),
      days: day('long'),
      heads: day('short').map(({ text: short, value }) => ({
        short,
        long: weekdayName(value, language, 'long'),
      })),
      ...(kind === 'dates' && tapsOf(context, [values['dates'] ?? []].flat())),
      taps: { legend: t('new.which_days'), hint: t('new.which_days_hint') },
      times: timeOptions(hours.from, hours.to),
      today,
      values,
      errors,
    },
    { width: 'narrow', address: address(place, given, 'days') },
  );
}

function askPeriod(
  context: Context,
  place: SeriesPlace,
  given: Typed,
  { pattern }: Answers,
  errors: readonly FieldError[],
): void {
  const { t, today } = context;
  const tomorrow = addDays(today, 1);
  const startsOn = pattern?.kind === 'cycle' ? maxOf([pattern.from, tomorrow]) : tomorrow;
  page(
    context.res,
    'family/_series-period',
    {
      ...frame(context, place, given, PERIOD_FIELDS),
      title: t('steps.period'),
      back: address(place, given, 'days'),
      today,
      values: { startsOn, endsOn: addMonths(startsOn, 1), ...given },
      errors,
    },
    { width: 'narrow', address: address(place, given, 'period') },
  );
}

/** The next question, or the one that was asked for; with all answers given, their check. */
async function ask(context: Context): Promise<void> {
  const given = answersIn(context.req.query);
  const place = await readSeriesPlace(context);
  const answers = readAnswers(given, context.today);
  const { kind } = answers;
  const wanted = context.query('ask');
  const moving = context.req.query['month'] !== undefined;
  const earlier = isStep(wanted) && !(wanted !== 'kind' && kind === undefined) ? wanted : answers.step;
  const step: Step = moving && kind === 'dates' ? 'days' : earlier;
  const errors = answers.wish === undefined && answers.step === step && !moving ? answers.errors : [];
  if (step === 'kind' || kind === undefined) return askKind(context, place, given);
  if (step === 'days') return await askDays(context, place, given, kind, errors);
  if (answers.wish === undefined || step === 'period')
    return askPeriod(context, place, given, answers, errors);
  return await showCheck(context, place, given, answers.wish);
}

async function book(context: Context): Promise<void> {
  const { ifFull, ...body } = (context.req.body ?? {}) as Record<string, unknown>;
  const given = answersIn(body);
  const place = await readSeriesPlace(context);
  const answers = readAnswers(given, context.today);
  // What is not a whole set of right answers is asked for again, with what there is.
  if (answers.wish === undefined) return context.done(address(place, given));
  const { refused, answer } = await attempt(
    context.perform(bookSeries, {
      childId: place.child.id,
      groupId: place.group.id,
      ...answers.wish,
      ifFull: ifFull === 'refuse_all' ? 'refuse_all' : 'book_free',
    }),
  );
  if (refused) return await showRefused(context, place, given, answers.wish, refused, ifFull);
  return context.done(paths.series(place.child.id, answer.id));
}

async function showRefused(
  context: Context,
  place: SeriesPlace,
  given: Typed,
  wish: NonNullable<Answers['wish']>,
  refusal: Refusal,
  ifFull: unknown,
): Promise<void> {
  const key: Key =
    refusal.details['refused'] === undefined
      ? (`refusal.${refusal.reason}` as const)
      : 'booking.refused_days';
  const problem = { errors: [{ field: '', key }], status: statusOf(refusal.reason), ifFull };
  return await showCheck(context, place, given, wish, problem);
}

export const newSeries = routes('/children/:childId/bookings/series')
  .get('', guardianWhoBooks, ask)
  .post('', guardianWhoBooks, book);
