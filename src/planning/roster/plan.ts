import { HALF_HOURS } from '../../domain/slots.ts';
import { countedIn, WORD } from './catalogue.ts';
import { OFF, WEIGHTS, type Problem } from './problem.ts';

/** What some people at a cell cost, by line × cells + cell × (staff + 1) + people present. */
function priceOf(problem: Problem): Float64Array {
  const cells = problem.days * HALF_HOURS;
  const counts = problem.staff.length + 1;
  const price = new Float64Array(problem.lines.length * cells * counts);
  problem.lines.forEach(({ legal, quality }, line) => {
    for (let cell = 0; cell < cells; cell++)
      for (let count = 0; count < counts; count++) {
        const surplus = line === 0 ? Math.max(0, count - problem.needed[cell]!) : 0;
        price[(line * cells + cell) * counts + count] =
          WEIGHTS.legal * Math.max(0, legal[cell]! - count) +
          WEIGHTS.quality * Math.max(0, quality[cell]! - count) +
          WEIGHTS.surplus * surplus;
      }
  });
  return price;
}

/** Who works which shift, with all that costs kept up to date. A duty's shift is a number of its catalogue, or OFF. */
export class Plan {
  readonly problem: Problem;
  readonly choice: Int32Array;
  /** People present by line × cells + cell. */
  readonly present: Int32Array;
  /** Working half-hours and days by staff × weeks + week. */
  readonly net: Int32Array;
  readonly worked: Int32Array;
  readonly early: Int32Array;
  readonly late: Int32Array;
  cost = 0;
  readonly #price: Float64Array;
  readonly #cells: number;

  constructor(problem: Problem) {
    const { staff, days, weeks, lines } = problem;
    this.problem = problem;
    this.#cells = days * HALF_HOURS;
    this.#price = priceOf(problem);
    this.choice = new Int32Array(staff.length * days).fill(OFF);
    this.present = new Int32Array(lines.length * this.#cells);
    this.net = new Int32Array(staff.length * weeks);
    this.worked = new Int32Array(staff.length * weeks);
    this.early = new Int32Array(staff.length);
    this.late = new Int32Array(staff.length);
    this.cost = this.recount();
  }

  /** The cost of everything, added up afresh. */
  recount(): number {
    let cost = this.#mostOf(this.early, -1, 0) + this.#mostOf(this.late, -1, 0);
    const counts = this.problem.staff.length + 1;
    this.present.forEach((count, at) => (cost += this.#price[at * counts + count]!));
    this.net.forEach((net, at) => (cost += this.#hours(at, net)));
    this.choice.forEach((shift, duty) => {
      if (shift !== OFF) cost += WEIGHTS.preference * this.problem.disliked[duty]![shift]!;
    });
    return cost;
  }

  /** Half-hours of legal demand that stay open, people counted. */
  short(): number {
    let short = 0;
    this.problem.lines.forEach(({ legal }, line) =>
      legal.forEach((need, cell) => (short += Math.max(0, need - this.present[line * this.#cells + cell]!))),
    );
    return short;
  }

  #hours(at: number, net: number): number {
    const target = this.problem.target[at]!;
    return net > target ? WEIGHTS.overtime * (net - target) : WEIGHTS.underContract * (target - net);
  }

  /** What the most burdened person's early (or late) shifts cost, were somebody to have `change` more. */
  #mostOf(shifts: Int32Array, who: number, change: number): number {
    const { fullTime } = this.problem;
    let most = 0;
    for (let staff = 0; staff < shifts.length; staff++) {
      const share = (shifts[staff]! + (staff === who ? change : 0)) / fullTime[staff]!;
      if (share > most) most = share;
    }
    return WEIGHTS.fairness * most;
  }

  /** Whether a person may work this shift with all others that it has. */
  allows(duty: number, shift: number): boolean {
    const { problem, choice } = this;
    const { days, weeks, weekOf, catalogue, rest } = problem;
    const shifts = catalogue[duty]!;
    const day = duty % days;
    const staff = (duty - day) / days;
    if (shift === OFF) return problem.must[duty] === 0;
    const old = choice[duty]!;
    const at = staff * weeks + weekOf[day]!;
    const before = old === OFF ? 0 : shifts.net[old]!;
    if (this.net[at]! - before + shifts.net[shift]! > problem.most[staff]!) return false;
    if (old === OFF && this.worked[at]! >= problem.daysPerWeek[staff]!) return false;
    if (day > 0 && choice[duty - 1]! !== OFF) {
      const ended = catalogue[duty - 1]!.to[choice[duty - 1]!]!;
      if (shifts.from[shift]! + HALF_HOURS - ended < rest) return false;
    }
    if (day + 1 < days && choice[duty + 1]! !== OFF) {
      const begins = catalogue[duty + 1]!.from[choice[duty + 1]!]!;
      if (begins + HALF_HOURS - shifts.to[shift]! < rest) return false;
    }
    return true;
  }

  /** What changing a duty's shift would add to the cost. */
  change(duty: number, shift: number): number {
    const { problem, choice } = this;
    const old = choice[duty]!;
    if (old === shift) return 0;
    const { days, weeks, weekOf } = problem;
    const shifts = problem.catalogue[duty]!;
    const disliked = problem.disliked[duty]!;
    const day = duty % days;
    const staff = (duty - day) / days;
    const has = (of: Int32Array | Uint8Array, which: number): number => (which === OFF ? 0 : of[which]!);
    let sum = WEIGHTS.preference * (has(disliked, shift) - has(disliked, old));
    const at = staff * weeks + weekOf[day]!;
    const net = this.net[at]!;
    sum += this.#hours(at, net + has(shifts.net, shift) - has(shifts.net, old)) - this.#hours(at, net);
    const early = has(shifts.early, shift) - has(shifts.early, old);
    if (early !== 0) sum += this.#mostOf(this.early, staff, early) - this.#mostOf(this.early, -1, 0);
    const late = has(shifts.late, shift) - has(shifts.late, old);
    if (late !== 0) sum += this.#mostOf(this.late, staff, late) - this.#mostOf(this.late, -1, 0);
    const own = problem.classOf[staff]!;
    const base = day * HALF_HOURS;
    const serves = problem.servesAtWork[own]!;
    sum += this.#priceChange(serves, base, has(shifts.low, old), has(shifts.low, shift));
    sum += this.#priceChange(serves, base + WORD, has(shifts.high, old), has(shifts.high, shift));
    const onCall = problem.servesOnCall[own]!;
    if (onCall.length === 0) return sum;
    sum += this.#priceChange(onCall, base, has(shifts.wholeLow, old), has(shifts.wholeLow, shift));
    return (
      sum + this.#priceChange(onCall, base + WORD, has(shifts.wholeHigh, old), has(shifts.wholeHigh, shift))
    );
  }

  #priceChange(serves: readonly number[], base: number, was: number, becomes: number): number {
    const counts = this.problem.staff.length + 1;
    let sum = 0;
    for (let bits = was ^ becomes; bits !== 0; bits &= bits - 1) {
      const bit = bits & -bits;
      const cell = base + 31 - Math.clz32(bit);
      const step = (becomes & bit) === 0 ? -1 : 1;
      for (let each = 0; each < serves.length; each++) {
        const at = serves[each]! * this.#cells + cell;
        const here = at * counts + this.present[at]!;
        sum += this.#price[here + step]! - this.#price[here]!;
      }
    }
    return sum;
  }

  /** Gives a duty another shift. Whether it may be is for `allows` to say; `change` is what it adds, where that is known. */
  set(duty: number, shift: number, change = this.change(duty, shift)): void {
    const old = this.choice[duty]!;
    if (old === shift) return;
    this.cost += change;
    this.choice[duty] = shift;
    if (old !== OFF) this.#count(duty, old, -1);
    if (shift !== OFF) this.#count(duty, shift, 1);
  }

  #count(duty: number, shift: number, sign: number): void {
    const { problem } = this;
    const shifts = problem.catalogue[duty]!;
    const day = duty % problem.days;
    const staff = (duty - day) / problem.days;
    const at = staff * problem.weeks + problem.weekOf[day]!;
    this.net[at]! += sign * shifts.net[shift]!;
    this.worked[at]! += sign;
    this.early[staff]! += sign * shifts.early[shift]!;
    this.late[staff]! += sign * shifts.late[shift]!;
    for (const line of problem.serves[problem.classOf[staff]!]!) {
      const base = line * this.#cells + day * HALF_HOURS;
      const { low, high } = countedIn(shifts, problem.lines[line]!.onCall);
      for (let bits = low[shift]!; bits !== 0; bits &= bits - 1)
        this.present[base + 31 - Math.clz32(bits & -bits)]! += sign;
      for (let bits = high[shift]!; bits !== 0; bits &= bits - 1)
        this.present[base + WORD + 31 - Math.clz32(bits & -bits)]! += sign;
    }
  }

  /** Takes over all shifts of another plan of the same problem; its legality is taken for granted. */
  take(choice: Int32Array): void {
    for (let duty = 0; duty < choice.length; duty++) this.set(duty, choice[duty]!, 0);
    this.cost = this.recount();
  }
}
