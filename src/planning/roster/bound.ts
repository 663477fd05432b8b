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

/** What of a line, or of all together, stays open in a week at least: half-hours of the law, and what all of it costs. */
export type Least = Pick<Scarce, 'week' | 'legal' | 'cost'> & { readonly line?: number };

const lawOnly = (known: readonly Least[]): Least[] =>
  known.map((each) => ({ ...each, cost: WEIGHTS.legal * each.legal }));

/**
 * What is known to stay open, as a bound may use it. The cost beside the law holds of rosters that leave no more of the
 * law open than that: of all lines once the plan leaves no more, of single ones when none but them leaves any.
 */
export function stated(known: readonly Least[], reached: boolean): Least[] {
  return [...Map.groupBy(known, ({ week }) => week).values()].flatMap((own) => {
    if (!reached) return lawOnly(own);
    const lines = own.filter(({ line }) => line !== undefined);
    const together = own.filter(({ line }) => line === undefined);
    return [...(shortAtLeast(own) > shortAtLeast(lines) ? lawOnly(lines) : lines), ...together];
  });
}

/** Half-hours of the law that stay open at least: in each week what is known of all lines, or the sum of the single ones. */
export function shortAtLeast(known: readonly Least[]): number {
  const weeks = Map.groupBy(known, ({ week }) => week);
  return [...weeks.values()].reduce((sum, own) => {
    const ofLines = own.reduce((lines, { line, legal }) => lines + (line === undefined ? 0 : legal), 0);
    const ofAll = own.map(({ line, legal }) => (line === undefined ? legal : 0));
    return sum + Math.max(ofLines, ...ofAll);
  }, 0);
}

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

/** People come whole: of what stays open in part, the whole stays open. */
const whole = (halfHours: number): number => Math.max(0, Math.ceil(halfHours - 1e-6));

/**
 * What stays open of all lines together at least in each week that the plan leaves short: the relaxed week, in whole
 * half-hours. The cost adds the quality demand that stays open beside that little of the law.
 */
export function leastTogether(
  plan: Plan,
  solver: Solver,
  secondsLeft: () => number,
  known: readonly Least[],
): Least[] {
  const { problem } = plan;
  const gaps = gapsOf(plan);
  const least: Least[] = [];
  for (let week = 0; week < problem.weeks; week++) {
    const own = gaps.filter(({ day }) => problem.weekOf[day] === week);
    if (own.length === 0) continue;
    const free = dutiesOf(problem, week);
    const lines = lawOnly(known.filter((each) => each.week === week));
    const relaxed = (objective: 'legal' | 'quality', mostShort?: number): number => {
      if (!own.some(({ kind }) => kind === objective) || secondsLeft() <= 0.1) return 0;
      const limit = mostShort === undefined ? {} : { mostShort };
      const { data } = modelOf({
        plan,
        free,
        objective,
        fairness: 'mean',
        alone: true,
        least: lines,
        ...limit,
      });
      const { prices } = solver.relax(data, secondsLeft()) ?? {};
      return prices ? whole(boundByPrices(data, prices)) : 0;
    };
    const legal = Math.max(relaxed('legal'), shortAtLeast(lines));
    const quality = relaxed('quality', legal);
    least.push({ week, legal, cost: WEIGHTS.legal * legal + WEIGHTS.quality * quality });
  }
  return least;
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
    const legal = Number.isFinite(bound) ? whole(bound) : 0;
    least.push({ week, line, legal, cost: WEIGHTS.legal * legal });
  }
  return least;
}
