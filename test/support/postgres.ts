import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface PostgresDatabase {
  readonly url: string;
  /** Ends whatever is still connected, too. */
  readonly drop: () => Promise<void>;
}

/** Whether this run has a PostgreSQL; the runner of the tests says loudly when it has none. */
export const hasPostgres = Boolean(process.env['KUNDIZ_TEST_POSTGRES_URL']);

/**
 * A maker of fresh databases that are copies of the template `name`, which `migrate` fills when the server has none
 * of that name yet: once for all test files, however many run at once.
 */
export function templateFrom(
  name: string,
  migrate: (url: string) => Promise<void>,
): () => Promise<PostgresDatabase> {
  const template = `template_${name}`;
  let ready: Promise<void> | undefined;
  return async () => {
    ready ??= fill(template, migrate);
    await ready;
    return create(template);
  };
}

async function fill(template: string, migrate: (url: string) => Promise<void>): Promise<void> {
  await asAdministrator(async (client) => {
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [template]);
    const found = await client.query('SELECT datistemplate FROM pg_database WHERE datname = $1', [template]);
    if (found.rows[0]?.datistemplate === true) return;
    // A template that is not marked was left half filled by a run that ended.
    await client.query(`DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${template} TEMPLATE template0`);
    await migrate(urlOf(template));
    await client.query(`ALTER DATABASE ${template} IS_TEMPLATE true ALLOW_CONNECTIONS false`);
  });
}

async function create(template: string): Promise<PostgresDatabase> {
  const name = `kundiz_${randomBytes(6).toString('hex')}`;
  await asAdministrator((client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`),
  );
  return {
    url: urlOf(name),
    async drop() {
      await asAdministrator((client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

function serverUrl(): string {
  const url = process.env['KUNDIZ_TEST_POSTGRES_URL'];
  if (!url) throw new Error('This run has no PostgreSQL: start it with `npm test`.');
  return url;
}

function urlOf(database: string): string {
  const url = new URL(serverUrl());
  url.pathname = `/${database}`;
  return url.href;
}

async function asAdministrator<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: serverUrl() });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
