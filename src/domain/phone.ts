declare const brand: unique symbol;

/** A telephone of the +7 numbering plan, stored '+77010000000'. */
export type Phone = string & { readonly [brand]: 'Phone' };

const SEPARATORS = /[\s().\-‐‑‒–—]/g;
const PHONE = /^(?:\+7|7|8)(\d{10})$/;

/**
 * As people write it: +7, 8 or 7 before ten digits, with spaces, brackets, dashes or dots anywhere. Refuses other
 * countries, other lengths and any other character.
 */
export function parsePhone(text: string): Phone | undefined {
  const digits = PHONE.exec(text.replace(SEPARATORS, ''))?.[1];
  return digits === undefined ? undefined : (`+7${digits}` as Phone);
}

/** '+7 701 000 00 00', with no-break spaces so that it stays on one line. */
export function formatPhone(phone: Phone): string {
  const parts = [
    phone.slice(0, 2),
    phone.slice(2, 5),
    phone.slice(5, 8),
    phone.slice(8, 10),
    phone.slice(10),
  ];
  return parts.join('\u00A0');
}
