import { uncoveredMinutes, type NeededTime } from './coverage.ts';
import { HALF_HOURS, MINUTES_PER_HALF_HOUR, SHORTEST_STAY, type HalfHour, type Slot } from './slots.ts';

/** A stay that could be shortened or cancelled where staff stay short. */
export interface CuttableStay extends Slot {
  readonly bookingId: number;
  readonly childId: number;
  /** Hundredths of support weight. */
  readonly weight: number;
  /** When the child needs a skill that nobody on duty has. */
  readonly withoutSkill: readonly HalfHour[];
  /** When no adult of the family is free; undefined where nobody works then, or nobody has said so. */
  readonly needed: NeededTime | undefined;
  /** Stays of the child that were cut lately for want of staff. */
  readonly cutsBefore: number;
  /** A child who is there is not sent home before the shortest stay is over. */
  readonly arrived: boolean;
}

/** What one family loses. Minutes. */
export interface StayCut {
  readonly bookingId: number;
  readonly childId: number;
  /** What is left of the stay; null = cancelled. */
  readonly kept: Slot | null;
  readonly lostMinutes: number;
  readonly lostWorkMinutes: number;
  readonly critical: boolean;
  readonly cutsBefore: number;
}

/**
 * What a proposal costs families, the worst first: minutes in which no adult is free, families who work at these hours,
 * children who were cut lately, minutes of stay, children.
 */
export type Harm = readonly [
  work: number,
  critical: number,
  again: number,
  minutes: number,
  children: number,
];

export interface LeastHarm {
  readonly cuts: readonly StayCut[];
  readonly harm: Harm;
  /** Half-hours that no cut can cover: children who are there stay for the shortest stay. */
  readonly left: readonly HalfHour[];
  /** Whether nothing better exists; a very large day is searched for a while only. */
  readonly proved: boolean;
}

export interface ShortDay {
  readonly stays: readonly CuttableStay[];
  /** Support weight that the staff on duty can look after per half-hour, in hundredths. */
  readonly capacity: readonly number[];
  /** The first half-hour that is not over: what has elapsed is not cut. */
  readonly open: HalfHour;
}

interface Option {
  readonly cut: StayCut;
  readonly harm: Harm;
  readonly gone: readonly HalfHour[];
}

const NOTHING: Harm = [0, 0, 0, 0, 0];
const MOST_NODES = 200_000;

export function compareHarm(a: Harm, b: Harm): number {
  for (const [at, value] of a.entries()) if (value !== b[at]) return value - b[at]!;
  return 0;
}

const plus = (a: Harm, b: Harm): Harm => [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3], a[4] + b[4]];

const range = (from: HalfHour, to: HalfHour): HalfHour[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);

/** Whether a stay may be cut to this: at least the shortest stay in one stretch, what has elapsed within; null cancels. */
export function keepable(stay: CuttableStay, kept: Slot | null, open: HalfHour): boolean {
  if (kept === null) return !stay.arrived;
  if (kept.from < stay.from || kept.to > stay.to || kept.to - kept.from < SHORTEST_STAY) return false;
  const late = kept.from > stay.from;
  return !(late && stay.from < open) && kept.to >= Math.min(open, stay.to);
}

/** What a family loses when this much of its stay is kept. */
export function cutOf(stay: CuttableStay, kept: Slot | null): StayCut {
  const { bookingId, childId, needed, cutsBefore } = stay;
  const length = kept === null ? 0 : kept.to - kept.from;
  return {
    bookingId,
    childId,
    kept,
    lostMinutes: (stay.to - stay.from - length) * MINUTES_PER_HALF_HOUR,
    lostWorkMinutes: needed
      ? uncoveredMinutes(needed, kept ?? undefined) - uncoveredMinutes(needed, stay)
      : 0,
    critical: needed !== undefined && uncoveredMinutes(needed, stay) < needed.to - needed.from,
    cutsBefore,
  };
}

export function harmOf({ lostWorkMinutes, critical, cutsBefore, lostMinutes }: StayCut): Harm {
  return [lostWorkMinutes, critical ? 1 : 0, cutsBefore, lostMinutes, 1];
}

/** Support weight by which each half-hour is over what staff can look after. */
export function deficitOf({ stays, capacity, open }: ShortDay): number[] {
  return range(0, HALF_HOURS).map((at) => {
    if (at < open) return 0;
    const load = stays.reduce((sum, stay) => sum + (stay.from <= at && at < stay.to ? stay.weight : 0), 0);
    return Math.max(0, load - (capacity[at] ?? 0));
  });
}

/** Every way to cut a stay that can be best: its ends lie at short half-hours, and what is kept is as long as can be. */
function optionsOf(stay: CuttableStay, short: readonly boolean[], open: HalfHour): Option[] {
  const own = range(stay.from, stay.to).filter((at) => at >= open);
  const touched = own.filter((at) => short[at] || stay.withoutSkill.includes(at));
  const beginnings = [stay.from, ...touched.map((at) => at + 1)];
  const ends = [...touched, stay.to];
  const kept: (Slot | null)[] = [null];
  for (const from of beginnings)
    for (const to of ends) if (to - from >= SHORTEST_STAY) kept.push({ from, to });
  const options = kept
    .filter((each) => keepable(stay, each, open))
    .map((each): Option => {
      const whole = each !== null && each.from === stay.from && each.to === stay.to;
      const cut = cutOf(stay, each);
      const gone = own.filter((at) => each === null || at < each.from || at >= each.to);
      return { cut, harm: whole ? NOTHING : harmOf(cut), gone };
    });
  const alone = ({ gone }: Option) =>
    stay.withoutSkill.filter((at) => at >= open && !gone.includes(at)).length;
  const least = Math.min(...options.map(alone));
  return options.filter((option) => alone(option) === least).toSorted((a, b) => compareHarm(a.harm, b.harm));
}

interface Place {
  readonly stay: CuttableStay;
  readonly options: readonly Option[];
}

/** What the stays from each place on can still give up at a half-hour, and the least that doing so costs. */
function prospectsOf(places: readonly Place[]) {
  return range(0, places.length + 1).map((from) => {
    const rest = places.slice(from);
    const most = range(0, HALF_HOURS).map((at) =>
      rest.reduce(
        (sum, { stay, options }) => sum + (options.some(({ gone }) => gone.includes(at)) ? stay.weight : 0),
        0,
      ),
    );
    const cuts = rest.map(({ stay }) => cutOf(stay, null));
    return {
      most,
      heaviest: Math.max(1, ...rest.map(({ stay }) => stay.weight)),
      free: cuts.filter((cut) => !cut.critical).length,
      again: cuts.map((cut) => cut.cutsBefore).toSorted((a, b) => a - b),
    };
  });
}

/**
 * Which stays to cancel or shorten, so that the staff on duty can look after everybody who still comes: the least harm
 * there is, by Harm from left to right (issue 5, point 9). A stay that is shortened keeps the shortest stay, else it is
 * cancelled. Depth-first over the stays, the dearest first, cut off by what is lost at least.
 */
export function leastHarm(day: ShortDay): LeastHarm {
  const { stays, open } = day;
  const wanted = deficitOf(day);
  const short = wanted.map((weight) => weight > 0);
  const places = stays
    .map((stay) => ({ stay, options: optionsOf(stay, short, open) }))
    .filter(({ stay }) =>
      range(Math.max(stay.from, open), stay.to).some((at) => short[at] || stay.withoutSkill.includes(at)),
    )
    .toSorted(
      (a, b) =>
        compareHarm(harmOf(cutOf(b.stay, null)), harmOf(cutOf(a.stay, null))) ||
        a.stay.bookingId - b.stay.bookingId,
    );
  const prospects = prospectsOf(places);
  const due = wanted.map((weight, at) => Math.min(weight, prospects[0]!.most[at]!));
  let best: { harm: Harm; chosen: readonly Option[] } | undefined;
  let nodes = 0;

  const leastRest = (place: number, rest: readonly number[]): Harm => {
    const { heaviest, free, again } = prospects[place]!;
    const children = Math.max(0, ...rest.map((weight) => Math.ceil(weight / heaviest)));
    const minutes =
      rest.reduce((sum, weight) => sum + Math.ceil(weight / heaviest), 0) * MINUTES_PER_HALF_HOUR;
    const before = again.slice(0, children).reduce((sum, cuts) => sum + cuts, 0);
    return [0, Math.max(0, children - free), before, minutes, children];
  };
  const visit = (place: number, rest: readonly number[], harm: Harm, chosen: readonly Option[]): void => {
    if (nodes++ > MOST_NODES) return;
    if (rest.some((weight, at) => weight > prospects[place]!.most[at]!)) return;
    if (best && compareHarm(plus(harm, leastRest(place, rest)), best.harm) >= 0) return;
    if (place === places.length) {
      best = { harm, chosen };
      return;
    }
    const { stay, options } = places[place]!;
    for (const option of options) {
      const after = [...rest];
      for (const at of option.gone) after[at] = Math.max(0, after[at]! - stay.weight);
      visit(place + 1, after, plus(harm, option.harm), [...chosen, option]);
    }
  };
  visit(0, due, NOTHING, []);
  const chosen = best?.chosen ?? [];
  return {
    cuts: chosen.filter((option) => option.harm[4] > 0).map((option) => option.cut),
    harm: best?.harm ?? NOTHING,
    left: range(0, HALF_HOURS).filter((at) => wanted[at]! > due[at]!),
    proved: nodes <= MOST_NODES,
  };
}
