import { WEEKDAYS } from './calendar.ts';
import { cleanName } from './names.ts';
import type { WeeklyHours } from './opening.ts';
import type { FieldRefusal } from './refusal.ts';
import { HALF_HOURS, SHORTEST_STAY } from './slots.ts';

/** Heads per half-hour are stored with three digits. */
const LARGEST_ROOM = 999;
/** Nobody is older than 125 years. */
const OLDEST_MONTHS = 1500;

const invalid = (field: string): FieldRefusal => ({ field, reason: 'invalid' });

function isHalfHour(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= HALF_HOURS;
}

/** Weekly opening: at least one weekday, each on the grid and long enough for the shortest stay. */
export function hoursErrors(hours: WeeklyHours, field = 'hours'): FieldRefusal[] {
  const errors: FieldRefusal[] = [];
  let days = 0;
  for (const weekday of WEEKDAYS) {
    const opening = hours[weekday];
    if (opening === undefined) continue;
    days++;
    const [from, to] = opening;
    const name = `${field}.${weekday}`;
    if (!isHalfHour(from) || !isHalfHour(to) || from >= to) errors.push(invalid(name));
    else if (to - from < SHORTEST_STAY) errors.push({ field: name, reason: 'too_short' });
  }
  return days === 0 ? [invalid(field)] : errors;
}

/** Room in heads at any instant, 1…999, and weekly opening. */
export function termsErrors(terms: { readonly room: number; readonly hours: WeeklyHours }): FieldRefusal[] {
  const { room, hours } = terms;
  const roomy = Number.isInteger(room) && room >= 1 && room <= LARGEST_ROOM;
  return [...(roomy ? [] : [invalid('room')]), ...hoursErrors(hours)];
}

/** Languages in which a group may work with its children: Kazakh, Russian, sign language. */
export const LANGUAGES_OF_GROUPS = ['kk', 'ru', 'sign'] as const;
export type LanguageOfGroup = (typeof LANGUAGES_OF_GROUPS)[number];

export interface GroupWords {
  readonly name: string;
  readonly skills: readonly string[] | null;
  /** Null or left out where the group states none. */
  readonly languages?: readonly string[] | null;
  /** Whole months: from this age on, until the day this age is reached. */
  readonly fromAgeMonths: number;
  readonly toAgeMonths: number;
}

export function groupErrors(words: GroupWords): FieldRefusal[] {
  const { name, skills, languages, fromAgeMonths, toAgeMonths } = words;
  const errors: FieldRefusal[] = [];
  if (cleanName(name) === undefined) errors.push(invalid('name'));
  if (skills?.some((skill) => cleanName(skill) !== skill)) errors.push(invalid('skills'));
  if (languages?.some((spoken) => !LANGUAGES_OF_GROUPS.some((each) => each === spoken)))
    errors.push(invalid('languages'));
  const age = (months: number) => Number.isInteger(months) && months >= 0 && months <= OLDEST_MONTHS;
  if (!age(fromAgeMonths)) errors.push(invalid('fromAgeMonths'));
  if (!age(toAgeMonths) || toAgeMonths <= fromAgeMonths) errors.push(invalid('toAgeMonths'));
  return errors;
}

export interface CentreWords {
  readonly nameRu: string;
  readonly nameKk: string;
  readonly address: string;
  readonly district: string;
  readonly hours: WeeklyHours;
  /** 1 = Monday. */
  readonly deadlineWeekday: number;
  readonly deadlineHalfHour: number;
}

export function centreErrors(words: CentreWords): FieldRefusal[] {
  const errors: FieldRefusal[] = [];
  for (const field of ['nameRu', 'nameKk', 'address', 'district'] as const) {
    if (cleanName(words[field]) === undefined) errors.push(invalid(field));
  }
  errors.push(...hoursErrors(words.hours));
  const { deadlineWeekday, deadlineHalfHour } = words;
  if (!Number.isInteger(deadlineWeekday) || deadlineWeekday < 1 || deadlineWeekday > 7)
    errors.push(invalid('deadlineWeekday'));
  if (!isHalfHour(deadlineHalfHour)) errors.push(invalid('deadlineHalfHour'));
  return errors;
}
