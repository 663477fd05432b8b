import { parsePlainDate, parseInstant, type Instant, type PlainDate } from '../../domain/calendar.ts';
import { parseLogin } from '../../domain/login.ts';
import { cleanName, LONGEST_NAME } from '../../domain/names.ts';
import type { WeeklyHours } from '../../domain/opening.ts';
import { formatPattern, parsePattern, type Pattern, type PatternJson } from '../../domain/pattern.ts';
import { parsePhone } from '../../domain/phone.ts';
import type { Reason } from '../../domain/refusal.ts';
import { hoursErrors } from '../../domain/settings.ts';
import { parseTime, timeShape, type HalfHour } from '../../domain/slots.ts';
import type { Problems, Sheet } from './problems.ts';

const PATTERN_WORDS: Readonly<Record<string, string>> = {
  invalid: 'is not a day, or not two times [from, to] of which the second is later',
  off_grid: 'is not on the half-hour',
  too_short: 'is shorter than 4 hours',
  too_long: 'is longer than 10 hours',
};

/**
 * The fields of one row, read by the domain's own parsers. A value that cannot be read is named as a problem of the row
 * and stands in as a blank: a file with problems is never written.
 */
export class Fields {
  readonly sheet: Sheet;
  readonly row: number;
  readonly #problems: Problems;

  constructor(problems: Problems, sheet: Sheet, row: number) {
    this.#problems = problems;
    this.sheet = sheet;
    this.row = row;
  }

  bad(field: string, detail: string, reason: Reason = 'invalid'): void {
    this.#problems.add({ sheet: this.sheet, row: this.row, field, reason, detail });
  }

  name(field: string, text: string): string {
    const name = cleanName(text);
    if (name === undefined) this.bad(field, `is empty or longer than ${LONGEST_NAME} letters`);
    return name ?? '';
  }

  /** A field that may be empty. */
  words(field: string, text: string): string {
    return text.trim() === '' ? '' : this.name(field, text);
  }

  names(field: string, texts: readonly string[]): string[] {
    return [...new Set(texts.map((text, at) => this.name(`${field}.${at}`, text)))];
  }

  date(field: string, text: string): PlainDate {
    const date = parsePlainDate(text);
    if (date === undefined) this.bad(field, `${shown(text)} is not a date YYYY-MM-DD`);
    return date ?? ('1900-01-01' as PlainDate);
  }

  instant(field: string, text: string): Instant {
    const instant = parseInstant(text);
    if (instant === undefined)
      this.bad(field, `${shown(text)} is not an instant such as 2026-09-01T04:00:00Z`);
    return instant ?? ('' as Instant);
  }

  time(field: string, text: string): HalfHour {
    const time = parseTime(text);
    if (time !== undefined) return time;
    if (timeShape(text)) this.bad(field, `${text} is not on the half-hour`, 'off_grid');
    else this.bad(field, `${shown(text)} is not a time HH:MM`);
    return 0;
  }

  phone(field: string, text: string): string {
    const phone = parsePhone(text);
    if (phone === undefined) this.bad(field, `${shown(text)} is not a telephone +7XXXXXXXXXX`);
    return phone ?? '';
  }

  login(field: string, text: string): string {
    const login = parseLogin(text);
    if (login === undefined) this.bad(field, `${shown(text)} is neither an e-mail address nor a telephone`);
    return login?.value ?? '';
  }

  pattern(field: string, json: unknown, checkLength = false): PatternJson {
    const pattern = this.#pattern(field, json, checkLength);
    return pattern ? formatPattern(pattern) : {};
  }

  #pattern(field: string, json: unknown, checkLength: boolean): Pattern | undefined {
    const parsed = parsePattern(json, { field, checkLength });
    if ('pattern' in parsed) return parsed.pattern;
    for (const error of parsed.errors)
      this.bad(error.field, PATTERN_WORDS[error.reason] ?? 'is wrong', error.reason);
    return undefined;
  }

  /** Weekly hours: when somebody may work, or, with `opening`, when a group is open: then each day takes a shortest stay. */
  hours(field: string, json: unknown, opening = false): WeeklyHours {
    const pattern = this.#pattern(field, json, false);
    if (pattern === undefined) return {};
    if (pattern.kind !== 'weekly') {
      this.bad(field, 'is not weekly: {"mon": ["08:00", "18:30"], …}');
      return {};
    }
    const hours: WeeklyHours = pattern.days;
    if (opening) {
      for (const error of hoursErrors(hours, field))
        this.bad(error.field, PATTERN_WORDS[error.reason] ?? 'is wrong', error.reason);
    }
    return hours;
  }
}

/** What somebody typed, in quotes and not too long. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

/** Names every row whose ref stands in an earlier row of its sheet. */
export function checkRefs(rows: readonly { readonly ref: string; readonly at: Fields }[]): void {
  const first = new Map<string, number>();
  for (const { ref, at } of rows) {
    const earlier = first.get(ref);
    if (earlier === undefined) first.set(ref, at.row);
    else at.bad('ref', `${shown(ref)} is also the ref of row ${earlier}`);
  }
}
