import { addDays, maxOf, WEEKDAYS, type PlainDate } from '../../domain/calendar.ts';
import { weekdayName } from '../../domain/calendar-words.ts';
import { minutesPerWeek } from '../../domain/pattern.ts';
import { formatTime } from '../../domain/slots.ts';
import { DAY_FIELDS } from '../family/series-answers.ts';
import { tapsOf } from '../family/tapped-month.ts';
import { KINDS, stretchOf, typedOf, type Kind } from '../family/workday-form.ts';
import type { Context } from '../context.ts';
import type { FieldError, Typed } from '../form.ts';
import { hoursOf } from '../figures.ts';
import { page } from '../page.ts';
import { timeOptions } from '../times.ts';
import { MOST_TOLERATED, PATTERN_FIELDS, START_FIELDS, type WishAnswers } from './answers.ts';
import { keptOf, type WishSide } from './side.ts';

/** Centres are open within these half-hours, 06:00–22:00. */
const [OPENS, CLOSES] = [12, 44];
const USUAL: Typed = {
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  on: '2',
  off: '2',
  from: '08:30',
  to: '17:30',
};

const withoutPattern = (given: Typed): Typed =>
  Object.fromEntries(Object.entries(given).filter(([name]) => !PATTERN_FIELDS.includes(name)));

export function askKind(context: Context, side: WishSide, given: Typed, errors: readonly FieldError[]): void {
  const { t } = context;
  const rest = withoutPattern(given);
  page(
    context.res,
    'family/_series-kind',
    {
      title: t('waiting.which_hours'),
      child: side.child.name,
      place: t(side.entry ? 'waiting.change' : 'waiting.join'),
      back: side.back,
      kinds: KINDS.map((kind) => ({
        href: side.address({ ...rest, kind }),
        text: t(`new.${kind}`),
        hint: t(`steps.${kind}_hint`),
      })),
      errors,
    },
    { width: 'narrow', address: side.address({ ...given, ask: 'kind' }) },
  );
}

/** The days as they were answered, else those of the pattern that was handed over, else the usual ones. */
function daysGiven(given: Typed, kind: Kind, { pattern }: WishAnswers, today: PlainDate): Typed {
  if (DAY_FIELDS[kind].some((name) => given[name] !== undefined))
    return { first: addDays(today, 1), ...USUAL, days: [], ...given };
  if (pattern?.kind !== kind) return { first: addDays(today, 1), ...USUAL, ...given };
  const [from, to] = stretchOf(pattern)!;
  return { ...USUAL, ...given, ...typedOf(pattern), from: formatTime(from), to: formatTime(to) };
}

export function askDays(
  context: Context,
  side: WishSide,
  given: Typed,
  kind: Kind,
  answers: WishAnswers,
  errors: readonly FieldError[],
): void {
  const { t, language, today } = context;
  const values = daysGiven(given, kind, answers, today);
  const day = (length: 'long' | 'short') =>
    WEEKDAYS.map((each) => ({ value: each, text: weekdayName(each, language, length) }));
  page(
    context.res,
    'family/_series-days',
    {
      title: t(`steps.days_${kind}`),
      child: side.child.name,
      place: t(side.entry ? 'waiting.change' : 'waiting.join'),
      action: side.address({}),
      kept: keptOf({ ...given, kind }, [...DAY_FIELDS[kind], 'pattern', 'month']),
      kind,
      back: side.address({ ...given, ask: 'kind' }),
      days: day('long'),
      heads: day('short').map(({ text: short, value }) => ({
        short,
        long: weekdayName(value, language, 'long'),
      })),
      ...(kind === 'dates' && tapsOf(context, [values['dates'] ?? []].flat())),
      taps: { legend: t('new.which_days'), hint: t('waiting.dates_hint') },
      times: timeOptions(OPENS, CLOSES),
      today,
      values,
      errors,
    },
    { width: 'narrow', address: side.address({ ...given, ask: 'days' }) },
  );
}

/** From when, and what else the family would take. */
export function askStart(
  context: Context,
  side: WishSide,
  given: Typed,
  { pattern }: WishAnswers,
  errors: readonly FieldError[],
): void {
  const { t, today, language } = context;
  const tomorrow = addDays(today, 1);
  const first =
    pattern?.kind === 'dates'
      ? (Object.keys(pattern.dates) as PlainDate[]).toSorted()[0]
      : pattern?.kind === 'cycle'
        ? pattern.from
        : undefined;
  const by = Array.from({ length: MOST_TOLERATED }, (_, at) => ({
    value: String(at + 1),
    text: t('waiting.by_hours', { hours: hoursOf((at + 1) * 30, language) }),
  }));
  const options = [
    { value: '', text: t('waiting.by_open') },
    { value: '0', text: t('waiting.by_none') },
    ...by,
  ];
  page(
    context.res,
    'family/_wish-start',
    {
      title: t('waiting.from_when'),
      child: side.child.name,
      place: t(side.entry ? 'waiting.change' : 'waiting.join'),
      action: side.address({}),
      kept: keptOf(given, START_FIELDS),
      back: side.address({ ...given, ask: 'days' }),
      earliest: side.earliest,
      options,
      week: pattern ? t('waiting.hours_asked', { hours: hoursOf(minutesPerWeek(pattern), language) }) : '',
      values: { startsOn: maxOf([tomorrow, first ?? tomorrow]), ...given },
      errors,
    },
    { width: 'narrow', address: side.address({ ...given, ask: 'start' }) },
  );
}
