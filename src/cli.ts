import { allocateVerb } from './cli/allocate.ts';
import { backupVerb } from './cli/backup.ts';
import { checkDataVerb } from './cli/check-data.ts';
import { createAdminVerb } from './cli/create-admin.ts';
import { importVerb } from './cli/import.ts';
import { restoreVerb } from './cli/restore.ts';
import { WrongUse, type Bench, type Exit, type Verb } from './cli/verb.ts';
import { clockOf, ConfigError, readConfig } from './config.ts';
import { redacted } from './data/errors.ts';

const VERBS: Readonly<Record<string, Verb>> = {
  import: importVerb,
  'check-data': checkDataVerb,
  'create-admin': createAdminVerb,
  backup: backupVerb,
  restore: restoreVerb,
  allocate: allocateVerb,
};

const USAGE = [
  'npm run -s kundiz -- VERB …',
  ...Object.values(VERBS).map(({ usage, what }) => `  ${usage}\n      ${what}`),
].join('\n');

const err = (text: string) => console.error(text);

function benchOf(env: NodeJS.ProcessEnv): Bench {
  const config = readConfig(env);
  return {
    config,
    clock: clockOf(config),
    out: (text) => console.log(text),
    err: (text) => err(`kundiz: ${text}`),
  };
}

async function run([name, ...args]: readonly string[]): Promise<Exit> {
  if (name === 'help' || name === '--help') {
    console.log(USAGE);
    return 0;
  }
  const verb = name !== undefined && Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (!verb) {
    err(USAGE);
    return 2;
  }
  try {
    return await verb.run(args, benchOf(process.env));
  } catch (error) {
    if (error instanceof WrongUse) err(`kundiz ${name}: ${error.message}\n  ${verb.usage}`);
    else if (error instanceof ConfigError)
      for (const line of error.message.split('\n')) err(`kundiz: ${line}`);
    else {
      const { message, code, stack } = redacted(error);
      err(`kundiz ${name}: ${message}${code === undefined ? '' : ` (${code})`}\n${stack ?? ''}`);
      return 1;
    }
    return 2;
  }
}

process.exitCode = await run(process.argv.slice(2));
