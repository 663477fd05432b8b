import {
  dayKeyOf,
  formatPattern,
  minutesPerWeek,
  parsePattern,
  withStretches,
  type DatedSlot,
  type Pattern,
  type PatternJson,
  type Stretch,
} from '../domain/pattern.ts';
import type { Tolerance } from '../domain/waiting-list.ts';
import type { Tolerated, ToleratedStays } from '../planning/allocation/tolerated.ts';

/** A cycle's minutes a week are a fraction; half-hours are not. */
const ROUNDING = 1e-9;

interface Wished {
  readonly pattern: PatternJson;
  readonly minimumMinutesPerWeek: number | null;
  readonly tolerance: Tolerance | null;
}

function read({ pattern }: Wished): Pattern | undefined {
  const parsed = parsePattern(pattern);
  return 'pattern' in parsed ? parsed.pattern : undefined;
}

const stretchesOf = (pattern: Pattern): [day: string, stretch: Stretch][] =>
  Object.entries<Stretch | undefined>(pattern.kind === 'dates' ? pattern.dates : pattern.days).flatMap(
    ([day, stretch]) => (stretch ? [[day, stretch] as [string, Stretch]] : []),
  );

const halfHoursOf = (stretches: readonly (readonly [string, Stretch])[]) =>
  stretches.reduce((sum, [, [from, to]]) => sum + to - from, 0);

/**
 * What a family takes besides exactly its pattern, as the engine reads it; undefined when it has not said anything.
 * @param slots the stays of the pattern on open days.
 * @param parts whether it may be offered less, when it has said how much a week is enough.
 */
export function toleratedOf(
  wished: Wished,
  slots: readonly DatedSlot[],
  parts: boolean,
): Tolerated | undefined {
  const { tolerance, minimumMinutesPerWeek: minimum } = wished;
  const pattern = tolerance && read(wished);
  if (!tolerance || !pattern) return undefined;
  const kinds = Object.fromEntries(slots.map(({ date }) => [date, dayKeyOf(pattern, date)]));
  return { ...tolerance, kinds, least: parts && minimum !== null ? leastOf(pattern, kinds, minimum) : null };
}

/** Minutes a week as half-hours of one day of each open kind; kinds without an open day stay as they are wished. */
function leastOf(pattern: Pattern, kinds: Readonly<Record<string, string>>, minimum: number): number {
  const all = stretchesOf(pattern);
  const open = new Set(Object.values(kinds));
  const closed = halfHoursOf(all.filter(([day]) => !open.has(day)));
  const share = minimum / minutesPerWeek(pattern);
  return Math.ceil(share * halfHoursOf(all) - closed - ROUNDING);
}

/** The pattern with other stays on the kinds of days that are open; undefined when none is left. */
export function patternInstead(
  wished: Wished,
  { kinds }: Tolerated,
  { stays }: ToleratedStays,
): PatternJson | undefined {
  const pattern = read(wished);
  if (!pattern) return undefined;
  const open = new Set(Object.values(kinds));
  const kept = stretchesOf(pattern).filter(([day]) => !open.has(day));
  const changed = withStretches(pattern, new Map<string, Stretch>([...kept, ...stays]));
  return changed && formatPattern(changed);
}
