import { collator } from '../../domain/names.ts';
import type { Centre } from '../../data/centres.ts';
import type { UnmetDemand } from '../../data/unmet-demand.ts';
import type { T } from '../../i18n/translate.ts';
import { hoursOf, whole } from '../figures.ts';
import { centreName } from '../names.ts';

/** Demand that was not met, by centre and category; the busiest kind of a centre first. */
export function demandTable(demand: readonly UnmetDemand[], centres: readonly Centre[], t: T) {
  const { compare } = collator(t.language);
  const names = new Map(centres.map((centre) => [centre.id, centreName(centre, t.language)]));
  const figure = (number: number | null) => (number === null ? '–' : whole(number, t.language));
  return demand
    .map((row) => ({ ...row, name: names.get(row.centreId) ?? '' }))
    .toSorted((a, b) => compare(a.name, b.name) || a.centreId - b.centreId || b.children - a.children)
    .map((row) => ({
      name: row.name,
      category: t(`category.${row.category}`),
      children: figure(row.children),
      hours: hoursOf(row.minutesPerWeek, t.language),
      days: figure(row.medianDays),
      offered: figure(row.offered),
      accepted: figure(row.accepted),
      expired: figure(row.expired),
      passed: figure(row.passingsOver),
    }));
}
