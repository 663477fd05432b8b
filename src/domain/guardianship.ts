import { addDays, maxOf, type PlainDate } from './plain-date.ts';
import { holdsOn } from './people.ts';

/** What an adult may do about a child; each right stands on its own and is dated. */
export const RIGHTS = ['see', 'book', 'collect', 'told'] as const;
export type RightName = (typeof RIGHTS)[number];
export type May = Readonly<Record<RightName, boolean>>;

export interface DatedRights {
  readonly startsOn: PlainDate;
  /** The last day; null = without an end. */
  readonly endsOn: PlainDate | null;
  readonly may: May;
}

export function mayOf(rights: readonly RightName[]): May {
  return {
    see: rights.includes('see'),
    book: rights.includes('book'),
    collect: rights.includes('collect'),
    told: rights.includes('told'),
  };
}

export function rightsOf(may: May): RightName[] {
  return RIGHTS.filter((right) => may[right]);
}

/** Whoever only collects the child shows a document at the door and needs no way to sign in. */
export function signsIn(may: May): boolean {
  return may.see || may.book || may.told;
}

/** The first day from `from` on which nobody of these holds the right; null when somebody always will. */
export function firstDayWithout(
  right: RightName,
  rows: readonly DatedRights[],
  from: PlainDate,
): PlainDate | null {
  for (let day = from; ;) {
    const ends: PlainDate[] = [];
    for (const row of rows) {
      if (!row.may[right] || !holdsOn(row, day)) continue;
      if (row.endsOn === null) return null;
      ends.push(row.endsOn);
    }
    const last = maxOf(ends);
    if (last === undefined) return day;
    day = addDays(last, 1);
  }
}

/** Whether a last day is later than another; null is without an end. */
export function endsLater(a: PlainDate | null, b: PlainDate | null): boolean {
  if (b === null) return false;
  return a === null || a > b;
}
