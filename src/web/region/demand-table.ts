import { collator } from '../../domain/names.ts';
import { sumWishes } from '../../domain/unmet-demand.ts';
import type { Centre } from '../../data/centres.ts';
import type { UnmetDemand } from '../../data/unmet-demand.ts';
import type { T } from '../../i18n/translate.ts';
import { hoursOf, whole } from '../figures.ts';
import { centreName } from '../names.ts';

type Sums = Omit<UnmetDemand, 'centreId' | 'category' | 'wishes'>;

function words(sums: Sums, t: T) {
  const figure = (number: number | null) => (number === null ? '–' : whole(number, t.language));
  return {
    children: figure(sums.children),
    hours: hoursOf(sums.minutesPerWeek, t.language),
    days: figure(sums.medianDays),
    offered: figure(sums.offered),
    accepted: figure(sums.accepted),
    expired: figure(sums.expired),
    passed: figure(sums.passingsOver),
  };
}

/** Everything together: a child that waits at two centres counts once, so that it may be less than the rows' sum. */
function addUp(demand: readonly UnmetDemand[]): Sums {
  const sum = (of: (row: UnmetDemand) => number) => demand.reduce((all, row) => all + of(row), 0);
  return {
    ...sumWishes(demand.flatMap((row) => row.wishes)),
    offered: sum((row) => row.offered),
    accepted: sum((row) => row.accepted),
    expired: sum((row) => row.expired),
    passingsOver: sum((row) => row.passingsOver),
  };
}

/** How many children wait at a centre. */
export function waitingAt(demand: readonly UnmetDemand[], centreId: number): number {
  return sumWishes(demand.filter((row) => row.centreId === centreId).flatMap((row) => row.wishes)).children;
}

/** Demand that was not met, by centre and category; where most children wait comes first, and leads to its centre. */
export function demandTable(
  demand: readonly UnmetDemand[],
  centres: readonly Centre[],
  t: T,
  link: (centreId: number) => string,
) {
  const { compare } = collator(t.language);
  const names = new Map(centres.map((centre) => [centre.id, centreName(centre, t.language)]));
  return {
    rows: demand
      .map((row) => ({ ...row, name: names.get(row.centreId) ?? '' }))
      .toSorted((a, b) => b.children - a.children || compare(a.name, b.name) || a.centreId - b.centreId)
      .map((row) => ({
        name: row.name,
        href: link(row.centreId),
        category: t(`category.${row.category}`),
        ...words(row, t),
      })),
    all: words(addUp(demand), t),
  };
}
