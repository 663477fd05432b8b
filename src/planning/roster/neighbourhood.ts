import type { Random } from '../../domain/random.ts';
import { HALF_HOURS } from '../../domain/slots.ts';
import { modelOf } from './model.ts';
import type { Plan } from './plan.ts';
import { OFF, type Problem } from './problem.ts';
import type { Solver } from './solver.ts';

/** Shifts that a neighbourhood lets choose among: what HiGHS solves in a second or two. */
const MOST_COLUMNS = 5500;
const NODES = 60;
const ITERATIONS = 25_000;

interface Need {
  /** Days by how much legal demand is open on them, worst first; then in any order. */
  readonly days: number[];
  /** The line that lacks most; 0 when none lacks. */
  readonly line: number;
}

function needOf({ problem, present }: Plan, random: Random): Need {
  const cells = problem.days * HALF_HOURS;
  const open = Array.from({ length: problem.days }, () => 0);
  const ofLine = problem.lines.map(({ legal, quality }, line) => {
    let sum = 0;
    for (let cell = 0; cell < cells; cell++) {
      const here = present[line * cells + cell]!;
      const lacks = 1000 * Math.max(0, legal[cell]! - here) + Math.max(0, quality[cell]! - here);
      open[Math.floor(cell / HALF_HOURS)]! += lacks;
      sum += lacks;
    }
    return sum;
  });
  const days = random.shuffle([...open.keys()]).toSorted((a, b) => open[b]! - open[a]!);
  return { days, line: ofLine.indexOf(Math.max(...ofLine)) };
}

/** Duties as listed until their shifts are too many; in ascending order. */
export function fill({ catalogue }: Problem, wanted: Iterable<number>, most = MOST_COLUMNS): number[] {
  const free = new Set<number>();
  let columns = 0;
  for (const duty of wanted) {
    if (free.has(duty) || catalogue[duty]!.count === 0) continue;
    columns += catalogue[duty]!.count;
    if (columns > most && free.size > 0) break;
    free.add(duty);
  }
  return [...free].toSorted((a, b) => a - b);
}

/**
 * Some people through a week, or many people on one day: by turns, where it lacks most first; every other turn those come
 * first who serve what lacks.
 */
function* neighbourhood(plan: Plan, round: number, random: Random): Iterable<number> {
  const { problem } = plan;
  const { days, staff, weekOf, serves, classOf } = problem;
  const need = needOf(plan, random);
  const day = need.days[Math.floor(round / 4) % Math.min(3, need.days.length)]!;
  const helps = (who: number): number => Number(serves[classOf[who]!]!.includes(need.line));
  const people = random.shuffle([...staff.keys()]);
  if (round % 4 < 2) people.sort((a, b) => helps(b) - helps(a));
  if (round % 2 === 1) {
    for (const who of people) yield who * days + day;
    return;
  }
  for (const who of people)
    for (let other = 0; other < days; other++) if (weekOf[other] === weekOf[day]) yield who * days + other;
}

/**
 * Lets HiGHS solve parts of the roster exactly, the rest standing still: a step is taken when it is better.
 * @param enough asked after each round with whether it was better.
 */
export function improve(
  plan: Plan,
  solver: Solver,
  random: Random,
  {
    rounds,
    secondsLeft,
    enough,
  }: { rounds: number; secondsLeft: () => number; enough: (better: boolean) => boolean },
): void {
  for (let round = 0; round < rounds && secondsLeft() > 0.1; round++) {
    const free = fill(plan.problem, neighbourhood(plan, round, random));
    if (free.length === 0) return;
    const [cost, short] = [plan.cost, plan.short()];
    const model = modelOf({ plan, free, objective: 'all', fairness: 'most' });
    const limits = { nodes: NODES, iterations: ITERATIONS, seconds: secondsLeft() };
    const { values } = solver.solve(model.data, { ...limits, start: model.start() });
    const better = values !== undefined && take(plan, model.read(values), short, cost);
    if (enough(better)) return;
  }
}

/** Takes over shifts from a solution; back to what was when that is not better. Whether it was. */
export function take(plan: Plan, chosen: ReadonlyMap<number, number>, short: number, cost: number): boolean {
  const was = plan.choice.slice();
  const next = was.slice();
  for (const [duty, shift] of chosen) next[duty] = shift;
  plan.take(next);
  const now = plan.short();
  if (isLegal(plan) && (now < short || (now === short && plan.cost < cost - 1e-6))) return true;
  plan.take(was);
  return false;
}

/** The solver's tolerances must not bend a rule: every shift is looked at again beside all others. */
function isLegal(plan: Plan): boolean {
  const { problem, choice } = plan;
  return choice.every((shift, duty) => {
    if (shift === OFF) return problem.must[duty] === 0;
    const at = Math.floor(duty / problem.days) * problem.weeks + problem.weekOf[duty % problem.days]!;
    if (plan.worked[at]! > problem.daysPerWeek[Math.floor(duty / problem.days)]!) return false;
    return plan.allows(duty, shift);
  });
}
