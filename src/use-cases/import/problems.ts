import { Refusal, type Reason } from '../../domain/refusal.ts';

/** Sheets of an import, as the sections of the file and the sheets of a workbook are called. */
export const SHEETS = ['centres', 'groups', 'guardians', 'children', 'staff', 'users', 'bookings', 'waitingList'] as const;
export type Sheet = (typeof SHEETS)[number];

/** What is wrong with a file: sheet, row (1 is the first; 0 the sheet itself), field, and why, in a word and a sentence. */
export interface Problem {
  readonly sheet: Sheet | 'file';
  readonly row: number;
  readonly field: string;
  readonly reason: Reason;
  readonly detail: string;
}

/** More than this nobody reads; the rest is counted. */
const MOST = 1000;

/** Everything that is wrong, collected: a file is corrected once, not once a row. */
export class Problems {
  readonly #list: Problem[] = [];
  #total = 0;

  add(problem: Problem): void {
    if (this.#list.length < MOST) this.#list.push(problem);
    this.#total++;
  }

  get any(): boolean {
    return this.#total > 0;
  }

  /** Refuses the file as a whole if anything is wrong so far. */
  settle(): void {
    if (this.any) throw new Refusal('invalid', { problems: this.#list, total: this.#total });
  }
}

/** The problems that a refused import names; undefined where something else was refused. */
export function problemsOf(refusal: Refusal): { problems: readonly Problem[]; total: number } | undefined {
  const { problems, total } = refusal.details;
  return Array.isArray(problems) ? { problems: problems as Problem[], total: Number(total) } : undefined;
}
