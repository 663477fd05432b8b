import { formatDate } from '../../domain/calendar-words.ts';
import type { PlainDate } from '../../domain/calendar.ts';
import type { Reading } from '../../data/database.ts';
import {
  listGroupsToPublish,
  listLeftOut,
  listRoundOffers,
  type Round,
  type RoundGroup,
} from '../../data/rounds.ts';
import type { T } from '../../i18n/translate.ts';
import type { LeftOut } from '../../use-cases/round-publication.ts';
import { entryName, nameOf, type GroupNames } from './words.ts';

/** How far a publication is; undefined before it begins. */
export async function readPublication(tx: Reading, round: Round, groups: readonly RoundGroup[]) {
  if (round.publishedAt === null) return undefined;
  const groupIds = groups.map((group) => group.id);
  const left = await listLeftOut(tx, groupIds, round.publishedAt);
  return {
    offered: (await listRoundOffers(tx, round.id)).length,
    groupsLeft: round.closedAt === null ? (await listGroupsToPublish(tx, round.id)).length : 0,
    left: left
      .map(({ groupId, data }) => ({ ...(data as LeftOut), groupId: groupId! }))
      .filter((each) => each.roundId === round.id),
  };
}

export function publicationWords(
  seen: NonNullable<Awaited<ReturnType<typeof readPublication>>>,
  names: GroupNames,
  t: T,
) {
  const datesOf = (dates: readonly PlainDate[], days: number) =>
    dates.map((date) => formatDate(date).slice(0, 5)).join(', ') + (days > dates.length ? ' …' : '');
  return {
    facts: [
      { term: t('round.offered'), value: String(seen.offered) },
      { term: t('round.left_out'), value: String(seen.left.length) },
      { term: t('round.groups_left'), value: String(seen.groupsLeft) },
    ],
    left: seen.left.map(({ entryId, groupId, why, dates, days }) => ({
      entry: entryName(entryId, t),
      group: nameOf(names, groupId),
      why:
        why === 'full' && days > 0
          ? t('round.left_full', { n: days, dates: datesOf(dates, days) })
          : t('round.left_changed'),
    })),
  };
}
