import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { randomFrom } from '../src/domain/random.ts';
import { formatTime } from '../src/domain/slots.ts';
import { seatEverybody } from '../src/planning/allocation/allocate.ts';
import { buildMarket } from '../src/planning/allocation/build.ts';
import { offerFor, type Entry } from '../src/planning/allocation/offer.ts';
import type { Report } from '../src/planning/allocation/result.ts';
import { bigMarket, longCycles } from '../test/planning/allocation-markets.ts';
import { median, type Figure } from './harness.ts';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri'];
const OFFERS = 2000;
const WAITING = 500;

interface Round {
  readonly cpuSeconds: number;
  /** Most the process ever took, the input included. */
  readonly megabytes: number;
  readonly report: Report;
}

/** The heap is bounded as a worker's is: unbounded, V8 lets rubbish lie. */
function round(children: number, families: boolean): Round {
  const script = resolve(import.meta.dirname, 'allocation-round.ts');
  const args = ['--max-old-space-size=384', script, String(children), ...(families ? ['families'] : [])];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Round;
}

/** The time that 99 of 100 stay under, in milliseconds. */
function p99(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.99) - 1]!;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Milliseconds of processor time: on a busy machine the clock measures the others. */
function timed(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Offers of a freed stay in a group for which 500 wait, most of whom do not fit. */
function offerTimes(): number[] {
  const random = randomFrom('bench offers');
  const stay = (from: number, to: number) =>
    Object.fromEntries(DAYS.map((day) => [day, [formatTime(from), formatTime(to)] as [string, string]]));
  const entries = Array.from({ length: WAITING }, (_, at): Entry => {
    const from = random.int(15, 22);
    const score = [random.int(0, 2), random.int(0, 1), random.int(0, 900), random.int(0, 1e6)];
    return {
      child: `k${at}`,
      score,
      pattern: stay(from, from + random.int(10, 16)),
      bypasses: random.int(0, 6),
    };
  });
  return Array.from({ length: OFFERS }, () => {
    const [from, to] = [random.int(15, 24), random.int(28, 36)];
    const free = Object.fromEntries(DAYS.map((day) => [day, [[from, to, 1]] as [number, number, number][]]));
    const freed = Object.fromEntries(DAYS.map((day) => [day, [from, to] as const]));
    return timed(() => offerFor({ free }, freed, entries));
  });
}

/** Brothers and sisters whose ways to come are too many to look at one by one. */
function longCyclesTime(): number {
  const { free, family } = longCycles();
  return median(Array.from({ length: 9 }, () => timed(() => offerFor({ free }, {}, family))));
}

/** Explanations of all refused wishes of children without a place. */
function explanationTimes(): number[] {
  const market = buildMarket(bigMarket(randomFrom('bench reasons'), { centres: 100, children: 10_000 }));
  const { seats, explain } = seatEverybody(market);
  const times: number[] = [];
  market.wishChild.forEach((child, wish) => {
    const unit = market.unitOf[child]!;
    if (seats.choice[unit] === seats.options(unit)) times.push(timed(() => explain(wish)));
  });
  return times;
}

/** A1, A2, A5, A6 of the allocation engine. */
export async function benchAllocation(): Promise<Figure[]> {
  await Promise.resolve();
  const [small, large, families] = [round(10_000, false), round(100_000, false), round(100_000, true)];
  const figures = [large, families].flatMap(({ report, cpuSeconds, megabytes }, at): Figure[] => {
    const who = at === 0 ? 'alone' : 'with families';
    const detail = `${report.placed} placed, ${report.firstWish} at their first wish`;
    return [
      { name: `100,000 children ${who}`, value: cpuSeconds, unit: 's', atMost: 10, detail },
      { name: `100,000 children ${who}, memory`, value: megabytes, unit: 'MB', atMost: 512 },
      { name: `100,000 children ${who}, blocking`, value: report.blocking, unit: '', atMost: 5 },
      { name: `100,000 children ${who}, wasted`, value: report.wasted, unit: '', atMost: 0 },
      { name: `100,000 children ${who}, over capacity`, value: report.overCapacity, unit: '', atMost: 0 },
    ];
  });
  return [
    ...figures,
    {
      name: 'allocation, ten times the children',
      value: large.cpuSeconds / small.cpuSeconds,
      unit: 'times the processor time',
      atMost: 13,
    },
    {
      name: 'offer of a freed place, p99',
      value: p99(offerTimes()),
      unit: 'ms',
      atMost: 5,
      detail: `${WAITING} waiting`,
    },
    {
      name: 'offer to four of a family on long cycles',
      value: longCyclesTime(),
      unit: 'ms',
      atMost: 500,
      detail: 'median of the processor time',
    },
    { name: 'explanation of a refused wish, mean', value: mean(explanationTimes()), unit: 'ms', atMost: 0.1 },
  ];
}
