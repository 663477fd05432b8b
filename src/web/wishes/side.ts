import type { PlainDate } from '../../domain/calendar.ts';
import type { Child } from '../../data/children.ts';
import type { Entry } from '../../data/waiting-list.ts';
import type { Typed } from '../form.ts';

/** Where the questions of a wish are asked: a family's own, a centre's on its behalf, or the change of an entry. */
export interface WishSide {
  readonly child: Child;
  /** Only groups of this centre may be named; null = any. */
  readonly centreId: number | null;
  /** The entry that is changed. */
  readonly entry: Entry | undefined;
  /** The first day that may be asked for. */
  readonly earliest: PlainDate;
  /** Where the first question leads back to. */
  readonly back: string;
  /** Where the whole wish is sent to. */
  readonly action: string;
  /** The page of these answers, at a question where one is named. */
  address(answers: Readonly<Record<string, string | readonly string[] | undefined>>): string;
}

/** Answers as hidden fields, without those of the question that is asked. */
export function keptOf(given: Typed, own: readonly string[]): (readonly [name: string, value: string])[] {
  return Object.entries(given)
    .filter(([name]) => !own.includes(name))
    .flatMap(([name, value]) => [value].flat().map((each) => [name, each] as const));
}
