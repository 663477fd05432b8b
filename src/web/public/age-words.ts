import type { T } from '../../i18n/translate.ts';
import { tenths } from '../figures.ts';

const NO_END_MONTHS = 1200;

/** From which age, in months, until which one a group takes people: '1,5–18 years', 'from 18 years'. */
export function ageWords(fromAgeMonths: number, toAgeMonths: number, t: T): string {
  const years = (months: number) => tenths(months / 12, t.language);
  if (toAgeMonths >= NO_END_MONTHS) return t('public.age_from', { from: years(fromAgeMonths) });
  return t('public.ages', { from: years(fromAgeMonths), to: years(toAgeMonths) });
}
