import { HALF_HOURS } from '../../domain/slots.ts';
import { staffOf, type ModelDraft } from './model-draft.ts';
import type { Plan } from './plan.ts';
import { OFF, WEIGHTS } from './problem.ts';

/** Whether a shift leaves enough rest beside those of the days around it that are not free. */
export function restsBeside(
  { problem, choice }: Plan,
  isFree: Uint8Array,
  duty: number,
  shift: number,
): boolean {
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

/** Of shifts that end late on a day and those that begin too soon on the next, at most one. */
export function addRest(draft: ModelDraft): void {
  const { rows, isFree } = draft;
  const { plan, free } = draft.scope;
  const { days, catalogue, rest } = plan.problem;
  for (const duty of free) {
    if (duty % days === days - 1 || isFree[duty + 1] === 0) continue;
    const [today, tomorrow] = [catalogue[duty]!, catalogue[duty + 1]!];
    const earliest = tomorrow.from.reduce((least, from) => Math.min(least, from), HALF_HOURS);
    const ends = [...new Set(today.to)].filter((to) => earliest + HALF_HOURS - to < rest);
    for (const end of ends) {
      const row = rows.row(0, 1);
      draft.eachShift(duty, (shift, of) => {
        if (today.to[shift]! >= end) rows.add(row, of, 1);
      });
      draft.eachShift(duty + 1, (shift, of) => {
        if (tomorrow.from[shift]! + HALF_HOURS - end < rest) rows.add(row, of, 1);
      });
    }
  }
}

/** The burden of early and of late shifts that nobody exceeds. */
export function addFairness(draft: ModelDraft): void {
  const { rows } = draft;
  const { plan, free } = draft.scope;
  const { problem } = plan;
  const byStaff = Map.groupBy(free, (duty) => staffOf(duty, problem.days));
  for (const kind of ['early', 'late'] as const) {
    const share = (count: number, staff: number): number => count / problem.fullTime[staff]!;
    let now = 0;
    let least = 0;
    plan[kind].forEach((count, staff) => {
      now = Math.max(now, share(count, staff));
      if (!byStaff.has(staff)) least = Math.max(least, share(count, staff));
    });
    const most = draft.column(WEIGHTS.fairness, 4 * problem.days, false, now);
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
        draft.eachShift(duty, (shift, of) => {
          if (problem.catalogue[duty]![kind][shift] === 1) rows.add(row, of, -share(1, staff));
        });
    }
  }
}
