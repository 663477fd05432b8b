import { formatDate, weekdayName } from '../../domain/calendar-words.ts';
import { addDays, datesBetween, startOfWeek, weekdayOf, type PlainDate } from '../../domain/calendar.ts';
import { occupancyOf } from '../../domain/occupancy.ts';
import type { CentreDay } from '../../data/day-board.ts';
import type { T } from '../../i18n/translate.ts';
import { percent, stepOf } from '../figures.ts';
import { paths } from '../paths.ts';
import { closedWords, type ClosedFacts } from './closed.ts';

const METER = 12;
const FULL = 0.95;

export function weekOf(date: PlainDate): { from: PlainDate; to: PlainDate } {
  const from = startOfWeek(date);
  return { from, to: addDays(from, 6) };
}

/** The centre's groups of one day together. */
export function sumOf(days: readonly CentreDay[]) {
  const sum = (of: (day: CentreDay) => number) => days.reduce((total, day) => total + of(day), 0);
  return {
    placeMinutes: sum((day) => day.placeMinutes),
    bookedMinutes: sum((day) => day.bookedMinutes),
    attendedMinutes: sum((day) => day.attendedMinutes),
  };
}

/** The week's days with how much of each is booked. Weekends show only where something opens or happens on them. */
export function weekStrip(
  centreId: number,
  shown: PlainDate,
  days: readonly CentreDay[],
  facts: ClosedFacts,
  t: T,
) {
  const { from, to } = weekOf(shown);
  return datesBetween(from, to).flatMap((date) => {
    const ofDate = days.filter((day) => day.date === date);
    const { placeMinutes, bookedMinutes } = sumOf(ofDate);
    const weekend = ['sat', 'sun'].includes(weekdayOf(date));
    if (weekend && placeMinutes + bookedMinutes === 0 && date !== shown) return [];
    const ratio = occupancyOf(bookedMinutes, placeMinutes);
    const first = ofDate[0];
    const closed = first?.closedReason ? closedWords(first.closedReason, first, facts, t) : t('day.closed');
    return [
      {
        href: paths.centreDay(centreId, date),
        weekday: weekdayName(weekdayOf(date), t.language, 'short'),
        weekdayLong: weekdayName(weekdayOf(date), t.language, 'long'),
        date: formatDate(date).slice(0, 5),
        what: ratio === null ? closed : percent(ratio, t.language),
        look: ratio === null ? 'closed' : ratio >= FULL ? 'full' : '',
        step: stepOf(bookedMinutes, placeMinutes, METER),
        current: date === shown,
      },
    ];
  });
}
