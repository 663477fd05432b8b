// Part of the check, which shares no code with the solver.
import type { AllocationChild, AllocationInput } from './input.ts';

export const SLOTS = 48;

export interface Person {
  readonly child: AllocationChild;
  /** First and behind-last half-hour of each day, counted through all days: from, to, from, to, … */
  readonly stays: readonly number[];
  /** First id among the siblings that decide with this child. */
  readonly tie: string;
  /** Scores of the family by group, under `common` by ''; null for a child alone, whose wishes tell. */
  readonly joint: ReadonlyMap<string, readonly number[]> | null;
  group: string | null;
}

function slotOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * 2 + (minutes === 30 ? 1 : 0);
}

function greater(a: readonly number[], b: readonly number[] | undefined): boolean {
  if (b === undefined) return true;
  const at = a.findIndex((number, index) => number !== b[index]);
  return at >= 0 && (a[at] ?? 0) > (b[at] ?? 0);
}

/** Children by who decides: each alone, or all of a family with joint wishes. */
export function peopleOf(
  input: AllocationInput,
  placed: ReadonlyMap<string, string>,
  days: Map<string, number>,
) {
  const slots = new Map<string, number>();
  /** Each text is read once: there are a few dozen. */
  const slotAt = (day: string, text: string): number => {
    let slot = slots.get(text);
    if (slot === undefined) slots.set(text, (slot = slotOf(text)));
    return days.get(day)! * SLOTS + slot;
  };
  const staysOf = (pattern: AllocationChild['pattern']): number[] => {
    const stays: number[] = [];
    for (const day in pattern) stays.push(slotAt(day, pattern[day]![0]), slotAt(day, pattern[day]![1]));
    return stays;
  };
  const person = (child: AllocationChild, tie: string, joint: Person['joint']): Person => ({
    child,
    tie,
    joint,
    stays: staysOf(child.pattern),
    group: placed.get(child.id) ?? null,
  });
  const siblings = new Map<string, AllocationChild[]>(
    input.families.filter(({ bundles }) => bundles.length > 0).map(({ id }) => [id, []]),
  );
  const deciding: Person[][] = [];
  for (const child of input.children) {
    const family = child.family === null ? undefined : siblings.get(child.family);
    if (family === undefined) deciding.push([person(child, child.id, null)]);
    else family.push(child);
  }
  for (const family of siblings.values()) {
    const best = new Map<string, readonly number[]>();
    for (const { group, score } of family.flatMap(({ wishes }) => wishes)) {
      const key = input.rule === 'common' ? '' : group;
      if (greater(score, best.get(key))) best.set(key, score);
    }
    const [tie = ''] = family.map(({ id }) => id).toSorted();
    if (family.length > 0) deciding.push(family.map((child) => person(child, tie, best)));
  }
  return deciding;
}

/** The same of a child alone: its wishes before what it has, up to the place that it holds. */
function betterAlone(person: Person): ReadonlyMap<Person, string>[] {
  const { wishes, holds } = person.child;
  const better: ReadonlyMap<Person, string>[] = [];
  for (const { group } of wishes) {
    if (group === person.group) return better;
    better.push(new Map([[person, group]]));
    if (group === holds) return better;
  }
  if (holds !== null && holds !== person.group) better.push(new Map([[person, holds]]));
  return better;
}

/** Everything in the parties' order of preference that comes before what they have. */
export function betterFor(people: readonly Person[], bundles: readonly Record<string, string | null>[]) {
  if (bundles.length === 0) return betterAlone(people[0]!);
  const holding = people.filter(({ child }) => child.holds !== null);
  const last = new Map(holding.map((person) => [person, person.child.holds!]));
  const stated: ReadonlyMap<Person, string>[] = bundles.map((bundle) => {
    const groups = new Map(Object.entries(bundle));
    const pairs = people.map((person) => [person, groups.get(person.child.id) ?? null] as const);
    return new Map(pairs.filter((pair): pair is [Person, string] => pair[1] !== null));
  });
  const same = (wanted: ReadonlyMap<Person, string>, of: (person: Person) => string | null) =>
    people.every((person) => (wanted.get(person) ?? null) === of(person));
  const better: ReadonlyMap<Person, string>[] = [];
  for (const wanted of last.size > 0 ? [...stated, last] : stated) {
    if (same(wanted, ({ group }) => group)) break;
    better.push(wanted);
    if (wanted.size === 0 || (last.size > 0 && same(wanted, ({ child }) => child.holds))) break;
  }
  return better;
}
