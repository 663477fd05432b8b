import { formatDate, weekdayName } from '../domain/calendar-words.ts';
import { WEEKDAYS, type PlainDate } from '../domain/calendar.ts';
import { parsePattern, type Pattern, type PatternJson, type Stretch } from '../domain/pattern.ts';
import { formatSlot } from '../domain/slots.ts';
import type { T } from '../i18n/translate.ts';

const timesOf = ([from, to]: Stretch) => formatSlot({ from, to });

/** Neighbouring days with the same times become one: 'Пн–Чт 08:30–17:30, Пт 08:30–16:00'. */
function runsOf(days: readonly (readonly [name: string, stretch: Stretch | undefined])[]): string[] {
  const runs: { first: string; last: string; count: number; times: string }[] = [];
  let before = '';
  for (const [name, stretch] of days) {
    const times = stretch ? timesOf(stretch) : '';
    const last = runs.at(-1);
    if (last && times !== '' && times === before) {
      last.last = name;
      last.count += 1;
    } else if (times !== '') runs.push({ first: name, last: name, count: 1, times });
    before = times;
  }
  return runs.map(({ first, last, count, times }) => {
    const names = count === 1 ? first : `${first}${count === 2 ? ', ' : '–'}${last}`;
    return `${names} ${times}`;
  });
}

/** A pattern in words of the language. */
export function patternWords(pattern: Pattern, t: T): string {
  if (pattern.kind === 'weekly') {
    const { days } = pattern;
    return runsOf(WEEKDAYS.map((day) => [weekdayName(day, t.language, 'short'), days[day]])).join(', ');
  }
  if (pattern.kind === 'cycle') {
    const days = Object.entries(pattern.days);
    return t('pattern.cycle', {
      on: String(days.length),
      off: String(pattern.length - days.length),
      times: [...new Set(days.map(([, stretch]) => timesOf(stretch)))].join(', '),
      date: formatDate(pattern.from),
    });
  }
  const dates = Object.entries(pattern.dates).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const times = [...new Set(dates.map(([, stretch]) => timesOf(stretch)))].join(', ');
  const shown = dates.slice(0, 6).map(([date]) => formatDate(date as PlainDate).slice(0, 5));
  return t('pattern.dates', {
    n: dates.length,
    dates: shown.join(', ') + (dates.length > 6 ? ' …' : ''),
    times,
  });
}

/** The same of a pattern as it is stored. */
export function storedPatternWords(json: PatternJson, t: T): string {
  const parsed = parsePattern(json);
  return 'pattern' in parsed ? patternWords(parsed.pattern, t) : '';
}
