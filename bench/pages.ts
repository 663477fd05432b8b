import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DEMO_PASSWORD } from '../db/seed/demo.ts';
import { addDays, dateAt, instant, startOfWeek } from '../src/domain/calendar.ts';
import { openSqliteClient } from '../src/data/sqlite.ts';
import { FILLED } from '../test/support/applications.ts';
import { ServerProcess } from '../test/support/server-process.ts';
import { addressesOf, findRecords, type Address, type Asker, type Records } from './addresses.ts';
import { AS_RUN, FORM, signIn, writeDemo } from './demo.ts';
import { median, type Figure } from './harness.ts';
import { Client, quantile, underLoad } from './load.ts';

const NOW = instant('2027-02-03T04:30:00.000Z');
const USERS = 20;
const TURNS = 8;
/** A server that runs has seen each page before: so many turns until its code is compiled. */
const WARMING = 8;
/** A page above this share of its limit is measured again so often, each time after all others: the machine is noisy. */
const DOUBTFUL = 0.5;
const MORE_ROUNDS = 4;
const MIXED_TURNS = 60;
const SLOWEST = 10;
/** What these answer by nature: a link that is spent, a way on, a page for developers. All others answer 200. */
const ANSWERS: Readonly<Record<string, number>> = {
  '/invitation/:token': 422,
  '/sign-in/reset/:token': 422,
  '/centres/:centreId': 303,
  '/regions/:regionCode': 303,
  '/styles': 404,
  '/norms/effect': 422,
  '/calendar/feeds/:token.ics': 404,
};

type Headers = Record<string, string>;
type HeadersOf = (address: Address) => Headers;

const LOGINS = {
  guardian: 'guardian@demo.kz',
  admin: 'admin@demo.kz',
  staff: 'staff@demo.kz',
  region: 'region@demo.kz',
  system: 'system@demo.kz',
} as const;
const BROWSER: Headers = {
  accept: 'text/html',
  'accept-language': 'kk',
  'accept-encoding': 'gzip, deflate, br',
};
interface Signed {
  readonly pages: Headers;
  readonly api: Headers;
}

async function signInTwice(client: Client, login: string): Promise<Signed> {
  const cookie = await signIn(client, login);
  const token = await client.ask({
    method: 'POST',
    path: '/api/v1/tokens',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password: DEMO_PASSWORD }),
  });
  if (token.status !== 201) throw new Error(`${login} cannot sign in`);
  const { token: bearer } = JSON.parse(token.text) as { token: string };
  return {
    pages: { ...BROWSER, cookie },
    api: { authorization: `Bearer ${bearer}`, 'accept-encoding': 'gzip, deflate, br' },
  };
}

async function apply(client: Client, centreId: number, regionCode: string): Promise<void> {
  const fields = Object.entries({ ...FILLED, step: 'send' });
  const form = new URLSearchParams();
  for (const [name, value] of fields) for (const each of [value].flat()) form.append(name, each);
  const body = form.toString();
  const path = `/places/${regionCode}/${centreId}/application`;
  const answer = await client.ask({ method: 'POST', path, headers: { ...FORM }, body });
  if (answer.status !== 303) throw new Error(`The application was answered ${answer.status}`);
}

interface Timed extends Address {
  /** Of each round. */
  readonly p50s: readonly number[];
  readonly p95s: readonly number[];
}

const p50 = ({ p50s }: Timed) => median(p50s);
const p95 = ({ p95s }: Timed) => median(p95s);

const expected = ({ route }: Address) => ANSWERS[route] ?? 200;

/** The addresses that answer; who may what is for the matrix of access to say, so a 403 is left out. All else is wrong. */
async function answering(
  client: Client,
  addresses: readonly Address[],
  headers: HeadersOf,
): Promise<Address[]> {
  const found: Address[] = [];
  const wrong: string[] = [];
  for (const address of addresses) {
    const { status } = await client.ask({ path: address.path, headers: headers(address) });
    if (status === expected(address)) found.push(address);
    else if (status !== 403) wrong.push(`${address.path} for ${address.asker}: ${status}`);
  }
  if (wrong.length > 0) throw new Error(`bench/addresses.ts asks wrongly:\n${wrong.join('\n')}`);
  return found;
}

/** Users come anew each time: which process a connection falls to is chance, and one would serve more of them all along. */
async function timePage(url: string, { p50s, p95s, ...address }: Timed, headers: Headers): Promise<Timed> {
  using client = new Client(url, USERS);
  const ask = async () => {
    const { status } = await client.ask({ path: address.path, headers });
    if (status !== expected(address)) throw new Error(`${address.path} for ${address.asker}: ${status}`);
  };
  await underLoad(USERS, WARMING, ask);
  const times = await underLoad(USERS, TURNS, ask);
  return { ...address, p50s: [...p50s, quantile(times, 0.5)], p95s: [...p95s, quantile(times, 0.95)] };
}

/** One round over all pages, then more of those that came near their limit. */
async function timePages(url: string, addresses: readonly Address[], headersOf: HeadersOf): Promise<Timed[]> {
  let timed = addresses.map((address): Timed => ({ ...address, p50s: [], p95s: [] }));
  for (let round = 0; round <= MORE_ROUNDS; round++) {
    const next: Timed[] = [];
    for (const page of timed) {
      const again = round === 0 || page.p95s[0]! > DOUBTFUL * limitOf(page);
      next.push(again ? await timePage(url, page, headersOf(page)) : page);
    }
    timed = next;
  }
  return timed;
}

const isApi = ({ route }: Address) => route.startsWith('/api/');
const isDownload = ({ route }: Address) => /\.(csv|xlsx)$/.test(route);

/** Twenty users who each take the next of all pages, which come in no order: what a page costs while others are asked. */
async function timeMixed(
  client: Client,
  addresses: readonly Address[],
  headersOf: HeadersOf,
): Promise<Timed[]> {
  const turns = Array.from({ length: MIXED_TURNS }, () => addresses).flat();
  let state = 1;
  for (let at = turns.length - 1; at > 0; at--) {
    state = (state * 48_271) % 2_147_483_647;
    const other = state % (at + 1);
    [turns[at], turns[other]] = [turns[other]!, turns[at]!];
  }
  const times = new Map(addresses.map((address): [Address, number[]] => [address, []]));
  await underLoad(USERS, Math.floor(turns.length / USERS), async (number) => {
    const address = turns[number]!;
    const start = performance.now();
    await client.ask({ path: address.path, headers: headersOf(address) });
    times.get(address)!.push(performance.now() - start);
  });
  return [...times].map(([address, own]) => ({
    ...address,
    p50s: [quantile(own, 0.5)],
    p95s: [quantile(own, 0.95)],
  }));
}

const limitOf = (page: Address) => (isApi(page) ? 200 : isDownload(page) ? 400 : 100);

const shown = (page: Timed) =>
  `${p95(page).toFixed(0)} ms (p50 ${p50(page).toFixed(0)}; rounds ${page.p95s.map((each) => each.toFixed(0)).join(' ')}) ${page.asker} ${page.path.slice(0, 100)}`;

function slowestOf(what: string, timed: readonly Timed[], more = ''): Figure {
  const slowest = timed.toSorted((a, b) => p95(b) - p95(a)).slice(0, SLOWEST);
  return {
    name: `the slowest of ${timed.length} ${what} under ${USERS} users, p95`,
    value: p95(slowest[0]!),
    unit: 'ms',
    atMost: limitOf(slowest[0]!),
    detail: `${more}\n        ${slowest.map(shown).join('\n        ')}`,
  };
}

/** Twenty users book by turns over the family's children, days and groups; a day that is taken is an answer too. */
async function timeBookings(client: Client, records: Records, headers: Headers): Promise<number[]> {
  const refused = new Set([409, 422]);
  let booked = 0;
  const times = await underLoad(USERS, TURNS, async (number) => {
    const date = addDays(records.monday, 28 + number);
    const body = new URLSearchParams({
      date,
      from: '09:00',
      to: '17:00',
      operation: `bench-${number}`,
    }).toString();
    const path = `/children/${records.childId}/bookings?group=${records.groupId}&kind=once`;
    const { status } = await client.ask({ method: 'POST', path, headers: { ...headers, ...FORM }, body });
    if (status === 303) booked += 1;
    else if (!refused.has(status)) throw new Error(`a booking was answered ${status}`);
  });
  if (booked === 0) throw new Error('no booking was made');
  return times;
}

/** Every page and API read on the demo country, each under twenty users who never pause: the server in a process of its own. */
export async function benchPages(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kundiz-bench-'));
  const file = join(folder, 'demo.db');
  try {
    await writeDemo(file, NOW);
    await using server = await ServerProcess.start({
      DATABASE_URL: `file:${file}`,
      KUNDIZ_NOW: NOW,
      ...AS_RUN,
    });
    using client = new Client(server.url, USERS);
    const raw = openSqliteClient(file, true);
    const centre = raw
      .prepare<[], { id: number; code: string }>(
        'select id, region_code as code from centre order by id limit 1',
      )
      .get();
    await apply(client, centre?.id ?? 0, centre?.code ?? '');
    // The runner makes the first offers of the demo's queues.
    const offers = raw.prepare<[], { n: number }>('select count(*) as n from offer');
    for (let waits = 0; offers.get()?.n === 0 && waits < 150; waits++) await wait(200);
    const today = dateAt(NOW);
    const monday = addDays(startOfWeek(today), 7);
    const records = findRecords(raw, { today, monday, later: addDays(monday, 28) });
    raw.close();
    const signedOut = { pages: BROWSER, api: BROWSER };
    const headers: Record<Asker, Signed> = {
      visitor: signedOut,
      guardian: await signInTwice(client, LOGINS.guardian),
      admin: await signInTwice(client, LOGINS.admin),
      staff: await signInTwice(client, LOGINS.staff),
      region: await signInTwice(client, LOGINS.region),
      system: await signInTwice(client, LOGINS.system),
    };

    const { addresses, leftOut } = addressesOf(records);
    const headersOf: HeadersOf = (address) =>
      isApi(address) ? headers[address.asker].api : headers[address.asker].pages;
    const asked = await answering(client, addresses, headersOf);
    const timed = await timePages(server.url, asked, headersOf);
    const isPage = (address: Address) => !isApi(address) && !isDownload(address);
    const mixed = await timeMixed(client, asked.filter(isPage), headersOf);
    const bookings = await timeBookings(client, records, headers.guardian.pages);
    return [
      slowestOf('pages, each user asking another', mixed),
      slowestOf(
        'pages, all users asking the same',
        timed.filter(isPage),
        `not in the demo: ${leftOut.length} routes`,
      ),
      slowestOf('API reads', timed.filter(isApi)),
      slowestOf('downloads', timed.filter(isDownload)),
      {
        name: `booking under ${USERS} users, p95`,
        value: quantile(bookings, 0.95),
        unit: 'ms',
        atMost: 150,
        detail: `p50 ${quantile(bookings, 0.5).toFixed(0)}`,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
