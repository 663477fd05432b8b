import { describe, expect, test } from 'vitest';
import type { Database } from '../../src/data/database.ts';
import { openDatabase } from '../../src/data/open-database.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import type { TestDialect } from '../support/database.ts';
import { hasPostgres } from '../support/postgres.ts';
import { Oracle } from '../support/walk-oracle.ts';
import { ENGINE_VERBS, Side } from '../support/walk-side.ts';
import { drawVerb, HUMAN_VERBS, VERBS } from '../support/walk-verbs.ts';
import { Walk, type Verb } from '../support/walk.ts';
import { DeadlockWatch } from '../support/watched-postgres.ts';

const {
  RACE_DIALECT,
  WALK_SEEDS = '2',
  WALK_BURSTS = '60',
  WALK_FIRST = '1',
  WALK_EVERY = '1',
  WALK_TELL,
} = process.env;
const DIALECTS: readonly TestDialect[] = (
  hasPostgres ? (['sqlite', 'postgres'] as const) : (['sqlite'] as const)
).filter((each) => !RACE_DIALECT || each === RACE_DIALECT);
const TOLD = 30;
const HANGS_AFTER_MS = 40_000;

const tally = new Map<string, Record<string, number>>();

/** Some who act at once: often the same thing, now and then word for word. */
function drawBurst(walk: Walk, at: number, databases: readonly Database[]): { side: Side; verb: Verb }[] {
  const { random } = walk;
  const spot = random.pick([random.next(), 0.999]);
  const first = drawVerb(random, HUMAN_VERBS);
  const second = drawVerb(random, HUMAN_VERBS);
  let seed = '';
  const sides = Array.from({ length: random.int(3, 6) }, (_, n) => {
    const drawn = random.pick([first, first, second, drawVerb(random, HUMAN_VERBS)]);
    const verb = random.chance(0.15) ? drawVerb(random, ENGINE_VERBS) : drawn;
    if (n === 0 || random.chance(0.75)) seed = `${random.next()}`;
    const name = `burst-${at}-${n}`;
    return { side: new Side(walk, { seed, name, database: databases[n % databases.length]!, spot }), verb };
  });
  if (random.chance(0.5)) {
    const name = `burst-${at}-jobs`;
    sides.push({
      side: new Side(walk, { seed: name, name, database: databases[0]!, spot }),
      verb: ENGINE_VERBS[0]!,
    });
  }
  return sides;
}

/** Whoever finds nothing to do does something else. */
async function stepOf(side: Side, verb: Verb): Promise<string> {
  let outcome = await side.step(verb);
  for (let more = 0; more < 4 && outcome === 'nothing'; more++) {
    outcome = await side.step(drawVerb(side.random, HUMAN_VERBS));
  }
  return outcome;
}

async function act(side: Side, verb: Verb): Promise<string> {
  const start = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const hang = new Promise<'hang'>((resolve) => (timer = setTimeout(() => resolve('hang'), HANGS_AFTER_MS)));
  try {
    const outcome = await Promise.race([stepOf(side, verb), hang]);
    const count = tally.get(verb.name) ?? {};
    tally.set(verb.name, count);
    count[outcome] = (count[outcome] ?? 0) + 1;
    return outcome === 'hang' ? `${verb.name} hangs` : '';
  } catch (error) {
    let text = '';
    for (let each: unknown = error; each instanceof Error; each = each.cause)
      text += `${each.stack}\n${JSON.stringify(each)}\n`;
    return `${verb.name} threw after ${performance.now() - start}: ${text}`;
  } finally {
    clearTimeout(timer);
  }
}

async function findingsOf(dialect: TestDialect, seed: string): Promise<string> {
  await using walk = await Walk.create(seed, dialect);
  const watch = new DeadlockWatch();
  const open = () => {
    const { url } = walk.world.stage;
    return url.dialect === 'postgres' ? watch.open(url.url, walk.random) : openDatabase(url);
  };
  const databases = [await open(), await open()];
  const oracle = new Oracle();
  const told = (what: string[]) =>
    [`${dialect} seed ${seed}, WALK_FIRST=${seed} WALK_SEEDS=1`, ...what, ...walk.steps.slice(-TOLD)].join(
      '\n',
    );
  try {
    for (let burst = 1; burst <= Number(WALK_BURSTS); burst++) {
      // A few steps one by one bring about what the next burst is about.
      for (let step = walk.random.int(1, 5); step > 0; step--) {
        while ((await walk.step(drawVerb(walk.random, VERBS))) === 'nothing');
      }
      const sides = drawBurst(walk, burst, databases);
      walk.steps.push(`burst ${burst}: ${sides.map(({ verb }) => verb.name).join(', ')}`);
      walk.settled = false;
      const results = await Promise.all(sides.map(({ side, verb }) => act(side, verb)));
      const found = [...results.filter(Boolean), ...watch.take()];
      if (found.some((each) => each.endsWith('hangs'))) return told(found);
      if (burst % Number(WALK_EVERY) === 0) {
        found.push(
          ...(await oracle.findings(walk)),
          ...(await checkData(walk.world.database, walk.world.now))
            .filter(({ rule, detail }) => walk.settled || rule !== 'hold' || !detail.startsWith('was kept'))
            .map((each) => JSON.stringify(each)),
        );
      }
      if (found.length > 0) return told(found);
    }
  } catch (error) {
    return told([`threw ${String((error as Error).stack)} ${String((error as Error).cause)}`]);
  } finally {
    await Promise.race([
      Promise.all(databases.map((each) => each.close())),
      new Promise((resolve) => setTimeout(resolve, 2000)),
    ]);
  }
  return '';
}

describe.each(DIALECTS)('%s', (dialect) => {
  test('whatever happens at once, no walk reaches a state that must never be', async () => {
    const found: string[] = [];
    for (let seed = Number(WALK_FIRST); seed < Number(WALK_FIRST) + Number(WALK_SEEDS); seed++) {
      const start = performance.now();
      const findings = await findingsOf(dialect, String(seed));
      if (WALK_TELL)
        process.stdout.write(`${dialect} ${seed}: ${Math.round(performance.now() - start)} ms\n`);
      if (findings) found.push(findings);
      if (findings && WALK_TELL) process.stdout.write(`${findings}\n\n`);
    }
    if (WALK_TELL)
      process.stdout.write(
        `${[...tally].map(([name, counts]) => `${name}: ${JSON.stringify(counts)}`).join('\n')}\n`,
      );
    expect(found.join('\n\n')).toBe('');
  });
});
