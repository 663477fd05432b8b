import { isKey, type T } from '../../i18n/translate.ts';

/** A working language of a group; one that no list of ours has stands as it is written. */
export function languageWords(language: string, t: T): string {
  const key = `public.language.${language}`;
  return isKey(key) ? t.say({ key }) : language;
}
