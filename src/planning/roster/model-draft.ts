import type { Plan } from './plan.ts';
import { WEIGHTS } from './problem.ts';
import { Rows } from './rows.ts';

/** Which shifts a model may choose among: those of the free duties; all others stay as the plan has them. */
export interface Scope {
  readonly plan: Plan;
  /** Duties in ascending order. */
  readonly free: readonly number[];
  /** `all`: cost as it is. `legal`, `quality`: only what of that demand stays open, in half-hours. */
  readonly objective: 'all' | 'legal' | 'quality';
  /** Legal half-hours, of all days of the free duties, that may stay open at most. */
  readonly mostShort?: number;
  /** What is known to stay open at least, of a line or of all, on these days: half-hours of the law, and the cost of all. */
  readonly least?: readonly { readonly line?: number; readonly legal: number; readonly cost: number }[];
  /** Only this line of demand counts. */
  readonly only?: number;
  /**
   * `most`: fairness as it is. `mean`: by the mean over all staff, which is never more: it falls into weeks, for a bound.
   */
  readonly fairness: 'most' | 'mean';
  /** The free duties stand alone: those around them do not take rest from them. */
  readonly alone?: boolean;
}

/** A model while it is written: its rows, and what the plan's own choice gives each column. */
export class ModelDraft {
  readonly scope: Scope;
  readonly rows = new Rows();
  readonly isFree: Uint8Array;
  /** The plan's own choice, a value for each column. */
  readonly starts: number[] = [];
  readonly #shifts = new Map<number, { readonly first: number; readonly kept: readonly number[] }>();

  constructor(scope: Scope) {
    this.scope = scope;
    this.isFree = new Uint8Array(scope.plan.choice.length);
    for (const duty of scope.free) this.isFree[duty] = 1;
  }

  get legalOnly(): boolean {
    return this.scope.objective === 'legal';
  }

  weight(of: keyof typeof WEIGHTS): number {
    const { objective } = this.scope;
    return objective === 'all' ? WEIGHTS[of] : Number(of === objective);
  }

  column(cost: number, most: number, integer: boolean, start: number): number {
    this.starts.push(start);
    return this.rows.column(cost, most, integer);
  }

  /** The shifts among which a duty chooses: a column each, the first of them the next to be made. */
  keep(duty: number, kept: readonly number[]): void {
    this.#shifts.set(duty, { first: this.starts.length, kept });
  }

  countOf(duty: number): number {
    return this.#shifts.get(duty)!.kept.length;
  }

  eachShift(duty: number, visit: (shift: number, column: number) => void): void {
    const { first, kept } = this.#shifts.get(duty)!;
    kept.forEach((shift, at) => visit(shift, first + at));
  }
}

export const staffOf = (duty: number, days: number): number => Math.floor(duty / days);
