import { addDays, startOfWeek, type PlainDate } from '../../domain/calendar.ts';
import { freeAt, placesAt } from '../../domain/places.ts';
import { formatSlot, formatTime, HALF_HOURS } from '../../domain/slots.ts';
import { normOn } from '../../domain/norms.ts';
import { staffedAt } from '../../domain/staffing.ts';
import { staffingOutlook, type DayGap } from '../../domain/staffing-outlook.ts';
import type { Reading } from '../../data/database.ts';
import { findCentre } from '../../data/centres.ts';
import { listCentreDays, type CentreDay } from '../../data/day-board.ts';
import { findGroup, findOverrides } from '../../data/groups.ts';
import { listNorms } from '../../data/norms.ts';
import { listRegionDays } from '../../data/region-staffing.ts';
import { listSkilledStays } from '../../data/skilled-stays.ts';
import { listClosures } from '../../data/settings.ts';
import type { T } from '../../i18n/translate.ts';
import { regionGroup } from '../access.ts';
import { closedWords, type ClosedFacts } from '../centre/closed.ts';
import type { Context } from '../context.ts';
import { dateOf, dateOfAddress, dayTitle } from '../dates.ts';
import { clockTime, whole } from '../figures.ts';
import { centreName } from '../names.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { keptFilter } from './hours-question.ts';
import { addUp, sumFigures } from './occupancy-table.ts';
import { lacksOf } from './staffing-gaps.ts';

/** The half-hours of a day in figures: from opening to closing, and wherever somebody stands outside of it. */
function halvesOf(day: CentreDay, gap: DayGap | undefined, t: T) {
  const number = (heads: number) => whole(heads, t.language);
  const shown = Array.from({ length: HALF_HOURS }, (_, at) => at).filter(
    (at) => placesAt(day, at) + (day.booked[at] ?? 0) + (day.held[at] ?? 0) > 0,
  );
  return shown.map((at) => {
    const free = freeAt(day, at);
    const open = placesAt(day, at);
    const staffed = staffedAt(day.capacity, at);
    return {
      time: formatSlot({ from: at, to: at + 1 }),
      id: formatTime(at),
      room: open === 0 ? t('day.closed') : number(open),
      booked: number(day.booked[at] ?? 0),
      held: number(day.held[at] ?? 0),
      free: number(free),
      full: open > 0 && free === 0,
      staffed: staffed === null ? '–' : number(staffed),
      few: gap?.few.includes(at) ?? false,
    };
  });
}

function openingWords(day: CentreDay | undefined, facts: ClosedFacts, t: T): string {
  if (day === undefined) return t('profile.no_day');
  const why = day.closedReason === null ? '' : closedWords(day.closedReason, day, facts, t);
  if (day.opensAt === null || day.closesAt === null)
    return why === '' ? t('day.closed') : t('board.closed', { why });
  if (why !== '') return t('board.closes_early', { time: formatTime(day.closesAt), why });
  return formatSlot({ from: day.opensAt, to: day.closesAt });
}

/** What staff this day of the group lacks, counted as the region's staffing is. */
async function findGap(tx: Reading, regionCode: string, groupId: number, date: PlainDate) {
  const span = { from: date, to: date };
  const days = (await listRegionDays(tx, { regionCode, ...span })).filter((day) => day.groupId === groupId);
  const stays = await listSkilledStays(tx, { groupIds: [groupId], ...span });
  const norms = await listNorms(tx);
  const { gaps } = staffingOutlook(days, stays, () => normOn(norms, days[0]!.category, date));
  return gaps[0];
}

async function readDay(context: Context, date: PlainDate) {
  const centreId = context.id('centreId');
  const groupId = context.id('groupId');
  return await context.database.read(async (tx) => ({
    centre: (await findCentre(tx, centreId))!,
    group: (await findGroup(tx, groupId))!,
    gap: await findGap(tx, context.text('regionCode'), groupId, date),
    day: (await listCentreDays(tx, centreId, { from: date, to: date })).find(
      (each) => each.groupId === groupId,
    ),
    facts: {
      closures: await listClosures(tx, { centreId, from: date, to: date }),
      overrides: await findOverrides(tx),
    },
  }));
}

/** A day of a group as its region sees it: half-hours in figures, never a child's name. */
async function showDay(context: Context): Promise<void> {
  const { t, today, now, language } = context;
  const code = context.text('regionCode');
  const [centreId, groupId] = [context.id('centreId'), context.id('groupId')];
  const date = dateOfAddress(context.text('date'));
  const kept = keptFilter(context);
  const week = dateOf(context.query('week')) === undefined ? undefined : startOfWeek(date);
  const { centre, group, day, gap, facts } = await readDay(context, date);
  const beside = (days: -1 | 1) => {
    const other = dateOf(addDays(date, days));
    const filter = { ...kept, ...(week && other && { week: startOfWeek(other) }) };
    return other === undefined ? '' : paths.regionGroupDay(code, centreId, groupId, other, filter);
  };
  page(
    context.res,
    'region/group-day',
    {
      title: dayTitle(date, language, today),
      note: group.name,
      lead: t('profile.lead', { period: openingWords(day, facts, t), time: clockTime(now) }),
      trail: [
        { href: paths.regionOccupancy(code, kept), text: t('nav.occupancy') },
        { href: paths.regionCentre(code, centreId, kept), text: centreName(centre, language) },
        {
          href: week
            ? paths.regionGroupHours(code, centreId, groupId, { ...kept, week })
            : paths.regionGroup(code, centreId, groupId, kept),
          text: group.name,
        },
      ],
      previous: beside(-1),
      next: beside(1),
      figures: day
        ? [
            ...sumFigures(addUp([{ ...day, to: date }], today), t),
            { term: t('occupancy.peak'), value: whole(day.peakBooked, language), note: '', tone: '' },
          ]
        : [],
      lacks: gap ? lacksOf(gap, t) : [],
      halves: day ? halvesOf(day, gap, t) : [],
      unrostered: day !== undefined && day.capacity === null,
    },
    { width: 'normal' },
  );
}

export const groupDay = routes('/regions/:regionCode/centres/:centreId/groups/:groupId').get(
  '/days/:date',
  regionGroup,
  showDay,
);
