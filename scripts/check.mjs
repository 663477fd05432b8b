// The checks that need no running program: `npm run check`, or one of them by name (`npm run lint`). Started by
// scripts/run.mjs. The runner of the tests counts each as one test.
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';

export const checks = [
  {
    name: 'lint',
    script: 'node_modules/oxlint/bin/oxlint',
    args: ['--type-aware', '--deny-warnings', '--report-unused-disable-directives'],
  },
  {
    name: 'format',
    script: 'node_modules/prettier/bin/prettier.cjs',
    args: ['--check', '--log-level=warn', '.'],
  },
  { name: 'types', script: 'node_modules/typescript/bin/tsc', args: [] },
  { name: 'unused', script: 'node_modules/knip/bin/knip.js', args: ['--no-progress'] },
];

/** Runs the checks one by one and tells which failed. */
export function runChecks(chosen = checks) {
  return chosen.filter(({ name, script, args }) => {
    console.log(`\n— ${name}`);
    return spawnSync(process.execPath, [script, ...args], { stdio: 'inherit' }).status !== 0;
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const name = process.argv[2];
  const failed = runChecks(name ? checks.filter((check) => check.name === name) : checks);
  console.log(
    failed.length === 0 ? '\nAll is well.' : `\nFailed: ${failed.map((check) => check.name).join(', ')}`,
  );
  process.exit(failed.length === 0 ? 0 : 1);
}
