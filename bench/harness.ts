/** What was measured, against what was promised. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly atMost?: number;
  readonly atLeast?: number;
  readonly detail?: string;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Milliseconds of processor time, all threads, of one go. */
async function cpuMs(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The median processor time of some rounds after warming up. Each round gets its number. */
export async function medianCpuMs(
  rounds: number,
  work: (round: number) => Promise<unknown>,
): Promise<number> {
  const warming = Math.ceil(rounds / 3);
  for (let round = 0; round < warming; round++) await work(round);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await cpuMs(() => work(warming + round)));
  return median(times);
}

/** The rates of several ways to do the same, by turns in one run, so that a busy machine slows them all alike. */
export async function medianRates(
  rounds: number,
  ways: readonly { readonly each: number; readonly work: (round: number) => Promise<unknown> | void }[],
): Promise<number[]> {
  const rates: number[][] = ways.map(() => []);
  const warming = Math.ceil(rounds / 3);
  for (let round = 0; round < warming + rounds; round++) {
    for (const [at, { each, work }] of ways.entries()) {
      const start = performance.now();
      await work(round);
      if (round >= warming) rates[at]!.push((each * 1000) / (performance.now() - start));
    }
  }
  return rates.map(median);
}

function isMet({ value, atMost, atLeast }: Figure): boolean {
  return (atMost === undefined || value <= atMost) && (atLeast === undefined || value >= atLeast);
}

/** Prints the figures with their targets; whether all are met. */
export function report(figures: readonly Figure[]): boolean {
  for (const figure of figures) {
    const target = figure.atMost === undefined ? `at least ${figure.atLeast}` : `at most ${figure.atMost}`;
    const value = `${figure.value.toFixed(2)} ${figure.unit}`.trim();
    console.log(
      `${isMet(figure) ? 'met   ' : 'MISSED'}  ${figure.name}: ${value} (${target})${figure.detail ? `  ${figure.detail}` : ''}`,
    );
  }
  return figures.every(isMet);
}
