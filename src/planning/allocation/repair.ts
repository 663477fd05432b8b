import { Blockers, prefers } from './blockers.ts';
import type { Seats } from './seats.ts';

/** How often one family or child may be seated again by displacement chains, all rounds together. */
const MOST_REAPPLICATIONS = 60;
const ROUNDS = 2;

/** Turns away, from below a newcomer, whoever no longer fits beside those ranked above it. */
function displacedBy(seats: Seats, wish: number): number[] {
  const { unitOf, wishChild, wishGroup, wishRank } = seats.market;
  if (seats.overFullAt(wish) < 0) return [];
  const displaced: number[] = [];
  seats.sweep(
    wishGroup[wish]!,
    wishRank[wish]!,
    () => false,
    (other, _, fits) => {
      if (!fits) displaced.push(unitOf[wishChild[other]!]!);
    },
  );
  return displaced;
}

/**
 * Displacement chains: a unit that blocks takes its place, those below it that no longer fit look for another at once, and
 * those that a freed place lets in follow. Ends when nobody blocks or those who block have used up their re-applications.
 */
function displace(
  seats: Seats,
  blockers: Blockers,
  first: readonly number[],
  used: Int32Array,
  limit: number,
): void {
  const { market } = seats;
  const waiting: number[] = [...first];
  const urgent: number[] = [];
  const queued = new Uint8Array(seats.choice.length);
  for (const unit of first) queued[unit] = 1;

  const wake = (unit: number): void => {
    if (queued[unit] === 1) return;
    queued[unit] = 1;
    waiting.push(unit);
  };

  const freed = (group: number, rank: number): void => {
    seats.sweep(
      group,
      rank,
      (wish) => prefers(seats, wish),
      (wish, seated, fits) => {
        const unit = market.unitOf[market.wishChild[wish]!]!;
        if (!seated && (fits || market.single[unit] === 0)) wake(unit);
      },
    );
  };

  const seat = (start: number, startOption: number): void => {
    const moves: [unit: number, option: number][] = [[start, startOption]];
    const emptied: [group: number, rank: number][] = [];
    const note = (group: number, rank: number): void => void emptied.push([group, rank]);
    for (let move = moves.pop(); move !== undefined; move = moves.pop()) {
      const [unit, option] = move;
      seats.move(unit, option, note);
      blockers.moved(unit);
      for (const wish of seats.wishes(unit, option))
        for (const displaced of displacedBy(seats, wish)) {
          // A family may be displaced twice, with each of its children.
          if (seats.choice[displaced] === seats.options(displaced)) continue;
          seats.leave(displaced, note);
          blockers.moved(displaced);
          urgent.push(displaced);
          if (market.holds[displaced] === 1) moves.push([displaced, seats.options(displaced) - 1]);
        }
    }
    for (const [group, rank] of emptied) freed(group, rank);
  };

  for (let head = 0; urgent.length > 0 || head < waiting.length;) {
    const unit = urgent.pop() ?? waiting[head++]!;
    queued[unit] = 0;
    if (used[unit]! >= limit) continue;
    const better = seats.bestBetter(unit);
    if (better < 0) continue;
    used[unit]! += 1;
    seat(unit, better);
  }
}

/** Gives a unit the best option that has room beside everybody present; tells whether there was one. */
function takeEmpty(seats: Seats, unit: number): boolean {
  const now = seats.choice[unit]!;
  for (let option = 0; option < now; option++) {
    seats.move(unit, option);
    if (seats.wishes(unit, option).every((wish) => seats.overFullAt(wish) < 0)) return true;
    seats.move(unit, now);
  }
  return false;
}

/**
 * Lets units take what nobody else would miss, until nothing is wasted: each step is better for one and worse for none.
 * @returns those that block in the end.
 */
function fillEmpty(seats: Seats, blockers: Blockers): number[] {
  for (;;) {
    const blocking = blockers.find();
    const taken = blocking.filter((unit) => takeEmpty(seats, unit));
    for (const unit of taken) blockers.moved(unit);
    if (taken.length === 0) return blocking;
  }
}

/**
 * Makes an allocation stable by displacement chains, in a few rounds with the order of those who block reversed in between;
 * keeps the one that the fewest block.
 */
export function repair(seats: Seats): void {
  const used = new Int32Array(seats.choice.length);
  const blockers = new Blockers(seats);
  let blocking = blockers.find();
  let best: { readonly choice: Int32Array; readonly blocking: number } | undefined;
  for (let round = 1; round <= ROUNDS && blocking.length > 0; round++) {
    const order = round % 2 === 0 ? blocking.toReversed() : blocking;
    displace(seats, blockers, order, used, (MOST_REAPPLICATIONS / ROUNDS) * round);
    blocking = fillEmpty(seats, blockers);
    if (best === undefined || blocking.length < best.blocking)
      best = { choice: seats.choice.slice(), blocking: blocking.length };
  }
  if (best !== undefined && best.blocking > 0) restore(seats, best.choice);
}

function restore(seats: Seats, choice: Int32Array): void {
  const other: number[] = [];
  for (let unit = 0; unit < choice.length; unit++) if (seats.choice[unit] !== choice[unit]) other.push(unit);
  for (const unit of other) seats.leave(unit);
  for (const unit of other) seats.move(unit, choice[unit]!);
}
