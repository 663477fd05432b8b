import { HALF_HOURS } from '../../domain/slots.ts';
import { countedIn, NO_BREAK } from './catalogue.ts';
import { staffOf, type ModelDraft } from './model-draft.ts';
import type { DemandKind } from './input.ts';
import type { Plan } from './plan.ts';
import { OFF } from './problem.ts';

/** The column of what a line lacks at a half-hour. */
export interface Lack {
  readonly line: number;
  readonly kind: DemandKind;
  readonly column: number;
}

/**
 * Who is present and what each line of demand lacks. Presence is differenced: its row at a half-hour holds only shifts
 * that begin, end or break there, so that a shift has few entries however long it is. Returns the columns of what stays
 * open.
 */
export function addCover(draft: ModelDraft): Lack[] {
  const { rows, starts, scope } = draft;
  const { plan, free } = scope;
  const { problem } = plan;
  const { days, catalogue, opens, closes } = problem;
  // Presence of each class on each day, then what each line lacks.
  const ofDay = Map.groupBy(free, (duty) => duty % days);
  const lacks: Lack[] = [];
  for (const [day, duties] of ofDay) {
    const classes = Map.groupBy(duties, (duty) => problem.classOf[staffOf(duty, days)]!);
    const presence = { atWork: new Map<number, number[]>(), onCall: new Map<number, number[]>() };
    const addPresence = (number: number, members: readonly number[], onCall: boolean): void => {
      const chosen = presentOf(plan, members, onCall);
      const columns: number[] = [];
      const rowOf: number[] = [];
      for (let at = opens; at < closes; at++) {
        const of = draft.column(0, members.length, false, chosen[at]!);
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
        draft.eachShift(duty, (shift, of) => {
          const { from, to, breakFrom } = catalogue[duty]!;
          step(from[shift]!, of, 1);
          step(to[shift]!, of, -1);
          if (onCall || breakFrom[shift] === NO_BREAK) return;
          step(breakFrom[shift]!, of, -1);
          step(breakFrom[shift]! + pause, of, 1);
        });
      presence[onCall ? 'onCall' : 'atWork'].set(number, columns);
    };
    for (const [number, members] of classes) {
      addPresence(number, members, false);
      if (problem.servesOnCall[number]!.length > 0) addPresence(number, members, true);
    }
    problem.lines.forEach((line, number) => {
      if (scope.only !== undefined && scope.only !== number) return;
      const serving = [...classes.keys()].filter((each) => problem.serves[each]!.includes(number));
      const columnsOf = line.onCall ? presence.onCall : presence.atWork;
      for (let at = opens; at < closes; at++) {
        const cell = day * HALF_HOURS + at;
        const now = plan.present[number * days * HALF_HOURS + cell]!;
        const freeNow = serving.reduce((sum, each) => sum + starts[columnsOf.get(each)![at - opens]!]!, 0);
        const given = now - freeNow;
        const ask = (need: number, kind: 'legal' | 'quality'): void => {
          if (need === 0 || given >= need) return;
          const row = rows.row(need - given, Infinity);
          const lack = draft.column(draft.weight(kind), need - given, false, Math.max(0, need - now));
          lacks.push({ line: number, kind, column: lack });
          rows.add(row, lack, 1);
          for (const each of serving) rows.add(row, columnsOf.get(each)![at - opens]!, 1);
        };
        ask(line.legal[cell]!, 'legal');
        if (draft.legalOnly) continue;
        ask(line.quality[cell]!, 'quality');
        if (number > 0) continue;
        const spare = problem.needed[cell]! - given;
        const row = rows.row(-Infinity, spare);
        const most = Math.max(0, duties.length - spare);
        rows.add(
          row,
          draft.column(draft.weight('surplus'), most, false, Math.max(0, now - problem.needed[cell]!)),
          -1,
        );
        for (const each of serving) rows.add(row, columnsOf.get(each)![at - opens]!, 1);
      }
    });
  }
  return lacks;
}

/** People present among these duties, by half-hour of their day. */
function presentOf({ problem, choice }: Plan, duties: readonly number[], onCall: boolean): Int32Array {
  const present = new Int32Array(HALF_HOURS);
  for (const duty of duties) {
    const shift = choice[duty]!;
    if (shift === OFF) continue;
    const { low, high } = countedIn(problem.catalogue[duty]!, onCall);
    for (let at = 0; at < HALF_HOURS; at++)
      present[at]! += at < 24 ? (low[shift]! >> at) & 1 : (high[shift]! >> (at - 24)) & 1;
  }
  return present;
}
