import { Refusal, type Reason } from '../../domain/refusal.ts';

/** Sheets of an import, as the sections of the file and the sheets of a workbook are called. */
export const SHEETS = [
  'centres',
  'groups',
  'guardians',
  'children',
  'staff',
  'users',
  'bookings',
  'waitingList',
] as const;
export type Sheet = (typeof SHEETS)[number];

/** What is wrong with a file: sheet, row (1 is the first; 0 the sheet itself), field, and why, in a word and a sentence. */
export interface Problem {
  readonly sheet: Sheet | 'file';
  readonly row: number;
  readonly field: string;
  readonly reason: Reason;
  readonly detail: string;
}

const ORDER: readonly Problem['sheet'][] = ['file', ...SHEETS];

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

  get total(): number {
    return this.#total;
  }

  /** Forgets what was added after there were so many: work that begins again finds its problems afresh. */
  rewind(total: number): void {
    this.#list.length = Math.min(this.#list.length, total);
    this.#total = total;
  }

  get any(): boolean {
    return this.#total > 0;
  }

  /** Refuses the file as a whole if anything is wrong so far. */
  settle(): void {
    if (!this.any) return;
    const problems = this.#list.toSorted(
      (a, b) => ORDER.indexOf(a.sheet) - ORDER.indexOf(b.sheet) || a.row - b.row,
    );
    throw new Refusal('invalid', { problems, total: this.#total });
  }
}

/** The problems that a refused import names; undefined where something else was refused. */
export function problemsOf(refusal: Refusal): { problems: readonly Problem[]; total: number } | undefined {
  const { problems, total } = refusal.details;
  return Array.isArray(problems) ? { problems: problems as Problem[], total: Number(total) } : undefined;
}
