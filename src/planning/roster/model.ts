import { addCover } from './model-cover.ts';
import { ModelDraft, staffOf, type Scope } from './model-draft.ts';
import { addFairness, addRest, restsBeside } from './model-rules.ts';
import { OFF, WEIGHTS } from './problem.ts';
import type { ModelData } from './solver.ts';

export interface RosterModel {
  readonly data: ModelData;
  /** The plan's own choice as a solution of the model. */
  start(): Float64Array;
  /** The shift of each free duty in a solution. */
  read(values: Float64Array): Map<number, number>;
}

/** The roster as a mixed integer program. */
export function modelOf(scope: Scope): RosterModel {
  const draft = new ModelDraft(scope);
  const { rows } = draft;
  addShifts(draft);
  addWeeks(draft);
  addRest(draft);
  const lacks = addCover(draft);
  if (scope.mostShort !== undefined) {
    const row = rows.row(0, scope.mostShort);
    for (const { kind, column } of lacks) if (kind === 'legal') rows.add(row, column, 1);
  }
  for (const { line, legal, cost } of scope.least ?? []) {
    const [hours, worth] = [rows.row(legal, Infinity), rows.row(cost, Infinity)];
    for (const { column, kind } of lacks.filter((lack) => line === undefined || lack.line === line)) {
      if (kind === 'legal') rows.add(hours, column, 1);
      rows.add(worth, column, WEIGHTS[kind]);
    }
  }
  if (scope.fairness === 'most' && !draft.legalOnly) addFairness(draft);

  return {
    data: rows.data(),
    start: () => Float64Array.from(draft.starts),
    read: (values) => {
      const chosen = new Map<number, number>();
      for (const duty of scope.free) {
        chosen.set(duty, OFF);
        draft.eachShift(duty, (shift, of) => {
          if (values[of]! > 0.5) chosen.set(duty, shift);
        });
      }
      return chosen;
    },
  };
}

/** Shifts of each free duty: a column each, at most one of them. */
function addShifts(draft: ModelDraft): void {
  const { rows, scope } = draft;
  const { plan } = scope;
  const { problem } = plan;
  const allFullTime = problem.fullTime.reduce((sum, each) => sum + each, 0);
  for (const duty of scope.free) {
    const shifts = problem.catalogue[duty]!;
    const kept: number[] = [];
    for (let shift = 0; shift < shifts.count; shift++)
      if (scope.alone || restsBeside(plan, draft.isFree, duty, shift)) kept.push(shift);
    draft.keep(duty, kept);
    const row = rows.row(problem.must[duty]!, 1);
    for (const shift of kept) {
      const mean =
        scope.fairness === 'mean'
          ? (draft.weight('fairness') * (shifts.early[shift]! + shifts.late[shift]!)) / allFullTime
          : 0;
      const cost = draft.weight('preference') * problem.disliked[duty]![shift]! + mean;
      rows.add(row, draft.column(cost, 1, true, Number(plan.choice[duty] === shift)), 1);
    }
  }
}

/** Hours and days of each week; the hours of the plan that are not free are given. */
function addWeeks(draft: ModelDraft): void {
  const { rows } = draft;
  const { plan, free } = draft.scope;
  const { problem } = plan;
  const { days, weeks, weekOf, catalogue } = problem;
  const byWeek = Map.groupBy(free, (duty) => staffOf(duty, days) * weeks + weekOf[duty % days]!);
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
    const overtime = draft.column(
      draft.weight('overtime'),
      Math.max(0, problem.most[staff]! - target),
      false,
      over,
    );
    rows.add(hours, overtime, -1);
    const under = Math.max(0, target - plan.net[at]!);
    rows.add(hours, draft.column(draft.weight('underContract'), target, false, under), 1);
    const workable = duties.filter((duty) => draft.countOf(duty) > 0).length;
    const left = problem.daysPerWeek[staff]! - (plan.worked[at]! - isChosen.length);
    const dayRow = workable > left ? rows.row(0, left) : -1;
    for (const duty of duties)
      draft.eachShift(duty, (shift, of) => {
        rows.add(hours, of, catalogue[duty]!.net[shift]!);
        if (dayRow >= 0) rows.add(dayRow, of, 1);
      });
  }
}
