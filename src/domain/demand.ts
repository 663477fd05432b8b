import type { PlainDate } from './calendar.ts';
import type { NormSet } from './norms.ts';
import { HALF_HOURS, type HalfHour, type Slot } from './slots.ts';
import { LEVELS, type Level } from './staffing.ts';

/** What a group's day asks of staff. Weights are hundredths, one number per half-hour. */
export interface GroupDemand {
  readonly groupId: number;
  readonly date: PlainDate;
  /** Both null on a closed day. */
  readonly opensAt: HalfHour | null;
  readonly closesAt: HalfHour | null;
  readonly room: number;
  /** Heads and weight booked and held. */
  readonly taken: readonly number[];
  readonly load: readonly number[];
  /** Skills that children who are booked need, while they are there. */
  readonly needs: readonly (Slot & { readonly skills: readonly string[] })[];
  /** Stays of those who wait for this group first, in the order of the queue. */
  readonly wanted: readonly Slot[];
  /** Ordinary children beyond what is booked for whom the centre keeps staff. */
  readonly reserve: number;
  readonly norm: Pick<NormSet, 'ratios' | 'skills' | 'edgeStaff' | 'onCallBreakMinutes'>;
}

export type DemandKind = 'legal' | 'quality';

/** At least `count` people who serve as the level, or have the skill, in [from, to): engines.md, demand. */
export interface DemandRow extends Slot {
  readonly date: PlainDate;
  readonly level?: Level;
  readonly skill?: string;
  readonly count: number;
  readonly kind: DemandKind;
  /** Of a skill: a break of at most so many minutes leaves it on duty. */
  readonly onCallBreakMinutes?: number;
}

/** People per half-hour, for each level; 0 at a level without a norm. */
export type People = readonly (readonly number[])[];

const ORDINARY_WEIGHT = 100;
const NOTHING: readonly number[] = Array.from({ length: HALF_HOURS }, () => 0);
const zeros = (): number[] => [...NOTHING];

const isOpen = ({ opensAt, closesAt }: GroupDemand, at: HalfHour): boolean =>
  opensAt !== null && closesAt !== null && at >= opensAt && at < closesAt;

const hasAnybody = (day: GroupDemand): boolean => day.load.some((weight) => weight > 0);

/** Weight with the queue and the reserve, as far as the room goes. */
function hopedLoad(day: GroupDemand): number[] {
  return day.load.map((weight, at) => {
    if (!isOpen(day, at)) return weight;
    const waiting = day.wanted.filter((slot) => slot.from <= at && at < slot.to).length;
    const more = Math.max(0, Math.min(day.room - (day.taken[at] ?? 0), waiting + day.reserve));
    return weight + more * ORDINARY_WEIGHT;
  });
}

/**
 * People that a group's day needs per level and half-hour: ⌈Σ weight / ratio⌉, whole hundredths divided and rounded up
 * once. In the first and last half-hour of a day with anybody booked at least the norm's opening and closing minimum.
 */
function peopleFor(day: GroupDemand, load: readonly number[]): People {
  const edges = hasAnybody(day) ? [day.opensAt, (day.closesAt ?? 0) - 1] : [];
  return LEVELS.map((level) => {
    const ratio = day.norm.ratios[level] ?? null;
    return load.map((weight, at) => {
      const least = level === 0 && edges.includes(at) ? day.norm.edgeStaff : 0;
      return Math.max(least, ratio === null ? 0 : Math.ceil(weight / ratio));
    });
  });
}

/** People that the law asks for in a group: from bookings and holds. */
export function legalPeople(day: GroupDemand): People {
  return peopleFor(day, day.load);
}

/** People with whom the queue and the reserve could come as well; never fewer than the law asks for. */
export function qualityPeople(day: GroupDemand): People {
  return peopleFor(day, hopedLoad(day));
}

function addUp(days: readonly GroupDemand[], people: (day: GroupDemand) => People): number[][] {
  const sums = LEVELS.map(zeros);
  for (const day of days) {
    people(day).forEach((counts, level) =>
      counts.forEach((count, at) => (sums[level]![at] = sums[level]![at]! + count)),
    );
  }
  return sums;
}

/** Rows of equal counts over runs of half-hours; none for 0. */
function rowsOf(counts: readonly number[], row: Omit<DemandRow, 'from' | 'to' | 'count'>): DemandRow[] {
  const rows: DemandRow[] = [];
  let from = 0;
  for (let at = 1; at <= HALF_HOURS; at++) {
    if (at < HALF_HOURS && counts[at] === counts[from]) continue;
    const count = counts[from] ?? 0;
    if (count > 0) rows.push({ ...row, from, to: at, count });
    from = at;
  }
  return rows;
}

/** Half-hours at which a skill must, and at which it should, be on site: 1 or 0. One person serves the whole centre. */
function skillNeeds(days: readonly GroupDemand[], skill: string): Record<DemandKind, number[]> {
  const needs = { legal: zeros(), quality: zeros() };
  for (const day of days) {
    for (const need of day.needs)
      if (need.skills.includes(skill)) for (let at = need.from; at < need.to; at++) needs.legal[at] = 1;
    if (!day.norm.skills.includes(skill) || !hasAnybody(day)) continue;
    // The norm's skill must be there while children are, and should be in all opening hours.
    for (let at = 0; at < HALF_HOURS; at++) {
      if ((day.load[at] ?? 0) > 0) needs.legal[at] = 1;
      if (isOpen(day, at)) needs.quality[at] = 1;
    }
  }
  return needs;
}

/** The longest break, in minutes, that leaves a skill on duty by the norm of every group; 0 = none does. */
export function onCallMinutes(days: readonly GroupDemand[]): number {
  return days.length === 0 ? 0 : Math.min(...days.map((day) => day.norm.onCallBreakMinutes));
}

/**
 * What all groups of a centre together ask of staff on one date. Each group's people are rounded up by themselves (staff
 * of a group are never shared), then added; a skill is needed once, centre-wide. Quality rows stand only where they ask
 * for more than the law.
 */
export function demandOn(date: PlainDate, days: readonly GroupDemand[]): DemandRow[] {
  const legal = addUp(days, legalPeople);
  const quality = addUp(days, qualityPeople);
  const rows = LEVELS.flatMap((level) => {
    const hoped = quality[level]!.map((count, at) => (count > legal[level]![at]! ? count : 0));
    return [
      ...rowsOf(legal[level]!, { date, level, kind: 'legal' }),
      ...rowsOf(hoped, { date, level, kind: 'quality' }),
    ];
  });
  const named = days.flatMap((day) => [...day.norm.skills, ...day.needs.flatMap((need) => need.skills)]);
  const onCallBreakMinutes = onCallMinutes(days);
  for (const skill of [...new Set(named)].toSorted()) {
    const needs = skillNeeds(days, skill);
    const hoped = needs.quality.map((count, at) => (needs.legal[at] === 1 ? 0 : count));
    rows.push(
      ...rowsOf(needs.legal, { date, skill, kind: 'legal', onCallBreakMinutes }),
      ...rowsOf(hoped, { date, skill, kind: 'quality', onCallBreakMinutes }),
    );
  }
  return rows;
}
