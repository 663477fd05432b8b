import type { PlainDate } from '../../domain/calendar.ts';
import { formatDate } from '../../domain/calendar-words.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { RoundProblem } from '../../domain/rounds.ts';
import type { FieldError } from '../form.ts';

/** What is the matter with a round, in its own sentence; everything else in the general one. */
export function problemErrors({ reason, details }: Refusal, wishesUntil?: PlainDate): FieldError[] {
  const why = details['why'] as RoundProblem | undefined;
  if (why === undefined) return [{ field: '', key: `refusal.${reason}` }];
  if (why === 'wishes_open')
    return [
      {
        field: '',
        key: 'round.no_wishes_open',
        params: { date: wishesUntil ? formatDate(wishesUntil) : '' },
      },
    ];
  return [{ field: '', key: `round.no_${why}` }];
}
