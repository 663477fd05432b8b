import type { Refusal } from '../../domain/refusal.ts';
import { isKey, type Key } from '../../i18n/translate.ts';
import type { FieldError } from '../form.ts';

/** What a refusal about clockings and months says: the problem's own words where there are some. */
export function clockingError({ reason, details }: Refusal, field: string, note = 'note'): FieldError {
  const [wrong] = details.errors ?? [];
  if (wrong?.field === 'note') return { field: note, key: 'sheet.note_missing' };
  if (wrong?.field === 'dates') return { field: 'dates', key: 'form.choose_one' };
  const own = `sheet.problem.${String(details['problem'])}`;
  const open = Number(details['open'] ?? 0);
  if (isKey(own)) return { field, key: own, ...(open > 0 && { params: { n: open } }) };
  return { field, key: `refusal.${reason}` as Key };
}
