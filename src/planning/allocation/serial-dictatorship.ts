import type { Seats } from './seats.ts';

/** Units that hold something already sit there from the start: it is theirs until they choose better. */
function seatHolders(seats: Seats): void {
  for (let unit = 0; unit < seats.choice.length; unit++)
    if (seats.market.holds[unit] === 1) seats.move(unit, seats.options(unit) - 1);
}

/**
 * Units in canonical order take the best option that has room. Where all groups rank alike and nobody holds anything, this
 * is the unique stable allocation: Pareto-efficient and strategy-proof (Svensson 1999). Places of holders below stay theirs.
 */
export function dictateSerially(seats: Seats): void {
  seatHolders(seats);
  for (let unit = 0; unit < seats.choice.length; unit++) {
    const better = seats.bestBetter(unit);
    if (better >= 0) seats.move(unit, better);
  }
}
