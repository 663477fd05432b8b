import { WEEKDAYS, type Weekday } from '../domain/calendar.ts';
import type { DayWish } from '../domain/day-wish.ts';
import type { WeeklyHours } from '../domain/opening.ts';
import { formatTime, type HalfHour } from '../domain/slots.ts';
import type { RosterStaff } from '../planning/roster/input.ts';

type Windows = Partial<Record<Weekday, [string, string]>>;

/** Weekly hours as the engine reads them, only what lies in the opening. */
export function windowsOf(hours: WeeklyHours, opening: { opens: HalfHour; closes: HalfHour }): Windows {
  const windows: Windows = {};
  for (const day of WEEKDAYS) {
    const window = hours[day];
    if (!window) continue;
    const from = Math.max(window[0], opening.opens);
    const to = Math.min(window[1], opening.closes);
    if (from < to) windows[day] = [formatTime(from), formatTime(to)];
  }
  return windows;
}

/** Wishes for single dates as the engine reads them; hours that lie wholly outside the opening cannot be kept by anybody. */
export function wishesOf(
  wishes: readonly DayWish[],
  opening: { opens: HalfHour; closes: HalfHour },
): Pick<RosterStaff, 'wishes'> {
  const read = wishes.flatMap(({ date, from, to }): NonNullable<RosterStaff['wishes']> => {
    if (from === null || to === null) return [{ date, hours: null }];
    const [first, last] = [Math.max(from, opening.opens), Math.min(to, opening.closes)];
    return first < last ? [{ date, hours: [formatTime(first), formatTime(last)] }] : [];
  });
  return read.length > 0 ? { wishes: read } : {};
}
