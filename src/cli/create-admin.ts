import { randomBytes } from 'node:crypto';
import { Refusal } from '../domain/refusal.ts';
import { SYSTEM } from '../domain/people.ts';
import { createAccount, type OfficeRole } from '../use-cases/accounts.ts';
import { hashPassword } from '../use-cases/sign-in.ts';
import { readArgs, withDatabase, WrongUse, type Verb } from './verb.ts';

const ROLES: readonly OfficeRole[] = ['system_admin', 'regional_manager', 'centre_admin'];
const SHORTEST_PASSWORD = 8;
/** Somebody who pipes a password has it ready; an open pipe that says nothing brings none. */
const PATIENCE_MS = 2000;

const WORDS: Readonly<Record<string, string>> = {
  name: '--name is empty or too long',
  login: '--login is neither an e-mail address nor a telephone',
  taken: '--login belongs to somebody already',
  scope:
    '--scope must be a region code for a regional_manager, the id or ref of a centre for a centre_admin, and absent otherwise',
};

/** The first line of what is piped in; undefined at a terminal or when nothing comes. */
async function pipedLine(stream: NodeJS.ReadStream): Promise<string | undefined> {
  if (stream.isTTY) return undefined;
  let text = '';
  const silence = setTimeout(() => stream.destroy(), PATIENCE_MS);
  try {
    for await (const chunk of stream) {
      clearTimeout(silence);
      text += String(chunk);
      if (text.includes('\n')) break;
    }
  } catch {
    // Closed for its silence.
  }
  clearTimeout(silence);
  const [line = ''] = text.split(/\r?\n/);
  return line === '' ? undefined : line;
}

export const createAdminVerb: Verb = {
  usage:
    'create-admin --login LOGIN --name NAME [--role system_admin|regional_manager|centre_admin] [--scope SCOPE] [--json]',
  what: 'makes an account; its password comes from standard input, or is made up and told once',
  async run(args, bench) {
    const text = { type: 'string' } as const;
    const options = { login: text, name: text, role: text, scope: text, json: { type: 'boolean' } } as const;
    const { values } = readArgs(args, options, 0);
    const { login, name, scope } = values;
    const role = ROLES.find((each) => each === (values.role ?? 'system_admin'));
    if (login === undefined || name === undefined) throw new WrongUse('needs --login and --name');
    if (role === undefined) throw new WrongUse(`--role is one of ${ROLES.join(', ')}`);
    const given = await pipedLine(process.stdin);
    if (given !== undefined && [...given].length < SHORTEST_PASSWORD) {
      bench.err(`the password must have at least ${SHORTEST_PASSWORD} characters`);
      return 1;
    }
    const password = given ?? randomBytes(12).toString('base64url');
    const passwordHash = await hashPassword(password);
    try {
      const account = await withDatabase(bench, (database) =>
        database.write((tx) =>
          createAccount(
            { tx, now: bench.clock(), actor: SYSTEM },
            { login, name, role, scope, passwordHash },
          ),
        ),
      );
      const told = given === undefined ? { password } : {};
      if (values.json)
        bench.out(JSON.stringify({ id: String(account.id), login: account.login, role, ...told }));
      else {
        bench.out(`${role} ${account.login} may sign in.`);
        if (given === undefined) bench.out(`Password (told only this once): ${password}`);
      }
      return 0;
    } catch (error) {
      const errors = error instanceof Refusal ? error.details.errors : undefined;
      if (!errors) throw error;
      for (const { field, detail } of errors) bench.err(WORDS[detail ?? field] ?? `${field} is wrong`);
      return 1;
    }
  },
};
