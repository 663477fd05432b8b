import type { Seats } from './seats.ts';

/**
 * The cut-off rule of Kamada and Kojima (Fair matching under constraints, REStud 2024). Each unit takes its best option
 * within the cut-offs of all its groups; where a group is over-full at any half-hour, its lowest-ranked holder, whatever
 * hours it needs, is turned away, and the group admits nobody from that rank on. Cut-offs only tighten, so it ends. Nobody
 * refused envies anybody ranked lower in the group; places may stay empty that a lower child would fit into.
 * @returns the cut-off of each group: the first rank that it does not admit.
 */
export function admitByCutOffs(seats: Seats): Int32Array {
  const { groupIds, groupAt, unitOf, wishChild, wishGroup, wishRank } = seats.market;
  const cutOff = Int32Array.from(groupIds, (_, group) => groupAt[group + 1]! - groupAt[group]!);
  const asking: number[] = [];
  for (let unit = 0; unit < seats.choice.length; unit++) {
    asking.push(unit);
    while (asking.length > 0) ask(asking.pop()!);
  }
  return cutOff;

  function ask(unit: number): void {
    const options = seats.options(unit);
    let option = 0;
    while (
      option < options &&
      seats.wishes(unit, option).some((wish) => wishRank[wish]! >= cutOff[wishGroup[wish]!]!)
    )
      option++;
    if (option === options) return;
    seats.move(unit, option);
    for (const wish of seats.wishes(unit, option)) {
      const group = wishGroup[wish]!;
      while (seats.overFullAt(wish) >= 0) {
        const lowest = seats.seated(group).at(-1)!;
        const turned = unitOf[wishChild[lowest]!]!;
        cutOff[group] = wishRank[lowest]!;
        seats.leave(turned);
        asking.push(turned);
        if (turned === unit) return;
      }
    }
  }
}
