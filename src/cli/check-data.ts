import { existsSync } from 'node:fs';
import { checkData } from '../use-cases/data-check.ts';
import { progressOn, readArgs, withDatabase, type Verb } from './verb.ts';

export const checkDataVerb: Verb = {
  usage: 'check-data [--json]',
  what: 'recounts everything from raw rows; 0 findings is well',
  async run(args, bench) {
    const { values } = readArgs(args, { json: { type: 'boolean' } } as const, 0);
    const { database: url } = bench.config;
    if (url.dialect === 'sqlite' && !existsSync(url.file)) {
      bench.err(`there is no database at ${url.file}`);
      return 1;
    }
    const progress = progressOn(process.stderr);
    const findings = await withDatabase(bench, (database) =>
      checkData(database, bench.clock(), { onProgress: (done, of) => progress(done, of, 'groups') }),
    );
    if (values.json) bench.out(JSON.stringify({ findings }));
    else {
      for (const { rule, where, detail } of findings) bench.out(`${rule}: ${where}: ${detail}`);
      bench.out(findings.length === 1 ? '1 finding' : `${findings.length} findings`);
    }
    return findings.length === 0 ? 0 : 1;
  },
};
