import { buildMarket } from './build.ts';
import { checkAllocation } from './check.ts';
import { admitByCutOffs } from './cut-offs.ts';
import { acceptDeferred } from './deferred-acceptance.ts';
import type { AllocationInput } from './input.ts';
import type { Market } from './market.ts';
import { reasonsOf } from './reasons.ts';
import { repair } from './repair.ts';
import type { Allocation, Placed, Refused, RefusedWish } from './result.ts';
import { Seats } from './seats.ts';
import { dictateSerially } from './serial-dictatorship.ts';

/** A finished allocation that can still be asked. */
export interface Seating {
  readonly seats: Seats;
  /** Why a wish was refused; wishes as the market numbers them. */
  readonly explain: (wish: number) => RefusedWish;
}

/** Seats everybody by the rule of the market. */
export function seatEverybody(market: Market): Seating {
  const seats = new Seats(market);
  if (market.rule === 'strict') return { seats, explain: reasonsOf(seats, admitByCutOffs(seats)) };
  if (market.rule === 'common') dictateSerially(seats);
  else acceptDeferred(seats);
  // With `common` this finds nobody, unless the place of a holder comes free for somebody above it.
  repair(seats);
  return { seats, explain: reasonsOf(seats) };
}

/** The wish with which a child sits in a group; −1 when it has no place. */
function seatOf(seats: Seats, child: number): number {
  const { unitOf, unitAt, optionAt, optionWish, wishChild } = seats.market;
  const unit = unitOf[child]!;
  const option = unitAt[unit]! + seats.choice[unit]!;
  if (option === unitAt[unit + 1]!) return -1;
  for (let at = optionAt[option]!; at < optionAt[option + 1]!; at++)
    if (wishChild[optionWish[at]!] === child) return optionWish[at]!;
  return -1;
}

/** The numbers of the wishes that a child stated, in order of preference. */
function statedWishes({ wishAt, wishNumber }: Market, child: number): number[] {
  const wishes: number[] = [];
  for (let wish = wishAt[child]!; wish < wishAt[child + 1]!; wish++)
    if (wishNumber[wish]! > 0) wishes.push(wish);
  return wishes;
}

/**
 * Finds places for children by half-hours (engines.md, Allocation). Takes what readAllocation has checked. Pure: the same
 * market in any order gives the same bits. Reports by a check that shares no code with the solver.
 * @param measure seconds of running time from any beginning; without it `seconds` is 0.
 */
export function allocate(input: AllocationInput, measure: () => number = () => 0): Allocation {
  const began = measure();
  const market = buildMarket(input);
  const { seats, explain } = seatEverybody(market);
  const placed: Placed[] = [];
  const refused: Refused[] = [];
  market.childIds.forEach((child, number) => {
    const wish = seatOf(seats, number);
    if (wish < 0) {
      refused.push({ child, wishes: statedWishes(market, number).map(explain) });
      return;
    }
    placed.push({
      child,
      group: market.groupIds[market.wishGroup[wish]!]!,
      wish: market.wishNumber[wish]! || null,
    });
  });
  const { residue, ...faults } = checkAllocation(input, placed);
  const firstWish = placed.filter(({ wish }) => wish === 1).length;
  return {
    placed,
    refused,
    residue,
    report: { rule: input.rule, placed: placed.length, firstWish, ...faults, seconds: measure() - began },
  };
}
