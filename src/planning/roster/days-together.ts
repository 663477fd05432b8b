import type { Random } from '../../domain/random.ts';
import { modelOf } from './model.ts';
import { fill, take } from './neighbourhood.ts';
import type { Plan } from './plan.ts';
import { gapsOf } from './reasons.ts';
import type { Solver } from './solver.ts';

/** Shifts to choose among: where only the law counts, HiGHS solves twice as many as of a whole cost. */
const MOST_COLUMNS = 9000;
const NODES = 60;
const ITERATIONS = 12_000;
/** Pairs of days without anything better, after which no more is expected. */
const PATIENCE = 12;

type Pair = readonly [day: number, other: number];

/** Days that lack legal demand, worst first, each with the other days of its week in any order. */
function pairsOf(plan: Plan, random: Random): Pair[] {
  const { days, weekOf } = plan.problem;
  const open = Array.from({ length: days }, () => 0);
  for (const { kind, day, from, to, missing } of gapsOf(plan))
    if (kind === 'legal') open[day]! += missing * (to - from);
  const worst = [...open.keys()].filter((day) => open[day]! > 0).toSorted((a, b) => open[b]! - open[a]!);
  const others = random.shuffle([...open.keys()]);
  return others.flatMap((_, turn) =>
    worst.flatMap((day): Pair[] => {
      const other = others[(turn + day) % days]!;
      return other !== day && weekOf[other] === weekOf[day] ? [[day, other]] : [];
    }),
  );
}

/**
 * Betters what of the law stays open: hours that one day can spare close what another lacks, which no change of a single
 * day or of a few people finds. Everybody's shifts of two days at a time, only the law counted; what that costs is for
 * `improve` to mend.
 */
export function coverTogether(
  plan: Plan,
  solver: Solver,
  random: Random,
  { secondsLeft, enough }: { secondsLeft: () => number; enough: (better: boolean) => boolean },
): void {
  const { problem } = plan;
  const tried = new Set<string>();
  while (tried.size < PATIENCE && secondsLeft() > 0.1) {
    const pair = pairsOf(plan, random).find((each) => !tried.has(each.toSorted((a, b) => a - b).join(' ')));
    if (!pair) return;
    const people = random.shuffle([...problem.staff.keys()]);
    const duties = people.flatMap((who) => pair.map((day) => who * problem.days + day));
    const free = fill(problem, duties, MOST_COLUMNS);
    const [cost, short] = [plan.cost, plan.short()];
    const model = modelOf({ plan, free, objective: 'legal', fairness: 'most' });
    const limits = { nodes: NODES, iterations: ITERATIONS, seconds: secondsLeft() };
    const { values } = solver.solve(model.data, { ...limits, start: model.start() });
    const better =
      values !== undefined && take(plan, model.read(values), short, cost) && plan.short() < short;
    if (better) tried.clear();
    else tried.add(pair.toSorted((a, b) => a - b).join(' '));
    if (enough(better)) return;
  }
}
