import type { AllocationChild, AllocationInput, InputError } from './input.ts';

const quoted = (id: string): string => JSON.stringify(id);

/** Ids in their order, each repeat told at its path. */
function repeats(list: readonly { readonly id: string }[], name: string): InputError[] {
  const seen = new Set<string>();
  return list.flatMap(({ id }, at) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [{ path: `${name}.${at}.id`, problem: `repeats ${quoted(id)}` }];
  });
}

function overlaps({ groups }: AllocationInput): InputError[] {
  return groups.flatMap((group, at) =>
    Object.entries(group.free).flatMap(([day, list]) => {
      const sorted = list.toSorted((a, b) => a[0] - b[0]);
      const clash = sorted.some(([from], next) => next > 0 && from < (sorted[next - 1]?.[1] ?? 0));
      return clash ? [{ path: `groups.${at}.free.${day}`, problem: 'has stretches that overlap' }] : [];
    }),
  );
}

function sameScore(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((number, at) => number === b[at]);
}

function childErrors(input: AllocationInput): InputError[] {
  const groups = new Set(input.groups.map(({ id }) => id));
  const length = input.children.find(({ wishes }) => wishes.length > 0)?.wishes[0]?.score.length;
  const errors: InputError[] = [];
  input.children.forEach((child, at) => {
    const tell = (where: string, problem: string) =>
      errors.push({ path: `children.${at}.${where}`, problem });
    if (child.holds !== null && !groups.has(child.holds))
      tell('holds', `names no group ${quoted(child.holds)}`);
    const first = child.wishes[0];
    child.wishes.forEach(({ group, score }, wish) => {
      if (!groups.has(group)) tell(`wishes.${wish}.group`, `names no group ${quoted(group)}`);
      if (child.wishes.findIndex((other) => other.group === group) < wish)
        tell(`wishes.${wish}.group`, `repeats ${quoted(group)}`);
      if (score.length !== length)
        tell(`wishes.${wish}.score`, `has ${score.length} numbers where the first has ${length}`);
      else if (input.rule === 'common' && first && !sameScore(first.score, score))
        tell(`wishes.${wish}.score`, 'differs from the first wish: under common all groups rank alike');
    });
  });
  return errors;
}

function familyErrors({ children, families }: AllocationInput): InputError[] {
  const byId = new Map<string, AllocationChild>(children.map((child) => [child.id, child]));
  return families.flatMap(({ id, bundles }, family) =>
    bundles.flatMap((bundle, at) =>
      Object.entries(bundle).flatMap(([name, group]) => {
        const path = `families.${family}.bundles.${at}.${name}`;
        const child = byId.get(name);
        if (child?.family !== id) return [{ path, problem: `names no child of family ${quoted(id)}` }];
        if (group === null || group === child.holds) return [];
        const wished = child.wishes.some((wish) => wish.group === group);
        return wished ? [] : [{ path, problem: `is ${quoted(group)}, which is no wish of ${quoted(name)}` }];
      }),
    ),
  );
}

/** What a well-formed input says about itself that cannot be: names of nobody, repeats, overlaps, unequal scores. */
export function crossErrors(input: AllocationInput): InputError[] {
  return [
    ...repeats(input.groups, 'groups'),
    ...repeats(input.children, 'children'),
    ...repeats(input.families, 'families'),
    ...overlaps(input),
    ...childErrors(input),
    ...familyErrors(input),
  ];
}
