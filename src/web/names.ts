import type { Language } from '../domain/language.ts';

/** What a centre is called in a language; English readers get the Russian name. */
export function centreName(
  centre: { readonly nameRu: string; readonly nameKk: string },
  language: Language,
): string {
  return language === 'kk' ? centre.nameKk : centre.nameRu;
}

/** A district in a language. It is stored once, in both languages where it has two names: 'Абай ауданы / Абайский район'. */
export function districtName(district: string, language: Language): string {
  const [kk = '', ru = kk] = district.split(' / ');
  return language === 'kk' ? kk : ru;
}

/** Where a centre stands: its district and its street. */
export function centreAddress(
  { district, address }: { readonly district: string; readonly address: string },
  language: Language,
): string {
  return [districtName(district, language), address].filter((text) => text !== '').join(', ');
}
