import { weekdayOf, WEEKDAYS, type PlainDate, type Weekday } from './calendar.ts';
import { INTL_TAG, LANGUAGES, type Language } from './language.ts';

interface Words {
  /** By month 1…12, standing alone: 'қаңтар', 'январь', 'January'. */
  readonly months: readonly string[];
  /** After a day of the month: 'қаңтар', 'января', 'January'. */
  readonly monthsOfDate: readonly string[];
  readonly weekdays: Readonly<Record<'long' | 'short', readonly string[]>>;
}

/** Words come from Intl once, at start; a test holds Node's Kazakh ones against the language's own. */
function wordsOf(language: Language): Words {
  const tag = INTL_TAG[language];
  const words = (
    options: Intl.DateTimeFormatOptions,
    part: 'month' | 'weekday',
    dates: readonly string[],
  ): string[] => {
    const format = new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' });
    return dates.map((date) => {
      const word = format.formatToParts(Date.parse(date)).find(({ type }) => type === part)?.value ?? '';
      // Kazakh month names that stand alone come capitalised, unlike their use in a sentence.
      return language === 'en' ? word : word.toLocaleLowerCase(tag);
    });
  };
  const firsts = Array.from({ length: 12 }, (_, at) => `2027-${String(at + 1).padStart(2, '0')}-01`);
  const week = WEEKDAYS.map((_, at) => `2027-02-0${at + 1}`);
  return {
    months: words({ month: 'long' }, 'month', firsts),
    monthsOfDate: words({ month: 'long', day: 'numeric' }, 'month', firsts),
    weekdays: {
      long: words({ weekday: 'long' }, 'weekday', week),
      short: words({ weekday: 'short' }, 'weekday', week),
    },
  };
}

const WORDS = Object.fromEntries(LANGUAGES.map((language) => [language, wordsOf(language)])) as Record<
  Language,
  Words
>;

/** DD.MM.YYYY, in every language. */
export function formatDate(date: PlainDate): string {
  return `${date.slice(8)}.${date.slice(5, 7)}.${date.slice(0, 4)}`;
}

/** 'бейсенбі, 14 қаңтар' · 'четверг, 14 января' · 'Thursday, 14 January': without the year. */
export function longDate(date: PlainDate, language: Language): string {
  const month = WORDS[language].monthsOfDate[Number(date.slice(5, 7)) - 1] ?? '';
  return `${weekdayName(weekdayOf(date), language, 'long')}, ${Number(date.slice(8))} ${month}`;
}

/** Name of a month 1…12 standing alone, in lower case where the language writes it so; throws RangeError otherwise. */
export function monthName(month: number, language: Language): string {
  const name = WORDS[language].months[month - 1];
  if (name === undefined) throw new RangeError(`no such month: ${month}`);
  return name;
}

/** 'бейсенбі' / 'бс', 'четверг' / 'чт', 'Thursday' / 'Thu'. */
export function weekdayName(weekday: Weekday, language: Language, length: 'long' | 'short'): string {
  return WORDS[language].weekdays[length][WEEKDAYS.indexOf(weekday)] ?? '';
}
