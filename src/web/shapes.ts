import { z } from 'zod';
import { parsePlainDate, plainDate, type PlainDate } from '../domain/calendar.ts';
import { cleanName } from '../domain/names.ts';
import { parsePhone } from '../domain/phone.ts';
import { parseLogin } from '../domain/login.ts';
import { parseTime } from '../domain/slots.ts';
import type { Key } from '../i18n/translate.ts';
import { LAST_DAY } from './dates.ts';

/** A field that holds what `read` makes of its text; '' is missing, undefined is `wrong`. */
function required<T>(read: (text: string) => T | undefined, wrong: Key) {
  return z
    .string({ error: 'form.required' })
    .trim()
    .min(1)
    .transform((text, issues): T => {
      const value = read(text);
      if (value !== undefined) return value;
      issues.addIssue({ code: 'custom', message: wrong });
      return z.NEVER;
    });
}

/** The same, null where nothing was filled in. */
export function optional<T>(read: (text: string) => T | undefined, wrong: Key) {
  return z
    .string()
    .trim()
    .optional()
    .transform((text, issues): T | null => {
      if (text === undefined || text === '') return null;
      const value = read(text);
      if (value !== undefined) return value;
      issues.addIssue({ code: 'custom', message: wrong });
      return z.NEVER;
    });
}

/** Somebody may have been born, or hired, long before the first day of pages; years around it can be counted all the same. */
const LONG_AGO = plainDate('1905-01-01');
const WRITTEN = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;

/** A day as the browser's date field sends it or as people write it, 14.01.2027. */
function readDate(text: string): PlainDate | undefined {
  const [, day = '', month = '', year = ''] = WRITTEN.exec(text) ?? [];
  const date = parsePlainDate(
    day === '' ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
  );
  return date !== undefined && date >= LONG_AGO && date <= LAST_DAY ? date : undefined;
}

/** The id of a record, at most nine digits: PostgreSQL's own go little further. */
export const readId = (text: string): number | undefined =>
  /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;

const readNumber = (text: string): number | undefined => (/^\d{1,9}$/.test(text) ? Number(text) : undefined);

export const dateField = () => required(readDate, 'form.invalid_date');
export const optionalDate = () => optional(readDate, 'form.invalid_date');
export const timeField = () => required(parseTime, 'form.invalid_time');
export const idField = () => required(readId, 'form.choose_one');
export const optionalId = () => optional(readId, 'form.choose_one');
export const numberField = () => required(readNumber, 'form.invalid_number');
export const nameField = () => required(cleanName, 'form.invalid');
export const optionalName = () => optional(cleanName, 'form.invalid');
export const phoneField = () => required(parsePhone, 'form.invalid_phone');
export const optionalPhone = () => optional(parsePhone, 'form.invalid_phone');
export const optionalEmail = () =>
  optional((text) => {
    const login = parseLogin(text);
    return login?.kind === 'email' ? login.value : undefined;
  }, 'form.invalid_email');

/** A checkbox: there when it is ticked. */
export const ticked = () =>
  z
    .literal('yes')
    .optional()
    .transform((value) => value === 'yes');

/** Checkboxes of one name: a browser sends one as text, several as a list. */
export function manyOf<Value extends string>(values: readonly Value[]) {
  return z
    .union([z.enum(values), z.array(z.enum(values))])
    .optional()
    .transform((chosen): Value[] =>
      chosen === undefined ? [] : Array.isArray(chosen) ? [...new Set(chosen)] : [chosen],
    );
}

/** Degrees north or east, with a point or a comma; null where not known. */
export const optionalDegrees = () =>
  optional(
    (text) => (/^-?\d{1,3}([.,]\d{1,8})?$/.test(text) ? Number(text.replace(',', '.')) : undefined),
    'form.invalid_number',
  );
