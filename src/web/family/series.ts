import { firstOpenHalfHour } from '../../domain/admittance.ts';
import { addDays, daysBetween, maxOf, type PlainDate } from '../../domain/calendar.ts';
import { fit } from '../../domain/places.ts';
import { parsePattern, slotsBetween, type DatedSlot, type Pattern } from '../../domain/pattern.ts';
import { refuse } from '../../domain/refusal.ts';
import { formatTime } from '../../domain/slots.ts';
import { findOccupiedDates } from '../../data/bookings.ts';
import { findCentre } from '../../data/centres.ts';
import { findChild, mayBookFor } from '../../data/children.ts';
import { findDays } from '../../data/group-days.ts';
import { findGroup } from '../../data/groups.ts';
import { findSeries } from '../../data/series.ts';
import { guardianWhoSees } from '../access.ts';
import { centreName } from '../names.ts';
import type { Context } from '../context.ts';
import { formatPeriod } from '../dates.ts';
import { page } from '../page.ts';
import { patternWords } from '../pattern-words.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { leftOutWords, type LeftOut } from './left-out.ts';
import { stretchWords } from '../booking-errors.ts';
import { dayWords } from './stay-line.ts';
import { stretchOf, typedOf } from './workday-form.ts';

function readSeries(context: Context) {
  const { actor, today } = context;
  const childId = context.id('childId');
  return context.database.read(async (tx) => {
    const series = (await findSeries(tx, childId, context.id('seriesId'))) ?? refuse('missing');
    const { startsOn, endsOn } = series;
    const group = (await findGroup(tx, series.groupId)) ?? refuse('missing');
    const days = await findDays(tx, { groupId: group.id, from: startsOn, to: endsOn });
    return {
      series,
      group,
      child: (await findChild(tx, actor, childId, today)) ?? refuse('missing'),
      centre: (await findCentre(tx, group.centreId)) ?? refuse('missing'),
      mayBook: await mayBookFor(tx, actor, childId, today),
      days: new Map(days.map((day) => [day.date, day])),
      occupied: await findOccupiedDates(tx, childId, startsOn, endsOn),
    };
  });
}

type Seen = Awaited<ReturnType<typeof readSeries>>;

/** Why a day of the pattern has no booking of the series, as far as it can be told now. */
function leftOut(slot: DatedSlot, { series, child, days, occupied }: Seen, context: Context): LeftOut {
  const { t, now } = context;
  const { date } = slot;
  const day = days.get(date);
  const other = occupied.get(date);
  const open = day && day.opensAt !== null && day.closesAt !== null;
  const week = paths.childDays(series.childId, series.groupId, date);
  if (!open || slot.from < day.opensAt || slot.to > day.closesAt)
    return { date, why: t('refusal.closed'), href: '' };
  if (other !== undefined) return { date, why: t('series.other_booking'), href: paths.booking(other) };
  if (slot.from < firstOpenHalfHour(date, now)) return { date, why: t('series.over'), href: '' };
  const unfit = fit(day, slot, { weight: child.supportWeight, skills: child.skillsNeeded });
  if (!unfit) return { date, why: t('series.other_reason'), href: week };
  return {
    date,
    why: t(`refusal.${unfit.reason}`),
    times: stretchWords(unfit.at.map(formatTime)),
    href: week,
  };
}

/** The same hours in the time after the series: all answers are given, only their check is left. */
function againAfter({ series }: Seen, pattern: Pattern, today: PlainDate): string {
  const { childId, groupId, startsOn, endsOn } = series;
  const stretch = stretchOf(pattern);
  if (pattern.kind === 'dates' || stretch === undefined) return '';
  const from = maxOf([addDays(endsOn, 1), addDays(today, 1)]);
  return paths.newSeries(childId, {
    group: String(groupId),
    kind: pattern.kind,
    ...typedOf(pattern),
    from: formatTime(stretch[0]),
    to: formatTime(stretch[1]),
    startsOn: from,
    endsOn: addDays(from, daysBetween(startsOn, endsOn)),
  });
}

/** What a series booked and what it left out: the confirmation, which stays true when it is opened again. */
async function showSeries(context: Context): Promise<void> {
  const { t, today, language } = context;
  const seen = await readSeries(context);
  const { series, group, child, centre } = seen;
  const parsed = parsePattern(series.pattern);
  const pattern = 'pattern' in parsed ? parsed.pattern : refuse('missing');
  const booked = new Set(series.dates);
  const left = slotsBetween(pattern, series.startsOn, series.endsOn).filter((slot) => !booked.has(slot.date));
  page(
    context.res,
    'family/series',
    {
      title: series.dates.length > 0 ? t('series.booked', { n: series.dates.length }) : t('series.nothing'),
      some: series.dates.length > 0,
      facts: [
        { term: t('find.child'), value: child.name },
        { term: t('find.where'), value: `${centreName(centre, language)} · ${group.name}` },
        { term: t('find.hours'), value: patternWords(pattern, t) },
        { term: t('find.period'), value: formatPeriod(series.startsOn, series.endsOn) },
        { term: t('series.reference'), value: `S-${series.id}` },
      ],
      booked: series.dates.map((date) => dayWords(date, today, t)),
      left: leftOutWords(
        left.map((slot) => leftOut(slot, seen, context)),
        today,
        t,
      ),
      child: paths.child(series.childId),
      again: seen.mayBook ? againAfter(seen, pattern, today) : '',
    },
    { width: 'narrow' },
  );
}

export const series = routes('/children/:childId/series/:seriesId').get('', guardianWhoSees, showSeries);
