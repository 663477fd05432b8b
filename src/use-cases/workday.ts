import { formatPattern, type Pattern } from '../domain/pattern.ts';
import { refuse } from '../domain/refusal.ts';
import { storeWorkday } from '../data/workdays.ts';
import { todayOf, type Work } from './perform.ts';

export const LONGEST_COMMUTE_MINUTES = 240;

/** Keeps one's own workday, from today on: the hours for which a child must be looked after. */
export async function setWorkday(
  work: Work,
  { pattern, commuteMinutes }: { pattern: Pattern; commuteMinutes: number },
): Promise<void> {
  if (commuteMinutes < 0 || commuteMinutes > LONGEST_COMMUTE_MINUTES) {
    refuse('invalid', { errors: [{ field: 'commute', reason: 'invalid' }] });
  }
  await storeWorkday(work.tx, {
    personId: work.actor.personId,
    startsOn: todayOf(work),
    pattern: formatPattern(pattern),
    commuteMinutes,
  });
}
