import { describe, expect, test } from 'vitest';
import { REASONS } from '../../../src/domain/refusal.ts';
import { apiResources } from '../../../src/web/api/resources.ts';
import { ApiStage, told } from '../../support/api-stage.ts';

describe('errors', () => {
  test('a body that is no JSON, no object, or too large', async () => {
    await using stage = await ApiStage.create();
    const { family, wish } = await stage.side();
    expect(told(await family.post('/bookings', '{"childId": '))).toEqual([422, 'invalid']);
    expect(told(await family.post('/bookings', '"text"'))).toEqual([422, 'invalid']);
    expect(told(await family.post('/bookings', '[]'))).toEqual([422, 'invalid', '']);
    expect(
      told(await family.post('/bookings', JSON.stringify(wish), { 'content-type': 'text/plain' }))[0],
    ).toBe(422);
    const large = JSON.stringify({ ...wish, extra: 'x'.repeat(1_000_000) });
    expect(told(await family.post('/bookings', large))).toEqual([413, 'invalid']);
    expect((await family.post('/bookings', wish)).status).toBe(201);
  });

  test('a NUL is no letter: the field is named', async () => {
    await using stage = await ApiStage.create();
    const nobody = await stage.as();
    const sent = { login: 'a\0@example.kz', password: 'a right password' };
    expect(told(await nobody.post('/tokens', sent))).toEqual([422, 'invalid', 'login']);
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(told(await nobody.post('/tokens', deep))[0]).toBe(422);
  });

  test('who asks comes before everything, an unreadable body included', async () => {
    await using stage = await ApiStage.create();
    const { manager } = await stage.side();
    const nobody = await stage.as();
    const large = JSON.stringify({ extra: 'x'.repeat(1_000_000) });
    for (const body of ['{"childId": ', large]) {
      expect(told(await nobody.post('/bookings', body))).toEqual([401, 'unauthenticated']);
      expect(told(await manager.post('/bookings', body))).toEqual([403, 'forbidden']);
    }
    expect((await nobody.get('/me')).headers.get('www-authenticate')).toBe('Bearer');
  });

  test('unknown and repeated parameters, unknown addresses and methods', async () => {
    await using stage = await ApiStage.create();
    const { family } = await stage.side();
    expect(told(await family.get('/me?verbose=1'))).toEqual([422, 'invalid', 'verbose']);
    expect(told(await family.get('/bookings?from=2027-02-01&from=2027-02-02'))).toEqual([
      422,
      'invalid',
      'from',
    ]);
    expect(told(await family.post('/bookings?dry=1', {}))).toEqual([422, 'invalid', 'dry']);
    expect(told(await family.get('/nothing'))).toEqual([404, 'missing']);
    expect(told(await family.post('/me'))).toEqual([404, 'missing']);
    expect(told(await family.get('/bookings/abc'))).toEqual([404, 'missing']);
  });

  test('details are in the language asked for, reasons never change', async () => {
    await using stage = await ApiStage.create();
    const nobody = await stage.as();
    const [kk, ru] = [
      await nobody.get('/me', { 'accept-language': 'kk' }),
      await nobody.get('/me', { 'accept-language': 'ru' }),
    ];
    expect(kk.body.reason).toBe(ru.body.reason);
    expect(kk.body['detail']).not.toBe(ru.body['detail']);
  });
});

test('cookies are not accepted here, tokens not on pages', async () => {
  await using stage = await ApiStage.create();
  const { mother } = await stage.side();
  const visitor = await stage.app.as(mother);
  expect((await visitor.get('/api/v1/me')).status).toBe(401);
  const cookie = visitor.cookie('kundiz')!;
  expect(
    (await fetch(`${stage.app.url}/api/v1/me`, { headers: { authorization: `Bearer ${cookie}` } })).status,
  ).toBe(401);
  expect(told(await (await stage.as()).get('/me', { authorization: 'Bearer nonsense' }))).toEqual([
    401,
    'unauthenticated',
  ]);
  expect(told(await (await stage.as()).get('/me', { authorization: 'Basic bW90aGVyOnBhc3N3b3Jk' }))).toEqual([
    401,
    'unauthenticated',
  ]);
});

describe('ETag', () => {
  test('304 where the client has the answer already, until it changes', async () => {
    await using stage = await ApiStage.create();
    const { family, wish, groupId } = await stage.side();
    const at = `/groups/${groupId}/days?from=2027-02-09&to=2027-02-09`;
    const etag = (await family.get(at)).headers.get('etag')!;
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = await family.get(at, { 'if-none-match': known });
      expect([answer.status, answer.headers.get('etag')]).toEqual([304, etag]);
    }
    await family.post('/bookings', wish);
    const changed = await family.get(at, { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(etag);
  });

  test('the instant of asking is no change of the figures', async () => {
    await using stage = await ApiStage.create();
    const { staff } = await stage.side();
    const at = '/occupancy?from=2027-02-09&to=2027-02-09';
    const { headers } = await staff.get(at);
    stage.world.now = '2027-02-03T06:00:00.000Z' as never;
    expect((await staff.get(at, { 'if-none-match': headers.get('etag')! })).status).toBe(304);
  });
});

describe('the OpenAPI document', () => {
  test('describes every route and nothing else, to anyone', async () => {
    await using stage = await ApiStage.create();
    const { document } = stage.contract;
    const described = Object.entries(document.paths).flatMap(([path, calls]) =>
      Object.keys(calls).map((method) => `${method} ${path}`),
    );
    const routes = apiResources
      .flatMap((each) => each.list)
      .map(({ method, path }) => `${method} ${path.slice('/api/v1'.length).replaceAll(/:(\w+)/g, '{$1}')}`);
    expect(described.toSorted()).toEqual(routes.toSorted());
    expect((await (await stage.as()).get('/openapi.json')).body).toMatchObject({ openapi: '3.1.0' });
  });

  test('names the closed list of reasons, and every name it refers to', async () => {
    await using stage = await ApiStage.create();
    const { document } = stage.contract;
    expect(document.components.schemas['Reason']).toMatchObject({ enum: [...REASONS, 'failed'] });
    const names = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w*)"/g)].map(
      (match) => match[1]!,
    );
    expect(names.filter((name) => document.components.schemas[name] === undefined)).toEqual([]);
    expect(names).toContain('Pattern');
  });
});
