// One allocation in a process of its own, for its processor time and memory: `allocation-round.ts CHILDREN [families]`.
import { randomFrom } from '../src/domain/random.ts';
import { allocate } from '../src/planning/allocation/allocate.ts';
import { bigMarket } from '../test/planning/allocation-markets.ts';

const children = Number(process.argv[2]);
const market = bigMarket(randomFrom(`bench ${children}`), {
  centres: children / 100,
  children,
  families: process.argv[3] === 'families',
});
const before = process.cpuUsage();
const { report } = allocate(market);
const { user, system } = process.cpuUsage(before);
process.stdout.write(
  JSON.stringify({
    cpuSeconds: (user + system) / 1e6,
    megabytes: process.resourceUsage().maxRSS / 1024,
    report,
  }),
);
