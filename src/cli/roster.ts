import { readRoster } from '../planning/roster/read.ts';
import { solveRoster } from '../planning/roster/solve.ts';
import { jsonIn } from './json-file.ts';
import { readArgs, WrongUse, type Bench, type Exit, type Verb } from './verb.ts';

type Output = Pick<Bench, 'out' | 'err'>;

const SECONDS = 60;
const MOST_SECONDS = 3600;

function secondsOf(given: string | undefined): number {
  if (given === undefined) return SECONDS;
  const seconds = Number(given);
  if (!/^\d+(\.\d+)?$/.test(given) || seconds <= 0 || seconds > MOST_SECONDS)
    throw new WrongUse(`--seconds must be a number above 0, at most ${MOST_SECONDS}`);
  return seconds;
}

/** Where the file stands among the arguments: the number after --seconds is none. */
function filesIn(args: readonly string[]): number {
  return args.some((arg, at) => args[at - 1] !== '--seconds' && (arg === '-' || !arg.startsWith('-')))
    ? 1
    : 0;
}

/**
 * Reads the input of a roster (engines.md, Roster) and prints the roster as JSON. Bad input is told line by line on
 * standard error, with --json also on standard output.
 * @returns 0 when all legal demand is covered; 1 when some stays open, the roster printed all the same; 2 for bad input.
 * Throws WrongUse for wrong use.
 */
export async function roster(args: readonly string[], { out, err }: Output): Promise<Exit> {
  const options = { json: { type: 'boolean' }, seconds: { type: 'string' } } as const;
  const { values, positionals } = readArgs(args, options, filesIn(args));
  const seconds = secondsOf(values.seconds);
  const read = readRoster(await jsonIn(positionals[0]));
  if ('errors' in read) {
    for (const { path, problem } of read.errors) err(`${path || 'the input'} ${problem}`);
    if (values.json) out(JSON.stringify({ errors: read.errors }));
    return 2;
  }
  const found = await solveRoster(read.input, { seconds, measure: () => performance.now() / 1000 });
  out(JSON.stringify(found));
  return found.cost.legal > 0 ? 1 : 0;
}

export const rosterVerb: Verb = {
  usage: 'roster [FILE.json] [--seconds 60] [--json]',
  what: 'makes a roster of shifts: staff and demand in (or on standard input), JSON out; 1 when legal demand stays open',
  run: (args, bench) => roster(args, bench),
};
