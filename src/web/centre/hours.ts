import { z } from 'zod';
import { weekdayName } from '../../domain/calendar-words.ts';
import { WEEKDAYS, type Weekday } from '../../domain/calendar.ts';
import type { WeeklyHours } from '../../domain/opening.ts';
import { formatSlot, formatTime, parseTime } from '../../domain/slots.ts';
import type { T } from '../../i18n/translate.ts';
import type { FieldError, Typed } from '../form.ts';
import { spanOf, timeOptions } from '../times.ts';

type FromField = `hours.${Weekday}`;
type ToField = `hours.${Weekday}.to`;

const fromField = (weekday: Weekday): FromField => `hours.${weekday}`;
const toField = (weekday: Weekday): ToField => `hours.${weekday}.to`;

const time = z.string().optional();

/** Two lists a weekday, from and to; both empty where it is closed. */
export const hoursShape = {
  'hours.mon': time,
  'hours.mon.to': time,
  'hours.tue': time,
  'hours.tue.to': time,
  'hours.wed': time,
  'hours.wed.to': time,
  'hours.thu': time,
  'hours.thu.to': time,
  'hours.fri': time,
  'hours.fri.to': time,
  'hours.sat': time,
  'hours.sat.to': time,
  'hours.sun': time,
  'hours.sun.to': time,
} satisfies Record<FromField | ToField, typeof time>;

export type HoursInput = Readonly<Partial<Record<FromField | ToField, string | undefined>>>;

/** The week as it was chosen. A weekday with one time only, or one that cannot be read, is an error of that weekday. */
export function readHours(input: HoursInput): { hours: WeeklyHours; errors: FieldError[] } {
  const hours: WeeklyHours = {};
  const errors: FieldError[] = [];
  for (const weekday of WEEKDAYS) {
    const texts = [input[fromField(weekday)] ?? '', input[toField(weekday)] ?? ''] as const;
    if (texts[0] === '' && texts[1] === '') continue;
    const [from, to] = [parseTime(texts[0]), parseTime(texts[1])];
    if (from === undefined || to === undefined) errors.push({ field: fromField(weekday), key: 'hours.both' });
    else hours[weekday] = [from, to];
  }
  return { hours, errors };
}

const EARLIEST = 12;
const LATEST = 44;

/** The lists of a form: what was typed, else the hours that hold. */
export function hoursForm(hours: WeeklyHours, typed: Typed, t: T) {
  const held = Object.keys(typed).length === 0;
  const { from, to } = spanOf([hours]);
  const value = (field: string, stored: string) => (held ? stored : String(typed[field] ?? ''));
  return {
    times: timeOptions(Math.min(from, EARLIEST), Math.max(to, LATEST)),
    days: WEEKDAYS.map((weekday) => {
      const stored = hours[weekday];
      return {
        weekday: weekdayName(weekday, t.language, 'long'),
        short: weekdayName(weekday, t.language, 'short'),
        name: fromField(weekday),
        toName: toField(weekday),
        from: value(fromField(weekday), stored ? formatTime(stored[0]) : ''),
        to: value(toField(weekday), stored ? formatTime(stored[1]) : ''),
      };
    }),
  };
}

/** 'Mon–Fri 08:00–18:30, Sat 09:00–14:00': neighbouring weekdays of the same hours stand together. */
export function hoursWords(hours: WeeklyHours, t: T): string {
  const runs: { first: Weekday; last: Weekday; text: string; at: number }[] = [];
  WEEKDAYS.forEach((weekday, at) => {
    const stretch = hours[weekday];
    if (!stretch) return;
    const text = formatSlot({ from: stretch[0], to: stretch[1] });
    const run = runs.at(-1);
    if (run && run.text === text && run.at === at - 1) Object.assign(run, { last: weekday, at });
    else runs.push({ first: weekday, last: weekday, text, at });
  });
  const short = (weekday: Weekday) => weekdayName(weekday, t.language, 'short');
  return runs
    .map(({ first, last, text }) => `${short(first)}${first === last ? '' : `–${short(last)}`} ${text}`)
    .join(', ');
}
