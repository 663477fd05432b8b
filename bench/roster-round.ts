// One roster in a process of its own, for its processor time and memory: `roster-round.ts STAFF WEEKS SECONDS LOAD [MINUTES…]`,
// the minutes a week of each nurse where those are no full-timers.
import { randomFrom } from '../src/domain/random.ts';
import { readRoster } from '../src/planning/roster/read.ts';
import { solveRoster } from '../src/planning/roster/solve.ts';
import { centre } from '../test/planning/roster-cases.ts';
import { rosterFaults } from '../test/planning/roster-checker.ts';

const [staff, weeks, seconds, load, ...contracts] = process.argv.slice(2).map(Number) as [
  number,
  number,
  number,
  number,
];
const nurses = contracts.length > 0 ? contracts : undefined;
const json = centre(randomFrom(`bench ${staff}`), staff, weeks, load, nurses);
const read = readRoster(json);
if ('errors' in read) throw new Error(JSON.stringify(read.errors));
const idle = process.memoryUsage.rss() / 1024 / 1024;
const before = process.cpuUsage();
const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};
let covered: number | undefined;
const roster = await solveRoster(read.input, {
  seconds,
  measure: cpuSeconds,
  onIncumbent: ({ cost }) => {
    if (cost.legal === 0) covered ??= cpuSeconds();
  },
});
process.stdout.write(
  JSON.stringify({
    cpuSeconds: cpuSeconds(),
    covered: covered ?? null,
    gap: roster.gap,
    open: roster.cost.legal / 1000,
    isLeast: roster.uncovered.every(
      ({ kind, why }) => kind !== 'legal' || why.some(({ fact }) => fact === 'minimum_proved'),
    ),
    faults: rosterFaults(json, roster).length,
    megabytes: process.resourceUsage().maxRSS / 1024 - idle,
  }),
);
