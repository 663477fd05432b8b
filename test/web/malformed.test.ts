import { Writable } from 'node:stream';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../src/domain/people.ts';
import { translator } from '../../src/i18n/translate.ts';
import type { Route } from '../../src/web/route.ts';
import { pages, resources } from '../../src/web/rooms.ts';
import { ALLOWED, EVERYONE } from '../support/allowed-roles.ts';
import { TestApp, type ApiClient, type Visitor } from '../support/app.ts';
import { addEveryRecord, DATE, type Records, type Whose } from '../support/every-record.ts';
import { bodyOfApi, questionOf, untaught } from '../support/malformed/bodies.ts';
import { Catalogue } from '../support/malformed/catalogue.ts';
import { faultsOf } from '../support/malformed/faults.ts';
import { addFurtherRecords } from '../support/malformed/further-records.ts';
import { encoded } from '../support/malformed/forms.ts';
import { Random } from '../support/malformed/random.ts';
import { inOrder, malformed, type Right } from '../support/malformed/requests.ts';
import { UndoneDatabase } from '../support/malformed/undone.ts';
import { send, type Answer } from '../support/malformed/wire.ts';
import { World } from '../support/world.ts';

/** `FUZZ_ROUNDS=50 FUZZ_SEED=7 npm test -- malformed` for the long run; a finding says its own seed. */
const { FUZZ_SEED = '1', FUZZ_ROUNDS = '4' } = process.env;
/** Enough to see what is wrong. */
const MOST_FINDINGS = 12;
/** Milliseconds of processor time: a busy machine makes nothing slow. */
const SLOW_MS = 5000;
const LONGEST_ADDRESS = 12_000;
const LANGUAGES = ['kk', 'ru', 'en'] as const;
/** Names of another family, which nobody but the system's administrator may read. */
const HIDDEN = ['Synthetic stranger', 'Synthetic foreigner'];
/** These end who asks, or are of all. */
const ENDS_WHO_ASKS = ['/sign-out', '/account/sessions', '/account/role', '/account/password'];

type Who = Role | 'visitor';

let world: World;
let app: TestApp;
let database: UndoneDatabase;
let records: Record<Whose, Records>;
const catalogue = new Catalogue(pages);
const logged: string[] = [];
const visitors = new Map<Who, Visitor>();
const clients = new Map<Who, ApiClient>();

const filled = (path: string, whose: Whose): string =>
  path
    .replace(':date', DATE)
    .replace(':month', DATE.slice(0, 7))
    .replaceAll(
      /:(\w+)/g,
      (_, name: string) => (records[whose] as unknown as Record<string, string>)[name] ?? '1',
    );

const addressOf = (route: Route): string => {
  const question = encoded(questionOf(route.path, records.own));
  return `${filled(route.path, 'own')}${question === '' ? '' : `?${question}`}`;
};

const isApi = ({ path }: Route) => path.startsWith('/api/');
const routes = [...pages, ...resources]
  .flatMap((room) => room.list)
  .filter(({ method, path }) => method === 'get' || !ENDS_WHO_ASKS.some((end) => path.startsWith(end)));

function askers(route: Route): Who[] {
  const allowed = ALLOWED[route.access.name];
  return allowed === 'anyone' || allowed === undefined ? ['visitor'] : [...allowed];
}

beforeAll(async () => {
  world = await World.create();
  const made = await addEveryRecord(world);
  records = { ...made.records, own: await addFurtherRecords(world, made.actors, made.records.own) };
  await world.insert(async (tx) => {
    const { child, guardianship, person } = tx.t;
    const childId = Number(records.foreign.childId);
    await tx.db.update(child).set({ name: HIDDEN[0]! }).where(eq(child.id, childId));
    const [right] = await tx.db.select().from(guardianship).where(eq(guardianship.childId, childId));
    await tx.db.update(person).set({ name: HIDDEN[1]! }).where(eq(person.id, right!.personId));
  });
  database = new UndoneDatabase(world.database);
  const lines = new Writable({
    write(chunk: Buffer, _, done) {
      logged.push(chunk.toString());
      done();
    },
  });
  app = await TestApp.start(world, { database, log: pino({ level: 'error' }, lines) });
  visitors.set('visitor', app.visitor());
  clients.set('visitor', await app.api());
  for (const role of EVERYONE) {
    visitors.set(role, await app.as(made.actors[role]));
    clients.set(role, await app.api(made.actors[role]));
  }
  for (const route of routes)
    if (route.method === 'get' && !isApi(route))
      for (const who of askers(route)) await catalogue.open(who, visitors.get(who)!, addressOf(route));
  database.undoing = true;
  database.takeChanged();
  logged.length = 0;
}, 120_000);

afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

function rightOf(random: Random, who: Who, route: Route): Right {
  const path = filled(route.path, 'own');
  const api = isApi(route);
  const method = route.method === 'get' ? 'GET' : 'POST';
  const elsewhere = [filled(route.path, 'foreign'), filled(route.path, 'absent')];
  if (api) {
    const headers = { accept: 'application/json', ...clients.get(who)!.headers };
    const query = method === 'GET' ? questionOf(route.path, records.own) : {};
    return { method, path, api, query, body: bodyOfApi(path, records.own), headers, elsewhere };
  }
  const { forms, queries } = catalogue.lesson(who, route);
  const token = visitors.get(who)!.cookie('kundiz');
  const cookie = `lang=${random.one(LANGUAGES)}${token === undefined ? '' : `; kundiz=${token}`}`;
  const headers = { accept: 'text/html', cookie, 'sec-fetch-site': 'same-origin' };
  if (method === 'GET') {
    const plain = { path, query: questionOf(route.path, records.own) };
    const known = random.chance(0.7) && queries.length > 0 ? random.one(queries) : plain;
    return { method, path: known.path, api, query: known.query, body: undefined, headers, elsewhere };
  }
  const taught = forms.length > 0 ? random.one(forms) : undefined;
  const form = {
    path: taught?.path ?? addressOf(route),
    // A script fills in what a form of the roster does not hold.
    body: { operation: 'fuzz', ...untaught(route.path, records.own), ...taught?.body },
  };
  const [target = path, search = ''] = form.path.split('?');
  const query = Object.fromEntries(new URLSearchParams(search));
  return { method, path: target, api, query, body: form.body, headers, elsewhere };
}

const languageOf = (cookie: string) => /lang=(kk|ru|en)/.exec(cookie)?.[1] as 'kk' | 'ru' | 'en' | undefined;

async function findingsOf(seed: string, who: Who, route: Route): Promise<string[]> {
  const random = new Random(seed);
  const right = rightOf(random, who, route);
  const sent = malformed(random, right);
  const began = process.cpuUsage();
  let answer: Answer;
  try {
    answer = await send(app.url, sent);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    // What node:http does not send, or does not let in: an address of many thousand letters.
    if (code.startsWith('ERR_') || sent.path.length > LONGEST_ADDRESS) return [];
    return [`${code} ${message}: ${sent.method} ${sent.path}, ${sent.how} (FUZZ_SEED of ${seed})`];
  }
  const changed = database.takeChanged();
  const lines = logged.splice(0);
  const controls = catalogue.lesson(who, route).forms.flatMap((form) => form.controls);
  const expected = {
    language: languageOf(sent.headers['cookie'] ?? '') ?? 'kk',
    api: sent.path.startsWith('/api/'),
    hidden: who === 'system_admin' ? [] : HIDDEN,
    changed,
    logged: lines,
  };
  const faults = faultsOf(sent, answer, expected, controls);
  // A draft is searched for while the API waits.
  const searches = isApi(route) && route.method === 'post' && route.path.endsWith('/rosters');
  const { user, system } = process.cpuUsage(began);
  if (!searches && (user + system) / 1000 > SLOW_MS) faults.push('five seconds of work for one answer');
  const told = `${sent.method} ${sent.path.slice(0, 150)} as ${who}, ${sent.how} (FUZZ_SEED of ${seed})`;
  const body = sent.body === undefined ? '' : `\n    ${sent.body.slice(0, 300)}`;
  return faults.map((fault) => `${answer.status} ${told}: ${fault}${body}`);
}

/** What is said of a field that is missing, or that nobody could read. */
const UNREADABLE = ['form.required', 'form.choose_one', 'form.invalid', 'form.unknown_field'] as const;

test(
  'what is made wrong is in good order first: no field is missing or unknown',
  { timeout: 300_000 },
  async () => {
    const unreadable: string[] = [];
    let [asked, accepted] = [0, 0];
    for (const route of routes)
      for (const who of askers(route)) {
        const right = rightOf(new Random(`${route.path} ${who}`), who, route);
        const { status, text } = await send(app.url, inOrder(right));
        const t = translator(languageOf(right.headers['cookie'] ?? '') ?? 'kk');
        asked++;
        if (status < 400) accepted++;
        else if (
          text.includes('"reason":"invalid"') ||
          UNREADABLE.some((key) => text.toLowerCase().includes(t(key).toLowerCase()))
        )
          unreadable.push(`${status} ${route.method} ${route.path} as ${who}`);
      }
    database.takeChanged();
    logged.length = 0;
    expect(unreadable).toEqual([]);
    expect(accepted / asked).toBeGreaterThan(0.8);
  },
);

/**
 * Whatever is sent to whichever address by whoever may use it: an answer in good order and in the language asked for,
 * nothing of the machine in it, nothing of another family, nothing typed lost, and nothing written by what was refused.
 */
test(
  'no malformed request gets through, breaks anything or is left without an answer',
  { timeout: 3_600_000 },
  async () => {
    const findings: string[] = [];
    let asked = 0;
    for (let round = 1; round <= Number(FUZZ_ROUNDS); round++)
      for (const route of routes)
        for (const who of askers(route)) {
          if (findings.length >= MOST_FINDINGS) break;
          asked++;
          findings.push(
            ...(await findingsOf(`${FUZZ_SEED} ${round} ${who} ${route.method} ${route.path}`, who, route)),
          );
        }
    expect(findings.join('\n')).toBe('');
    expect(asked).toBeGreaterThan(500 * Number(FUZZ_ROUNDS));
  },
);
