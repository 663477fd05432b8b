import type { Random } from '../../src/domain/random.ts';
import { formatTime } from '../../src/domain/slots.ts';

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

/** A roster's input as its outside form has it, before it is read. */
export interface RosterJson {
  from: string;
  to: string;
  opens: string;
  closes: string;
  seed: number;
  staff: StaffJson[];
  demand: DemandJson[];
  rules: Record<string, number>;
}
export interface StaffJson {
  id: string;
  level: number;
  skills: string[];
  weeklyMinutes: number;
  minShiftMinutes: number;
  maxShiftMinutes: number;
  daysPerWeek: number;
  overtimeMinutesPerWeek: number;
  absent: string[];
  available?: Record<string, [string, string]>;
  prefers?: Record<string, [string, string]>;
  fixed?: { date: string; from: string; to: string }[];
}
export interface DemandJson {
  date: string;
  from: string;
  to: string;
  level?: number;
  skill?: string;
  count: number;
  kind: string;
  onCallBreakMinutes?: number;
}

export const RULES = {
  restMinutes: 720,
  breakAfterMinutes: 360,
  breakMinutes: 30,
  breakEarliestMinutes: 120,
  breakLatestMinutes: 330,
};

const two = (number: number): string => String(number).padStart(2, '0');
/** Days of February 2027, whose first is a Monday. */
export const february = (day: number): string => `2027-02-${two(day)}`;

/** How busy a centre is by half-hour, from 07:30: arrivals, sessions, the change of shifts, departures. */
const CURVE = [
  0.25, 0.4, 0.6, 0.8, 0.95, 1, 1, 1, 1, 1, 1, 0.95, 0.9, 0.9, 0.85, 0.85, 0.85, 0.8, 0.7, 0.55, 0.4, 0.2,
];

/**
 * A centre as they are: full-timers, people at 36 hours and part-timers, leave, wishes, a nurse on site at all hours.
 * @param contracts minutes a week of each nurse, where they are not full-timers with overtime.
 */
export function centre(
  random: Random,
  number: number,
  weeks: number,
  load = 0.88,
  contracts?: readonly number[],
): RosterJson {
  const dates = Array.from({ length: weeks * 5 }, (_, at) => february(1 + Math.floor(at / 5) * 7 + (at % 5)));
  const nurses = contracts?.length ?? Math.max(2, Math.round(number / 8));
  const staff = Array.from({ length: number }, (_, at): StaffJson => {
    const hours = random.chance(0.15) ? 1200 : random.pick([2400, 2400, 2400, 2160]);
    // The norm asks for a nurse at all hours: a centre has two at least who can share them.
    const weeklyMinutes = at < nurses ? (contracts?.[at] ?? 2400) : hours;
    const away = random.int(0, dates.length - 1);
    const early = random.chance(0.5);
    const level = at < nurses ? 1 : random.pick([0, 0, 1, 1, 1, 2]);
    const skills = at < nurses ? ['nurse'] : random.chance(0.15) ? ['sign_language'] : [];
    const overtimeMinutesPerWeek = random.chance(0.5) ? 120 : 0;
    return {
      id: `s${at}`,
      level,
      skills,
      weeklyMinutes,
      minShiftMinutes: 240,
      maxShiftMinutes: 600,
      daysPerWeek: 5,
      overtimeMinutesPerWeek: contracts && at < nurses ? 0 : overtimeMinutesPerWeek,
      absent: random.chance(0.15) && at >= nurses ? dates.slice(away, away + random.int(1, 3)) : [],
      ...(random.chance(0.15) && at >= nurses
        ? {
            available: Object.fromEntries(
              WEEKDAYS.map((day) => [day, ['07:30', random.pick(['15:00', '16:30'])]]),
            ),
          }
        : {}),
      prefers: random.chance(0.4)
        ? Object.fromEntries(WEEKDAYS.map((day) => [day, early ? ['07:30', '16:30'] : ['09:00', '18:30']]))
        : {},
      fixed: [],
    };
  });
  const demand = dates.flatMap((date) => {
    const here = staff.filter(({ absent }) => !absent.includes(date));
    const halfHours = here.reduce((sum, { weeklyMinutes }) => sum + weeklyMinutes / 150, 0);
    const peak = (load * halfHours) / CURVE.reduce((sum, each) => sum + each, 0);
    const ofLevel = (level: number) => here.filter((each) => each.level >= level).length / here.length;
    const rows: DemandJson[] = CURVE.flatMap((busy, at) => {
      const [from, to] = [formatTime(15 + at), formatTime(16 + at)];
      const count = Math.max(2, Math.floor(peak * busy));
      return [
        { date, from, to, level: 0, count, kind: 'legal' },
        { date, from, to, level: 1, count: Math.max(1, Math.floor(count * ofLevel(1) * 0.8)), kind: 'legal' },
        { date, from, to, level: 0, count: count + (at > 4 && at < 12 ? 1 : 0), kind: 'quality' },
      ];
    });
    return [
      ...rows,
      { date, from: '07:30', to: '18:30', skill: 'nurse', count: 1, kind: 'legal' },
      {
        date,
        from: '09:30',
        to: '12:00',
        level: 2,
        count: here.some(({ level }) => level === 2) ? 1 : 0,
        kind: 'quality',
      },
    ];
  });
  return {
    from: dates[0]!,
    to: dates.at(-1)!,
    opens: '07:30',
    closes: '18:30',
    seed: 1,
    staff,
    demand,
    rules: { ...RULES },
  };
}

const time = (minute: number): string => formatTime(minute / 30);

interface TinySize {
  readonly staff: number;
  readonly days: number;
  /** Opening hours. */
  readonly hours: number;
}

/** A small case with everything in it: windows, leave, fixed shifts, skills, wishes, little rest, days over a weekend. */
export function tiny(random: Random, { staff: number, days, hours }: TinySize): RosterJson {
  const first = random.int(1, 7);
  const opens = random.int(14, 20) * 30;
  const closes = opens + hours * 60;
  const dates = Array.from({ length: days }, (_, at) => february(first + at));
  const stretch = (): [string, string] => {
    const from = opens + 30 * random.int(0, hours);
    return [time(from), time(Math.min(closes, from + 30 * random.int(2, 2 * hours)))];
  };
  const shortest = 30 * random.int(2, Math.min(8, 2 * hours - 2));
  const days7 = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const windows = () =>
    Object.fromEntries(
      random
        .shuffle(days7)
        .slice(0, 5)
        .map((day) => [day, stretch()]),
    );
  const staff = Array.from({ length: number }, (_, at): StaffJson => {
    const minShiftMinutes = Math.max(30, shortest - 30 * random.int(0, 1));
    const maxShiftMinutes = minShiftMinutes + 30 * random.int(0, 4);
    return {
      id: `s${at}`,
      level: random.int(0, 2),
      skills: random.chance(0.4) ? ['nurse'] : [],
      weeklyMinutes: Math.min(2400, minShiftMinutes * random.int(1, 5)),
      minShiftMinutes,
      maxShiftMinutes,
      daysPerWeek: random.int(1, 5),
      overtimeMinutesPerWeek: random.pick([0, 0, 60, 120]),
      absent: random.chance(0.2) ? [random.pick(dates)] : [],
      ...(random.chance(0.3) ? { available: windows() } : {}),
      prefers: random.chance(0.3) ? windows() : {},
      fixed: [],
    };
  });
  const demand = dates.flatMap((date) =>
    Array.from({ length: random.int(1, 3) }, (): DemandJson => {
      const [from, to] = stretch();
      const who = random.chance(0.3) ? { skill: 'nurse' } : { level: random.int(0, 2) };
      const count = random.int(1, Math.max(1, number - 1));
      return { date, from, to, ...who, count, kind: random.chance(0.8) ? 'legal' : 'quality' };
    }),
  );
  const breakAfterMinutes = random.pick([120, 180, 360]);
  const rules = {
    restMinutes: random.pick([0, 720, 900, 1080]),
    breakAfterMinutes,
    breakMinutes: random.pick([0, 30, 30, 60]),
    breakEarliestMinutes: 30,
    breakLatestMinutes: breakAfterMinutes,
  };
  const seed = random.int(1, 9);
  return {
    from: dates[0]!,
    to: dates.at(-1)!,
    opens: time(opens),
    closes: time(closes),
    seed,
    staff,
    demand,
    rules,
  };
}
