import { occupancyOf, type Period } from '../../domain/occupancy.ts';
import type { RescuedDay } from '../../data/rescues.ts';
import type { T } from '../../i18n/translate.ts';
import { hoursOf, percent } from '../figures.ts';
import type { Subject } from './occupancy-table.ts';

/** Freed place-minutes for which families stood by: taken by one of them, or lost. */
export interface RescuedSums {
  readonly freedMinutes: number;
  readonly rescuedMinutes: number;
  readonly lostMinutes: number;
}

export function sumRescued(days: readonly RescuedDay[], { from, to }: Period): RescuedSums {
  const own = days.filter(({ date }) => from <= date && date <= to);
  const freedMinutes = own.reduce((sum, day) => sum + day.freedMinutes, 0);
  const rescuedMinutes = own.reduce((sum, day) => sum + day.rescuedMinutes, 0);
  return { freedMinutes, rescuedMinutes, lostMinutes: freedMinutes - rescuedMinutes };
}

function rescuedWords({ freedMinutes, rescuedMinutes, lostMinutes }: RescuedSums, t: T) {
  const { language } = t;
  return {
    freed: hoursOf(freedMinutes, language),
    rescued: hoursOf(rescuedMinutes, language),
    lost: hoursOf(lostMinutes, language),
    share: percent(occupancyOf(rescuedMinutes, freedMinutes), language),
  };
}

/** Centres, or groups, of which hours were freed, in the order of the table above it, and their sum. */
export function rescuedTable(
  days: readonly RescuedDay[],
  each: 'centre' | 'group',
  subjects: readonly Subject[],
  period: Period,
  t: T,
) {
  const byKey = Map.groupBy(days, (day) => String(each === 'centre' ? day.centreId : day.groupId));
  return {
    rows: subjects.flatMap(({ key, name, href }) => {
      const sums = sumRescued(byKey.get(key) ?? [], period);
      return sums.freedMinutes === 0 ? [] : [{ name, href, ...rescuedWords(sums, t) }];
    }),
    all: rescuedWords(sumRescued(days, period), t),
  };
}
