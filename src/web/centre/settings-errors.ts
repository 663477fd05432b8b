import type { Refusal } from '../../domain/refusal.ts';
import type { FieldError } from '../form.ts';

/** What a rule says of a settings form, beside its fields. */
export function settingsErrors({ reason, details }: Refusal): FieldError[] {
  const named = details.errors?.map(({ field, reason: why }): FieldError => {
    if (field === 'hours') return { field, key: 'hours.none' };
    if (field.startsWith('hours.'))
      return { field, key: why === 'too_short' ? 'hours.too_short' : 'hours.order' };
    return { field, key: why === 'invalid' ? 'form.invalid' : `refusal.${why}` };
  });
  return named && named.length > 0 ? named : [{ field: '', key: `refusal.${reason}` }];
}
