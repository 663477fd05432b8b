import { dayRefusal } from '../../domain/admittance.ts';
import { eligibilityReason } from '../../domain/eligibility.ts';
import { slotsBetween } from '../../domain/pattern.ts';
import { findOccupiedDates } from '../../data/bookings.ts';
import { listEnrolments } from '../../data/enrolments.ts';
import { findDays } from '../../data/group-days.ts';
import type { Context } from '../context.ts';
import { stretchWords } from '../booking-errors.ts';
import { formatPeriod } from '../dates.ts';
import type { FieldError, Typed } from '../form.ts';
import { page } from '../page.ts';
import { patternWords } from '../pattern-words.ts';
import { paths } from '../paths.ts';
import { leftOutWords, type LeftOut } from './left-out.ts';
import type { Wish } from './series-answers.ts';
import { placeWords, questionOf, type SeriesPlace } from './series-place.ts';

/** Days of the wish that cannot be booked as things stand, and how many can. */
async function foresee(context: Context, { child, group }: SeriesPlace, wish: Wish) {
  const { t, now } = context;
  const { pattern, startsOn: from, endsOn: to } = wish;
  const seen = await context.database.read(async (tx) => ({
    days: new Map((await findDays(tx, { groupId: group.id, from, to })).map((day) => [day.date, day])),
    occupied: await findOccupiedDates(tx, child.id, from, to),
    enrolments: await listEnrolments(tx, child.id, group.id),
  }));
  const slots = slotsBetween(pattern, from, to);
  const need = { weight: child.supportWeight, skills: child.skillsNeeded };
  const left = slots.flatMap((slot): LeftOut[] => {
    const { date } = slot;
    const reason = eligibilityReason(child, group, seen.enrolments, date);
    const booked = seen.occupied.has(date);
    const refused = reason
      ? { reason }
      : dayRefusal(seen.days.get(date), { date, slot, need, now, booked, deadline: group, byStaff: false });
    if (!refused) return [];
    const times = 'fullAt' in refused && refused.fullAt ? stretchWords(refused.fullAt) : '';
    const why = t(`refusal.${refused.reason}`);
    return [
      {
        date,
        why,
        times,
        href: refused.reason === 'closed' ? '' : paths.childDays(child.id, group.id, date),
      },
    ];
  });
  return { left, days: slots.length, free: slots.length - left.length };
}

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status: number;
  readonly ifFull: unknown;
}

/** All answers with ways to change each, what they would book now, and the one button that books. */
export async function showCheck(
  context: Context,
  place: SeriesPlace,
  given: Typed,
  wish: Wish,
  problem?: Problem,
): Promise<void> {
  const { t, today } = context;
  const { child, group } = place;
  const { left, days, free } = await foresee(context, place, wish);
  const question = questionOf(place, given);
  const change = (ask: string) => paths.newSeries(child.id, { ...question, ask });
  const answers = paths.newSeries(child.id, given).split('?')[1] ?? '';
  page(
    context.res,
    'family/_series-check',
    {
      title: t('find.check'),
      back: change(wish.pattern.kind === 'dates' ? 'days' : 'period'),
      action: paths.newSeries(child.id, { group: String(group.id) }),
      kept: Object.entries(given).flatMap(([name, value]) => [value].flat().map((each) => [name, each])),
      answers: [
        { term: t('find.child'), value: child.name, change: paths.bookingChild(answers) },
        { term: t('find.where'), value: placeWords(place, t), change: paths.childGroups(child.id, answers) },
        { term: t('booking.repeat'), value: t(`new.${wish.pattern.kind}`), change: change('kind') },
        { term: t('steps.days_and_hours'), value: patternWords(wish.pattern, t), change: change('days') },
        {
          term: t('steps.period_term'),
          value: formatPeriod(wish.startsOn, wish.endsOn),
          change: change(wish.pattern.kind === 'dates' ? 'days' : 'period'),
        },
        { term: t('find.free_now'), value: t('find.free_dates', { n: days, free }), change: '' },
      ],
      leftTitle: t('steps.left_out'),
      left: leftOutWords(left, today, t),
      values: { ifFull: problem?.ifFull === 'refuse_all' ? 'refuse_all' : 'book_free' },
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: paths.newSeries(child.id, question),
      ...(problem && { status: problem.status }),
    },
  );
}
