/**
 * How numbers per half-hour are stored: fixed-width decimal text, 48 numbers one after another, the empty text for
 * all zeros. Readable in any database shell and decoded without parsing.
 */
export const HEADS_WIDTH = 3;
export const WEIGHT_WIDTH = 6;
const COUNT = 48;
const ZEROS: readonly number[] = Array.from({ length: COUNT }, () => 0);

export function encodeHalfHours(values: readonly number[], width: number): string {
  const zero = '0'.repeat(width);
  let text = '';
  let any = false;
  for (let at = 0; at < COUNT; at++) {
    const value = values[at] ?? 0;
    if (value !== 0) any = true;
    text += value === 0 ? zero : String(value).padStart(width, '0');
  }
  return any ? text : '';
}

export function decodeHalfHours(text: string, width: number): number[] {
  // A copy is made many times faster than an array is filled.
  const values = ZEROS.slice();
  if (text === '') return values;
  for (let at = 0; at < COUNT; at++) {
    let value = 0;
    for (let digit = at * width; digit < (at + 1) * width; digit++)
      value = value * 10 + text.charCodeAt(digit) - 48;
    values[at] = value;
  }
  return values;
}
