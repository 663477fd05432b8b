import { parseTime } from '../../src/domain/slots.ts';
import type { AllocationChild, AllocationInput } from '../../src/planning/allocation/input.ts';

/** Child → group. */
export type Outcome = ReadonlyMap<string, string>;

/** Children that decide together and everything that they would accept, best first, ending with what they fall back on. */
interface Chooser {
  readonly ids: readonly string[];
  readonly options: readonly Outcome[];
}

const byId = (a: AllocationChild, b: AllocationChild): number => (a.id < b.id ? -1 : 1);

function halfHours({ pattern }: AllocationChild): string[] {
  return Object.entries(pattern).flatMap(([day, [from, to]]) =>
    Array.from({ length: parseTime(to)! - parseTime(from)! }, (_, at) => `${day} ${parseTime(from)! + at}`),
  );
}

/** Everything a market means, as plainly as can be; for markets of a handful of children. */
export function oracle(input: AllocationInput) {
  const children = new Map(input.children.map((child) => [child.id, child]));
  const needs = new Map(input.children.map((child) => [child.id, halfHours(child)]));
  const joint = input.families.find(({ bundles }) => bundles.length > 0);
  const siblings = input.children
    .filter(({ family }) => joint !== undefined && family === joint.id)
    .toSorted(byId);

  const room = new Map<string, number>();
  const add = (key: string, by: number) => room.set(key, (room.get(key) ?? 0) + by);
  for (const { id, free } of input.groups)
    for (const [day, list] of Object.entries(free))
      for (const [from, to, places] of list)
        for (let at = from; at < to; at++) add(`${id} ${day} ${at}`, places);
  for (const { id, holds } of input.children)
    if (holds) for (const at of needs.get(id)!) add(`${holds} ${at}`, 1);

  const rankKey = (id: string, group: string): (number | string)[] => {
    const child = children.get(id)!;
    const together = siblings.includes(child) ? siblings : [child];
    const scores = together.flatMap(({ wishes }) =>
      wishes.filter((wish) => input.rule === 'common' || wish.group === group).map(({ score }) => score[0]!),
    );
    const held = child.holds === group;
    return [held ? 0 : 1, held ? 0 : -Math.max(...scores), together[0]!.id, id];
  };
  const above = (a: string, b: string, group: string): boolean => {
    const [first, second] = [rankKey(a, group), rankKey(b, group)];
    const at = first.findIndex((part, index) => part !== second[index]);
    return at >= 0 && first[at]! < second[at]!;
  };

  const single = (child: AllocationChild): Chooser => {
    const wished = child.wishes.map(({ group }): Outcome => new Map([[child.id, group]]));
    const held = child.wishes.findIndex(({ group }) => group === child.holds);
    const fallBack: Outcome = new Map(child.holds ? [[child.id, child.holds]] : []);
    return { ids: [child.id], options: [...(held < 0 ? wished : wished.slice(0, held)), fallBack] };
  };
  const family = (): Chooser => {
    const text = (outcome: Outcome) => [...outcome].map(String).toSorted().join(' ');
    const fallBack: Outcome = new Map(
      siblings.flatMap(({ id, holds }) => (holds ? [[id, holds] as const] : [])),
    );
    const options: Outcome[] = [];
    for (const bundle of joint!.bundles) {
      const option = new Map(
        Object.entries(bundle).filter((pair): pair is [string, string] => pair[1] !== null),
      );
      if (text(option) === text(fallBack)) break;
      options.push(option);
    }
    return { ids: siblings.map(({ id }) => id), options: [...options, fallBack] };
  };
  const alone = input.children.filter((child) => !siblings.includes(child)).map(single);
  const choosers = siblings.length > 0 ? [...alone, family()] : alone;

  const fits = (outcome: Outcome, who: string, onlyAbove: boolean): boolean => {
    const group = outcome.get(who)!;
    const others = [...outcome].filter(
      ([other, place]) => place === group && other !== who && (!onlyAbove || above(other, who, group)),
    );
    return needs
      .get(who)!
      .every(
        (at) =>
          1 + others.filter(([other]) => needs.get(other)!.includes(at)).length <=
          (room.get(`${group} ${at}`) ?? 0),
      );
  };
  const withOption = (outcome: Outcome, { ids }: Chooser, option: Outcome): Outcome =>
    new Map([...[...outcome].filter(([id]) => !ids.includes(id)), ...option]);
  const feasible = (outcome: Outcome): boolean => [...outcome.keys()].every((id) => fits(outcome, id, false));
  const better = (outcome: Outcome, { ids, options }: Chooser): Outcome[] => {
    const now = options.findIndex((option) => ids.every((id) => option.get(id) === outcome.get(id)));
    return now < 0 ? [...options] : options.slice(0, now);
  };
  const couldHave = (outcome: Outcome, chooser: Chooser, onlyAbove: boolean): boolean =>
    better(outcome, chooser).some((option) => {
      const changed = withOption(outcome, chooser, option);
      return [...option.keys()].every((id) => fits(changed, id, onlyAbove));
    });
  const blocking = (outcome: Outcome): number =>
    choosers.filter((each) => couldHave(outcome, each, true)).length;
  const wasted = (outcome: Outcome): number =>
    choosers.filter((each) => couldHave(outcome, each, false)).length;

  function* outcomes(at = 0, chosen: Outcome = new Map()): Generator<Outcome> {
    if (at === choosers.length) {
      if (feasible(chosen)) yield chosen;
      return;
    }
    for (const option of choosers[at]!.options) yield* outcomes(at + 1, new Map([...chosen, ...option]));
  }
  const stable = (): Outcome[] => [...outcomes()].filter((outcome) => blocking(outcome) === 0);

  /** Who prefers a group in which somebody ranked lower sits, though perhaps with fewer hours; children alone only. */
  const envious = (outcome: Outcome): string[] =>
    alone.flatMap((chooser) => {
      const [id] = chooser.ids as [string];
      const sees = better(outcome, chooser).some((option) =>
        [...outcome].some(
          ([other, place]) => place === option.get(id) && other !== id && above(id, other, place),
        ),
      );
      return sees ? [id] : [];
    });

  /** Choosers in the one order take the best that is left; for markets without held places. */
  const dictated = (): Outcome => {
    const scoreOf = ({ ids }: Chooser) =>
      Math.max(...ids.flatMap((id) => children.get(id)!.wishes.map(({ score }) => score[0]!)));
    const inTurn = choosers.toSorted((a, b) => scoreOf(b) - scoreOf(a) || (a.ids[0]! < b.ids[0]! ? -1 : 1));
    let outcome: Outcome = new Map();
    for (const chooser of inTurn) {
      const option = chooser.options.find((each) => feasible(new Map([...outcome, ...each])));
      outcome = new Map([...outcome, ...(option ?? [])]);
    }
    return outcome;
  };

  return { stable, blocking, wasted, feasible, envious, dictated };
}
