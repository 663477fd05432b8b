import type { Language } from '../domain/language.ts';

/** With a capital first letter: names and dates that begin a heading. */
export function capital(text: string, language: Language): string {
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
}
