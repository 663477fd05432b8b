import { formatDate } from '../../domain/calendar-words.ts';
import { freeThrough } from '../../domain/places.ts';
import { parsePattern, slotsBetween } from '../../domain/pattern.ts';
import { refuse } from '../../domain/refusal.ts';
import { findCentre } from '../../data/centres.ts';
import { findChild } from '../../data/children.ts';
import { findDays } from '../../data/group-days.ts';
import { findGroup } from '../../data/groups.ts';
import { findSeries } from '../../data/series.ts';
import { guardianWhoSees } from '../access.ts';
import { centreName } from '../centre/names.ts';
import type { Context } from '../context.ts';
import { formatPeriod } from '../dates.ts';
import { page } from '../page.ts';
import { patternWords } from '../pattern-words.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { dayWords } from './stay-line.ts';

/** What a series booked and what it left out: the confirmation, which stays true when it is opened again. */
async function showSeries(context: Context): Promise<void> {
  const { t, actor, today, language } = context;
  const childId = context.id('childId');
  const seen = await context.database.read(async (tx) => {
    const series = (await findSeries(tx, childId, context.id('seriesId'))) ?? refuse('missing');
    const group = (await findGroup(tx, series.groupId))!;
    return {
      series,
      group,
      child: (await findChild(tx, actor, childId, today)) ?? refuse('missing'),
      centre: (await findCentre(tx, group.centreId))!,
      days: new Map(
        (await findDays(tx, { groupId: group.id, from: series.startsOn, to: series.endsOn })).map((day) => [
          day.date,
          day,
        ]),
      ),
    };
  });
  const { series } = seen;
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
        { term: t('find.child'), value: seen.child.name },
        { term: t('find.where'), value: `${centreName(seen.centre, language)} · ${seen.group.name}` },
        { term: t('find.hours'), value: patternWords(pattern, t) },
        { term: t('find.period'), value: formatPeriod(series.startsOn, series.endsOn) },
        { term: t('series.reference'), value: `S-${series.id}` },
      ],
      booked: series.dates.map((date) => dayWords(date, today, t)),
      left: left.map((slot) => {
        const day = seen.days.get(slot.date);
        const closed =
          !day ||
          day.opensAt === null ||
          day.closesAt === null ||
          slot.from < day.opensAt ||
          slot.to > day.closesAt;
        const why = closed
          ? t('refusal.closed')
          : freeThrough(day, slot) === 0
            ? t('refusal.full')
            : t('series.other_reason');
        return {
          date: formatDate(slot.date),
          why,
          href: closed ? '' : paths.childDays(childId, series.groupId, slot.date),
        };
      }),
      child: paths.child(childId),
    },
    { width: 'narrow' },
  );
}

export const series = routes('/children/:childId/series/:seriesId').get('', guardianWhoSees, showSeries);
