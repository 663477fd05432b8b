import type { Plan } from './plan.ts';
import { modelOf, type Scope } from './model.ts';
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

/**
 * Less than this no legal roster costs: the sum over weeks, each relaxed by itself. Rest between weeks is left out, and
 * fairness counts by its mean, which is never more than what the most burdened bear.
 */
export function lowerBound(
  plan: Plan,
  solver: Solver,
  objective: Scope['objective'],
  secondsLeft: () => number,
): number {
  const { problem } = plan;
  let bound = 0;
  for (let week = 0; week < problem.weeks; week++) {
    const free = [...plan.choice.keys()].filter((duty) => problem.weekOf[duty % problem.days] === week);
    // Other weeks must not narrow this one: what rests beside them would be no relaxation.
    const { data } = modelOf({ plan, free, objective, fairness: 'mean', alone: true });
    const relaxed = solver.relax(data, secondsLeft());
    if (relaxed) bound += Math.max(0, boundByPrices(data, relaxed.prices));
  }
  return bound;
}
