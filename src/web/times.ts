import type { WeeklyHours } from '../domain/opening.ts';
import { formatTime, HALF_HOURS, type HalfHour } from '../domain/slots.ts';

export interface Option {
  readonly value: string;
  readonly text: string;
}

/** Times of day as a list to choose from. */
export function timeOptions(from: HalfHour, to: HalfHour): Option[] {
  return Array.from({ length: to - from + 1 }, (_, at) => {
    const text = formatTime(from + at);
    return { value: text, text };
  });
}

/** From the first opening to the last closing of a week; the whole day where nothing opens. */
export function spanOf(hours: readonly WeeklyHours[]): { from: HalfHour; to: HalfHour } {
  const stretches = hours.flatMap((week) => Object.values(week));
  if (stretches.length === 0) return { from: 0, to: HALF_HOURS };
  return {
    from: Math.min(...stretches.map(([from]) => from)),
    to: Math.max(...stretches.map(([, to]) => to)),
  };
}
