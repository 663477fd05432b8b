import { allocate as findPlaces } from '../planning/allocation/allocate.ts';
import { readAllocation } from '../planning/allocation/read.ts';
import { jsonIn } from './json-file.ts';
import { readArgs, type Bench, type Exit, type Verb } from './verb.ts';

type Output = Pick<Bench, 'out' | 'err'>;

/**
 * Reads a market (engines.md, Allocation) and prints its allocation as JSON. Bad input is told line by line on standard
 * error, with --json also on standard output.
 * @returns 0 when there is an allocation, whoever it refuses; 2 for bad input. Throws WrongUse for wrong use.
 */
export async function allocate(args: readonly string[], { out, err }: Output): Promise<Exit> {
  const files = args.some((arg) => arg === '-' || !arg.startsWith('-')) ? 1 : 0;
  const { values, positionals } = readArgs(args, { json: { type: 'boolean' } } as const, files);
  const read = readAllocation(await jsonIn(positionals[0]));
  if ('errors' in read) {
    for (const { path, problem } of read.errors) err(`${path || 'the input'} ${problem}`);
    if (values.json) out(JSON.stringify({ errors: read.errors }));
    return 2;
  }
  out(JSON.stringify(findPlaces(read.input, () => performance.now() / 1000)));
  return 0;
}

export const allocateVerb: Verb = {
  usage: 'allocate [FILE.json] [--json]',
  what: 'places children by the rule stable, common or strict: a market in (or on standard input), JSON out',
  run: (args, bench) => allocate(args, bench),
};
