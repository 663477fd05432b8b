import type { WeeklyHours } from '../../src/domain/opening.ts';
import type { Admission, Category } from '../../src/domain/people.ts';
import type { Random } from '../../src/domain/random.ts';
import type { CentreKind } from './centres.ts';
import { GROUP_NAMES } from './words.ts';

/** How a group's day is used: whole days, two shifts, mornings crowded and afternoons free, every place taken, or half empty. */
export type Style = 'full_day' | 'two_shifts' | 'full_at_nine' | 'overfull' | 'quiet';

export interface PlannedGroup {
  readonly name: string;
  readonly category: Category;
  readonly admission: Admission;
  readonly skills: string[] | null;
  readonly fromAgeMonths: number;
  readonly toAgeMonths: number;
  readonly room: number;
  readonly hours: WeeklyHours;
  readonly style: Style;
}

const week = (opensAt: number, closesAt: number): WeeklyHours => {
  const day = [opensAt, closesAt] as const;
  return { mon: day, tue: day, wed: day, thu: day, fri: day };
};

/** 08:00–18:30: a full day with reception and handover. */
export const FULL_DAY_HOURS = week(16, 37);
/** 08:00–18:00: two shifts, or ten hours at most. */
const SHIFT_HOURS = week(16, 36);

const CHILDREN: readonly (readonly [fromAgeMonths: number, toAgeMonths: number])[] = [
  [18, 84],
  [36, 216],
  [84, 216],
];
const ADULTS = [216, 720] as const;
const SKILLS = ['nurse', 'one_to_one', 'sign_language'];

interface Wish {
  readonly room: number;
  readonly style: Style;
  readonly category?: Category;
  readonly enrolled?: boolean;
}

function plan(wishes: readonly Wish[], random: Random): PlannedGroup[] {
  return wishes.map(({ room, style, category = 'child_psychoneurological', enrolled = false }, at) => {
    const [fromAgeMonths, toAgeMonths] = category.startsWith('child') ? random.pick(CHILDREN) : ADULTS;
    return {
      name: GROUP_NAMES[at % GROUP_NAMES.length]!,
      category,
      admission: enrolled ? 'enrolled' : 'open',
      skills: random.chance(0.3)
        ? SKILLS.filter((skill) => skill !== 'sign_language' || random.chance(0.3))
        : null,
      fromAgeMonths,
      toAgeMonths,
      room,
      hours:
        style === 'full_day' || style === 'quiet' || style === 'full_at_nine' ? FULL_DAY_HOURS : SHIFT_HOURS,
      style,
    };
  });
}

const times = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);

/** The real shapes: 150 places in two shifts of 4.5 h in 19 groups; 125 places; every place taken on every day. */
const SPECIAL: Partial<Record<CentreKind, readonly Wish[]>> = {
  demo: [
    { room: 8, style: 'full_at_nine' },
    { room: 8, style: 'full_day' },
    { room: 8, style: 'two_shifts' },
    { room: 10, style: 'full_day', category: 'child_musculoskeletal' },
    { room: 8, style: 'quiet', enrolled: true },
  ],
  two_shifts: [
    ...times(17, { room: 8, style: 'two_shifts' } as const),
    ...times(2, { room: 7, style: 'two_shifts' } as const),
  ],
  large: [
    ...times(7, { room: 10, style: 'full_day', category: 'child_musculoskeletal' } as const),
    ...times(6, { room: 8, style: 'full_day' } as const),
    { room: 7, style: 'full_day' },
  ],
  overfull: times(4, { room: 8, style: 'overfull' } as const),
  emergency: [...times(3, { room: 8, style: 'full_day' } as const), { room: 8, style: 'two_shifts' }],
};

export function planSpecialGroups(kind: CentreKind, random: Random): PlannedGroup[] {
  const groups = plan(SPECIAL[kind] ?? [], random);
  if (kind !== 'demo') return groups;
  // The demo guardian's children may book everywhere, so that only hours and places decide.
  return groups.map((group) => ({ ...group, skills: null, fromAgeMonths: 18, toAgeMonths: 216 }));
}

function styleOf(random: Random): Style {
  const chance = random.next();
  if (chance < 0.48) return 'full_day';
  if (chance < 0.72) return 'two_shifts';
  return chance < 0.9 ? 'full_at_nine' : 'quiet';
}

/** A department has 30–50 places in 4–6 groups, a room of an NGO 10–20 in one or two. */
export function planGroups(kind: CentreKind, random: Random): PlannedGroup[] {
  const adults = random.chance(0.05);
  const count = kind === 'ngo' ? random.int(1, 2) : random.int(4, 6);
  const wishes = Array.from({ length: count }, (): Wish => {
    const style = styleOf(random);
    const enrolled = random.chance(0.08);
    if (adults) return { room: random.int(10, 12), style, enrolled, category: 'adult_psychoneurological' };
    if (kind === 'ngo' || random.chance(0.3)) {
      return { room: 10, style, enrolled, category: 'child_musculoskeletal' };
    }
    return { room: random.int(7, 8), style, enrolled };
  });
  return plan(wishes, random);
}
