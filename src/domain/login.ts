import { parsePhone, type Phone } from './phone.ts';

/** What a person signs in with. */
export type Login =
  { readonly kind: 'email'; readonly value: string } | { readonly kind: 'phone'; readonly value: Phone };

const LONGEST_EMAIL = 254;

/** One @, something before it, a domain of two or more dotted labels after it; no characters that mail headers mean. */
const EMAIL = /^[^\s@<>()[\]\\,;:"\p{C}]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+$/u;

/**
 * An e-mail address (lower-cased, ≤ 254 characters) or a telephone. Whether anybody reads mail there only a letter can
 * tell, so no more than the form is checked.
 */
export function parseLogin(text: string): Login | undefined {
  if (!text.includes('@')) {
    const phone = parsePhone(text);
    return phone === undefined ? undefined : { kind: 'phone', value: phone };
  }
  const value = text.trim().normalize('NFC').toLowerCase();
  return value.length <= LONGEST_EMAIL && EMAIL.test(value) ? { kind: 'email', value } : undefined;
}
