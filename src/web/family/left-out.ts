import type { PlainDate } from '../../domain/calendar.ts';
import type { T } from '../../i18n/translate.ts';
import { dayWords } from './stay-line.ts';

/** A day that a series leaves out. */
export interface LeftOut {
  readonly date: PlainDate;
  readonly why: string;
  /** The hours at which there is no room; '' where that is not the reason. */
  readonly times?: string;
  /** Where to look for another time; '' where there is none. */
  readonly href: string;
}

/** Days left out, by reason: a phone shows each reason once with its days. */
export function leftOutWords(days: readonly LeftOut[], today: PlainDate, t: T) {
  return [...Map.groupBy(days, (day) => day.why)].map(([why, same]) => ({
    why,
    count: t('count.days', { n: same.length }),
    days: same.map(({ date, times, href }) => ({
      text: times ? `${dayWords(date, today, t)}: ${times}` : dayWords(date, today, t),
      href,
    })),
  }));
}
