import { isDeepStrictEqual } from 'node:util';
import type { Instant, PlainDate } from '../../domain/calendar.ts';
import type { Writing } from '../../data/database.ts';
import type { Problems } from './problems.ts';

/** What every noun of an import is written with. */
export interface ImportWork {
  readonly tx: Writing;
  readonly now: Instant;
  readonly today: PlainDate;
  readonly problems: Problems;
}

export interface Counts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

export type Outcome = keyof Counts;

/** What became of the rows of one sheet, and under which id each ref now stands. */
export class Tally {
  readonly #counts = { created: 0, updated: 0, unchanged: 0 };
  readonly ids = new Map<string, number>();

  count(outcome: Outcome, ref?: string, id?: number): void {
    this.#counts[outcome]++;
    if (ref !== undefined && id !== undefined) this.ids.set(ref, id);
  }

  get counts(): Counts {
    return { ...this.#counts };
  }
}

/** The given values that differ from what is stored; undefined where none does. A value that is not given is left alone. */
export function changesOf<Stored extends object>(
  stored: Stored,
  given: { readonly [Name in keyof Stored]?: Stored[Name] | undefined },
): Partial<Stored> | undefined {
  const changes = Object.entries(given).filter(
    ([name, value]) => value !== undefined && !isDeepStrictEqual(value, stored[name as keyof Stored]),
  );
  return changes.length > 0 ? (Object.fromEntries(changes) as Partial<Stored>) : undefined;
}

export const byRef = <Row extends { readonly ref: string | null }>(rows: readonly Row[]): Map<string, Row> =>
  new Map(rows.flatMap((row) => (row.ref === null ? [] : [[row.ref, row]])));
