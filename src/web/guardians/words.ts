import { formatDate } from '../../domain/calendar-words.ts';
import type { PlainDate } from '../../domain/calendar.ts';
import { holdsOn } from '../../domain/people.ts';
import { RIGHTS, rightsOf, type May } from '../../domain/guardianship.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Guardian } from '../../data/registration.ts';
import { isKey, type T } from '../../i18n/translate.ts';
import type { FieldError } from '../form.ts';

export function mayOfRow(row: Guardian): May {
  return { see: row.maySee, book: row.mayBook, collect: row.mayCollect, told: row.mayBeTold };
}

/** What an adult may do, each right a tag of its own. */
export function rightWords(may: May, t: T): string[] {
  return rightsOf(may).map((right) => t(`right.${right}`));
}

/** From when it is not yet, until when it ends; '' where neither matters today. */
export function periodWords(
  row: { readonly startsOn: PlainDate; readonly endsOn: PlainDate | null },
  today: PlainDate,
  t: T,
): string {
  const until = row.endsOn === null ? [] : [t('right.until', { date: formatDate(row.endsOn) })];
  const from = holdsOn(row, today) ? [] : [t('right.from', { date: formatDate(row.startsOn) })];
  return [...from, ...until].join(', ');
}

export function rightOptions(t: T, of?: May) {
  return RIGHTS.filter((right) => of?.[right] ?? true).map((right) => ({
    value: right,
    text: t(`right.${right}`),
  }));
}

/** What a rule says of a field, in words of its own. */
export function guardianErrors(
  { reason, details }: Refusal,
  rename: Readonly<Record<string, string>> = {},
): FieldError[] {
  const named = details.errors?.map(({ field, reason: why, detail }): FieldError => {
    const key = [`guardians.problem.${detail}`, `child.problem.${detail}`].find(isKey);
    return { field: rename[field] ?? field, key: key ?? `refusal.${why}` };
  });
  return named ?? [{ field: '', key: `refusal.${reason}` }];
}
