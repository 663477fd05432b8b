import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { addDays, plainDate, type PlainDate } from '../../../src/domain/calendar.ts';
import { insertRescue } from '../../../src/data/rescues.ts';
import { joinWaitingList } from '../../../src/use-cases/waiting-list.ts';
import { TestApp } from '../../support/app.ts';
import { heatCell } from '../../support/heat-cell.ts';
import { expectAccess, fieldOf, MONDAY, PageStage, textOf } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

const WEEK = 'from=2027-02-08&to=2027-02-14&by=week';

test('a region’s centres by week: share, sums, and the way down; no child is named', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const child = await stage.named('Мадина');
  await stage.book(child, MONDAY, 16, 36);
  await world.centre({ regionCode: '71', name: 'Бақыт' });
  const manager = await app.as(stage.manager);
  const page = await manager.get(`/regions/75/occupancy?${WEEK}`);
  expect(textOf(page)).toContain('Almaty: how places are used');
  // 20 of 5 days × 21 half-hours × 2 places.
  expect(heatCell(page, 'Шуақ', 'week 6, 08.02–14.02.2027')).toBe('10 10% booked');
  expect(heatCell(page, 'Үміт', 'week 6, 08.02–14.02.2027')).toBe('0 0% booked');
  expect(textOf(page)).toMatch(/Шуақ Алатау 105 10% – 95 1 /);
  expect(textOf(page)).toMatch(/Together 210 5% – 200 /);
  expect(textOf(page)).not.toContain('Бақыт');
  expect(textOf(page)).not.toContain('Мадина');
  expect(page.text).toContain(
    `href="/regions/75/centres/${stage.centreId}/occupancy?from=2027-02-08&amp;to=2027-02-14&amp;by=day"`,
  );
  // The filters stand in every way on.
  expect(page.text).toContain('href="/regions/75/occupancy?from=2027-02-15&amp;to=2027-02-21&amp;by=week"');
  expect(page.text).toContain(
    'href="/regions/75/occupancy.csv?from=2027-02-08&amp;to=2027-02-14&amp;by=week"',
  );
  expect(fieldOf(page, 'from')).toBe('2027-02-08');
});

test('who waits: beside the idle hours of each centre, most first; a child at two centres counts once in the sum', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const elsewhere = await world.group(await world.centre({ regionCode: '71' }), { room: 2 });
  const wait = async (choices: number[]) => {
    const guardian = await world.guardian();
    const childId = await world.child(guardian);
    await world.act(guardian, joinWaitingList, {
      childId,
      pattern: { kind: 'weekly', days: { mon: [17, 26], wed: [17, 26] } },
      startsOn: plainDate('2027-03-01'),
      choices,
      minimumMinutesPerWeek: null,
      tolerance: null,
    });
  };
  await wait([stage.otherGroupId]);
  await wait([stage.groupId, stage.otherGroupId]);
  await wait([elsewhere]);
  const manager = await app.as(stage.manager);
  const page = await manager.get(`/regions/75/occupancy?${WEEK}`);
  const text = textOf(page);
  expect(text).toContain('Children waiting 2 now');
  expect(page.text).toContain('<a href="#demand">2</a>');
  // Шуақ has one of them, Үміт both; together they are two.
  expect(text).toMatch(/Үміт Алатау 105 0% – 105 0 2 Шуақ Алатау 105 0% – 105 0 1 Together 210 0% – 210 2 /);
  const demand = text.slice(text.indexOf('Demand that is not met'));
  expect(demand).toMatch(/Үміт [^0-9]+ 2 18 0 .* Шуақ [^0-9]+ 1 9 0 .* Together 2 18 0 0 0 0 0 /);
  expect(page.text.split('id="demand"')[1]).toContain(
    `href="/regions/75/centres/${stage.centreId}/occupancy?from=2027-02-08&amp;to=2027-02-14&amp;by=week"`,
  );
  const centre = (id: number) => manager.get(`/regions/75/centres/${id}/occupancy?${WEEK}`);
  expect(textOf(await centre(stage.otherCentreId))).toContain('Children waiting 2 now');
  const own = textOf(await centre(stage.centreId));
  expect(own).toContain('Children waiting 1 now');
  expect(own.slice(own.indexOf('Demand that is not met'))).toMatch(/Шуақ [^0-9]+ 1 9 0 /);
});

test('without filters: twelve weeks to this one; weeks without opening are hatched and worded', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const manager = await app.as(stage.manager);
  const page = await manager.get('/regions/75/occupancy');
  expect(fieldOf(page, 'from')).toBe('2026-11-16');
  expect(fieldOf(page, 'to')).toBe('2027-02-07');
  expect(page.text).toContain('<td class="none">');
  expect(heatCell(page, 'Шуақ', 'week 47, 16.11–22.11.2026')).toBe('closed');
  expect(await manager.get('/regions/75')).toMatchObject({ status: 303, location: '/regions/75/occupancy' });
  expect((await manager.get('/regions/75/occupancy?from=2027-01-01&to=2027-03-31&by=month')).status).toBe(
    200,
  );
  expect(textOf(await manager.get('/regions/75/occupancy?from=2027-02-08&to=2027-02-10&by=day'))).toContain(
    '09.02',
  );
});

test('filters that cannot be shown are said and kept as typed', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const manager = await app.as(stage.manager);
  const ask = (query: string) => manager.get(`/regions/75/occupancy?${query}`);
  const wild = await ask('from=1900&to=9999');
  expect(wild.status).toBe(422);
  expect(fieldOf(wild, 'from')).toBe('1900');
  expect(fieldOf(wild, 'to')).toBe('9999');
  expect(textOf(await ask('from=2027-02-30&to=2027-03-01'))).toContain('Enter a real date');
  expect(textOf(await ask('from=2027-02-10&to=2027-02-01'))).toContain('The last day is before the first');
  expect(textOf(await ask('from=2000-01-01&to=2099-12-31'))).toContain('Too long a period');
  expect((await ask('from=2027-01-01&to=2027-12-31&by=day')).status).toBe(422);
  expect((await ask(`${WEEK}&by=hour`)).status).toBe(200);
  expect((await ask('by=hour')).status).toBe(422);
});

test('freed hours for which families stood by: taken and lost, by centre, by group, and in the file', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const elsewhere = await world.group(await world.centre({ regionCode: '71' }), { room: 2 });
  await world.insert(async (tx) => {
    const rescue = (groupId: number, date: PlainDate, freedMinutes: number, rescuedMinutes: number) =>
      insertRescue(tx, {
        groupId,
        date,
        fromHalfHour: 18,
        toHalfHour: 30,
        openedAt: world.now,
        closesAt: world.now,
        closedAt: world.now,
        bookingId: null,
        freedMinutes,
        rescuedMinutes,
      });
    await rescue(stage.groupId, MONDAY, 360, 300);
    await rescue(stage.groupId, addDays(MONDAY, 1), 240, 0);
    // Another week, another region, and a window that is still open: not counted.
    await rescue(stage.groupId, addDays(MONDAY, 7), 600, 600);
    await rescue(elsewhere, MONDAY, 420, 420);
    const open = await rescue(stage.otherGroupId, MONDAY, 480, 0);
    await tx.db.update(tx.t.rescue).set({ closedAt: null }).where(eq(tx.t.rescue.id, open));
  });
  const manager = await app.as(stage.manager);
  const text = textOf(await manager.get(`/regions/75/occupancy?${WEEK}`));
  expect(text).toMatch(/Freed, hours Taken, hours Lost, hours Taken, % Шуақ 10 5 5 50% Together 10 5 5 50% /);
  const centre = textOf(await manager.get(`/regions/75/centres/${stage.centreId}/occupancy?${WEEK}`));
  expect(centre).toMatch(/Taken, % \S+ 10 5 5 50% Together 10 5 5 50% /);
  const other = textOf(await manager.get(`/regions/75/centres/${stage.otherCentreId}/occupancy?${WEEK}`));
  expect(other).toContain('In this period nothing was freed for which a family stood by.');
  const { text: file } = await manager.get('/regions/75/occupancy.csv?from=2027-02-08&to=2027-02-09&by=day');
  expect(file).toContain('Freed, hours;Taken, hours;Lost, hours\r\n');
  const ends = file.split('\r\n').map((line) => line.split(';').slice(-3).join(';'));
  expect(ends.slice(1, 5).toSorted()).toEqual(['0;0;0', '0;0;0', '4;0;4', '6;5;1']);
});

test('a region is its manager’s', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const other = await world.person('regional_manager', { regionCode: '71' });
  await expectAccess(app, '/regions/75/occupancy', {
    allowed: [stage.manager, stage.system],
    forbidden: [stage.admin, stage.staff, stage.guardian],
    missing: [other],
  });
  expect((await (await app.as(stage.manager)).get('/regions/99/occupancy')).status).toBe(404);
});
