import { formatDate, weekdayName } from '../../domain/calendar-words.ts';
import { addDays, WEEKDAYS, type PlainDate } from '../../domain/calendar.ts';
import { occupancyOf } from '../../domain/occupancy.ts';
import { refuse } from '../../domain/refusal.ts';
import { formatTime } from '../../domain/slots.ts';
import { indexOf } from '../../domain/week-profile.ts';
import type { T } from '../../i18n/translate.ts';
import { region as regionAccess, regionCentre, regionGroup } from '../access.ts';
import type { Context } from '../context.ts';
import { routes } from '../route.ts';
import { readCentreHours, readGroupHours, readRegionParts } from './hours-parts.ts';
import { readWeek } from './hours-question.ts';
import { frameOf, type Part } from './hours-table.ts';
import { plain, sendSpreadsheet } from './spreadsheet.ts';

/** A row a part, weekday and half-hour while it is open. Staff stands where a roster of the week is published. */
function linesOf({ name, note, profile }: Part, week: PlainDate, t: T): string[][] {
  const { weekdays, times } = frameOf(profile);
  const clock = times.map((at) => formatTime(at));
  const lines: string[][] = [];
  for (const weekday of weekdays) {
    const date = formatDate(addDays(week, weekday));
    const day = weekdayName(WEEKDAYS[weekday]!, t.language, 'long');
    for (const [row, at] of times.entries()) {
      const index = indexOf(weekday, at);
      const [places, booked] = [profile.places[index] ?? 0, profile.booked[index] ?? 0];
      if (places + booked === 0) continue;
      const ratio = occupancyOf(booked, places);
      lines.push([
        name,
        note,
        date,
        day,
        clock[row]!,
        String(places),
        String(booked),
        String(places - booked),
        ratio === null ? '' : plain(ratio * 100, t),
        profile.staffed === null ? '' : String(profile.staffed[index] ?? 0),
      ]);
    }
  }
  return lines;
}

function send(
  context: Context,
  week: PlainDate,
  parts: readonly Part[],
  heads: [string, string],
  of: string,
) {
  const { t } = context;
  const words = [
    ...heads,
    t('profile.date'),
    t('profile.weekday'),
    t('profile.time'),
    t('day.places'),
    t('board.booked'),
    t('profile.not_booked'),
    t('occupancy.booked_percent'),
    t('board.staffed'),
  ];
  const lines = parts.flatMap((part) => linesOf(part, week, t));
  sendSpreadsheet(context, `kundiz-hours-${of}-${week}`, [words, ...lines]);
}

async function sendRegion(context: Context): Promise<void> {
  const { t } = context;
  const { week, kept } = readWeek(context);
  if (!week) refuse('invalid');
  const { parts } = await readRegionParts(context, week, kept);
  send(context, week, parts, [t('occupancy.centre'), t('settings.district')], context.text('regionCode'));
}

async function sendCentre(context: Context): Promise<void> {
  const { t } = context;
  const { week, kept } = readWeek(context);
  if (!week) refuse('invalid');
  const { parts } = await readCentreHours(context, week, kept);
  send(context, week, parts, [t('booking.group'), t('child.category')], `centre-${context.id('centreId')}`);
}

async function sendGroup(context: Context): Promise<void> {
  const { t } = context;
  const { week } = readWeek(context);
  if (!week) refuse('invalid');
  const { parts } = await readGroupHours(context, week);
  send(context, week, parts, [t('booking.group'), t('child.category')], `group-${context.id('groupId')}`);
}

export const hoursCsvRoutes = routes('/regions/:regionCode')
  .get('/occupancy/hours.csv', regionAccess, sendRegion)
  .get('/centres/:centreId/occupancy/hours.csv', regionCentre, sendCentre)
  .get('/centres/:centreId/groups/:groupId/hours.csv', regionGroup, sendGroup);
