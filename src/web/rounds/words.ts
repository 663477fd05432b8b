import { formatDate, weekdayName } from '../../domain/calendar-words.ts';
import { weekdayOf, type PlainDate } from '../../domain/calendar.ts';
import { formatSlot } from '../../domain/slots.ts';
import type { RoundGroup } from '../../data/rounds.ts';
import type { T } from '../../i18n/translate.ts';
import type { RoundResult, ToldWish } from '../../use-cases/round-preview.ts';
import { centreName } from '../names.ts';

/** What groups are called; a group that is gone by its number. */
export type GroupNames = ReadonlyMap<number, string>;

/** Groups with their centres where there are several. */
export function groupNames(groups: readonly RoundGroup[], t: T): GroupNames {
  const several = new Set(groups.map((group) => group.centreId)).size > 1;
  return new Map(
    groups.map((group) => [
      group.id,
      several ? `${centreName(group, t.language)}, ${group.name}` : group.name,
    ]),
  );
}

export const nameOf = (names: GroupNames, groupId: number): string => names.get(groupId) ?? String(groupId);

/** A request by its reference, as its family knows it; nobody is named. */
export const entryName = (entryId: number, t: T): string => t('round.entry', { id: `W-${entryId}` });

/** 'Пн 01.03 08:30–13:00' */
function dayWords(date: string, times: string, t: T): string {
  const day = date as PlainDate;
  return `${weekdayName(weekdayOf(day), t.language, 'short')} ${formatDate(day).slice(0, 5)} ${times}`;
}

/** Why a wish was refused, sentence by sentence. */
function reasonWords(wish: ToldWish, t: T): string {
  const said = [t('round.why_rank', { rank: String(wish.rank), of: String(wish.of) })];
  if (wish.fullDays > 0) {
    const hours = wish.full.map(({ date, from, to }) => dayWords(date, formatSlot({ from, to }), t));
    const more = wish.fullDays > new Set(wish.full.map(({ date }) => date)).size ? ' …' : '';
    said.push(t('round.why_full', { n: wish.fullDays, hours: hours.join(', ') + more }));
  } else if (wish.cutOff === null) said.push(t('round.why_together'));
  if (wish.cutOff !== null) said.push(t('round.why_cut_off', { rank: String(wish.cutOff) }));
  if (wish.onePlaceMore) said.push(t('round.why_one_more'));
  if (wish.nearest && wish.fullDays > 0) {
    const hours = Object.entries(wish.nearest).map(([date, [from, to]]) =>
      dayWords(date, `${from}–${to}`, t),
    );
    said.push(t('round.why_nearest', { hours: hours.join(', ') }));
  }
  return said.join(' ');
}

/** Requests with a refused wish, by number, with a reason for each. */
export function refusedRows(result: RoundResult, names: GroupNames, t: T) {
  const placed = new Map(result.placed.map((place) => [place.entryId, place.groupId]));
  return result.refused
    .toSorted((a, b) => a.entryId - b.entryId)
    .map(({ entryId, wishes }) => {
      const groupId = placed.get(entryId);
      return {
        entry: entryName(entryId, t),
        got: groupId === undefined ? t('round.got_none') : t('round.got', { group: nameOf(names, groupId) }),
        isPlaced: groupId !== undefined,
        wishes: wishes.map((wish) => ({ group: nameOf(names, wish.groupId), why: reasonWords(wish, t) })),
      };
    });
}

/** What a group gives and refuses. */
export function groupRows(result: RoundResult, names: GroupNames) {
  const placed = Map.groupBy(result.placed, (place) => place.groupId);
  const refused = Map.groupBy(
    result.refused.flatMap(({ wishes }) => wishes),
    (wish) => wish.groupId,
  );
  return [...names].flatMap(([id, name]) => {
    const own = placed.get(id) ?? [];
    const no = refused.get(id)?.length ?? 0;
    if (own.length === 0 && no === 0) return [];
    return [{ name, placed: own.length, first: own.filter((place) => place.wish === 1).length, refused: no }];
  });
}

/** Requests to which two previews give something else. */
export function differences(here: RoundResult, there: RoundResult, names: GroupNames, t: T) {
  const of = (result: RoundResult) => new Map(result.placed.map((place) => [place.entryId, place.groupId]));
  const [mine, theirs] = [of(here), of(there)];
  const words = (groupId: number | undefined) =>
    groupId === undefined ? t('round.got_none') : nameOf(names, groupId);
  return [...new Set([...mine.keys(), ...theirs.keys()])]
    .filter((entryId) => mine.get(entryId) !== theirs.get(entryId))
    .toSorted((a, b) => a - b)
    .map((entryId) => ({
      entry: entryName(entryId, t),
      here: words(mine.get(entryId)),
      there: words(theirs.get(entryId)),
    }));
}
