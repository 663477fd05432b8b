import { formatDate } from '../../domain/calendar-words.ts';
import { listOpenRounds } from '../../data/rounds.ts';
import type { Context } from '../context.ts';

/** The dates of the rounds in which families may still rank these groups: for views/family/_round-notice.ejs. */
export async function roundNotices(context: Context, groupIds: readonly number[]): Promise<string[]> {
  const rounds = await context.database.read((tx) => listOpenRounds(tx, groupIds, context.today));
  return rounds.map(({ name, startsOn, wishesUntil }) =>
    context.t('round.notice', { name, start: formatDate(startsOn), date: formatDate(wishesUntil) }),
  );
}
