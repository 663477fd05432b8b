/** A family's wish that waits; a wish for several groups is one. */
export interface WaitingWish {
  readonly entryId: number;
  readonly childId: number;
  readonly minutesPerWeek: number;
  /** Whole days since registration. */
  readonly days: number;
}

/** The middle of some whole numbers, of two middles the lower; null of none. */
function medianOf(numbers: readonly number[]): number | null {
  return numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)] ?? null;
}

/** Children, minutes a week and the median wait of wishes: a child, and a wish that stands at several centres, count once. */
export function sumWishes(wishes: readonly WaitingWish[]) {
  const own = [...new Map(wishes.map((wish) => [wish.entryId, wish])).values()];
  return {
    children: new Set(own.map((wish) => wish.childId)).size,
    minutesPerWeek: Math.round(own.reduce((all, wish) => all + wish.minutesPerWeek, 0)),
    medianDays: medianOf(own.map((wish) => wish.days)),
  };
}
