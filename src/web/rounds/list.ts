import { formatDate } from '../../domain/calendar-words.ts';
import { roundState, type RoundState } from '../../domain/rounds.ts';
import { listRounds } from '../../data/rounds.ts';
import type { Context } from '../context.ts';
import { page } from '../page.ts';
import { sideOf } from './side.ts';

const TONES: Readonly<Record<RoundState, string>> = {
  collecting: 'info',
  deciding: 'warn',
  publishing: 'warn',
  published: 'good',
  ended: 'off',
};

export function stateTag(state: RoundState, { t }: Pick<Context, 't'>) {
  return { text: t(`round.state_${state}`), tone: TONES[state] };
}

/** All rounds of a region, or those in which a centre takes part. */
export async function showRounds(context: Context): Promise<void> {
  const { t, today } = context;
  const side = await sideOf(context);
  const rounds = await context.database.read((tx) => listRounds(tx, side));
  page(context.res, `${side.folder}/rounds`, {
    title: t('round.title'),
    newHref: side.newRound,
    rounds: rounds.map((round) => ({
      name: round.name,
      href: side.round(round.id),
      until: formatDate(round.wishesUntil),
      start: formatDate(round.startsOn),
      scope: round.centreId === null ? t('round.whole_region') : t('round.own_centre'),
      state: stateTag(roundState(round, round.publishedAt !== null, today), context),
    })),
  });
}
