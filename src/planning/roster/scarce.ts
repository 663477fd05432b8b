import { HALF_HOURS } from '../../domain/slots.ts';
import { staffOf } from './model-draft.ts';
import type { Plan } from './plan.ts';
import { OFF, WEIGHTS, type Problem } from './problem.ts';
import { gapsOf } from './reasons.ts';
import { Rows } from './rows.ts';
import { dayOptions, TOGETHER, undominated, type DayOption } from './scarce-day.ts';
import type { Solver } from './solver.ts';

/** What the few people who serve a line can make of it in a week at best, whatever all others do. */
export interface Scarce {
  readonly week: number;
  readonly line: number;
  /** Half-hours of the law that stay open at least. */
  readonly legal: number;
  /** What the line's open half-hours cost at least, where no more of the law stays open than that. */
  readonly cost: number;
  /** Duty → shift with which it comes to that; empty when the search was cut short. */
  readonly shifts: ReadonlyMap<number, number>;
}

/** No more people than these are few. */
const MOST_PEOPLE = 6;
const MOST_OPTIONS = 3000;
/** Ways to combine shifts that are looked through in all: some ten seconds. */
const MOST_WAYS = 2_500_000_000;
const NODES = 5000;

/** What was looked through already: days are much alike. */
interface Memo {
  readonly known: Map<string, DayOption[] | undefined>;
  /** Of each catalogue. */
  readonly numbers: Map<unknown, number>;
  ways: number;
}

interface Day {
  readonly day: number;
  readonly options: readonly DayOption[];
}

/** One option a day, within everybody's hours and days of the week. `mostLegal` may stay open of the law. */
function chosen(
  problem: Problem,
  people: readonly number[],
  days: readonly Day[],
  solver: Solver,
  secondsLeft: () => number,
  mostLegal?: number,
) {
  const rows = new Rows();
  const hours = people.map((staff) => rows.row(0, problem.most[staff]!));
  const daysRow = people.map((staff) => rows.row(0, problem.daysPerWeek[staff]!));
  const legalRow = mostLegal === undefined ? -1 : rows.row(0, mostLegal);
  const columns: { day: number; option: DayOption }[] = [];
  for (const { day, options } of days) {
    const one = rows.row(1, 1);
    for (const option of options) {
      const open = WEIGHTS.legal * option.legal + WEIGHTS.quality * option.quality;
      const column = rows.column(mostLegal === undefined ? option.legal : open, 1, true);
      columns.push({ day, option });
      rows.add(one, column, 1);
      if (legalRow >= 0) rows.add(legalRow, column, option.legal);
      option.net.forEach((net, at) => {
        rows.add(hours[at]!, column, net);
        if (net > 0) rows.add(daysRow[at]!, column, 1);
      });
    }
  }
  const { values, bound, optimal } = solver.solve(rows.data(), { nodes: NODES, seconds: secondsLeft() });
  const picked = values ? columns.filter((_, column) => values[column]! > 0.5) : [];
  return { picked, bound, optimal };
}

/** Sets of at most three of the people, by their place among them; none is part of another. */
function threesOf(people: readonly number[]): number[][] {
  if (people.length <= TOGETHER) return [[...people]];
  const threes: number[][] = [];
  people.forEach((a, at) =>
    people.slice(at + 1).forEach((b, next) => {
      for (const c of people.slice(at + next + 2)) threes.push([a, b, c]);
    }),
  );
  return threes;
}

/**
 * What four or more could make of a day, taken better than it is: as if no two were ever there at once. Undefined when
 * there are too many ways.
 */
function manyAtOnce(
  nets: readonly (readonly number[])[],
  asked: number,
): Pick<DayOption, 'net' | 'legal'>[] | undefined {
  const made: { net: number[]; legal: number }[] = [];
  const least = Math.min(...nets.map((each) => each[0] ?? Infinity));
  let few = true;
  const add = (net: readonly number[], count: number, sum: number): void => {
    if (made.length > MOST_OPTIONS) few = false;
    if (!few) return;
    if (count > TOGETHER) made.push({ net: [...net], legal: Math.max(0, asked - sum) });
    // Once nothing is open more hours only cost.
    if (count > TOGETHER && sum >= asked) return;
    let last = net.length;
    while (last > 0 && net[last - 1] === 0) last--;
    for (let who = last; who < nets.length; who++)
      for (const hours of nets[who]!) {
        add(net.with(who, hours), count + 1, sum + hours);
        // Whoever joins closes the rest: no use in more hours of this one.
        if (sum + hours + Math.max(0, TOGETHER - count) * least >= asked) break;
      }
  };
  add(
    nets.map(() => 0),
    0,
    0,
  );
  return few ? made : undefined;
}

/** All that some people can make of each day; a day of four or more at once is taken better than it is. */
function optionsOf(
  problem: Problem,
  line: number,
  days: readonly number[],
  people: readonly number[],
  secondsLeft: () => number,
  memo: Memo,
): Day[] | undefined {
  const { legal, quality } = problem.lines[line]!;
  const { known, numbers } = memo;
  const found: Day[] = [];
  for (const day of days) {
    const need = (of: Int32Array) => of.subarray(day * HALF_HOURS, (day + 1) * HALF_HOURS);
    const dutyOf = (at: number) => people[at]! * problem.days + day;
    const shiftsOf = (at: number) => problem.catalogue[dutyOf(at)]!;
    const here = [...people.keys()].filter((at) => shiftsOf(at).count > 0);
    const must = here.filter((at) => problem.must[dutyOf(at)] === 1);
    const options: DayOption[] = [];
    const whole = people.map(() => 0);
    for (const three of threesOf(here)) {
      if (secondsLeft() <= 0.1) return undefined;
      if (must.some((at) => !three.includes(at))) continue;
      const numbered = three.map((at) => {
        const number = numbers.get(shiftsOf(at)) ?? numbers.size;
        numbers.set(shiftsOf(at), number);
        return `${number} ${problem.must[dutyOf(at)]}`;
      });
      const key = [line, need(legal).join(' '), need(quality).join(' '), ...numbered].join('; ');
      if (!known.has(key)) {
        memo.ways += three.reduce((product, at) => product * (shiftsOf(at).count + 1), 1);
        if (memo.ways > MOST_WAYS) return undefined;
        known.set(
          key,
          dayOptions(
            problem,
            line,
            day,
            three.map((at) => people[at]!),
          ),
        );
      }
      const own = known.get(key);
      if (!own) return undefined;
      for (const option of own) {
        const spread = (values: readonly number[], none: number) =>
          whole.map((_, at) => (three.includes(at) ? values[three.indexOf(at)]! : none));
        options.push({ ...option, shifts: spread(option.shifts, OFF), net: spread(option.net, 0) });
      }
    }
    if (here.length > TOGETHER) {
      const nets = people.map((_, at) => [...new Set(shiftsOf(at).net)].toSorted((a, b) => a - b));
      const asked = need(legal).reduce((sum, count) => sum + count, 0);
      const many = manyAtOnce(nets, asked);
      if (!many) return undefined;
      for (const { net, legal: open } of many) options.push({ net, legal: open, quality: 0, shifts: [] });
    }
    found.push({ day, options: undominated(options) });
  }
  return found;
}

/**
 * The best of a line in a week that only few people serve: all they can do together on each day, then one such way a day
 * within their hours. The linear relaxation does not see it: half a long shift costs it half the hours. Rest between days
 * is left out, and more than three on a day are taken for better than they are, so that it holds as a bound. Undefined
 * when they are too many, or there is no time.
 */
function scarceOf(
  problem: Problem,
  week: number,
  line: number,
  solver: Solver,
  secondsLeft: () => number,
  memo: Memo,
): Scarce | undefined {
  const { staff, serves, classOf } = problem;
  const people = [...staff.keys()].filter((who) => serves[classOf[who]!]!.includes(line));
  if (people.length === 0 || people.length > MOST_PEOPLE) return undefined;
  const days = [...problem.weekOf.keys()].filter((day) => problem.weekOf[day] === week);
  const options = optionsOf(problem, line, days, people, secondsLeft, memo);
  if (!options || secondsLeft() <= 0.1) return undefined;
  const first = chosen(problem, people, options, solver, secondsLeft);
  const legal = Number.isFinite(first.bound) ? Math.max(0, Math.ceil(first.bound - 1e-6)) : 0;
  // The cost where as little of the law stays open as can be.
  const best = first.optimal ? chosen(problem, people, options, solver, secondsLeft, legal) : first;
  const cost = first.optimal && Number.isFinite(best.bound) ? best.bound : WEIGHTS.legal * legal;
  const picked = best.picked.flatMap(({ day, option }) =>
    option.shifts.map((shift, at): [number, number] => [people[at]! * problem.days + day, shift]),
  );
  return { week, line, legal, cost: Math.max(0, cost), shifts: new Map(picked) };
}

/** The same for every line and week that a plan leaves something of open and few people serve. */
export function scarceIn(plan: Plan, solver: Solver, secondsLeft: () => number): Scarce[] {
  const open = new Set(gapsOf(plan).map(({ day, line }) => `${plan.problem.weekOf[day]} ${line}`));
  const memo: Memo = { known: new Map(), numbers: new Map(), ways: 0 };
  return [...open].flatMap((each) => {
    const [week, line] = each.split(' ').map(Number) as [number, number];
    return scarceOf(plan.problem, week, line, solver, secondsLeft, memo) ?? [];
  });
}

/** Whether a plan leaves no more open of these lines than must be. */
export function isReached({ problem, present }: Plan, scarce: readonly Scarce[]): boolean {
  const cells = problem.days * HALF_HOURS;
  return scarce.every(({ week, line, cost }) => {
    const { legal, quality } = problem.lines[line]!;
    let open = 0;
    for (let cell = 0; cell < cells; cell++) {
      if (problem.weekOf[Math.floor(cell / HALF_HOURS)] !== week) continue;
      const here = present[line * cells + cell]!;
      open += WEIGHTS.legal * Math.max(0, legal[cell]! - here);
      open += WEIGHTS.quality * Math.max(0, quality[cell]! - here);
    }
    return open <= cost + 1e-6;
  });
}

/** Gives the few people the shifts that make the best of what only they can do, each as far as it is legal; those duties. */
export function place(plan: Plan, scarce: readonly Scarce[]): Set<number> {
  const { days, weeks, must } = plan.problem;
  const placed = new Set<number>();
  const busy = new Set<number>();
  for (const { shifts, week } of scarce.toSorted((a, b) => b.cost - a.cost)) {
    const people = [...new Set([...shifts.keys()].map((duty) => staffOf(duty, days) * weeks + week))];
    if (people.some((who) => busy.has(who))) continue;
    for (const who of people) busy.add(who);
    for (const duty of shifts.keys()) if (must[duty] === 0) plan.set(duty, OFF);
    for (const [duty, shift] of shifts) {
      if (!plan.allows(duty, shift)) continue;
      plan.set(duty, shift);
      placed.add(duty);
    }
  }
  return placed;
}
