import { addDays, startOfWeek, type PlainDate } from '../../domain/calendar.ts';
import { monthName } from '../../domain/calendar-words.ts';
import type { Language } from '../../domain/language.ts';
import { tappable } from './workday-form.ts';

interface Cell {
  readonly date: PlainDate;
  readonly day: string;
  readonly checked: boolean;
}

/**
 * Months of days to tap, Monday first; days before the first of a month are empty cells, and with `since` those before
 * it too, so that nothing gone by can be asked for.
 */
export function monthsOf(today: PlainDate, chosen: readonly string[], language: Language, since?: PlainDate) {
  const months = Map.groupBy(tappable(today), (date) => date.slice(0, 7));
  return [...months.values()].map((dates) => {
    const first = dates[0]!;
    const cells: (Cell | null)[] = [];
    for (let date = startOfWeek(first); date < first; date = addDays(date, 1)) cells.push(null);
    cells.push(
      ...dates.map((date) =>
        since !== undefined && date < since
          ? null
          : { date, day: String(Number(date.slice(8))), checked: chosen.includes(date) },
      ),
    );
    const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, row) =>
      cells.slice(row * 7, row * 7 + 7),
    );
    return {
      name: `${monthName(Number(first.slice(5, 7)), language)} ${first.slice(0, 4)}`,
      weeks: weeks.filter((week) => week.some((cell) => cell !== null)),
    };
  });
}
