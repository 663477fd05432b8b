import { z } from 'zod';
import { weekdayName } from '../../domain/calendar-words.ts';
import { WEEKDAYS } from '../../domain/calendar.ts';
import type { WeeklyHours } from '../../domain/opening.ts';
import { formatTime, parseTime } from '../../domain/slots.ts';
import type { T } from '../../i18n/translate.ts';
import type { FieldError, Typed } from '../form.ts';
import { spanOf, timeOptions } from '../times.ts';

const EARLIEST = 12;
const LATEST = 44;

/** Two lists a weekday, from and to, under a name of their own; both empty where there are no hours. */
export function weeklyShape<Name extends string>(name: Name) {
  const fields = WEEKDAYS.flatMap((day) => [`${name}.${day}`, `${name}.${day}.to`]);
  return Object.fromEntries(fields.map((field) => [field, z.string().optional()])) as Record<
    `${Name}.${string}`,
    z.ZodOptional<z.ZodString>
  >;
}

/** The week as it was chosen. A weekday with one time only, or whose end is not after its start, is an error there. */
export function readWeekly(
  name: string,
  input: Readonly<Partial<Record<string, string | undefined>>>,
): { hours: WeeklyHours; errors: FieldError[] } {
  const hours: WeeklyHours = {};
  const errors: FieldError[] = [];
  for (const day of WEEKDAYS) {
    const field = `${name}.${day}`;
    const texts = [input[field] ?? '', input[`${field}.to`] ?? ''] as const;
    if (texts[0] === '' && texts[1] === '') continue;
    const [from, to] = [parseTime(texts[0]), parseTime(texts[1])];
    if (from === undefined || to === undefined) errors.push({ field, key: 'hours.both' });
    else if (from >= to) errors.push({ field, key: 'hours.order' });
    else hours[day] = [from, to];
  }
  return { hours, errors };
}

/** The lists of a form: what was typed, else the hours that hold. */
export function weeklyForm(
  name: string,
  legend: string,
  hint: string,
  hours: WeeklyHours,
  typed: Typed,
  t: T,
) {
  const span = Object.keys(hours).length === 0 ? { from: EARLIEST, to: LATEST } : spanOf([hours]);
  const held = Object.keys(typed).length === 0;
  const value = (field: string, stored: string) => (held ? stored : String(typed[field] ?? ''));
  return {
    name,
    legend,
    hint,
    times: timeOptions(Math.min(span.from, EARLIEST), Math.max(span.to, LATEST)),
    days: WEEKDAYS.map((day) => {
      const stored = hours[day];
      return {
        weekday: weekdayName(day, t.language, 'long'),
        short: weekdayName(day, t.language, 'short'),
        name: `${name}.${day}`,
        toName: `${name}.${day}.to`,
        from: value(`${name}.${day}`, stored ? formatTime(stored[0]) : ''),
        to: value(`${name}.${day}.to`, stored ? formatTime(stored[1]) : ''),
      };
    }),
  };
}
