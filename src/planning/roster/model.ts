import { HALF_HOURS } from '../../domain/slots.ts';
import { NO_BREAK } from './catalogue.ts';
import type { Plan } from './plan.ts';
import { OFF, WEIGHTS, type Problem } from './problem.ts';
import { Rows } from './rows.ts';
import type { ModelData } from './solver.ts';

/** Which shifts a model may choose among: those of the free duties; all others stay as the plan has them. */
export interface Scope {
  readonly plan: Plan;
  /** Duties in ascending order. */
  readonly free: readonly number[];
  /** `all`: cost as it is. `legal`: only the legal demand uncovered. */
  readonly objective: 'all' | 'legal';
  /** Legal half-hours, of all days of the free duties, that may stay open at most. */
  readonly mostShort?: number;
  /** Legal half-hours of these days that are known to stay open at least. */
  readonly leastShort?: number;
  /** Only this line of demand counts. */
  readonly only?: number;
  /**
   * `most`: fairness as it is. `mean`: by the mean over all staff, which is never more: it falls into weeks, for a bound.
   */
  readonly fairness: 'most' | 'mean';
  /** The free duties stand alone: those around them do not take rest from them. */
  readonly alone?: boolean;
}

export interface RosterModel {
  readonly data: ModelData;
  /** The plan's own choice as a solution of the model. */
  start(): Float64Array;
  /** The shift of each free duty in a solution. */
  read(values: Float64Array): Map<number, number>;
}

/**
 * The roster as a mixed integer program. Presence is differenced: its row at a half-hour holds only shifts that begin,
 * end or break there, so that a shift has few entries however long it is.
 */
export function modelOf(scope: Scope): RosterModel {
  const { plan, free, objective } = scope;
  const { problem } = plan;
  const { days, weeks, weekOf, catalogue, opens, closes } = problem;
  const legalOnly = objective === 'legal';
  const weight = (of: keyof typeof WEIGHTS): number => (legalOnly ? Number(of === 'legal') : WEIGHTS[of]);
  const rows = new Rows();
  const starts: number[] = [];
  const column = (cost: number, most: number, integer: boolean, start: number): number => {
    starts.push(start);
    return rows.column(cost, most, integer);
  };

  const isFree = new Uint8Array(plan.choice.length);
  for (const duty of free) isFree[duty] = 1;
  const staffOf = (duty: number): number => Math.floor(duty / days);
  const weekAt = (duty: number): number => staffOf(duty) * weeks + weekOf[duty % days]!;
  const allFullTime = problem.fullTime.reduce((sum, each) => sum + each, 0);

  // Shifts of each free duty: a column each, at most one of them.
  const firstColumn = new Map<number, number>();
  const legalShifts = new Map<number, number[]>();
  for (const duty of free) {
    const shifts = catalogue[duty]!;
    const kept: number[] = [];
    for (let shift = 0; shift < shifts.count; shift++)
      if (scope.alone || restsBeside(plan, isFree, duty, shift)) kept.push(shift);
    legalShifts.set(duty, kept);
    firstColumn.set(duty, starts.length);
    const row = rows.row(problem.must[duty]!, 1);
    for (const shift of kept) {
      const mean =
        scope.fairness === 'mean'
          ? (weight('fairness') * (shifts.early[shift]! + shifts.late[shift]!)) / allFullTime
          : 0;
      const cost = weight('preference') * problem.disliked[duty]![shift]! + mean;
      rows.add(row, column(cost, 1, true, Number(plan.choice[duty] === shift)), 1);
    }
  }
  const eachShift = (duty: number, visit: (shift: number, column: number) => void): void =>
    legalShifts.get(duty)!.forEach((shift, at) => visit(shift, firstColumn.get(duty)! + at));

  // Hours and days of each week; the hours of the plan that are not free are given.
  const byWeek = Map.groupBy(free, weekAt);
  for (const [at, duties] of byWeek) {
    const staff = Math.floor(at / weeks);
    const isChosen = duties.filter((duty) => plan.choice[duty] !== OFF);
    const given = isChosen.reduce(
      (net, duty) => net - catalogue[duty]!.net[plan.choice[duty]!]!,
      plan.net[at]!,
    );
    const target = problem.target[at]!;
    const hours = rows.row(target - given, target - given);
    const over = Math.max(0, plan.net[at]! - target);
    rows.add(hours, column(weight('overtime'), Math.max(0, problem.most[staff]! - target), false, over), -1);
    rows.add(hours, column(weight('underContract'), target, false, Math.max(0, target - plan.net[at]!)), 1);
    const workable = duties.filter((duty) => legalShifts.get(duty)!.length > 0).length;
    const left = problem.daysPerWeek[staff]! - (plan.worked[at]! - isChosen.length);
    const dayRow = workable > left ? rows.row(0, left) : -1;
    for (const duty of duties)
      eachShift(duty, (shift, of) => {
        rows.add(hours, of, catalogue[duty]!.net[shift]!);
        if (dayRow >= 0) rows.add(dayRow, of, 1);
      });
  }

  addRest(problem, isFree, free, rows, eachShift);

  // Presence of each class on each day, then what each line lacks.
  const ofDay = Map.groupBy(free, (duty) => duty % days);
  const shortColumns: number[] = [];
  for (const [day, duties] of ofDay) {
    const classes = Map.groupBy(duties, (duty) => problem.classOf[staffOf(duty)]!);
    const presence = new Map<number, number[]>();
    for (const [number, members] of classes) {
      const chosen = presentOf(plan, members);
      const columns: number[] = [];
      const rowOf: number[] = [];
      for (let at = opens; at < closes; at++) {
        const of = column(0, members.length, false, chosen[at]!);
        columns.push(of);
        const row = rows.row(0, 0);
        rowOf.push(row);
        rows.add(row, of, 1);
        if (at > opens) rows.add(row, columns[at - opens - 1]!, -1);
      }
      const step = (at: number, of: number, by: number): void => {
        if (at < closes) rows.add(rowOf[at - opens]!, of, -by);
      };
      const pause = problem.input.rules.breakMinutes / 30;
      for (const duty of members)
        eachShift(duty, (shift, of) => {
          const { from, to, breakFrom } = catalogue[duty]!;
          step(from[shift]!, of, 1);
          step(to[shift]!, of, -1);
          if (breakFrom[shift] === NO_BREAK) return;
          step(breakFrom[shift]!, of, -1);
          step(breakFrom[shift]! + pause, of, 1);
        });
      presence.set(number, columns);
    }
    problem.lines.forEach((line, number) => {
      if (scope.only !== undefined && scope.only !== number) return;
      const serving = [...classes.keys()].filter((each) => problem.serves[each]!.includes(number));
      for (let at = opens; at < closes; at++) {
        const cell = day * HALF_HOURS + at;
        const now = plan.present[number * days * HALF_HOURS + cell]!;
        const freeNow = serving.reduce((sum, each) => sum + starts[presence.get(each)![at - opens]!]!, 0);
        const given = now - freeNow;
        const ask = (need: number, kind: 'legal' | 'quality'): void => {
          if (need === 0 || given >= need) return;
          const row = rows.row(need - given, Infinity);
          const lack = column(weight(kind), need - given, false, Math.max(0, need - now));
          if (kind === 'legal') shortColumns.push(lack);
          rows.add(row, lack, 1);
          for (const each of serving) rows.add(row, presence.get(each)![at - opens]!, 1);
        };
        ask(line.legal[cell]!, 'legal');
        if (legalOnly) continue;
        ask(line.quality[cell]!, 'quality');
        if (number > 0) continue;
        const spare = problem.needed[cell]! - given;
        const row = rows.row(-Infinity, spare);
        const most = Math.max(0, duties.length - spare);
        rows.add(row, column(weight('surplus'), most, false, Math.max(0, now - problem.needed[cell]!)), -1);
        for (const each of serving) rows.add(row, presence.get(each)![at - opens]!, 1);
      }
    });
  }

  if (scope.mostShort !== undefined || scope.leastShort !== undefined) {
    const row = rows.row(scope.leastShort ?? 0, scope.mostShort ?? Infinity);
    for (const of of shortColumns) rows.add(row, of, 1);
  }
  if (scope.fairness === 'most' && !legalOnly) addFairness(scope, rows, column, eachShift);

  return {
    data: rows.data(),
    start: () => Float64Array.from(starts),
    read: (values) => {
      const chosen = new Map<number, number>();
      for (const duty of free) {
        chosen.set(duty, OFF);
        eachShift(duty, (shift, of) => {
          if (values[of]! > 0.5) chosen.set(duty, shift);
        });
      }
      return chosen;
    },
  };
}

/** Whether a shift leaves enough rest beside those of the days around it that are not free. */
function restsBeside({ problem, choice }: Plan, isFree: Uint8Array, duty: number, shift: number): boolean {
  const { days, catalogue, rest } = problem;
  const day = duty % days;
  const shifts = catalogue[duty]!;
  if (day > 0 && isFree[duty - 1] === 0 && choice[duty - 1]! !== OFF) {
    const ended = catalogue[duty - 1]!.to[choice[duty - 1]!]!;
    if (shifts.from[shift]! + HALF_HOURS - ended < rest) return false;
  }
  if (day + 1 < days && isFree[duty + 1] === 0 && choice[duty + 1]! !== OFF) {
    const begins = catalogue[duty + 1]!.from[choice[duty + 1]!]!;
    if (begins + HALF_HOURS - shifts.to[shift]! < rest) return false;
  }
  return true;
}

type EachShift = (duty: number, visit: (shift: number, column: number) => void) => void;

/** Of shifts that end late on a day and those that begin too soon on the next, at most one. */
function addRest(
  problem: Problem,
  isFree: Uint8Array,
  free: readonly number[],
  rows: Rows,
  eachShift: EachShift,
): void {
  const { days, catalogue, rest } = problem;
  for (const duty of free) {
    if (duty % days === days - 1 || isFree[duty + 1] === 0) continue;
    const [today, tomorrow] = [catalogue[duty]!, catalogue[duty + 1]!];
    const earliest = tomorrow.from.reduce((least, from) => Math.min(least, from), HALF_HOURS);
    const ends = [...new Set(today.to)].filter((to) => earliest + HALF_HOURS - to < rest);
    for (const end of ends) {
      const row = rows.row(0, 1);
      eachShift(duty, (shift, of) => {
        if (today.to[shift]! >= end) rows.add(row, of, 1);
      });
      eachShift(duty + 1, (shift, of) => {
        if (tomorrow.from[shift]! + HALF_HOURS - end < rest) rows.add(row, of, 1);
      });
    }
  }
}

/** People present among these duties, by half-hour of their day. */
function presentOf({ problem, choice }: Plan, duties: readonly number[]): Int32Array {
  const present = new Int32Array(HALF_HOURS);
  for (const duty of duties) {
    const shift = choice[duty]!;
    if (shift === OFF) continue;
    const { low, high } = problem.catalogue[duty]!;
    for (let at = 0; at < HALF_HOURS; at++)
      present[at]! += at < 24 ? (low[shift]! >> at) & 1 : (high[shift]! >> (at - 24)) & 1;
  }
  return present;
}

/** The burden of early and of late shifts that nobody exceeds. */
function addFairness(
  { plan, free }: Scope,
  rows: Rows,
  column: (cost: number, most: number, integer: boolean, start: number) => number,
  eachShift: EachShift,
): void {
  const { problem } = plan;
  const byStaff = Map.groupBy(free, (duty) => Math.floor(duty / problem.days));
  for (const kind of ['early', 'late'] as const) {
    const share = (count: number, staff: number): number => count / problem.fullTime[staff]!;
    let now = 0;
    let least = 0;
    plan[kind].forEach((count, staff) => {
      now = Math.max(now, share(count, staff));
      if (!byStaff.has(staff)) least = Math.max(least, share(count, staff));
    });
    const most = column(WEIGHTS.fairness, 4 * problem.days, false, now);
    if (least > 0) rows.add(rows.row(least, Infinity), most, 1);
    for (const [staff, duties] of byStaff) {
      const chosen = duties.filter((duty) => plan.choice[duty] !== OFF);
      const given = chosen.reduce(
        (count, duty) => count - problem.catalogue[duty]![kind][plan.choice[duty]!]!,
        plan[kind][staff]!,
      );
      const row = rows.row(share(given, staff), Infinity);
      rows.add(row, most, 1);
      for (const duty of duties)
        eachShift(duty, (shift, of) => {
          if (problem.catalogue[duty]![kind][shift] === 1) rows.add(row, of, -share(1, staff));
        });
    }
  }
}
