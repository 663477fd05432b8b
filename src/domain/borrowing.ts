import type { GroupDay } from './places.ts';
import { withoutBreak, type StretchedShift } from './shift.ts';
import { stretches, type HalfHour, type Slot } from './slots.ts';
import { leastCapacity, type Capacity, type Level, type Ratios } from './staffing.ts';

/** A group's day as lending looks at it. */
export interface LendingDay extends Pick<GroupDay, 'load' | 'capacity'> {
  readonly groupId: number;
  /** Of the norm from which the capacity follows. */
  readonly ratios: Ratios;
}

export interface LendingShift extends StretchedShift {
  readonly id: number;
  readonly level: Level;
  /** Groups in which the person's own child is, where the centre keeps parents out of them. */
  readonly ownGroups: readonly number[];
}

/** A part of somebody's shift that could be spent with the group that is short. */
export interface Lending extends Slot {
  readonly shiftId: number;
  readonly staffId: number;
  readonly fromGroupId: number;
}

/** What one person of a level adds to a group's capacity, in the order of its levels with a norm. */
const sharesOf = (ratios: Ratios, level: Level): number[] =>
  ratios.flatMap((ratio, serves) => (ratio === null ? [] : [serves <= level ? ratio : 0]));

const changed = (capacity: Capacity, shares: readonly number[], sign: 1 | -1, at: HalfHour): number =>
  Math.min(...capacity.map((own, place) => (own[at] ?? 0) + sign * (shares[place] ?? 0)));

/**
 * Who could be lent to a group that is short, and when: somebody with another group then, not in the break, without whom
 * that group's staff still suffice for all that is booked there, and with whom this group's staff are more. Skills count
 * in the whole centre, so nobody need be moved for one. The longest parts come first.
 */
export function lendingsOf(
  short: LendingDay & { readonly halfHours: readonly HalfHour[] },
  others: readonly LendingDay[],
  shifts: readonly LendingShift[],
): Lending[] {
  const days = new Map(others.map((day) => [day.groupId, day]));
  const lendings = shifts.flatMap((shift): Lending[] => {
    if (shift.ownGroups.includes(short.groupId) || short.capacity === null) return [];
    const helps = sharesOf(short.ratios, shift.level);
    return shift.stretches.flatMap((stretch) => {
      const day = days.get(stretch.groupId);
      const { capacity } = day ?? {};
      if (!day || !capacity) return [];
      const shares = sharesOf(day.ratios, shift.level);
      const spared = withoutBreak(stretch, shift.breakFrom).flatMap((part) =>
        short.halfHours.filter(
          (at) =>
            part.from <= at &&
            at < part.to &&
            changed(capacity, shares, -1, at) >= (day.load[at] ?? 0) &&
            (short.load[at] ?? 0) > (leastCapacity(short.capacity, at) ?? 0) &&
            changed(short.capacity!, helps, 1, at) > (leastCapacity(short.capacity, at) ?? 0),
        ),
      );
      return stretches(spared).map((slot) => ({
        ...slot,
        shiftId: shift.id,
        staffId: shift.staffId,
        fromGroupId: stretch.groupId,
      }));
    });
  });
  return lendings.toSorted(
    (a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from || a.shiftId - b.shiftId,
  );
}

/** The same shift with a part of it spent with another group. */
export function lent(shift: StretchedShift, groupId: number, part: Slot): StretchedShift {
  const kept = shift.stretches.flatMap((stretch) => {
    if (stretch.to <= part.from || stretch.from >= part.to) return [stretch];
    return [
      { ...stretch, to: Math.min(stretch.to, part.from) },
      { ...stretch, from: Math.max(stretch.from, part.to) },
    ].filter((each) => each.from < each.to);
  });
  return { ...shift, stretches: [...kept, { groupId, ...part }].toSorted((a, b) => a.from - b.from) };
}
