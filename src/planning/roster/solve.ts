import { randomFrom } from '../../domain/random.ts';
import { anneal } from './annealing.ts';
import { leastOpen, leastTogether, lowerBound, shortAtLeast, stated, type Least } from './bound.ts';
import { buildProblem } from './build.ts';
import type { RosterInput } from './input.ts';
import { coverTogether } from './days-together.ts';
import { modelOf } from './model.ts';
import { improve, take } from './neighbourhood.ts';
import { Plan } from './plan.ts';
import { rosterOf } from './report.ts';
import type { Roster } from './result.ts';
import { isReached, place, scarceIn, type Scarce } from './scarce.ts';
import { forgetSolver, solverOf, SolverError, type Solver } from './solver.ts';

export interface RosterOptions {
  /** Seconds after which the best found is given; 60 unless told. What ends before does not depend on the clock. */
  readonly seconds?: number;
  /** Called with each better roster, from the first. */
  readonly onIncumbent?: (roster: Roster) => void;
  /** Seconds of running time from any beginning. Without it there is no limit, and `seconds` of the roster is 0. */
  readonly measure?: () => number;
}

const SECONDS = 60;
const STARTS = 2;
const MOVES_PER_DUTY = 6000;
const MOST_MOVES = 4_000_000;
/** A small case needs only somewhere to begin. */
const SMALL_MOVES_PER_DUTY = 500;
/** A case with no more shifts to choose among is solved whole. */
const SMALL = 2500;
const SMALL_NODES = 20_000;
const ROUNDS = 30;
/** Rounds without anything better, after which no more is expected: more while legal demand may be open for nothing. */
const PATIENCE = 4;
const PATIENCE_WHEN_SHORT = 10;
/** Near enough to the bound, in parts of the payroll. */
const NEAR = 0.002;

/** Solves the whole exactly: the least legal demand uncovered first, then the least cost. What was proved of it. */
function solveWhole(plan: Plan, solver: Solver, secondsLeft: () => number) {
  // Days on which nobody can work as well: what they leave open belongs to the sum.
  const free = [...plan.choice.keys()];
  if (free.length === 0) return { leastShort: true, proved: true, bound: plan.cost };
  const run = (objective: 'all' | 'legal', mostShort?: number) => {
    const limit = mostShort === undefined ? {} : { mostShort };
    const model = modelOf({ plan, free, objective, fairness: 'most', ...limit });
    const solved = solver.solve(model.data, {
      nodes: SMALL_NODES,
      start: model.start(),
      seconds: secondsLeft(),
    });
    if (solved.values) take(plan, model.read(solved.values), plan.short(), plan.cost);
    return solved;
  };
  const leastShort = plan.short() === 0 || run('legal').optimal;
  const { optimal, bound } = run('all', plan.short());
  // What is proved of the best with that little uncovered is no bound for rosters that leave more open.
  return {
    leastShort,
    proved: leastShort && optimal,
    bound: leastShort && Number.isFinite(bound) ? bound : 0,
  };
}

/**
 * Begins again where few people must cover much: they get the shifts that make the best of it and keep them, all others
 * are annealed around them. Taken when it is better.
 */
function startScarce(plan: Plan, scarce: readonly Scarce[], seed: string, stop: () => boolean): void {
  const [was, short, cost] = [plan.choice.slice(), plan.short(), plan.cost];
  const kept = place(plan, scarce);
  plan.cost = plan.recount();
  const moves = Math.min(MOST_MOVES, MOVES_PER_DUTY * plan.choice.length);
  anneal(plan, { moves, random: randomFrom(`${seed} scarce`), stop, kept });
  plan.cost = plan.recount();
  const now = plan.short();
  if (now > short || (now === short && plan.cost >= cost - 1e-6)) plan.take(was);
}

/** Betters a large roster part by part, and bounds it by its relaxation and by what few people can do at best. */
function solveParts(
  plan: Plan,
  solver: Solver,
  seed: string,
  secondsLeft: () => number,
  onBetter: () => void,
) {
  const scarce = scarceIn(plan, solver, secondsLeft);
  if (!isReached(plan, scarce)) {
    startScarce(plan, scarce, seed, () => secondsLeft() <= 0);
    onBetter();
  }
  let known: readonly Least[] = [...scarce, ...leastTogether(plan, solver, secondsLeft, scarce)];
  const reached = (): boolean => plan.short() <= shortAtLeast(known);
  const told = (better: boolean): boolean => {
    if (better) onBetter();
    return better;
  };
  let isStated = reached();
  let bound = 0;
  const state = (): void => {
    isStated = reached();
    bound = Math.max(bound, lowerBound(plan, solver, secondsLeft, stated(known, isStated)));
  };
  state();
  if (!reached()) {
    const random = randomFrom(`${seed} together`);
    coverTogether(plan, solver, random, { secondsLeft, enough: (better) => told(better) && reached() });
    if (reached()) state();
  }
  const near = (): boolean => reached() && plan.cost - bound <= NEAR * plan.problem.payroll;
  let idle = 0;
  const enough = (better: boolean): boolean => {
    idle = told(better) ? 0 : idle + 1;
    return near() || idle >= (reached() ? PATIENCE : PATIENCE_WHEN_SHORT);
  };
  if (!near()) improve(plan, solver, randomFrom(`${seed} parts`), { rounds: ROUNDS, secondsLeft, enough });
  const more = reached() ? [] : leastOpen(plan, solver, secondsLeft, known);
  known = [...known, ...more];
  if (reached() !== isStated || shortAtLeast(more) > 0) state();
  return { leastShort: reached(), proved: reached() && plan.cost - bound <= 1e-6, bound };
}

/** Two annealed plans, the better one: least uncovered, then least cost. */
function annealed(
  plan: Plan,
  small: boolean,
  seed: string,
  stop: () => boolean,
  onCovered: () => void,
): void {
  const first = plan.choice.slice();
  const moves = Math.min(MOST_MOVES, (small ? SMALL_MOVES_PER_DUTY : MOVES_PER_DUTY) * plan.choice.length);
  let best: { choice: Int32Array; short: number; cost: number } | undefined;
  for (let start = 0; start < STARTS && !(best && stop()); start++) {
    plan.take(first);
    const told = best !== undefined && best.short === 0;
    anneal(plan, { moves, random: randomFrom(`${seed} ${start}`), stop, ...(told ? {} : { onCovered }) });
    plan.cost = plan.recount();
    const [short, cost] = [plan.short(), plan.cost];
    if (!best || short < best.short || (short === best.short && cost < best.cost - 1e-6))
      best = { choice: plan.choice.slice(), short, cost };
  }
  if (best) plan.take(best.choice);
  plan.cost = plan.recount();
}

/**
 * Makes a roster (engines.md, Roster): annealing, then HiGHS for parts or, of a small case, for the whole, then a bound
 * and the reasons of what stays uncovered. Takes what readRoster has checked. The same input and seed give the same
 * roster unless the seconds run out; an error of HiGHS costs the bound, not the roster.
 */
export async function solveRoster(input: RosterInput, options: RosterOptions = {}): Promise<Roster> {
  const { seconds = SECONDS, onIncumbent, measure = () => 0 } = options;
  const began = measure();
  const secondsLeft = (): number => seconds - (measure() - began);
  const problem = buildProblem(input);
  const plan = new Plan(problem);
  problem.must.forEach((must, duty) => {
    if (must === 1) plan.set(duty, 0);
  });
  const tell = (): void =>
    onIncumbent?.(
      rosterOf(plan, { bound: 0, proved: false, leastShort: plan.short() === 0, seconds: measure() - began }),
    );
  const small = problem.catalogue.reduce((sum, { count }) => sum + count, 0) <= SMALL;
  annealed(plan, small, String(input.seed), () => secondsLeft() <= 0, tell);
  tell();
  let standing = { bound: 0, proved: false, leastShort: plan.short() === 0 };
  if (secondsLeft() > 0.1) {
    try {
      const solver = await solverOf();
      standing = small
        ? solveWhole(plan, solver, secondsLeft)
        : solveParts(plan, solver, String(input.seed), secondsLeft, tell);
    } catch (error) {
      if (!(error instanceof SolverError)) throw error;
      forgetSolver();
    }
  }
  const roster = rosterOf(plan, { ...standing, seconds: measure() - began });
  onIncumbent?.(roster);
  return roster;
}
