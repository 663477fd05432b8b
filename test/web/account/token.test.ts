import { expect, test } from 'vitest';
import { TestApp } from '../../support/app.ts';
import { textOf } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

const tokenOf = (text: string) => /<code class="name">([\w-]{43})<\/code>/.exec(text)?.[1];

test('two taps make one token: it is shown once, and the second answer says so', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const visitor = await app.as(await world.guardian());
  const form = { label: 'Excel', operation: 'one-tap' };
  const tokens = () => world.database.read(async (tx) => await tx.db.select().from(tx.t.apiToken));
  const first = await visitor.post('/account/tokens', form);
  const token = tokenOf(first.text);
  expect(token).toBeDefined();
  const second = await visitor.post('/account/tokens', form);
  expect(second.status).toBe(409);
  expect(tokenOf(second.text)).toBeUndefined();
  expect(second.text).not.toContain(token);
  expect(textOf(second)).toContain('This token has been made already');
  expect(second.text).toContain('name="tokenId"');
  expect(await tokens()).toHaveLength(1);
  const operations = await world.database.read(async (tx) => await tx.db.select().from(tx.t.operation));
  expect(JSON.stringify(operations)).not.toContain(token);
  // The one that was shown works.
  const me = await fetch(`${app.url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } });
  expect(me.status).toBe(200);
});

test('two taps at the same instant: one token is shown, and it is the one that works', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const visitor = await app.as(await world.guardian());
  const form = { label: 'Excel', operation: 'one-tap' };
  const both = await Promise.all([
    visitor.post('/account/tokens', form),
    visitor.post('/account/tokens', form),
  ]);
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  const shown = both.map(({ text }) => tokenOf(text)).filter((token) => token !== undefined);
  expect(shown).toHaveLength(1);
  const me = await fetch(`${app.url}/api/v1/me`, { headers: { authorization: `Bearer ${shown[0]}` } });
  expect(me.status).toBe(200);
  const rows = await world.database.read(async (tx) => await tx.db.select().from(tx.t.apiToken));
  expect(rows).toHaveLength(1);
});
