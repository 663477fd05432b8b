import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { TestApp } from '../../support/app.ts';
import { expectAccess, MONDAY, PageStage } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

const PATH = '/regions/75/occupancy.csv?from=2027-02-08&to=2027-02-10&by=day';

test('a row a centre and day, for a spreadsheet of the language', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  await stage.book(stage.childId, MONDAY, 16, 33);
  const manager = await app.as(stage.manager);
  const english = await manager.get(PATH);
  expect(english.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(english.headers.get('content-disposition')).toBe(
    'attachment; filename=kundiz-75-2027-02-08-2027-02-10.csv',
  );
  expect(english.headers.get('cache-control')).toBe('no-store');
  const russian = await manager.get(PATH, { cookie: `kundiz=${manager.cookie('kundiz')}; lang=ru` });
  const lines = russian.text.split('\r\n');
  expect(lines[0]).toBe(
    'Центр;Район;С;По;Место-часы;Записано часов;Посещено часов;Свободные место-часы;Занято, %;Больше всего одновременно;Освободилось часов;Занято часов;Пропало часов',
  );
  expect(lines).toContain('Шуақ;Алатау;08.02.2027;08.02.2027;21;8,5;0;12,5;40,48;1;0;0;0');
  expect(english.text).toContain('Шуақ;Алатау;08.02.2027;08.02.2027;21;8.5;0;12.5;40.48;1;0;0;0');
  // Two centres × three days, the heads, and the end of the last line.
  expect(lines).toHaveLength(8);
});

test('it begins with a byte order mark, and a name is never a formula', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  await world.insert(async (tx) => {
    const { centre } = tx.t;
    const wild = { nameKk: '=cmd|"/c calc"!A1; ', nameRu: '=cmd|"/c calc"!A1; ', district: '@SUM(1)' };
    await tx.db.update(centre).set(wild).where(eq(centre.id, stage.centreId));
  });
  const manager = await app.as(stage.manager);
  const response = await fetch(new URL(PATH, app.url), {
    headers: { cookie: `kundiz=${manager.cookie('kundiz')}` },
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect(Array.from(bytes.slice(0, 3))).toEqual([0xef, 0xbb, 0xbf]);
  const text = new TextDecoder().decode(bytes);
  expect(text).toContain(`"'=cmd|""/c calc""!A1; ";'@SUM(1);`);
});

test('filters that cannot be shown give no file; a region’s file is its manager’s', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const manager = await app.as(stage.manager);
  expect((await manager.get('/regions/75/occupancy.csv?from=1900&to=9999')).status).toBe(422);
  expect((await manager.get('/regions/75/occupancy.csv?from=2000-01-01&to=2090-01-01')).status).toBe(422);
  await expectAccess(app, PATH, {
    allowed: [stage.manager, stage.system],
    forbidden: [stage.admin, stage.staff, stage.guardian],
    missing: [await world.person('regional_manager', { regionCode: '71' })],
  });
});
