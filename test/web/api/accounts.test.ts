import { expect, test } from 'vitest';
import { hashPassword, hashToken } from '../../../src/use-cases/sign-in.ts';
import { ApiStage, told } from '../../support/api-stage.ts';
import { CheckedClient } from '../../support/openapi.ts';
import { ApiClient } from '../../support/app.ts';

async function withAccount(stage: ApiStage) {
  const passwordHash = await hashPassword('a right password');
  const actor = await stage.world.person('guardian', { login: 'mother@example.kz' });
  await stage.world.insert((tx) => tx.db.update(tx.t.person).set({ passwordHash }));
  return actor;
}

test('a token for a login and password carries the role of its owner; only its hash is stored', async () => {
  await using stage = await ApiStage.create();
  const actor = await withAccount(stage);
  const nobody = await stage.as();
  const given = await nobody.post('/tokens', { login: 'Mother@example.kz', password: 'a right password' });
  expect([given.status, given.body]).toMatchObject([
    201,
    { user: { id: String(actor.personId), name: actor.name, role: 'guardian' } },
  ]);
  const token = given.body['token'] as string;
  const client = new CheckedClient(new ApiClient(stage.app.url, token), stage.contract);
  expect((await client.get('/me')).body).toEqual({
    id: String(actor.personId),
    name: actor.name,
    role: 'guardian',
    scope: null,
  });
  const stored = await stage.world.database.read(async (tx) =>
    JSON.stringify(await tx.db.select().from(tx.t.apiToken)),
  );
  expect(stored).toContain(hashToken(token));
  expect(stored).not.toContain(token);
  const remembered = await stage.world.database.read((tx) => tx.db.select().from(tx.t.operation));
  expect(remembered).toEqual([]);
  await stage.world.insert((tx) => tx.db.update(tx.t.apiToken).set({ revokedAt: stage.world.now }));
  expect(told(await client.get('/me'))).toEqual([401, 'unauthenticated']);
});

test.each([
  [{ login: 'mother@example.kz', password: 'wrong' }, 401, 'unauthenticated'],
  [{ login: 'nobody@example.kz', password: 'a right password' }, 401, 'unauthenticated'],
  [{ login: 'mother@example.kz' }, 422, 'invalid', 'password'],
  [{ login: '', password: 'x' }, 422, 'invalid', 'login'],
  [{ login: 'a', password: 'x', remember: true }, 422, 'invalid', 'remember'],
  [{ login: 'a', password: 'x'.repeat(1001) }, 422, 'invalid', 'password'],
])('no token for %j', async (credentials, ...refusal) => {
  await using stage = await ApiStage.create();
  await withAccount(stage);
  expect(told(await (await stage.as()).post('/tokens', credentials))).toEqual(refusal);
});

test('too many wrong passwords: 429 says when to come back', async () => {
  await using stage = await ApiStage.create({ limits: true });
  await withAccount(stage);
  const nobody = await stage.as();
  let last = await nobody.post('/tokens', { login: 'mother@example.kz', password: 'wrong' });
  for (let tries = 0; tries < 12 && last.status !== 429; tries++) {
    last = await nobody.post('/tokens', { login: 'mother@example.kz', password: 'wrong' });
  }
  expect(told(last)).toEqual([429, 'too_many']);
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
}, 30_000);

test('everybody is told who they are and what their scope is', async () => {
  await using stage = await ApiStage.create();
  const { centreId, staff, manager, family } = await stage.side('71');
  const admin = await stage.as(await stage.world.person('system_admin'));
  expect((await staff.get('/me')).body).toMatchObject({ role: 'centre_staff', scope: String(centreId) });
  expect((await manager.get('/me')).body).toMatchObject({ role: 'regional_manager', scope: '71' });
  expect((await family.get('/me')).body).toMatchObject({ role: 'guardian', scope: null });
  expect((await admin.get('/me')).body).toMatchObject({ role: 'system_admin', scope: null });
});
