import { plainDate, type PlainDate } from './calendar.ts';

/**
 * Days off of the country. Law on holidays of 13.12.2001 № 267-II, art. 3–5; 7 January and the first day of Kurban Ait
 * are days off by the Labour Code, art. 84 (5), not holidays, and so never move to another day.
 */
export type HolidayName =
  | 'new_year'
  | 'orthodox_christmas'
  | 'womens_day'
  | 'constitution_day'
  | 'nauryz'
  | 'unity_day'
  | 'defender_day'
  | 'victory_day'
  | 'capital_day'
  | 'republic_day'
  | 'independence_day'
  | 'kurban_ait';

interface Rule {
  readonly name: HolidayName;
  /** 'MM-DD' */
  readonly days: readonly string[];
  /** First and last year in which it holds; open where absent. */
  readonly since?: number;
  readonly until?: number;
}

/**
 * True from 2022 on. Earlier years also had 1 December (2012–2021) and 17 December (2002–2021), which no date of this
 * product reaches. Constitution Day moved with the Constitution adopted on 15 March 2026: no 30 August in 2026 any
 * more, 15 March from 2027. Republic Day is a holiday again since the law of 29 September 2022.
 */
const RULES: readonly Rule[] = [
  { name: 'new_year', days: ['01-01', '01-02'] },
  { name: 'orthodox_christmas', days: ['01-07'] },
  { name: 'womens_day', days: ['03-08'] },
  { name: 'constitution_day', days: ['03-15'], since: 2027 },
  { name: 'nauryz', days: ['03-21', '03-22', '03-23'] },
  { name: 'unity_day', days: ['05-01'] },
  { name: 'defender_day', days: ['05-07'], since: 2013 },
  { name: 'victory_day', days: ['05-09'] },
  { name: 'capital_day', days: ['07-06'] },
  { name: 'constitution_day', days: ['08-30'], until: 2025 },
  { name: 'republic_day', days: ['10-25'], since: 2022 },
  { name: 'independence_day', days: ['12-16'] },
];

/** First days of Kurban Ait (10 Dhu al-Hijja) as announced by the Muftiate. */
const KURBAN_AIT = ['2022-07-09', '2023-06-28', '2024-06-16', '2025-06-06', '2026-05-27'];

/** Expected ones, by the Umm al-Qura calendar, which gave every announced date above: to be confirmed each year. */
const KURBAN_AIT_EXPECTED = ['2027-05-16', '2028-05-05', '2029-04-24', '2030-04-13', '2031-04-02'];

/** The first day of Kurban Ait, and whether it is only expected; undefined outside 2022–2031 (enter it as an override). */
export function kurbanAit(year: number): { date: PlainDate; estimated: boolean } | undefined {
  const inYear = (text: string): boolean => text.startsWith(`${year}-`);
  const known = KURBAN_AIT.find(inYear);
  if (known !== undefined) return { date: plainDate(known), estimated: false };
  const expected = KURBAN_AIT_EXPECTED.find(inYear);
  return expected === undefined ? undefined : { date: plainDate(expected), estimated: true };
}

export function neverTransfers(name: HolidayName): boolean {
  return name === 'orthodox_christmas' || name === 'kurban_ait';
}

const years = new Map<number, ReadonlyMap<PlainDate, HolidayName>>();

/** Every holiday and fixed day off of the year by date, in order of date, on weekends too; transfers are not in it. */
export function holidaysIn(year: number): ReadonlyMap<PlainDate, HolidayName> {
  const known = years.get(year);
  if (known !== undefined) return known;
  const days: [PlainDate, HolidayName][] = [];
  const kurban = kurbanAit(year);
  if (kurban) days.push([kurban.date, 'kurban_ait']);
  for (const rule of RULES) {
    if (year < (rule.since ?? year) || year > (rule.until ?? year)) continue;
    for (const day of rule.days) days.push([plainDate(`${year}-${day}`), rule.name]);
  }
  const holidays = new Map(days.toSorted(([a], [b]) => (a < b ? -1 : Number(a > b))));
  years.set(year, holidays);
  return holidays;
}
