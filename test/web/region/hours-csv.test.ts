import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { TestApp } from '../../support/app.ts';
import { expectAccess, MONDAY, PageStage } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

const WEEK = 'week=2027-02-10';

test('a row a centre, weekday and half-hour, for a spreadsheet of the language', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  await stage.book(stage.childId, MONDAY, 16, 33);
  const district = 'Алатау ауданы / Алатауский район';
  await world.insert((tx) =>
    tx.db.update(tx.t.centre).set({ district }).where(eq(tx.t.centre.id, stage.centreId)),
  );
  const manager = await app.as(stage.manager);
  const path = `/regions/75/occupancy/hours.csv?${WEEK}`;
  const english = await manager.get(path);
  expect(english.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(english.headers.get('content-disposition')).toBe(
    'attachment; filename=kundiz-hours-75-2027-02-08.csv',
  );
  expect(english.headers.get('cache-control')).toBe('no-store');
  const russian = await manager.get(path, { cookie: `kundiz=${manager.cookie('kundiz')}; lang=ru` });
  const lines = russian.text.split('\r\n');
  expect(lines[0]).toBe(
    'Центр;Район;Дата;День недели;Время;Мест;Записано;Не занято;Занято, %;Обеспечено персоналом',
  );
  expect(lines).toContain('Шуақ;Алатауский район;08.02.2027;понедельник;08:00;2;1;1;50;');
  expect(lines).toContain('Үміт;Алатау;12.02.2027;пятница;18:00;2;0;2;0;');
  // Two centres × five days × 21 half-hours, the heads, and the end of the last line.
  expect(lines).toHaveLength(2 * 5 * 21 + 2);
  const booked = lines.filter((line) => line.split(';')[6] === '1');
  expect(booked).toHaveLength(33 - 16);
});

test('of a centre by group, of a group alone; staff where a roster is published; a name is never a formula', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  await world.group(stage.centreId, { room: 3 });
  await world.insert(async (tx) => {
    const { careGroup: g, groupDay: d } = tx.t;
    await tx.db.update(g).set({ name: '=SUM(1)' }).where(eq(g.id, stage.groupId));
    const capacity = [Array.from({ length: 48 }, () => 150)];
    await tx.db.update(d).set({ capacity }).where(eq(d.groupId, stage.groupId));
  });
  const manager = await app.as(stage.manager);
  const centre = `/regions/75/centres/${stage.centreId}`;
  const own = await manager.get(`${centre}/groups/${stage.groupId}/hours.csv?${WEEK}`);
  expect(own.text.split('\r\n')).toHaveLength(5 * 21 + 2);
  expect(own.text).toContain(`'=SUM(1);Children, psychoneurological;08.02.2027;Monday;08:00;2;0;2;0;1\r\n`);
  const all = await manager.get(`${centre}/occupancy/hours.csv?${WEEK}`);
  expect(all.text.split('\r\n')).toHaveLength(2 * 5 * 21 + 2);
  expect(all.text).toContain('Топ 3;');
  expect(all.headers.get('content-disposition')).toContain(
    `kundiz-hours-centre-${stage.centreId}-2027-02-08.csv`,
  );
});

test('a week that is no day gives no file; files are the region’s', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const other = await world.person('regional_manager', { regionCode: '71' });
  const manager = await app.as(stage.manager);
  const centre = `/regions/75/centres/${stage.centreId}`;
  for (const path of [
    '/regions/75/occupancy/hours.csv',
    `${centre}/occupancy/hours.csv`,
    `${centre}/groups/${stage.groupId}/hours.csv`,
  ]) {
    expect((await manager.get(`${path}?week=x`)).status).toBe(422);
    await expectAccess(app, path, {
      allowed: [stage.manager, stage.system],
      forbidden: [stage.admin, stage.staff, stage.guardian],
      missing: [other],
    });
  }
});
