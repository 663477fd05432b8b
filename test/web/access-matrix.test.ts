import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../src/domain/people.ts';
import { pages, resources } from '../../src/web/rooms.ts';
import { ALLOWED, EVERYONE } from '../support/allowed-roles.ts';
import { TestApp, type ApiClient, type Visitor } from '../support/app.ts';
import { addEveryRecord, DATE, type Records, type Whose } from '../support/every-record.ts';
import { World } from '../support/world.ts';

let world: World;
let app: TestApp;
let records: Record<Whose, Records>;
const visitors = new Map<Role, Visitor>();
const clients = new Map<Role, ApiClient>();

beforeAll(async () => {
  world = await World.create();
  app = await TestApp.start(world, { development: true });
  const made = await addEveryRecord(world);
  records = made.records;
  for (const role of EVERYONE) {
    visitors.set(role, await app.as(made.actors[role]));
    clients.set(role, await app.api(made.actors[role]));
  }
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

/** What may stand open to a role beyond its own scope: the system administrator's scope is everything. */
function foreignIsOpen(role: Role, access: string): boolean {
  return role === 'system_admin' || ['groupExists', 'centreExists', 'vacancyExists'].includes(access);
}

/** Pages whose question is in the address ask it of one's own group. */
const ASKS_A_GROUP = ['/bookings/new', '/bookings/series', '/children/:childId/bookings', '/hours/choice'];
const questionOf = (path: string) => (ASKS_A_GROUP.some((end) => path.endsWith(end)) ? '?group=:own' : '');

const filled = (path: string, whose: Whose): string =>
  `${path}${questionOf(path)}`
    .replace(':own', records.own.groupId)
    .replace(':date', DATE)
    .replace(':month', DATE.slice(0, 7))
    .replaceAll(
      /:(\w+)/g,
      (_, name: string) => (records[whose] as unknown as Record<string, string>)[name] ?? '1',
    );

async function ask(
  role: Role | undefined,
  method: string,
  path: string,
): Promise<{ status: number; location: string; text: string }> {
  if (path.startsWith('/api/')) {
    const client = role === undefined ? await app.api() : clients.get(role)!;
    const short = path.slice('/api/v1'.length);
    const answer = method === 'get' ? await client.get(short) : await client.post(short, {});
    return { status: answer.status, location: '', text: JSON.stringify(answer.body) };
  }
  const visitor = role === undefined ? app.visitor() : visitors.get(role)!;
  return method === 'get' ? await visitor.get(path) : await visitor.post(path, {});
}

const all = [...pages, ...resources].flatMap((room) => room.list);
// Signing out or ending sessions in the middle would change who asks.
const CHANGES_WHO_ASKS = [
  '/sign-out',
  '/account/password',
  '/account/sessions',
  '/account/role',
  '/account/tokens',
];
const asked = all.filter(
  (route) => !(route.method === 'post' && CHANGES_WHO_ASKS.some((path) => route.path.startsWith(path))),
);

describe.each(asked.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', (_, route) => {
  const allowed = ALLOWED[route.access.name];
  const api = route.path.startsWith('/api/');
  const names = [...route.path.matchAll(/:(\w+)/g)]
    .map((match) => match[1])
    .filter((name) => name !== 'date' && name !== 'month');

  test('its access is in the table', () => expect(allowed, route.access.name).toBeDefined());

  test('signed out', async () => {
    const answer = await ask(undefined, route.method, filled(route.path, 'own'));
    if (allowed === 'anyone') expect([200, 201, 303, 401, 422]).toContain(answer.status);
    else if (api) expect(answer.status).toBe(401);
    else if (route.method === 'get')
      expect([answer.status, answer.location.split('?')[0]]).toEqual([303, '/sign-in']);
    // A form that came without a session waits on the sign-in page.
    else expect([answer.status, /action="\/sign-in"/.test(answer.text)]).toEqual([401, true]);
  });

  test.each(EVERYONE)('%s', async (role) => {
    if (allowed === 'anyone' || allowed === undefined) return;
    const own = await ask(role, route.method, filled(route.path, 'own'));
    if (!allowed.includes(role)) {
      expect(own.status).toBe(403);
      return;
    }
    expect([401, 403, 404, 500, 503]).not.toContain(own.status);
    if (names.length === 0) return;
    const absent = await ask(role, route.method, filled(route.path, 'absent'));
    expect(absent.status).toBe(404);
    if (foreignIsOpen(role, route.access.name)) return;
    const foreign = await ask(role, route.method, filled(route.path, 'foreign'));
    expect(foreign.status).toBe(404);
    // The two answers differ in nothing but the address that was asked.
    const bare = (text: string) => text.replaceAll(/[0-9a-f-]{36}/g, '').replaceAll(/\d+/g, '0');
    expect(bare(foreign.text)).toBe(bare(absent.text));
  });
});
