import { maxOf, plainDate, type PlainDate } from './calendar.ts';
import { termsOn, type Terms } from './opening.ts';
import type { Category } from './people.ts';
import { LEVELS, SKILLS, type Ratios } from './staffing.ts';

/** What a category's groups must have, from a day on. */
export interface NormSet {
  readonly category: Category;
  readonly startsOn: PlainDate;
  /** Children or adults of one group at most. */
  readonly groupSize: number;
  /** Hundredths of support weight that one member of staff present may look after, per level; null = no norm. */
  readonly ratios: Ratios;
  /** Skills on site in all opening hours. */
  readonly skills: readonly string[];
  /** A break of at most so many minutes leaves the person's skills on duty (on site, on call); 0 = never. */
  readonly onCallBreakMinutes: number;
  /** Staff present in a group's first and last half-hour, however few children come; 0 = by ratio only. */
  readonly edgeStaff: number;
  /** What must still be checked, and against what; null once it has been. */
  readonly doubt: string | null;
}

export const FIRST_DOUBT = 'Order 263';
const SINCE = plainDate('2015-01-01');

/** One tutor and one care worker for a full group: half of it for each of the staff, all of it for one qualified. */
function first(category: Category, groupSize: number, skills: readonly string[]): NormSet {
  return {
    category,
    startsOn: SINCE,
    groupSize,
    ratios: [groupSize * 50, groupSize * 100, null],
    skills,
    onCallBreakMinutes: 30,
    edgeStaff: 1,
    doubt: FIRST_DOUBT,
  };
}

/** The provisional start (domain.md): every one is to be checked against Order 263. */
export const FIRST_NORMS: readonly NormSet[] = [
  first('child_psychoneurological', 8, ['nurse']),
  first('child_musculoskeletal', 10, ['nurse']),
  first('adult_psychoneurological', 12, ['nurse']),
  first('adult_disability', 12, ['nurse']),
  first('older_people', 12, ['nurse']),
];

/** The set of a category that holds on a day; the provisional one where none is written. */
export function normOn(sets: readonly NormSet[], category: Category, date: PlainDate): NormSet {
  const own = sets.filter((each) => each.category === category);
  return termsOn(own, date) ?? FIRST_NORMS.find((each) => each.category === category)!;
}

export type NormField = 'groupSize' | 'ratios' | 'skills' | 'onCallBreakMinutes' | 'edgeStaff';

export interface WrongNorm {
  readonly field: NormField;
  /** Of `ratios`: which level. */
  readonly level?: number;
  /** `nobody`: such a norm would let nobody be looked after. `missing`: no level has a norm. */
  readonly problem: 'nobody' | 'bounds' | 'missing';
}

const within = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

/**
 * What is wrong with a set: a group size or a ratio of 0 (nobody could be looked after, and every place would vanish),
 * numbers out of bounds (1–60 heads, 0.01–60 weight a person, 0–240 minutes, 0–20 staff), unknown skills, no ratio at all.
 */
export function wrongNorm(norm: Omit<NormSet, 'category' | 'startsOn' | 'doubt'>): WrongNorm[] {
  const wrong: WrongNorm[] = [];
  if (norm.groupSize === 0) wrong.push({ field: 'groupSize', problem: 'nobody' });
  else if (!within(norm.groupSize, 1, 60)) wrong.push({ field: 'groupSize', problem: 'bounds' });
  for (const level of LEVELS) {
    const ratio = norm.ratios[level] ?? null;
    if (ratio === 0) wrong.push({ field: 'ratios', level, problem: 'nobody' });
    else if (ratio !== null && !within(ratio, 1, 6000))
      wrong.push({ field: 'ratios', level, problem: 'bounds' });
  }
  if (norm.ratios.every((ratio) => ratio === null)) wrong.push({ field: 'ratios', problem: 'missing' });
  if (norm.skills.some((skill) => !(SKILLS as readonly string[]).includes(skill)))
    wrong.push({ field: 'skills', problem: 'bounds' });
  if (!within(norm.onCallBreakMinutes, 0, 240))
    wrong.push({ field: 'onCallBreakMinutes', problem: 'bounds' });
  if (!within(norm.edgeStaff, 0, 20)) wrong.push({ field: 'edgeStaff', problem: 'bounds' });
  return wrong;
}

/** A room that is larger than the norm's largest group, from a day on. */
export interface RoomAboveNorm {
  readonly from: PlainDate;
  readonly room: number;
  readonly groupSize: number;
  readonly doubt: string | null;
}

/**
 * From which days on a group's room, now or ahead, is above the largest group of its category's norm: the days on which
 * the terms or the norm change. It refuses nothing, since the norm itself is to be checked.
 */
export function roomsAboveNorm(
  sets: readonly NormSet[],
  category: Category,
  terms: readonly Terms[],
  today: PlainDate,
): RoomAboveNorm[] {
  const days = [...terms, ...sets.filter((each) => each.category === category)]
    .map((each) => maxOf([each.startsOn, today]))
    .toSorted();
  const above: RoomAboveNorm[] = [];
  let before: { room: number; groupSize: number } | undefined;
  for (const from of new Set(days)) {
    const room = termsOn(terms, from)?.room;
    if (room === undefined) continue;
    const { groupSize, doubt } = normOn(sets, category, from);
    const same = before?.room === room && before.groupSize === groupSize;
    before = { room, groupSize };
    if (room > groupSize && !same) above.push({ from, room, groupSize, doubt });
  }
  return above;
}
