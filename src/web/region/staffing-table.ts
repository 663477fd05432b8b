import { addDays, daysBetween, type PlainDate } from '../../domain/calendar.ts';
import { normOn, type NormSet } from '../../domain/norms.ts';
import { alphabetical } from '../../domain/names.ts';
import { occupancyOf } from '../../domain/occupancy.ts';
import type { Category } from '../../domain/people.ts';
import type { RegionCode } from '../../domain/regions.ts';
import {
  compareOutlooks,
  riskOf,
  shortHalfHours,
  staffingOutlook,
  type StaffingOutlook,
  type StaffingRisk,
} from '../../domain/staffing-outlook.ts';
import { listCentres } from '../../data/centres.ts';
import { listNorms } from '../../data/norms.ts';
import { listRegionDays } from '../../data/region-staffing.ts';
import { listSkilledStaysOfRegion } from '../../data/skilled-stays.ts';
import type { T } from '../../i18n/translate.ts';
import type { Context } from '../context.ts';
import { dateOf } from '../dates.ts';
import { hoursOf, percent, whole } from '../figures.ts';
import type { FieldError } from '../form.ts';
import { centreName, districtName } from '../names.ts';
import { skillWords } from '../needs.ts';
import { paths } from '../paths.ts';

/** The days looked at; the address keeps them. */
export interface Days {
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/** Fourteen days unless asked otherwise, and at most as many as a table of days shows elsewhere. */
const USUAL = 14;
const WIDEST = 62;

export interface AskedDays {
  /** Undefined where what was asked cannot be shown; `errors` says why. */
  readonly days: Days | undefined;
  readonly errors: readonly FieldError[];
  readonly typed: { readonly from: string; readonly to: string };
}

/** The days of the address, from today on without any. What cannot be read is said and kept as it was typed. */
export function readDays(context: Context): AskedDays {
  const first = context.query('from') || context.today;
  const typed = {
    from: first,
    to: context.query('to') || addDays(dateOf(first) ?? context.today, USUAL - 1),
  };
  const [from, to] = [dateOf(typed.from), dateOf(typed.to)];
  const errors: FieldError[] = [];
  if (from === undefined) errors.push({ field: 'from', key: 'form.invalid_date' });
  if (to === undefined) errors.push({ field: 'to', key: 'form.invalid_date' });
  if (from === undefined || to === undefined) return { days: undefined, errors, typed };
  if (to < from) errors.push({ field: 'to', key: 'occupancy.to_before_from' });
  else if (daysBetween(from, to) >= WIDEST) errors.push({ field: 'to', key: 'refusal.too_wide' });
  return { days: errors.length === 0 ? { from, to } : undefined, errors, typed };
}

/** A centre of the region with what its staff cover. */
export interface StaffedCentre {
  readonly id: number;
  readonly name: string;
  readonly district: string;
  readonly outlook: StaffingOutlook;
}

/** A region's centres, the worst first, with the names of their groups; from stored days and the stays that need a skill. */
export async function readStaffing({ database, t }: Context, regionCode: RegionCode, days: Days) {
  const { centres, stored, stays, norms } = await database.read(async (tx) => ({
    centres: await listCentres(tx, { regionCode }),
    stored: await listRegionDays(tx, { regionCode, ...days }),
    stays: await listSkilledStaysOfRegion(tx, { regionCode, ...days }),
    norms: await listNorms(tx),
  }));
  const groups = new Map(stored.map((day) => [day.groupId, day]));
  const daysOf = Map.groupBy(stored, (day) => day.centreId);
  const staysOf = Map.groupBy(stays, (stay) => groups.get(stay.groupId)?.centreId);
  const normsOf = new Map<Category, Map<PlainDate, NormSet>>();
  const norm = ({ groupId, date }: { groupId: number; date: PlainDate }) => {
    const { category } = groups.get(groupId)!;
    let known = normsOf.get(category);
    if (known === undefined) normsOf.set(category, (known = new Map()));
    let found = known.get(date);
    if (found === undefined) known.set(date, (found = normOn(norms, category, date)));
    return found;
  };
  const byName = alphabetical(t.language);
  const staffed = centres.map((centre): StaffedCentre => ({
    id: centre.id,
    name: centreName(centre, t.language),
    district: districtName(centre.district, t.language),
    outlook: staffingOutlook(daysOf.get(centre.id) ?? [], staysOf.get(centre.id) ?? [], norm),
  }));
  return {
    centres: staffed.toSorted((a, b) => compareOutlooks(a.outlook, b.outlook) || byName(a, b)),
    groupNames: new Map([...groups].map(([id, day]) => [id, day.groupName])),
  };
}

const TONES: Readonly<Record<StaffingRisk, string>> = { short: 'bad', unpublished: 'warn', covered: 'good' };

const hoursOfHalves = (halfHours: number, t: T) => hoursOf(halfHours * 30, t.language);

/** 'Nurse on site 3.5 h' for each skill that is missing somewhere. */
function skillsText({ skillHalfHours }: StaffingOutlook, t: T): string[] {
  return [...skillHalfHours]
    .toSorted(([, a], [, b]) => b - a)
    .map(([skill, halfHours]) =>
      t('staffing.skill_hours', { skill: skillWords(skill, t), hours: hoursOfHalves(halfHours, t) }),
    );
}

function sumsWords(outlooks: readonly StaffingOutlook[], t: T) {
  const { language } = t;
  const sum = (of: (each: StaffingOutlook) => number) => outlooks.reduce((all, each) => all + of(each), 0);
  const [places, staffed] = [sum((each) => each.placeMinutes), sum((each) => each.staffedMinutes)];
  return {
    places: hoursOf(places, language),
    staffed: hoursOf(staffed, language),
    // Without any roster nobody knows who will be there: that is no 0 %.
    share: percent(
      outlooks.some((each) => each.rosteredPlaceMinutes > 0) ? occupancyOf(staffed, places) : null,
      language,
    ),
    few: whole(
      sum((each) => each.fewHalfHours),
      language,
    ),
    skills: hoursOfHalves(
      sum((each) => shortHalfHours(each) - each.fewHalfHours),
      t,
    ),
    unpublished: whole(
      sum((each) => each.daysWithoutRoster),
      language,
    ),
  };
}

export function staffingTable(centres: readonly StaffedCentre[], code: string, days: Days, t: T) {
  return {
    rows: centres.map(({ id, name, district, outlook }) => {
      const risk = riskOf(outlook);
      const open = outlook.placeMinutes > 0;
      return {
        name,
        note: district,
        href: paths.regionCentre(code, id, { ...days, by: 'day' }),
        tone: open ? TONES[risk] : 'off',
        risk: open ? t(`staffing.risk_${risk}`) : t('day.closed'),
        ...sumsWords([outlook], t),
        skills: skillsText(outlook, t),
      };
    }),
    all: sumsWords(
      centres.map((centre) => centre.outlook),
      t,
    ),
  };
}
