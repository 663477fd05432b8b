import { refuse } from '../../domain/refusal.ts';
import { findCentre } from '../../data/centres.ts';
import { findChild } from '../../data/children.ts';
import { findGroup } from '../../data/groups.ts';
import type { T } from '../../i18n/translate.ts';
import type { Context } from '../context.ts';
import type { Typed } from '../form.ts';
import { centreName } from '../names.ts';

/** The child of the address and the group of its question. */
export async function readSeriesPlace(context: Context) {
  const { actor, today } = context;
  const given = context.query('group');
  const groupId = /^[1-9]\d{0,8}$/.test(given) ? Number(given) : refuse('missing');
  return await context.database.read(async (tx) => {
    const group = (await findGroup(tx, groupId)) ?? refuse('missing');
    return {
      group,
      centre: (await findCentre(tx, group.centreId)) ?? refuse('missing'),
      child: (await findChild(tx, actor, context.id('childId'), today)) ?? refuse('missing'),
    };
  });
}

export type SeriesPlace = Awaited<ReturnType<typeof readSeriesPlace>>;

export function placeWords({ centre, group }: SeriesPlace, t: T): string {
  return `${centreName(centre, t.language)} · ${group.name}`;
}

/** The answers with the group among them: what an address of the next question holds. */
export const questionOf = ({ group }: SeriesPlace, given: Typed): Typed => ({
  group: String(group.id),
  ...given,
});
