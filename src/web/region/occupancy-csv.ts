import { formatDate } from '../../domain/calendar-words.ts';
import { occupancyOf } from '../../domain/occupancy.ts';
import type { RegionCode } from '../../domain/regions.ts';
import type { OccupancyRow } from '../../data/occupancy.ts';
import type { RescuedDay } from '../../data/rescues.ts';
import type { T } from '../../i18n/translate.ts';
import { region as regionAccess } from '../access.ts';
import type { Context } from '../context.ts';
import { refuse } from '../../domain/refusal.ts';
import { routes } from '../route.ts';
import { readFilter } from './filter.ts';
import type { Subject } from './occupancy-table.ts';
import { readRegion } from './occupancy.ts';
import { sumRescued } from './rescued-table.ts';
import { plain, sendSpreadsheet } from './spreadsheet.ts';

/** A row a centre and period, under their heads. */
function occupancyRows(
  subjects: readonly Subject[],
  rows: readonly OccupancyRow[],
  rescued: readonly RescuedDay[],
  t: T,
): string[][] {
  const hours = (minutes: number) => plain(minutes / 60, t);
  const byKey = Map.groupBy(rows, (row) => row.key);
  const rescuedOf = Map.groupBy(rescued, (day) => String(day.centreId));
  const lines = subjects.flatMap(({ key, name, note }) =>
    (byKey.get(key) ?? []).map((row) => {
      const ratio = occupancyOf(row.bookedMinutes, row.placeMinutes);
      const freed = sumRescued(rescuedOf.get(key) ?? [], row);
      return [
        name,
        note,
        formatDate(row.from),
        formatDate(row.to),
        hours(row.placeMinutes),
        hours(row.bookedMinutes),
        hours(row.attendedMinutes),
        hours(row.placeMinutes - row.bookedMinutes),
        ratio === null ? '' : plain(ratio * 100, t),
        String(row.peakBooked),
        hours(freed.freedMinutes),
        hours(freed.rescuedMinutes),
        hours(freed.lostMinutes),
      ];
    }),
  );
  const heads = [
    t('occupancy.centre'),
    t('settings.district'),
    t('occupancy.from'),
    t('occupancy.to'),
    t('week.places'),
    t('occupancy.booked_hours'),
    t('occupancy.attended_hours'),
    t('week.idle'),
    t('occupancy.booked_percent'),
    t('occupancy.peak'),
    t('rescued.freed'),
    t('rescued.rescued'),
    t('rescued.lost'),
  ];
  return [heads, ...lines];
}

async function sendCsv(context: Context): Promise<void> {
  const code = context.text('regionCode') as RegionCode;
  const { filter, errors } = readFilter(context);
  if (!filter) refuse(errors.some((error) => error.key === 'refusal.too_wide') ? 'too_wide' : 'invalid');
  const { subjects, rows, rescued } = await readRegion(context, code, filter);
  const name = `kundiz-${code}-${filter.from}-${filter.to}`;
  sendSpreadsheet(context, name, occupancyRows(subjects, rows, rescued, context.t));
}

export const occupancyCsvRoutes = routes('/regions/:regionCode').get('/occupancy.csv', regionAccess, sendCsv);
