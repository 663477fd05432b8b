import type { Plan } from './plan.ts';
import { modelOf } from './model.ts';
import { WEIGHTS, type Problem } from './problem.ts';
import { gapsOf } from './reasons.ts';
import type { Scarce } from './scarce.ts';
import type { ModelData, Solver } from './solver.ts';

/**
 * What every solution of a model costs at least, by the prices of its rows. True whatever the prices are, so that the
 * rounding of the solver cannot make a bound too high; all columns lie between 0 and their upper bound.
 */
function boundByPrices(data: ModelData, prices: Float64Array): number {
  let bound = 0;
  const used = Float64Array.from(prices, (price, row) => {
    const side = price > 0 ? data.rowLower[row]! : data.rowUpper[row]!;
    if (price === 0 || !Number.isFinite(side)) return 0;
    bound += price * side;
    return price;
  });
  const { starts, indices, values } = data.matrix;
  for (let column = 0; column < data.numCols; column++) {
    let reduced = data.colCost[column]!;
    for (let at = starts[column]!; at < starts[column + 1]!; at++)
      reduced -= used[indices[at]!]! * values[at]!;
    if (reduced < 0) bound += reduced * data.colUpper[column]!;
  }
  return bound;
}

const dutiesOf = ({ weekOf, days, staff }: Problem, week: number): number[] =>
  Array.from({ length: staff.length * days }, (_, duty) => duty).filter(
    (duty) => weekOf[duty % days] === week,
  );

/** What of a line stays open in a week at least: half-hours of the law, and what all that stays open costs. */
export type Least = Pick<Scarce, 'week' | 'line' | 'legal' | 'cost'>;

/**
 * Less than this no legal roster costs: the sum over weeks, each relaxed by itself. Rest between weeks is left out, and
 * fairness counts by its mean, which is never more than what the most burdened bear.
 * @param least what is known to stay open at least of a line in a week.
 */
export function lowerBound(
  plan: Plan,
  solver: Solver,
  secondsLeft: () => number,
  least: readonly Least[] = [],
): number {
  let bound = 0;
  for (let week = 0; week < plan.problem.weeks; week++) {
    const free = dutiesOf(plan.problem, week);
    const own = least.filter((each) => each.week === week);
    const { data } = modelOf({ plan, free, objective: 'all', fairness: 'mean', alone: true, least: own });
    const relaxed = solver.relax(data, secondsLeft());
    if (relaxed) bound += Math.max(0, boundByPrices(data, relaxed.prices));
  }
  return bound;
}

/** More shifts than these a line's own program may not have. */
const MOST_COLUMNS = 6000;
const NODES = 300;

/**
 * Legal half-hours that stay open at least, of each line and week that the plan leaves open and of which it is not known:
 * by an exact program of those alone who serve it. Where they are too many for that, nothing is claimed.
 */
export function leastOpen(
  plan: Plan,
  solver: Solver,
  secondsLeft: () => number,
  known: readonly Least[],
): Least[] {
  const { problem } = plan;
  const { days, catalogue, weekOf, serves, classOf } = problem;
  const least: Least[] = [];
  const open = new Set(
    gapsOf(plan).flatMap(({ kind, line, day }) => (kind === 'legal' ? [`${weekOf[day]} ${line}`] : [])),
  );
  for (const each of open) {
    const [week, line] = each.split(' ').map(Number) as [number, number];
    if (known.some((other) => other.week === week && other.line === line)) continue;
    const free = dutiesOf(problem, week).filter((duty) =>
      serves[classOf[Math.floor(duty / days)]!]!.includes(line),
    );
    const columns = free.reduce((sum, duty) => sum + catalogue[duty]!.count, 0);
    if (columns > MOST_COLUMNS || secondsLeft() <= 0.1) continue;
    const model = modelOf({
      plan,
      free,
      objective: 'legal',
      fairness: 'mean',
      alone: true,
      only: line,
    });
    const { bound } = solver.solve(model.data, {
      nodes: NODES,
      seconds: secondsLeft(),
      start: model.start(),
    });
    const legal = Number.isFinite(bound) ? Math.max(0, Math.ceil(bound - 1e-6)) : 0;
    least.push({ week, line, legal, cost: WEIGHTS.legal * legal });
  }
  return least;
}
