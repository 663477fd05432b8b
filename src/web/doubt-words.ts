import { LABOUR_CODE } from '../domain/work-terms.ts';
import { FIRST_DOUBT } from '../domain/norms.ts';
import type { T } from '../i18n/translate.ts';

/** What a setting is still to be checked against: the start's sources in the reader's language, others as they were typed. */
export function doubtWords(doubt: string, t: T): string {
  if (doubt === LABOUR_CODE) return t('terms.source_law');
  return doubt === FIRST_DOUBT ? t('norms.order_263') : doubt;
}
