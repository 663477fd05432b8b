import type { Language } from '../../domain/language.ts';

/** What a centre is called in a language; English readers get the Russian name. */
export function centreName(
  centre: { readonly nameRu: string; readonly nameKk: string },
  language: Language,
): string {
  return language === 'kk' ? centre.nameKk : centre.nameRu;
}
