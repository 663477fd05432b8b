import type { Seats } from './seats.ts';

/** The lowest-ranked wish seated in a group that covers a cell. */
function lowestAt(seats: Seats, group: number, cell: number): number {
  const seated = seats.seated(group);
  let at = seated.length - 1;
  while (!seats.covers(seated[at]!, cell)) at--;
  return seated[at]!;
}

/**
 * Slot-wise deferred acceptance. Units in canonical order ask for their options, best first; where a half-hour becomes
 * over-full, its lowest-ranked holder is turned away, loses the option and asks for its next. Each option is asked for
 * once. Nobody is over capacity at the end, but with half-hours somebody may block: a child that displaced another may
 * itself have been turned away later at another half-hour (repair.ts).
 */
export function acceptDeferred(seats: Seats): void {
  const { unitOf, wishChild, wishGroup } = seats.market;
  const next = new Int32Array(seats.choice.length);
  const asking: number[] = [];
  for (let unit = 0; unit < next.length; unit++) {
    asking.push(unit);
    while (asking.length > 0) ask(asking.pop()!);
  }

  function ask(unit: number): void {
    if (next[unit]! >= seats.options(unit)) return;
    const option = next[unit]!++;
    seats.move(unit, option);
    for (const wish of seats.wishes(unit, option)) {
      let cell = seats.overFullAt(wish);
      while (cell >= 0) {
        const turned = unitOf[wishChild[lowestAt(seats, wishGroup[wish]!, cell)]!]!;
        seats.leave(turned);
        asking.push(turned);
        if (turned === unit) return;
        cell = seats.overFullAt(wish);
      }
    }
  }
}
