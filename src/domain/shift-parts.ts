import type { Stretch } from './shift.ts';
import type { Slot } from './slots.ts';

/** A part of a shift that is spent elsewhere than with its main group; null is with no group. */
export interface ShiftPart extends Slot {
  readonly groupId: number | null;
}

/** A shift as people say it: with one group, except at these times. */
export interface ShiftPlan {
  readonly groupId: number | null;
  readonly parts: readonly ShiftPart[];
}

/** Half-hours of a shift by group, joined into stretches. */
function joined(at: Slot, groupAt: (half: number) => number | null): ShiftPart[] {
  const parts: { groupId: number | null; from: number; to: number }[] = [];
  for (let half = at.from; half < at.to; half++) {
    const groupId = groupAt(half);
    const last = parts.at(-1);
    if (last && last.groupId === groupId) last.to = half + 1;
    else parts.push({ groupId, from: half, to: half + 1 });
  }
  return parts;
}

/** Time with groups, from the main group and its exceptions; of exceptions that overlap the later one counts. */
export function stretchesOf(shift: Slot, { groupId, parts }: ShiftPlan): Stretch[] {
  const groupAt = (half: number) =>
    parts.findLast((part) => part.from <= half && half < part.to) ?? { groupId };
  return joined(shift, (half) => groupAt(half).groupId).flatMap((part) =>
    part.groupId === null ? [] : [{ ...part, groupId: part.groupId }],
  );
}

/** The group of most half-hours, and where the shift is not with it: what stretchesOf makes the same stretches of. */
export function planOf(shift: Slot, stretches: readonly Stretch[]): ShiftPlan {
  const spent = new Map<number, number>();
  for (const { groupId, from, to } of stretches) spent.set(groupId, (spent.get(groupId) ?? 0) + to - from);
  const [main] = [...spent].toSorted((a, b) => b[1] - a[1] || a[0] - b[0]);
  const groupId = main?.[0] ?? null;
  const of = (half: number) =>
    stretches.find((stretch) => stretch.from <= half && half < stretch.to)?.groupId ?? null;
  return { groupId, parts: joined(shift, of).filter((part) => part.groupId !== groupId) };
}
