import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { randomFrom } from '../src/domain/random.ts';
import { readRoster } from '../src/planning/roster/read.ts';
import { runRoster } from '../src/planning/roster/run.ts';
import { centre } from '../test/planning/roster-cases.ts';
import type { Figure } from './harness.ts';

const CANCELS = 5;

interface Round {
  readonly cpuSeconds: number;
  /** Processor seconds to the first legal roster that covers all legal demand; null when there was none. */
  readonly covered: number | null;
  readonly gap: number;
  /** Half-hours of legal demand that stay open, and whether it is proved that no roster leaves fewer. */
  readonly open: number;
  readonly isLeast: boolean;
  readonly faults: number;
  /** Most that solving took beside what the process had before. */
  readonly megabytes: number;
}

interface Case {
  readonly seconds?: number;
  /** Half-hours that are asked for at once, in parts of those that the contracts have. */
  readonly load?: number;
  /** Minutes a week of each nurse. */
  readonly contracts?: readonly number[];
}

/** The heap is bounded as the worker's is. */
function round(staff: number, weeks: number, { seconds = 30, load = 0.9, contracts = [] }: Case = {}): Round {
  const script = resolve(import.meta.dirname, 'roster-round.ts');
  const args = [
    '--max-old-space-size=160',
    '--max-semi-space-size=16',
    script,
    ...[staff, weeks, seconds, load, ...contracts].map(String),
  ];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Round;
}

/** The longest of some cancellations, each at another time after the first roster, in seconds. */
async function cancelTime(): Promise<number> {
  const read = readRoster(centre(randomFrom('bench 25'), 25, 4, 0.9));
  if ('errors' in read) throw new Error(JSON.stringify(read.errors));
  let longest = 0;
  for (let at = 0; at < CANCELS; at++) {
    const { promise: first, resolve: seen } = Promise.withResolvers<unknown>();
    const run = runRoster(read.input, { seconds: 60, onIncumbent: seen });
    await first;
    await new Promise((done) => setTimeout(done, at * 1500));
    const began = performance.now();
    await run.cancel();
    longest = Math.max(longest, (performance.now() - began) / 1000);
  }
  return longest;
}

/** Contracts of a centre's nurses, in hours a week, where one must be there 55 hours: few, and part of them part-time. */
const SCARCE = [
  [40, 20],
  [20, 20, 20],
  [15, 15, 15, 10],
];

/** A tenth more is asked for than all contracts give. */
const TOO_FEW = 1.1;

/** R3, R4, R5 of the roster engine, and centres whose nurses, or people, hardly suffice. */
export async function benchRoster(): Promise<Figure[]> {
  const weekly = [12, 18, 25].map((staff) => ({ staff, ...round(staff, 1) }));
  const month = round(25, 4);
  const scarce = SCARCE.map((hours) => ({
    hours,
    ...round(18, 1, { seconds: 60, contracts: hours.map((each) => each * 60) }),
  }));
  const short = [12, 18, 25].map((staff) => ({ staff, ...round(staff, 1, { seconds: 60, load: TOO_FEW }) }));
  const { covered } = weekly.at(-1)!;
  return [
    { name: '25 staff × 1 week, first covered', value: covered ?? Infinity, unit: 's', atMost: 2 },
    { name: '25 staff × 4 weeks, first covered', value: month.covered ?? Infinity, unit: 's', atMost: 5 },
    ...weekly.map(({ staff, gap, cpuSeconds }): Figure => ({
      name: `${staff} staff × 1 week, gap`,
      value: gap * 100,
      unit: '%',
      atMost: 2,
      detail: `in ${cpuSeconds.toFixed(1)} s`,
    })),
    ...scarce.map(({ hours, gap, open, cpuSeconds, isLeast }): Figure => ({
      name: `18 staff × 1 week, nurses of ${hours.join(' + ')} h for 55 h, gap`,
      value: gap * 100,
      unit: '%',
      atMost: 2,
      detail: `${open} half-hours open, ${isLeast ? 'proved least' : 'NOT proved'}, in ${cpuSeconds.toFixed(1)} s`,
    })),
    ...short.map(({ staff, gap, open, cpuSeconds, isLeast }): Figure => ({
      name: `${staff} staff × 1 week, a tenth too few, gap`,
      value: gap * 100,
      unit: '%',
      atMost: 2,
      detail: `${open} half-hours open, ${isLeast ? 'proved least' : 'NOT proved'}, in ${cpuSeconds.toFixed(1)} s`,
    })),
    {
      name: 'too few nurses or people, more open than proved',
      value: [...scarce, ...short].filter(({ isLeast }) => !isLeast).length,
      unit: '',
      atMost: 0,
    },
    {
      name: 'rosters, illegal or untrue',
      value: [...weekly, ...scarce, ...short, month].reduce((sum, { faults }) => sum + faults, 0),
      unit: '',
      atMost: 0,
    },
    { name: '25 staff × 1 week, memory', value: weekly.at(-1)!.megabytes, unit: 'MB', atMost: 300 },
    {
      name: 'a tenth too few, memory',
      value: Math.max(...short.map(({ megabytes }) => megabytes)),
      unit: 'MB',
      atMost: 300,
    },
    {
      name: '25 staff × 4 weeks, memory',
      value: month.megabytes,
      unit: 'MB',
      atMost: 300,
      detail: `gap ${(month.gap * 100).toFixed(2)} % in ${month.cpuSeconds.toFixed(1)} s`,
    },
    { name: 'roster cancelled', value: await cancelTime(), unit: 's', atMost: 0.2 },
  ];
}
