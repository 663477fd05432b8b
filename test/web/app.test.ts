import { expect, test } from 'vitest';
import { TestApp } from '../support/app.ts';
import { World } from '../support/world.ts';

test('the app is healthy, says what it does not have, and refuses forms from elsewhere', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const visitor = app.visitor();
  expect(await visitor.get('/healthz')).toMatchObject({ status: 200, text: 'ok\n' });
  const missing = await visitor.get('/nowhere');
  expect(missing.status).toBe(404);
  expect(missing.headers.get('content-security-policy')).toContain("default-src 'none'");
  const foreign = await visitor.post('/sign-in', {}, { 'sec-fetch-site': 'cross-site' });
  expect(foreign.status).toBe(403);
  const api = await app.api();
  expect(await api.get('/nowhere')).toMatchObject({ status: 404, body: { reason: 'missing', status: 404 } });
});
