// Shares no code with the solver, on purpose: what one gets wrong the other shall see.
import { betterFor, peopleOf, SLOTS, type Person } from './check-people.ts';
import type { AllocationInput } from './input.ts';
import type { Report, Residue } from './result.ts';

type Faults = Pick<Report, 'blocking' | 'wasted' | 'justifiedEnvy' | 'overCapacity'> & {
  readonly residue: Residue[];
};

/** How a person stands in the order of one group. */
interface Standing {
  readonly person: Person;
  readonly holds: boolean;
  readonly score: readonly number[];
}

interface Place {
  readonly room: Int32Array;
  readonly taken: Int32Array;
  /** In the order of the group. */
  readonly present: Standing[];
}

function scoreOf({ child, joint }: Person, group: string): readonly number[] {
  if (joint !== null) return joint.get('') ?? joint.get(group) ?? [];
  for (const wish of child.wishes) if (wish.group === group) return wish.score;
  return [];
}

function standing(person: Person, group: string): Standing {
  return { person, holds: person.child.holds === group, score: scoreOf(person, group) };
}

/** Negative when the first stands before the second. */
function order(a: Standing, b: Standing): number {
  if (a.holds !== b.holds) return a.holds ? -1 : 1;
  for (let at = 0; !a.holds && at < a.score.length; at++)
    if (a.score[at] !== b.score[at]) return (b.score[at] ?? 0) - (a.score[at] ?? 0);
  if (a.person.tie !== b.person.tie) return a.person.tie < b.person.tie ? -1 : 1;
  if (a.person === b.person) return 0;
  return a.person.child.id < b.person.child.id ? -1 : 1;
}

/** Counts a person into half-hours. */
function count({ stays }: Person, into: Int32Array): void {
  for (let at = 0; at < stays.length; at += 2)
    for (let slot = stays[at]!; slot < stays[at + 1]!; slot++) into[slot]! += 1;
}

/** Notes one more where a person comes and one fewer where it goes; summed up, the children present. */
function arriveAndLeave({ stays }: Person, changes: Int32Array, by: number): void {
  for (let at = 0; at < stays.length; at += 2) {
    changes[stays[at]!]! += by;
    changes[stays[at + 1]!]! -= by;
  }
}

/** Whether one more has room beside those present and `more` others. */
function roomFor({ stays }: Person, taken: Int32Array, room: Int32Array, more = 0): boolean {
  for (let at = 0; at < stays.length; at += 2)
    for (let slot = stays[at]!; slot < stays[at + 1]!; slot++)
      if (taken[slot]! + more + 1 > room[slot]!) return false;
  return true;
}

/** How many of those present stand before somebody. */
function numberAbove(present: readonly Standing[], own: Standing): number {
  let [low, high] = [0, present.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (order(present[middle]!, own) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Checks an allocation against the definition: who blocks, who sees an empty place or somebody lower in a wished one, and
 * where there are more children than places. Counts children alone or families with joint wishes; lists those that block
 * with the best wish that they could have (under `strict` those that envy). Assumes an input that readAllocation passed.
 */
export function checkAllocation(
  input: AllocationInput,
  placed: readonly { readonly child: string; readonly group: string }[],
): Faults {
  const labels = new Set<string>();
  for (const { free } of input.groups) for (const label of Object.keys(free)) labels.add(label);
  for (const { pattern } of input.children) for (const label of Object.keys(pattern)) labels.add(label);
  const days = new Map([...labels].map((label, at) => [label, at]));
  const size = days.size * SLOTS;
  const places = new Map<string, Place>();
  for (const { id, free } of input.groups) {
    const room = new Int32Array(size);
    for (const [day, list] of Object.entries(free))
      for (const [from, to, number] of list) {
        const base = days.get(day)! * SLOTS;
        for (let slot = base + from; slot < base + to; slot++) room[slot] = number;
      }
    places.set(id, { room, taken: new Int32Array(size), present: [] });
  }
  const bundlesOf = new Map(input.families.map(({ id, bundles }) => [id, bundles]));
  const deciding = peopleOf(input, new Map(placed.map(({ child, group }) => [child, group])), days);
  for (const person of deciding.flat()) {
    if (person.child.holds !== null) count(person, places.get(person.child.holds)!.room);
    if (person.group === null) continue;
    count(person, places.get(person.group)!.taken);
    places.get(person.group)!.present.push(standing(person, person.group));
  }
  let overCapacity = 0;
  for (const place of places.values()) {
    place.present.sort(order);
    place.taken.forEach((number, slot) => (overCapacity += number > place.room[slot]! ? 1 : 0));
  }

  const scratch = new Int32Array(size + 1);
  /** Whether all could have what they want: each beside the others present, or only beside those ranked above it. */
  const could = (
    people: readonly Person[],
    wanted: ReadonlyMap<Person, string>,
    onlyAbove: boolean,
  ): boolean => {
    for (const [person, group] of wanted) {
      const { present, room, taken } = places.get(group)!;
      // At most everybody present and all siblings; at least those present without the siblings and whoever stands below.
      if (roomFor(person, taken, room, wanted.size - 1)) continue;
      const own = standing(person, group);
      const counted = onlyAbove ? numberAbove(present, own) : present.length;
      let leaving = present.length - counted;
      for (const sibling of people) if (sibling.group === group) leaving++;
      if (!roomFor(person, taken, room, -leaving)) return false;
      scratch.fill(0);
      // Counted from nobody, or from everybody present less those who leave: whichever is shorter.
      const fromAll = leaving < counted;
      if (fromAll) {
        for (let at = counted; at < present.length; at++)
          if (!people.includes(present[at]!.person)) arriveAndLeave(present[at]!.person, scratch, -1);
        for (const sibling of people) if (sibling.group === group) arriveAndLeave(sibling, scratch, -1);
      } else {
        for (let at = 0; at < counted; at++)
          if (!people.includes(present[at]!.person)) arriveAndLeave(present[at]!.person, scratch, 1);
      }
      for (const [sibling, theirs] of wanted)
        if (
          theirs === group &&
          sibling !== person &&
          (!onlyAbove || order(standing(sibling, group), own) < 0)
        )
          arriveAndLeave(sibling, scratch, 1);
      for (let slot = 1, sum = scratch[0]!; slot < size; slot++) scratch[slot] = sum += scratch[slot]!;
      if (fromAll) for (let slot = 0; slot < size; slot++) scratch[slot]! += taken[slot]!;
      if (!roomFor(person, scratch, room)) return false;
    }
    return true;
  };
  /** Whether in every group that would be new to them somebody ranked lower sits. */
  const envies = (people: readonly Person[], wanted: ReadonlyMap<Person, string>): boolean => {
    const moving = [...wanted].filter(([person, group]) => person.group !== group);
    const seesLower = ([person, group]: [Person, string]): boolean => {
      const own = standing(person, group);
      return places
        .get(group)!
        .present.some((other) => !people.includes(other.person) && order(own, other) < 0);
    };
    return moving.length > 0 && moving.every(seesLower);
  };

  let [blocking, wasted, justifiedEnvy] = [0, 0, 0];
  const residue: Residue[] = [];
  for (const people of deciding) {
    const better = betterFor(people, bundlesOf.get(people[0]!.child.family ?? '') ?? []);
    const blocked = better.filter((wanted) => could(people, wanted, true));
    const empty = blocked.filter((wanted) => could(people, wanted, false));
    const strict = input.rule === 'strict';
    const envied = strict
      ? better.filter((wanted) => envies(people, wanted))
      : blocked.filter((wanted) => !empty.includes(wanted));
    if (blocked.length > 0) blocking++;
    if (empty.length > 0) wasted++;
    if (envied.length > 0) justifiedEnvy++;
    const [best] = strict ? envied : blocked;
    for (const [{ child, group: now }, group] of best ?? [])
      if (group !== now) residue.push({ child: child.id, group });
  }
  residue.sort((a, b) => (a.child < b.child ? -1 : 1));
  return { blocking, wasted, justifiedEnvy, overCapacity, residue };
}
