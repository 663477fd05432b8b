import { eligibilityReason } from '../../domain/eligibility.ts';
import { collator } from '../../domain/names.ts';
import { isRegionCode, REGIONS } from '../../domain/regions.ts';
import { MOST_CHOICES } from '../../domain/waiting-list.ts';
import { listCentres, type Centre } from '../../data/centres.ts';
import type { Reading } from '../../data/database.ts';
import { findGroup, listAllGroups, type Group } from '../../data/groups.ts';
import { findHome } from '../../data/workdays.ts';
import type { Context } from '../context.ts';
import type { FieldError, Typed } from '../form.ts';
import { centreAddress, centreName } from '../names.ts';
import { page } from '../page.ts';
import type { WishSide } from './side.ts';
import type { WishAnswers } from './answers.ts';

const MOST = 40;

export interface NamedGroup {
  readonly group: Group;
  readonly centre: Centre;
}

/** Groups of a wish with their centres, in its order; those that are gone are left out. */
export async function groupsNamed(tx: Reading, ids: readonly number[]): Promise<NamedGroup[]> {
  const groups: Group[] = [];
  for (const id of ids) groups.push(...[await findGroup(tx, id)].filter((group) => group !== undefined));
  const centres = new Map(
    (await listCentres(tx, { ids: [...new Set(groups.map((group) => group.centreId))] })).map((centre) => [
      centre.id,
      centre,
    ]),
  );
  return groups.map((group) => ({ group, centre: centres.get(group.centreId)! }));
}

/** Groups that a child could wait for: of its category and age, with the help it needs, and not ended. */
async function groupsToName(context: Context, tx: Reading, { child, centreId }: WishSide, region: string) {
  const { today } = context;
  const centres = new Map(
    (await listCentres(tx, centreId === null ? {} : { ids: [centreId] }))
      .filter((centre) => centreId !== null || region === 'all' || centre.regionCode === region)
      .map((centre) => [centre.id, centre]),
  );
  return (await listAllGroups(tx, { categories: [child.category] })).flatMap((group): NamedGroup[] => {
    const centre = centres.get(group.centreId);
    if (!centre || (group.endsOn !== null && group.endsOn < today)) return [];
    return eligibilityReason(child, { ...group, admission: 'open' }, [], today) ? [] : [{ group, centre }];
  });
}

const without = (ids: readonly string[], at: number) => ids.filter((_, place) => place !== at);

function swapped(ids: readonly string[], at: number, by: number): string[] {
  const moved = [...ids];
  [moved[at], moved[at + by]] = [moved[at + by]!, moved[at]!];
  return moved;
}

/** Which groups, the dearest first: every move is a link, so that it needs no scripts. */
export async function askGroups(
  context: Context,
  side: WishSide,
  given: Typed,
  { choices }: WishAnswers,
  errors: readonly FieldError[] = [],
): Promise<void> {
  const { t, language, actor } = context;
  const asked = context.query('region');
  const seen = await context.database.read(async (tx) => {
    const home = side.centreId === null ? (await findHome(tx, actor.personId)).region : null;
    const chosen = await groupsNamed(tx, choices);
    const own = home ?? chosen[0]?.centre.regionCode ?? 'all';
    const region = asked === 'all' || isRegionCode(asked) ? asked : own;
    return { region, chosen, others: await groupsToName(context, tx, side, region) };
  });
  const ids = choices.map(String);
  const at = (group: readonly string[]) =>
    side.address({ ...given, group, ask: 'groups', region: seen.region });
  const words = ({ group, centre }: NamedGroup) => ({
    name: group.name,
    centre: centreName(centre, language),
    place: centreAddress(centre, language),
  });
  const sorted = collator(language);
  const others = seen.others
    .filter(({ group }) => !choices.includes(group.id))
    .toSorted((a, b) => sorted.compare(a.centre.searchName, b.centre.searchName) || a.group.id - b.group.id);
  const last = seen.chosen.length - 1;
  page(
    context.res,
    'family/_wish-groups',
    {
      title: t('waiting.which_groups'),
      child: side.child.name,
      back: side.address({ ...given, ask: 'start' }),
      chosen: seen.chosen.map((each, place) => ({
        ...words(each),
        place: String(place + 1),
        up: place > 0 ? at(swapped(ids, place, -1)) : '',
        down: place < last ? at(swapped(ids, place, 1)) : '',
        remove: at(without(ids, place)),
      })),
      next: ids.length > 0 ? side.address({ ...given, group: ids }) : '',
      full: ids.length >= MOST_CHOICES ? t('waiting.most_groups', { n: MOST_CHOICES }) : '',
      groups:
        ids.length >= MOST_CHOICES
          ? []
          : others
              .slice(0, MOST)
              .map((each) => ({ ...words(each), add: at([...ids, String(each.group.id)]) })),
      more: others.length > MOST ? t('groups.more', { n: others.length - MOST }) : '',
      action: side.address({}),
      kept: Object.entries({ ...given, ask: 'groups' }).flatMap(([name, value]) =>
        [value].flat().map((each) => [name, each] as const),
      ),
      regions:
        side.centreId === null
          ? [
              { value: 'all', text: t('find.all_regions') },
              ...REGIONS.map(({ code, name }) => ({ value: code, text: name[language] })).toSorted((a, b) =>
                sorted.compare(a.text, b.text),
              ),
            ]
          : [],
      values: { region: seen.region },
      errors,
    },
    { width: 'narrow', address: side.address({ ...given, ask: 'groups' }) },
  );
}
