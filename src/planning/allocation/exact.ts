import type { Seats } from './seats.ts';

/** Allocations to look through at most: a market of about eight children with four wishes. */
const MOST_ALLOCATIONS = 400_000;

/**
 * Looks through all allocations of a small market, units in canonical order and each unit's best option first, for the
 * first that satisfies `accepts`. Leaves the seats in it; when there is none, or the market is too large, leaves them
 * in disorder.
 * @returns whether it found one.
 */
export function seatExactly(seats: Seats, accepts: (seats: Seats) => boolean): boolean {
  const units = seats.choice.length;
  let size = 1;
  for (let unit = 0; unit < units; unit++) size *= seats.options(unit) + 1 - seats.market.holds[unit]!;
  if (size > MOST_ALLOCATIONS) return false;
  for (let unit = 0; unit < units; unit++) seats.leave(unit);
  return seatFrom(0);

  function seatFrom(unit: number): boolean {
    if (unit === units) return accepts(seats);
    const last = seats.options(unit) - seats.market.holds[unit]!;
    for (let option = 0; option <= last; option++) {
      seats.move(unit, option);
      const room = seats.wishes(unit, option).every((wish) => seats.overFullAt(wish) < 0);
      if (room && seatFrom(unit + 1)) return true;
    }
    seats.leave(unit);
    return false;
  }
}
