import { parsePlainDate, yearOf, type PlainDate } from './calendar.ts';

declare const brand: unique symbol;

/** Individual identification number (ИИН/ЖСН): twelve digits whose date and check digit are right. Text, not a number. */
export type Iin = string & { readonly [brand]: 'Iin' };
export type Sex = 'male' | 'female';

/** 'shape': not twelve digits; 'date': no such day or century; 'check': the last digit does not agree. */
export type IinError = 'shape' | 'date' | 'check';

const SECOND_WEIGHTS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2] as const;

/** Century of birth by the seventh digit, odd male, even female. 1 and 2 (the 1800s) hold no living person: refused. */
const CENTURIES: Readonly<Record<string, { readonly years: string; readonly sex: Sex }>> = {
  3: { years: '19', sex: 'male' },
  4: { years: '19', sex: 'female' },
  5: { years: '20', sex: 'male' },
  6: { years: '20', sex: 'female' },
};

function weighted(digits: string, weightOf: (at: number) => number): number {
  let sum = 0;
  for (let at = 0; at < 11; at++) sum += Number(digits[at]) * weightOf(at);
  return sum % 11;
}

/**
 * Check digit of the first eleven: Σ dᵢ·i mod 11; where that is 10, again with weights 3…11, 1, 2; where that is 10 too,
 * the number is never issued: undefined. The weight 11 of the eleventh digit counts as 0, so a slip in that one digit is
 * not found: the rule's weakness, not ours.
 */
export function checkDigit(first11: string): number | undefined {
  const first = weighted(first11, (at) => at + 1);
  if (first < 10) return first;
  const second = weighted(first11, (at) => SECOND_WEIGHTS[at] ?? 0);
  return second < 10 ? second : undefined;
}

/** YYMMDD, century and sex, four digits of serial, check digit; outer white space is forgiven. First error wins. */
export function parseIin(text: string): { iin: Iin; birthDate: PlainDate; sex: Sex } | { error: IinError } {
  const digits = text.trim();
  if (!/^\d{12}$/.test(digits)) return { error: 'shape' };
  const century = CENTURIES[digits.slice(6, 7)];
  const birthDate =
    century &&
    parsePlainDate(`${century.years}${digits.slice(0, 2)}-${digits.slice(2, 4)}-${digits.slice(4, 6)}`);
  if (!century || birthDate === undefined) return { error: 'date' };
  if (checkDigit(digits.slice(0, 11)) !== Number(digits.slice(11))) return { error: 'check' };
  return { iin: digits as Iin, birthDate, sex: century.sex };
}

/** Whether the date in the number is this date of birth. */
export function iinAgrees(iin: Iin, birthDate: PlainDate): boolean {
  const parsed = parseIin(iin);
  return 'birthDate' in parsed && parsed.birthDate === birthDate;
}

/** Serials from here on are for made-up people only: demo data, tests, stress data. */
export const FIRST_SYNTHETIC_SERIAL = 5000;

/**
 * The number of a made-up person, the same for the same three. Serials 0…9999; use 5000–9999, so that demo data is
 * plainly synthetic. undefined where the number would never be issued, or the birth is not of 1900–2099.
 */
export function syntheticIin(birthDate: PlainDate, sex: Sex, serial: number): Iin | undefined {
  if (!Number.isInteger(serial) || serial < 0 || serial > 9999)
    throw new RangeError(`no such serial: ${serial}`);
  const years = String(Math.floor(yearOf(birthDate) / 100));
  const century = Object.entries(CENTURIES).find(([, each]) => each.years === years && each.sex === sex);
  if (!century) return undefined;
  const first11 = `${birthDate.slice(2).replaceAll('-', '')}${century[0]}${String(serial).padStart(4, '0')}`;
  const check = checkDigit(first11);
  return check === undefined ? undefined : (`${first11}${check}` as Iin);
}
