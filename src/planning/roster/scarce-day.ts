import { HALF_HOURS } from '../../domain/slots.ts';
import { bitsOf, countedIn, WORD } from './catalogue.ts';
import { OFF, type Problem } from './problem.ts';

/** What a few people do on a day together, and what of one line it leaves open. */
export interface DayOption {
  /** A shift of the person's catalogue, or OFF, in the order of the people. */
  readonly shifts: readonly number[];
  /** Working half-hours of each. */
  readonly net: readonly number[];
  /** Half-hours of the line that stay open, people counted. */
  readonly legal: number;
  readonly quality: number;
}

/** Of so many people all that they can do on a day together is looked through. */
export const TOGETHER = 3;
/** Ways to combine the shifts of a day that are looked through at most: a second or two. */
const MOST_WAYS = 300_000_000;

/** Working half-hours of a shift: none to twelve hours. */
const NETS = 25;
const NOT_MADE = -1;

const ONES = Uint8Array.from({ length: 4096 }, (_, bits) => {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
});
const ones = (low: number, high: number): number =>
  ONES[low & 4095]! + ONES[low >> 12]! + ONES[high & 4095]! + ONES[high >> 12]!;

/** Half-hours, as bits, at which at least one, two, three … are asked for. */
interface Depths {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

function depthsOf(need: Int32Array): Depths {
  const deepest = need.reduce((most, count) => Math.max(most, count), 0);
  const bits = (base: number, depth: number): number => {
    let word = 0;
    for (let at = base; at < Math.min(base + WORD, HALF_HOURS); at++)
      if (need[at]! >= depth) word |= bitsOf(at, at + 1, base);
    return word;
  };
  const depths = Array.from({ length: deepest }, (_, at) => at + 1);
  return { low: depths.map((each) => bits(0, each)), high: depths.map((each) => bits(WORD, each)) };
}

/** @param masks low and high bits of where one is at least, then two, three, and more. */
function openOf({ low, high }: Depths, masks: Int32Array): number {
  let open = 0;
  for (let depth = 0; depth < low.length; depth++) {
    const at = Math.min(depth, 3) * 2;
    open += ones(low[depth]! & ~masks[at]!, high[depth]! & ~masks[at + 1]!);
  }
  return open;
}

/** Shifts of a catalogue that differ for a line: of those that leave the same open, the one of the fewest hours. */
interface Choices {
  readonly shift: Int32Array;
  readonly net: Int32Array;
  readonly low: Int32Array;
  readonly high: Int32Array;
}

function choicesOf(problem: Problem, line: number, duty: number, legal: Depths, quality: Depths): Choices {
  const shifts = problem.catalogue[duty]!;
  const { low, high } = countedIn(shifts, problem.lines[line]!.onCall);
  const asked = {
    low: (legal.low[0] ?? 0) | (quality.low[0] ?? 0),
    high: (legal.high[0] ?? 0) | (quality.high[0] ?? 0),
  };
  const best = new Map<string, number>();
  for (let shift = 0; shift < shifts.count; shift++) {
    const key = `${low[shift]! & asked.low} ${high[shift]! & asked.high}`;
    const known = best.get(key);
    if (known === undefined || shifts.net[shift]! < shifts.net[known]!) best.set(key, shift);
  }
  const kept = [...best.values()];
  // A day off comes first, where there may be one.
  if (problem.must[duty] === 0) kept.unshift(OFF);
  const of = (values: Int32Array | Uint8Array, within = -1) =>
    Int32Array.from(kept, (shift) => (shift === OFF ? 0 : values[shift]! & within));
  return {
    shift: Int32Array.from(kept),
    net: of(shifts.net),
    low: of(low, asked.low),
    high: of(high, asked.high),
  };
}

/** Nothing of an option is better in another that is as good in everything. */
export function undominated(options: readonly DayOption[]): DayOption[] {
  const kept: DayOption[] = [];
  const size = ({ net }: DayOption) => net.reduce((sum, each) => sum + each, 0);
  const sorted = options.toSorted((a, b) => size(a) - size(b) || a.legal - b.legal || a.quality - b.quality);
  for (const each of sorted) {
    const worse = kept.some(
      (other) =>
        other.legal <= each.legal &&
        other.quality <= each.quality &&
        other.net.every((net, at) => net <= each.net[at]!),
    );
    if (!worse) kept.push(each);
  }
  return kept;
}

/**
 * All that at most three people can make of a line on a day, nothing that is worse in every way: for each of their hours
 * the least that stays open. Undefined when there are too many ways to look through.
 */
export function dayOptions(
  problem: Problem,
  line: number,
  day: number,
  people: readonly number[],
): DayOption[] | undefined {
  const cells = (need: Int32Array) => need.subarray(day * HALF_HOURS, (day + 1) * HALF_HOURS);
  const legal = depthsOf(cells(problem.lines[line]!.legal));
  const quality = depthsOf(cells(problem.lines[line]!.quality));
  const duties = people.map((staff) => staff * problem.days + day);
  const none: Choices = {
    shift: Int32Array.of(OFF),
    net: Int32Array.of(0),
    low: Int32Array.of(0),
    high: Int32Array.of(0),
  };
  const made = new Map<unknown, Choices>();
  const own = duties.map((duty) => {
    const key = problem.must[duty] === 1 ? duty : problem.catalogue[duty]!;
    const choices = made.get(key) ?? choicesOf(problem, line, duty, legal, quality);
    made.set(key, choices);
    return choices;
  });
  const [a, b, c] = [own[0] ?? none, own[1] ?? none, own[2] ?? none];
  const alike = Number(a === b) + Number(b === c);
  const ways = (a.shift.length * b.shift.length * c.shift.length) / [1, 2, 6][alike]!;
  if (own.length > TOGETHER || ways > MOST_WAYS) return undefined;

  const asked = openOf(legal, new Int32Array(8));
  // By net hours of the three and what stays open of the law: the least quality open, and with which shifts.
  const least = new Int32Array(NETS ** 3 * (asked + 1)).fill(NOT_MADE);
  const how = new Int32Array(3 * least.length);
  const note = (i: number, j: number, k: number, open: number, wanted: number): void => {
    const at = ((a.net[i]! * NETS + b.net[j]!) * NETS + c.net[k]!) * (asked + 1) + open;
    if (least[at]! !== NOT_MADE && wanted >= least[at]!) return;
    least[at] = wanted;
    how[3 * at] = i;
    how[3 * at + 1] = j;
    how[3 * at + 2] = k;
  };
  const isDeep = legal.low.length > 1 || quality.low.length > 1;
  const masks = new Int32Array(8);
  const [legalLow, legalHigh] = [legal.low[0] ?? 0, legal.high[0] ?? 0];
  const [qualityLow, qualityHigh] = [quality.low[0] ?? 0, quality.high[0] ?? 0];
  const seen = Array.from({ length: NETS ** 2 }, () => new Set<number>());
  for (let i = 0; i < a.shift.length; i++)
    for (let j = a === b ? i : 0; j < b.shift.length; j++) {
      const [x, y, u, v] = [a.low[i]!, b.low[j]!, a.high[i]!, b.high[j]!];
      if (!isDeep) {
        // One person is enough: two who are there at the same times for the same hours as two before bring nothing new.
        const [low, high] = [~(x | y), ~(u | v)];
        const open = ones(legalLow & low, legalHigh & high) + ones(qualityLow & low, qualityHigh & high);
        const same = seen[a.net[i]! * NETS + b.net[j]!]!;
        const presence = (x | y) * 2 ** WORD + (u | v);
        if (same.has(presence)) continue;
        same.add(presence);
        // With nothing open a third only spends hours.
        const last = open === 0 && c.shift[0] === OFF ? 1 : c.shift.length;
        for (let k = b === c && last > 1 ? j : 0; k < last; k++) {
          const [m, n] = [low & ~c.low[k]!, high & ~c.high[k]!];
          note(i, j, k, ones(legalLow & m, legalHigh & n), ones(qualityLow & m, qualityHigh & n));
        }
        continue;
      }
      for (let k = b === c ? j : 0; k < c.shift.length; k++) {
        const [z, w] = [c.low[k]!, c.high[k]!];
        masks[0] = x | y | z;
        masks[1] = u | v | w;
        masks[2] = (x & y) | (x & z) | (y & z);
        masks[3] = (u & v) | (u & w) | (v & w);
        masks[4] = x & y & z;
        masks[5] = u & v & w;
        note(i, j, k, openOf(legal, masks), openOf(quality, masks));
      }
    }

  // People alike may change places.
  const options = new Map<string, DayOption>();
  const orders: readonly (readonly number[])[] = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ];
  const all = [a, b, c];
  least.forEach((wanted, key) => {
    if (wanted === NOT_MADE) return;
    const shifts = how.subarray(3 * key, 3 * key + 3);
    for (const order of orders) {
      if (order.some((from, to) => all[from] !== all[to])) continue;
      const at = order.slice(0, own.length).map((from) => shifts[from]!);
      const option = {
        shifts: at.map((each, who) => all[who]!.shift[each]!),
        net: at.map((each, who) => all[who]!.net[each]!),
        legal: key % (asked + 1),
        quality: wanted,
      };
      options.set(`${option.net.join(' ')} ${option.legal} ${wanted}`, option);
    }
  });
  return undominated([...options.values()]);
}
