import type { Market } from './market.ts';

/** Told about a seat that becomes empty: the group, and the rank of the child that had it. */
export type Emptied = (group: number, rank: number) => void;

const nothing = (): void => undefined;

/** Who sits where: for each unit the option it has, for each group its seated wishes by rank. */
export class Seats {
  readonly market: Market;
  /** Children there, by group × cells + cell. */
  readonly occupied: Int32Array;
  /** Option of each unit, counted from 0 within the unit; its number of options when it has none. */
  readonly choice: Int32Array;
  readonly #seated: Int32Array;
  readonly #count: Int32Array;
  readonly #above: Int32Array;

  constructor(market: Market) {
    this.market = market;
    this.occupied = new Int32Array(market.capacity.length);
    this.choice = new Int32Array(market.unitAt.length - 1);
    for (let unit = 0; unit < this.choice.length; unit++) this.choice[unit] = this.options(unit);
    this.#seated = new Int32Array(market.groupWish.length);
    this.#count = new Int32Array(market.groupIds.length);
    this.#above = new Int32Array(market.cells + 1);
  }

  /** How many options a unit has. */
  options(unit: number): number {
    return this.market.unitAt[unit + 1]! - this.market.unitAt[unit]!;
  }

  /** Wishes of an option of a unit, by rank; none when it is beyond the last. */
  wishes(unit: number, option: number): Int32Array {
    const { unitAt, optionAt, optionWish } = this.market;
    if (option >= this.options(unit)) return optionWish.subarray(0, 0);
    const at = unitAt[unit]! + option;
    return optionWish.subarray(optionAt[at], optionAt[at + 1]);
  }

  /** Wishes seated in a group, by rank. A view: it changes with the seats. */
  seated(group: number): Int32Array {
    const at = this.market.groupAt[group]!;
    return this.#seated.subarray(at, at + this.#count[group]!);
  }

  /** Whether the wish's child would sit here beside everybody present. */
  hasRoom(wish: number): boolean {
    const { wishChild, wishGroup, cells } = this.market;
    return this.#under(wishChild[wish]!, this.occupied, wishGroup[wish]! * cells, wishGroup[wish]!);
  }

  /** Whether it fits beside those alone that the group ranks above it. */
  fits(wish: number): boolean {
    if (this.hasRoom(wish)) return true;
    const { wishGroup, wishChild, cells } = this.market;
    const [child, group] = [wishChild[wish]!, wishGroup[wish]!];
    // Most who ask in vain are refused without counting: nobody below them, or too few to make room.
    const below = this.#count[group]! - this.#numberAbove(wish);
    if (below === 0 || !this.#under(child, this.occupied, group * cells, group, below)) return false;
    this.#countAbove(wish);
    return this.#under(child, this.#above, 0, group);
  }

  /** Cells of the wish's pattern that are full already with those ranked above it. */
  fullCells(wish: number): number[] {
    const { wishChild, wishGroup, cells, capacity, stretchAt, stretchFrom, stretchTo } = this.market;
    const [child, base] = [wishChild[wish]!, wishGroup[wish]! * cells];
    this.#countAbove(wish);
    const full: number[] = [];
    for (let at = stretchAt[child]!; at < stretchAt[child + 1]!; at++)
      for (let cell = stretchFrom[at]!; cell < stretchTo[at]!; cell++)
        if (this.#above[cell]! >= capacity[base + cell]!) full.push(cell);
    return full;
  }

  /** Whether the unit could have the option, its own seats being empty: each child beside those ranked above it. */
  optionFits(unit: number, option: number): boolean {
    const { unitAt, optionAt, optionWish } = this.market;
    const at = unitAt[unit]! + option;
    const [first, end] = [optionAt[at]!, optionAt[at + 1]!];
    if (end - first === 1) return this.fits(optionWish[first]!);
    let next = first;
    while (next < end && this.fits(optionWish[next]!)) this.#sit(optionWish[next++]!);
    const fitting = next === end;
    while (next > first) this.#rise(optionWish[--next]!);
    return fitting;
  }

  /** The best option that the unit prefers to its own and could have; −1 when there is none. */
  bestBetter(unit: number): number {
    const now = this.choice[unit]!;
    const alone = this.market.single[unit] === 1;
    if (!alone) this.#riseAll(unit, now);
    let best = 0;
    while (best < now && !this.optionFits(unit, best)) best++;
    if (!alone) this.#sitAll(unit, now);
    return best < now ? best : -1;
  }

  /** Gives a unit an option instead of its own, whoever sits there. */
  move(unit: number, option: number, emptied: Emptied = nothing): void {
    const { wishGroup, wishRank } = this.market;
    const left = this.choice[unit]!;
    this.#riseAll(unit, left);
    this.choice[unit] = option;
    this.#sitAll(unit, option);
    if (emptied !== nothing)
      for (const wish of this.wishes(unit, left)) emptied(wishGroup[wish]!, wishRank[wish]!);
  }

  /** Takes from a unit what it has. */
  leave(unit: number, emptied: Emptied = nothing): void {
    this.move(unit, this.options(unit), emptied);
  }

  /** First cell of the wish's pattern where its group is over-full; −1 when it is nowhere. */
  overFullAt(wish: number): number {
    const { wishChild, wishGroup, cells, capacity, stretchAt, stretchFrom, stretchTo } = this.market;
    const [child, base] = [wishChild[wish]!, wishGroup[wish]! * cells];
    for (let at = stretchAt[child]!; at < stretchAt[child + 1]!; at++)
      for (let cell = stretchFrom[at]!; cell < stretchTo[at]!; cell++)
        if (this.occupied[base + cell]! > capacity[base + cell]!) return cell;
    return -1;
  }

  /** Whether the pattern of the wish's child covers a cell. */
  covers(wish: number, cell: number): boolean {
    const { wishChild, stretchAt, stretchFrom, stretchTo } = this.market;
    const child = wishChild[wish]!;
    for (let at = stretchAt[child]!; at < stretchAt[child + 1]!; at++)
      if (stretchFrom[at]! <= cell && cell < stretchTo[at]!) return true;
    return false;
  }

  /**
   * Goes down the order of a group from below a rank, calling `visit` for each wish that is seated or that `wants` names,
   * with whether it fits beside those above it that are seated and were kept. A seated wish that does not fit is not kept.
   * With `extra` places more in the group than it has, those who want in and fit are counted as seated for those below.
   */
  sweep(
    group: number,
    rank: number,
    wants: (wish: number) => boolean,
    visit: (wish: number, seated: boolean, fits: boolean) => void,
    extra = 0,
  ): void {
    const { groupAt, groupWish, wishRank, wishChild, cells } = this.market;
    const seated = this.seated(group);
    let next = 0;
    while (next < seated.length && wishRank[seated[next]!]! <= rank) next++;
    // Those above, counted from whichever side has fewer.
    if (next * 2 > seated.length) {
      for (let cell = 0, base = group * cells; cell < cells; cell++)
        this.#above[cell] = this.occupied[base + cell]!;
      for (let at = next; at < seated.length; at++) this.#shift(wishChild[seated[at]!]!, this.#above, 0, -1);
    } else {
      this.#above.fill(0);
      for (let at = 0; at < next; at++) this.#shift(wishChild[seated[at]!]!, this.#above, 0, 1);
    }
    for (let at = groupAt[group]! + rank + 1; at < groupAt[group + 1]!; at++) {
      const wish = groupWish[at]!;
      const sits = seated[next] === wish;
      if (!sits && !wants(wish)) continue;
      const fits = this.#under(wishChild[wish]!, this.#above, 0, group, extra);
      if (sits) next++;
      if (fits && (sits || extra > 0)) this.#shift(wishChild[wish]!, this.#above, 0, 1);
      visit(wish, sits, fits);
    }
  }

  /** Whether one child more stays within the places of a group; `present` begins at a cell of its own. */
  #under(child: number, present: Int32Array, begin: number, group: number, extra = 0): boolean {
    const { stretchAt, stretchFrom, stretchTo, capacity, cells } = this.market;
    const base = group * cells;
    for (let at = stretchAt[child]!; at < stretchAt[child + 1]!; at++)
      for (let cell = stretchFrom[at]!; cell < stretchTo[at]!; cell++)
        if (present[begin + cell]! >= capacity[base + cell]! + extra) return false;
    return true;
  }

  /** How many of those seated in the wish's group are ranked above it. */
  #numberAbove(wish: number): number {
    const { groupAt, wishGroup, wishRank } = this.market;
    const first = groupAt[wishGroup[wish]!]!;
    const rank = wishRank[wish]!;
    let [low, high] = [first, first + this.#count[wishGroup[wish]!]!];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (wishRank[this.#seated[middle]!]! < rank) low = middle + 1;
      else high = middle;
    }
    return low - first;
  }

  /**
   * Counts those ranked above a wish: their starts and ends first, then summed along the cells. Where fewer are seated
   * from the wish downwards, counts these and takes them from all.
   */
  #countAbove(wish: number): void {
    const { groupAt, wishGroup, wishChild, stretchAt, stretchFrom, stretchTo, cells } = this.market;
    const group = wishGroup[wish]!;
    const [first, base, above] = [groupAt[group]!, group * cells, this.#above];
    const [number, seated] = [this.#numberAbove(wish), this.#count[group]!];
    const fromBelow = seated - number < number;
    above.fill(0);
    for (
      let at = first + (fromBelow ? number : 0), end = first + (fromBelow ? seated : number);
      at < end;
      at++
    ) {
      const child = wishChild[this.#seated[at]!]!;
      for (let stretch = stretchAt[child]!; stretch < stretchAt[child + 1]!; stretch++) {
        above[stretchFrom[stretch]!]! += 1;
        above[stretchTo[stretch]!]! -= 1;
      }
    }
    for (let cell = 1, sum = above[0]!; cell < cells; cell++) above[cell] = sum += above[cell]!;
    if (fromBelow)
      for (let cell = 0; cell < cells; cell++) above[cell] = this.occupied[base + cell]! - above[cell]!;
  }

  #sitAll(unit: number, option: number): void {
    const { unitAt, optionAt, optionWish } = this.market;
    const at = unitAt[unit]! + option;
    if (at === unitAt[unit + 1]!) return;
    for (let next = optionAt[at]!; next < optionAt[at + 1]!; next++) this.#sit(optionWish[next]!);
  }

  #riseAll(unit: number, option: number): void {
    const { unitAt, optionAt, optionWish } = this.market;
    const at = unitAt[unit]! + option;
    if (at === unitAt[unit + 1]!) return;
    for (let next = optionAt[at]!; next < optionAt[at + 1]!; next++) this.#rise(optionWish[next]!);
  }

  #shift(child: number, present: Int32Array, base: number, by: number): void {
    const { stretchAt, stretchFrom, stretchTo } = this.market;
    for (let at = stretchAt[child]!; at < stretchAt[child + 1]!; at++)
      for (let cell = base + stretchFrom[at]!; cell < base + stretchTo[at]!; cell++) present[cell]! += by;
  }

  #sit(wish: number): void {
    const { groupAt, wishGroup, wishRank, wishChild, cells } = this.market;
    const group = wishGroup[wish]!;
    const first = groupAt[group]!;
    let at = first + this.#count[group]!++;
    for (; at > first && wishRank[this.#seated[at - 1]!]! > wishRank[wish]!; at--)
      this.#seated[at] = this.#seated[at - 1]!;
    this.#seated[at] = wish;
    this.#shift(wishChild[wish]!, this.occupied, group * cells, 1);
  }

  #rise(wish: number): void {
    const { groupAt, wishGroup, wishChild, cells } = this.market;
    const group = wishGroup[wish]!;
    const last = groupAt[group]! + --this.#count[group]!;
    let at = this.#seated.indexOf(wish, groupAt[group]);
    for (; at < last; at++) this.#seated[at] = this.#seated[at + 1]!;
    this.#shift(wishChild[wish]!, this.occupied, group * cells, -1);
  }
}
