import { dateAt, type Instant, type PlainDate } from '../../domain/calendar.ts';
import { freeAt, placesAt } from '../../domain/places.ts';
import { formatTime, HALF_HOURS, MINUTES_PER_HALF_HOUR } from '../../domain/slots.ts';
import type { BoardBooking, CentreDay } from '../../data/day-board.ts';
import type { T } from '../../i18n/translate.ts';
import { hoursOf, whole } from '../figures.ts';
import { stayState } from '../stay.ts';

/** A figure with its name; `tone` where it asks for attention. */
export interface Figure {
  readonly term: string;
  readonly value: string;
  readonly note: string;
  readonly tone: string;
}

interface DayFacts {
  readonly date: PlainDate;
  readonly days: readonly CentreDay[];
  readonly bookings: readonly BoardBooking[];
}

/** When most children are booked at one time over all groups, and how many places there are then. */
function peakOf(days: readonly CentreDay[]): { heads: number; places: number; at: number } {
  let peak = { heads: 0, places: 0, at: 0 };
  for (let at = 0; at < HALF_HOURS; at++) {
    const heads = days.reduce((sum, day) => sum + (day.booked[at] ?? 0), 0);
    const places = days.reduce((sum, day) => sum + placesAt(day, at), 0);
    if (heads > peak.heads) peak = { heads, places, at };
  }
  return peak;
}

function freeMinutes(days: readonly CentreDay[]): number {
  let halfHours = 0;
  for (const day of days) for (let at = 0; at < HALF_HOURS; at++) halfHours += freeAt(day, at);
  return halfHours * MINUTES_PER_HALF_HOUR;
}

/** The day of a centre in five figures. */
export function dayTotals({ date, days, bookings }: DayFacts, now: Instant, t: T): Figure[] {
  const { language } = t;
  const states = bookings.map((booking) => stayState(booking, now));
  const count = (...wanted: string[]) => states.filter((state) => wanted.includes(state)).length;
  const here = count('here');
  const came = count('here', 'left');
  const missing = count('awaited', 'not_come');
  const expected = count('coming', 'awaited', 'not_come') + came;
  const absent = count('absent');
  const cancelled = count('cancelled');
  const peak = peakOf(days);
  const today = dateAt(now);
  const present: Figure =
    date > today
      ? { term: t('totals.expected'), value: whole(expected, language), note: '', tone: '' }
      : {
          term: date === today ? t('totals.here') : t('totals.came'),
          value: whole(date === today ? here : came, language),
          note: t('totals.of_expected', { n: expected }),
          tone: '',
        };
  return [
    present,
    ...(date > today
      ? []
      : [
          {
            term: date === today ? t('totals.awaited') : t('totals.no_word'),
            value: whole(missing, language),
            note: '',
            tone: missing > 0 ? 'warn' : '',
          },
        ]),
    {
      term: t('totals.absent'),
      value: whole(absent, language),
      note: cancelled > 0 ? t('totals.cancelled', { n: cancelled }) : '',
      tone: '',
    },
    {
      term: t('totals.most'),
      value: whole(peak.heads, language),
      note: peak.heads > 0 ? t('totals.most_at', { places: peak.places, time: formatTime(peak.at) }) : '',
      tone: peak.heads > 0 && peak.heads >= peak.places ? 'bad' : '',
    },
    { term: t('totals.free'), value: hoursOf(freeMinutes(days), language), note: '', tone: '' },
  ];
}
