import { WrongUse, type Bench, type Exit, type Verb } from './cli/verb.ts';
import { clockOf, ConfigError, readConfig } from './config.ts';
import { redacted } from './data/errors.ts';

/** Each verb is loaded when it is asked for: a backup needs no solver, an allocation no database. */
const VERBS: Readonly<Record<string, () => Promise<Verb>>> = {
  import: async () => (await import('./cli/import.ts')).importVerb,
  'check-data': async () => (await import('./cli/check-data.ts')).checkDataVerb,
  'create-admin': async () => (await import('./cli/create-admin.ts')).createAdminVerb,
  backup: async () => (await import('./cli/backup.ts')).backupVerb,
  restore: async () => (await import('./cli/restore.ts')).restoreVerb,
  allocate: async () => (await import('./cli/allocate.ts')).allocateVerb,
  roster: async () => (await import('./cli/roster.ts')).rosterVerb,
};

async function usage(): Promise<string> {
  const verbs = await Promise.all(Object.values(VERBS).map((load) => load()));
  const lines = verbs.map((verb) => `  ${verb.usage}\n      ${verb.what}`);
  return ['npm run -s kundiz -- VERB …', ...lines].join('\n');
}

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
    console.log(await usage());
    return 0;
  }
  const load = name !== undefined && Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (!load) {
    err(await usage());
    return 2;
  }
  const verb = await load();
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
