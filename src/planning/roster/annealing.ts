import type { Random } from '../../domain/random.ts';
import { ENDS, type Catalogue } from './catalogue.ts';
import type { Plan } from './plan.ts';
import { OFF } from './problem.ts';

const HOTTEST = 120;
const COLDEST = 0.4;
/** Moves between two looks at the temperature and at whether to stop. */
const ROUND = 2000;

export interface Annealing {
  readonly moves: number;
  readonly random: Random;
  readonly stop: () => boolean;
  /** Duties that stay as they are. */
  readonly kept?: ReadonlySet<number>;
  /** Called when a plan with nothing legal uncovered is found for the first time. */
  readonly onCovered?: () => void;
}

/** A shift like another: begun or ended a little sooner or later, or with its break elsewhere; any when there is none. */
function near(shifts: Catalogue, shift: number, random: Random): number {
  const step = random.int(1, 2) * (random.chance(0.5) ? 1 : -1);
  const what = random.int(0, 3);
  const from = shifts.from[shift]! + (what === 0 || what === 1 ? step : 0);
  const to = shifts.to[shift]! + (what === 0 || what === 2 ? step : 0);
  if (from < 0 || to >= ENDS || from >= to) return random.int(0, shifts.count - 1);
  const first = shifts.firstOf[from * ENDS + to]!;
  if (first < 0) return random.int(0, shifts.count - 1);
  let last = first;
  while (last + 1 < shifts.count && shifts.from[last + 1] === from && shifts.to[last + 1] === to) last++;
  return random.int(first, last);
}

/** Where in another day's catalogue the same shift stands; OFF when it is not legal there. */
function sameIn(other: Catalogue, shifts: Catalogue, shift: number): number {
  if (shift === OFF) return OFF;
  if (other === shifts) return shift;
  const first = other.firstOf[shifts.from[shift]! * ENDS + shifts.to[shift]!]!;
  if (first < 0) return OFF;
  for (let at = first; at < other.count && other.to[at] === shifts.to[shift]; at++)
    if (other.from[at] === shifts.from[shift] && other.breakFrom[at] === shifts.breakFrom[shift]) return at;
  return first;
}

/**
 * Betters a plan by simulated annealing: single shifts, exchanges between two people on a day and between two days of a
 * person. Leaves the plan at the best that it saw, least uncovered first. Legal before, legal after.
 */
export function anneal(plan: Plan, { moves, random, stop, kept, onCovered }: Annealing): void {
  const { problem } = plan;
  const { days, catalogue, staff } = problem;
  const isFixed = Uint8Array.from(catalogue, ({ count }, duty) =>
    Number(count === 0 || kept?.has(duty) === true),
  );
  const duties = Int32Array.from(plan.choice.keys()).filter((duty) => isFixed[duty] === 0);
  if (duties.length === 0) return;
  const best = plan.choice.slice();
  let bestCost = plan.cost;
  let bestShort = plan.short();
  let covered = bestShort === 0;
  if (covered) onCovered?.();
  let heat = HOTTEST;

  const accepts = (change: number): boolean => change <= 0 || random.next() < Math.exp(-change / heat);

  const single = (duty: number): void => {
    const shifts = catalogue[duty]!;
    const now = plan.choice[duty]!;
    const dice = random.next();
    let shift: number;
    if (now !== OFF && dice < 0.08) shift = OFF;
    else if (now === OFF || dice < 0.25) shift = random.int(0, shifts.count - 1);
    else shift = near(shifts, now, random);
    if (shift === now || !plan.allows(duty, shift)) return;
    const change = plan.change(duty, shift);
    if (accepts(change)) plan.set(duty, shift, change);
  };

  /** Sets two duties one after the other; takes both back unless the whole is legal and accepted. */
  const pair = (one: number, shiftOne: number, two: number, shiftTwo: number): void => {
    const [wasOne, wasTwo, cost] = [plan.choice[one]!, plan.choice[two]!, plan.cost];
    if (wasOne === shiftOne && wasTwo === shiftTwo) return;
    // Both leave first: a person's week must not look full of what it gives away.
    if (!problem.must[one]) plan.set(one, OFF);
    if (!problem.must[two]) plan.set(two, OFF);
    let legal = plan.allows(one, shiftOne);
    if (legal) {
      plan.set(one, shiftOne);
      legal = plan.allows(two, shiftTwo);
    }
    if (legal) plan.set(two, shiftTwo);
    if (legal && accepts(plan.cost - cost)) return;
    plan.set(one, wasOne);
    plan.set(two, wasTwo);
    plan.cost = cost;
  };

  const exchange = (duty: number): void => {
    const day = duty % days;
    const other = random.int(0, staff.length - 1) * days + day;
    if (other === duty || isFixed[other] === 1) return;
    const [mine, theirs] = [plan.choice[duty]!, plan.choice[other]!];
    pair(
      duty,
      sameIn(catalogue[duty]!, catalogue[other]!, theirs),
      other,
      sameIn(catalogue[other]!, catalogue[duty]!, mine),
    );
  };

  const shiftDays = (duty: number): void => {
    const day = duty % days;
    const other = duty - day + random.int(0, days - 1);
    if (other === duty || isFixed[other] === 1) return;
    const [mine, theirs] = [plan.choice[duty]!, plan.choice[other]!];
    if (random.chance(0.5) && mine !== OFF && theirs !== OFF)
      pair(duty, near(catalogue[duty]!, mine, random), other, near(catalogue[other]!, theirs, random));
    else
      pair(
        duty,
        sameIn(catalogue[duty]!, catalogue[other]!, theirs),
        other,
        sameIn(catalogue[other]!, catalogue[duty]!, mine),
      );
  };

  for (let done = 0; done < moves; done++) {
    if (done % ROUND === 0) {
      if (stop()) break;
      heat = HOTTEST * (COLDEST / HOTTEST) ** (done / moves);
    }
    const duty = duties[random.int(0, duties.length - 1)]!;
    const dice = random.next();
    if (dice < 0.7) single(duty);
    else if (dice < 0.85) exchange(duty);
    else shiftDays(duty);
    if (plan.cost >= bestCost - 1e-7) continue;
    const short = plan.short();
    if (short > bestShort) continue;
    plan.choice.forEach((shift, at) => (best[at] = shift));
    [bestCost, bestShort] = [plan.cost, short];
    if (short === 0 && !covered) {
      covered = true;
      onCovered?.();
    }
  }
  plan.take(best);
}
