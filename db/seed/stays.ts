import type { PlainDate } from '../../src/domain/calendar.ts';
import type { Pattern, Stretch } from '../../src/domain/pattern.ts';
import type { Random } from '../../src/domain/random.ts';
import type { Style } from './groups.ts';

const WORKING_DAYS = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

const everyDay = (stretch: Stretch): Pattern => ({
  kind: 'weekly',
  days: Object.fromEntries(WORKING_DAYS.map((day) => [day, stretch])),
});

function someDays(count: number, stretch: Stretch, random: Random): Pattern {
  const days = random.shuffle(WORKING_DAYS).slice(0, count);
  return { kind: 'weekly', days: Object.fromEntries(days.map((day) => [day, stretch])) };
}

/** Most children come every day, some three or four days, some as a parent's shifts go: two days on, two off. */
function usualDays(stretch: Stretch, today: PlainDate, random: Random): Pattern {
  const chance = random.next();
  if (chance < 0.7) return everyDay(stretch);
  if (chance < 0.92) return someDays(random.int(3, 4), stretch, random);
  return { kind: 'cycle', length: 4, from: today, days: { 1: stretch, 2: stretch } };
}

/** 08:00–12:30 and 13:30–18:00, with half an hour of airing and handover between. */
const MORNING: Stretch = [16, 25];
const AFTERNOON: Stretch = [27, 36];
const TEN_HOURS: Stretch = [16, 36];
const UNTIL_LUNCH: Stretch = [17, 26];

const fullDay = (random: Random): Stretch => [random.int(16, 18), random.int(34, 36)];

/** One pattern a child of the group, in the order in which they were booked. */
export function planPatterns(style: Style, room: number, today: PlainDate, random: Random): Pattern[] {
  const several = (count: number, make: () => Pattern) =>
    Array.from({ length: Math.max(0, Math.round(count)) }, make);
  switch (style) {
    case 'overfull':
      return several(room, () => everyDay(TEN_HOURS));
    case 'two_shifts':
      return [
        ...several(room * (0.85 + 0.15 * random.next()), () => usualDays(MORNING, today, random)),
        ...several(room * (0.5 + 0.4 * random.next()), () => usualDays(AFTERNOON, today, random)),
      ];
    case 'full_at_nine': {
      // Every place is taken until lunch; half of the children go home then.
      const whole = Math.floor(room / 2);
      return [
        ...several(whole, () => everyDay([16, 35])),
        ...several(room - whole, () => everyDay(UNTIL_LUNCH)),
        ...several(random.int(0, 2), () => usualDays([28, 36], today, random)),
      ];
    }
    case 'quiet':
      return several(room * 0.5, () => usualDays(fullDay(random), today, random));
    case 'full_day':
      return several(room * (0.75 + 0.4 * random.next()), () => usualDays(fullDay(random), today, random));
  }
}

/** The demo guardian's two children: three whole days and four mornings, so that there are days left to book. */
export const DEMO_FULL_DAYS: Pattern = {
  kind: 'weekly',
  days: { mon: [17, 35], wed: [17, 35], fri: [17, 33] },
};
export const DEMO_MORNINGS: Pattern = {
  kind: 'weekly',
  days: { mon: MORNING, tue: MORNING, wed: MORNING, thu: MORNING },
};
