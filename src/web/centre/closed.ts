import type { PlainDate } from '../../domain/calendar.ts';
import type { ClosedReason } from '../../domain/opening.ts';
import { workingDay, type Overrides } from '../../domain/working-days.ts';
import type { Closure } from '../../data/settings.ts';
import type { T } from '../../i18n/translate.ts';

/** What a closed day is explained from. */
export interface ClosedFacts {
  readonly closures: readonly Closure[];
  readonly overrides: Overrides;
}

/** Which day off of the country it is: a holiday, one that moved here, or the calendar's own. */
function holidayWords(date: PlainDate, overrides: Overrides, t: T): string {
  const day = workingDay(date, 5, overrides);
  const known = day.working || day.reason === 'weekend' ? workingDay(date, 6, overrides) : day;
  const name = known.name === null ? '' : t(`holiday.${known.name}`);
  if (known.reason === 'override') return overrides.get(date)?.name ?? (name || t('closed.override'));
  if (known.reason === 'transferred') return t('closed.transferred', { name });
  return name || t('closed.day_off');
}

/** Why a group is closed on a day, in words an administrator recognises: the closure's own where there is one. */
export function closedWords(
  reason: ClosedReason,
  { groupId, date }: { readonly groupId: number; readonly date: PlainDate },
  facts: ClosedFacts,
  t: T,
): string {
  switch (reason) {
    case 'day_off':
      return t('closed.day_off');
    case 'holiday':
      return holidayWords(date, facts.overrides, t);
    case 'ended':
      return t('closed.ended');
    case 'closure':
    case 'emergency': {
      const closure = facts.closures.find(
        (each) =>
          (each.groupId === null || each.groupId === groupId) && each.startsOn <= date && date <= each.endsOn,
      );
      return closure === undefined
        ? t(`closed.${reason}`)
        : t(`closed.${reason}_because`, { reason: closure.reason });
    }
  }
}
