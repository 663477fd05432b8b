/** Chance that repeats: the same seed gives the same numbers on every machine. For demo data and tests, not secrets. */
export interface Random {
  /** 0 ≤ number < 1, in steps of 2⁻³². */
  next(): number;
  /** A whole number lo … hi, both included. */
  int(lo: number, hi: number): number;
  /** One of the list; throws RangeError when it is empty. */
  pick<T>(list: readonly T[]): T;
  /** The list in another order, as a new list. */
  shuffle<T>(list: readonly T[]): T[];
  /** True with probability p. */
  chance(p: number): boolean;
}

/** Four well-mixed 32-bit words of a text (FNV-1a with four starts, finished as MurmurHash3 finishes). */
function wordsOf(seed: string): [number, number, number, number] {
  return [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35].map((start) => {
    let hash = start;
    for (let at = 0; at < seed.length; at++) hash = Math.imul(hash ^ seed.charCodeAt(at), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) >>> 0;
  }) as [number, number, number, number];
}

/** The sfc32 generator (Chris Doty-Humphrey's small fast counting generator, period ≥ 2³²). */
export function randomFrom(seed: string): Random {
  let [a, b, c, counter] = wordsOf(seed);

  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < 12; round++) next();

  const int = (lo: number, hi: number): number => {
    if (!Number.isInteger(lo) || !Number.isInteger(hi) || hi < lo)
      throw new RangeError(`no whole number ${lo}…${hi}`);
    return lo + Math.floor(next() * (hi - lo + 1));
  };

  return {
    next,
    int,
    pick: <T>(list: readonly T[]): T => list[int(0, list.length - 1)] as T,
    shuffle: <T>(list: readonly T[]): T[] => {
      const shuffled = [...list];
      for (let last = shuffled.length - 1; last > 0; last--) {
        const other = int(0, last);
        [shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T];
      }
      return shuffled;
    },
    chance: (p) => next() < p,
  };
}
