import type { Seats } from './seats.ts';

/** Whether the wish's unit prefers an option with that wish to what it has. */
export function prefers({ market, choice }: Seats, wish: number): boolean {
  return market.wishOption[wish]! < choice[market.unitOf[market.wishChild[wish]!]!]!;
}

/**
 * Finds the units that block: that prefer an option and would fit beside those ranked above them. Looks again only where
 * units have moved since the last time; whoever moves a unit tells it.
 */
export class Blockers {
  readonly #seats: Seats;
  /** Groups in which a seat, or what somebody wants, may have changed. */
  readonly #touched: Uint8Array;
  /** By group, the children alone that prefer it and fit. */
  readonly #fitting: number[][];
  /** Families with joint wishes that did not block. */
  readonly #content: Uint8Array;

  constructor(seats: Seats) {
    this.#seats = seats;
    this.#touched = new Uint8Array(seats.market.groupIds.length).fill(1);
    this.#fitting = seats.market.groupIds.map(() => []);
    this.#content = new Uint8Array(seats.choice.length);
  }

  /** A unit has moved: all groups that it could ask for are looked at again. */
  moved(unit: number): void {
    const { unitAt, optionAt, optionWish, wishGroup } = this.#seats.market;
    const end = optionAt[unitAt[unit + 1]!]!;
    for (let at = optionAt[unitAt[unit]!]!; at < end; at++) this.#touched[wishGroup[optionWish[at]!]!] = 1;
  }

  /** All units that block now, in canonical order. */
  find(): number[] {
    const seats = this.#seats;
    const { single } = seats.market;
    const suspect = new Uint8Array(seats.choice.length);
    for (let group = 0; group < this.#fitting.length; group++) {
      if (this.#touched[group] === 1) this.#fitting[group] = this.#fittingIn(group);
      for (const unit of this.#fitting[group]!) suspect[unit] = 1;
    }
    const found: number[] = [];
    for (let unit = 0; unit < suspect.length; unit++) {
      if (single[unit] === 1) {
        if (suspect[unit] === 1 && seats.bestBetter(unit) >= 0) found.push(unit);
      } else if (seats.choice[unit]! > 0 && !(this.#content[unit] === 1 && this.#isUntouched(unit))) {
        const blocks = seats.bestBetter(unit) >= 0;
        this.#content[unit] = blocks ? 0 : 1;
        if (blocks) found.push(unit);
      }
    }
    this.#touched.fill(0);
    return found;
  }

  #fittingIn(group: number): number[] {
    const seats = this.#seats;
    const { unitOf, wishChild, single } = seats.market;
    const units: number[] = [];
    seats.sweep(
      group,
      -1,
      (wish) => prefers(seats, wish),
      (wish, seated, fits) => {
        const unit = unitOf[wishChild[wish]!]!;
        if (fits && !seated && single[unit] === 1) units.push(unit);
      },
    );
    return units;
  }

  #isUntouched(unit: number): boolean {
    const { unitAt, optionAt, optionWish, wishGroup } = this.#seats.market;
    const end = optionAt[unitAt[unit + 1]!]!;
    for (let at = optionAt[unitAt[unit]!]!; at < end; at++)
      if (this.#touched[wishGroup[optionWish[at]!]!] === 1) return false;
    return true;
  }
}
