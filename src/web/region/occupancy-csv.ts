import { formatDate } from '../../domain/calendar-words.ts';
import { occupancyOf } from '../../domain/occupancy.ts';
import type { RegionCode } from '../../domain/regions.ts';
import type { OccupancyRow } from '../../data/occupancy.ts';
import type { T } from '../../i18n/translate.ts';
import { region as regionAccess } from '../access.ts';
import type { Context } from '../context.ts';
import { refuse } from '../../domain/refusal.ts';
import { routes } from '../route.ts';
import { readFilter } from './filter.ts';
import type { Subject } from './occupancy-table.ts';
import { readRegion } from './occupancy.ts';
import { plain, sendSpreadsheet } from './spreadsheet.ts';

/** A row a centre and period, under their heads. */
function occupancyRows(subjects: readonly Subject[], rows: readonly OccupancyRow[], t: T): string[][] {
  const hours = (minutes: number) => plain(minutes / 60, t);
  const byKey = Map.groupBy(rows, (row) => row.key);
  const lines = subjects.flatMap(({ key, name, note }) =>
    (byKey.get(key) ?? []).map((row) => {
      const ratio = occupancyOf(row.bookedMinutes, row.placeMinutes);
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
  ];
  return [heads, ...lines];
}

async function sendCsv(context: Context): Promise<void> {
  const code = context.text('regionCode') as RegionCode;
  const { filter, errors } = readFilter(context);
  if (!filter) refuse(errors.some((error) => error.key === 'refusal.too_wide') ? 'too_wide' : 'invalid');
  const { subjects, rows } = await readRegion(context, code, filter);
  const name = `kundiz-${code}-${filter.from}-${filter.to}`;
  sendSpreadsheet(context, name, occupancyRows(subjects, rows, context.t));
}

export const occupancyCsvRoutes = routes('/regions/:regionCode').get('/occupancy.csv', regionAccess, sendCsv);
