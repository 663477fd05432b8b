import { readFile } from 'node:fs/promises';
import { Refusal } from '../domain/refusal.ts';
import { importFile, problemsOf, type ImportAnswer, type Problem } from '../use-cases/import/import.ts';
import { progressOn, readArgs, withDatabase, WrongUse, type Bench, type Verb } from './verb.ts';

async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new WrongUse(`cannot read ${path}: ${(error as Error).message}`, { cause: error });
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const detail = `is not JSON: ${(error as Error).message}`;
    throw new Refusal('invalid', {
      problems: [{ sheet: 'file', row: 0, field: '', reason: 'invalid', detail }],
      total: 1,
    });
  }
}

function tellCounts(bench: Bench, { counts }: ImportAnswer, dryRun: boolean): void {
  bench.out(dryRun ? 'Dry run, nothing is written:' : 'Imported:');
  for (const [sheet, { created, updated, unchanged }] of Object.entries(counts)) {
    if (created + updated + unchanged === 0) continue;
    bench.out(`  ${sheet.padEnd(12)} ${created} new, ${updated} changed, ${unchanged} unchanged`);
  }
}

function tellProblems(bench: Bench, problems: readonly Problem[], total: number): void {
  for (const { sheet, row, field, reason, detail } of problems) {
    const place = [row === 0 ? sheet : `${sheet} row ${row}`, field].filter(Boolean).join(', ');
    bench.out(`${place}: ${detail} [${reason}]`);
  }
  const more = total > problems.length ? `, the first ${problems.length} above` : '';
  bench.out(`Nothing was imported: ${total} ${total === 1 ? 'problem' : 'problems'}${more}.`);
}

export const importVerb: Verb = {
  usage: 'import FILE.json [--dry-run] [--json]',
  what: 'imports centres, people, bookings and waiting lists, all or nothing',
  async run(args, bench) {
    const options = { 'dry-run': { type: 'boolean' }, json: { type: 'boolean' } } as const;
    const { values, positionals } = readArgs(args, options, 1);
    const dryRun = values['dry-run'] === true;
    try {
      const json = await readJson(positionals[0]!);
      const onProgress = progressOn(process.stderr);
      const answer = await withDatabase(bench, (database) =>
        importFile(database, json, { now: bench.clock(), dryRun, onProgress }),
      );
      if (values.json) bench.out(JSON.stringify(answer));
      else tellCounts(bench, answer, dryRun);
      return 0;
    } catch (error) {
      const found = error instanceof Refusal ? problemsOf(error) : undefined;
      if (!found) throw error;
      if (values.json) bench.out(JSON.stringify(found));
      else tellProblems(bench, found.problems, found.total);
      return 1;
    }
  },
};
