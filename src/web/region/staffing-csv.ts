import { formatDate } from '../../domain/calendar-words.ts';
import { occupancyOf } from '../../domain/occupancy.ts';
import { refuse } from '../../domain/refusal.ts';
import type { RegionCode } from '../../domain/regions.ts';
import { riskOf } from '../../domain/staffing-outlook.ts';
import { SKILLS } from '../../domain/staffing.ts';
import type { T } from '../../i18n/translate.ts';
import { region as regionAccess } from '../access.ts';
import type { Context } from '../context.ts';
import { skillWords } from '../needs.ts';
import { routes } from '../route.ts';
import { plain, sendSpreadsheet } from './spreadsheet.ts';
import { readDays, readStaffing, type Days, type StaffedCentre } from './staffing-table.ts';

/** A row a centre, in the order of the page, under their heads; a column for every skill. */
function staffingRows(centres: readonly StaffedCentre[], days: Days, t: T): string[][] {
  const hours = (minutes: number) => plain(minutes / 60, t);
  const lines = centres.map(({ name, district, outlook }) => {
    const { staffedMinutes, rosteredPlaceMinutes, placeMinutes } = outlook;
    const share = rosteredPlaceMinutes === 0 ? null : occupancyOf(staffedMinutes, placeMinutes);
    return [
      name,
      district,
      formatDate(days.from),
      formatDate(days.to),
      placeMinutes === 0 ? t('day.closed') : t(`staffing.risk_${riskOf(outlook)}`),
      hours(placeMinutes),
      hours(rosteredPlaceMinutes),
      hours(staffedMinutes),
      share === null ? '' : plain(share * 100, t),
      String(outlook.fewHalfHours),
      ...SKILLS.map((skill) => hours((outlook.skillHalfHours.get(skill) ?? 0) * 30)),
      String(outlook.daysWithoutRoster),
    ];
  });
  const heads = [
    t('occupancy.centre'),
    t('settings.district'),
    t('occupancy.from'),
    t('occupancy.to'),
    t('staffing.risk'),
    t('staffing.places'),
    t('staffing.rostered'),
    t('staffing.staffed'),
    t('staffing.share_percent'),
    t('staffing.few'),
    ...SKILLS.map((skill) => t('staffing.skill_missing', { skill: skillWords(skill, t) })),
    t('staffing.unpublished'),
  ];
  return [heads, ...lines];
}

async function sendCsv(context: Context): Promise<void> {
  const code = context.text('regionCode') as RegionCode;
  const { days, errors } = readDays(context);
  if (!days) refuse(errors.some((error) => error.key === 'refusal.too_wide') ? 'too_wide' : 'invalid');
  const { centres } = await readStaffing(context, code, days);
  const name = `kundiz-staffing-${code}-${days.from}-${days.to}`;
  sendSpreadsheet(context, name, staffingRows(centres, days, context.t));
}

export const staffingCsvRoutes = routes('/regions/:regionCode').get('/staffing.csv', regionAccess, sendCsv);
