import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { addDays, datesBetween } from '../../../src/domain/calendar.ts';
import { rewriteWeekProfiles } from '../../../src/use-cases/week-profiles.ts';
import { TestApp } from '../../support/app.ts';
import { expectAccess, fieldOf, MONDAY, PageStage, textOf } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

const KEPT = 'from=2027-01-04&to=2027-02-28&by=month';
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];
const DATES = datesBetween(MONDAY, addDays(MONDAY, 4));

/** What the cells of a page must say, by a count of the rows of bookings in some groups with two places each. */
async function cellsOf(world: World, groupIds: readonly number[]): Promise<string[]> {
  const rows = await world.database.read(({ db, t }) => db.select().from(t.booking));
  const own = rows.filter((row) => groupIds.includes(row.groupId));
  const cells: string[] = [];
  for (let at = 16; at < 37; at++) {
    for (const [weekday, date] of DATES.entries()) {
      const heads = own.filter(
        (row) => row.date === date && row.fromHalfHour <= at && at < (row.releasedFrom ?? row.toHalfHour),
      ).length;
      const time = `${String(Math.floor(at / 2)).padStart(2, '0')}:${at % 2 ? '30' : '00'}`;
      const places = 2 * groupIds.length;
      const [year, month, day] = date.split('-');
      cells.push(
        `${DAYS[weekday]}, ${day}.${month}.${year}, ${time}: ${Math.round((100 * heads) / places)}% booked, ${heads} of ${places}`,
      );
    }
  }
  return cells;
}

const shown = (text: string) =>
  [...text.matchAll(/<span class="visually-hidden">([^<]*: [^<]* booked, [^<]*)<\/span><\/td>/g)].map(
    (match) => match[1],
  );

async function booked(world: World) {
  const stage = await PageStage.create(world);
  const child = await stage.named('Мадина');
  await stage.book(child, MONDAY, 16, 36);
  await stage.book(stage.childId, MONDAY, 20, 33);
  await stage.book(stage.childId, addDays(MONDAY, 3), 18, 30, stage.otherGroupId);
  return stage;
}

test('a region by weekday and half-hour: every cell is a count of the bookings; no child is named', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await booked(world);
  await rewriteWeekProfiles(world.database, world.now, async () => true);
  world.now = '2027-02-03T05:06:00.000Z' as typeof world.now;
  const manager = await app.as(stage.manager);
  const path = '/regions/75/occupancy/hours';
  const page = await manager.get(`${path}?week=2027-02-10&${KEPT}`);
  expect(page.status).toBe(200);
  const cells = await cellsOf(world, [stage.groupId, stage.otherGroupId]);
  expect(cells).toContain('Monday, 08.02.2027, 10:00: 50% booked, 2 of 4');
  expect(shown(page.text)).toEqual(cells);
  const text = textOf(page);
  // As at the profile's instant, not the page's: 10:00 and 10:06 in Almaty.
  expect(text).toContain('08.02–14.02.2027 · as at 03.02.2027 10:00, counted from bookings');
  // 20 + 13 + 12 half-hours of 5 × 21 × 4 places.
  expect(text).toContain(
    'Place-hours 210 Booked 11% Idle place-hours 187.5 Most in a half-hour 2 Fullest Mon 10:00, 50%',
  );
  expect(text).toMatch(/Шуақ Алатау 105 16% 88\.5 2 Mon 10:00, 100% Mon 18:00, 0%/);
  expect(text).not.toContain('Мадина');
  expect(fieldOf(page, 'week')).toBe('2027-02-08');
  // The filters of the other pages stand in every way on.
  const kept = KEPT.replaceAll('&', '&amp;');
  for (const href of [
    `${path}?${kept}&amp;week=2027-02-01`,
    `${path}?${kept}&amp;week=2027-02-15`,
    `/regions/75/occupancy/hours.csv?${kept}&amp;week=2027-02-08`,
    `/regions/75/occupancy?${kept}`,
    `/regions/75/centres/${stage.centreId}/occupancy/hours?${kept}&amp;week=2027-02-08`,
    '/regions/75/occupancy?from=2027-02-08&amp;to=2027-02-08&amp;by=day',
  ])
    expect(page.text).toContain(`href="${href}"`);
  expect(fieldOf(page, 'by')).toBe('month');
});

test('before the profiles are written the page counts for itself, and so it does for weeks far away', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await booked(world);
  const manager = await app.as(stage.manager);
  const page = await manager.get('/regions/75/occupancy/hours?week=2027-02-08');
  expect(shown(page.text)).toEqual(await cellsOf(world, [stage.groupId, stage.otherGroupId]));
  const far = await manager.get('/regions/75/occupancy/hours?week=2027-09-06');
  expect(textOf(far)).toContain('Monday, 06.09.2027, 08:00: 0% booked, 0 of 4');
  const none = await manager.get('/regions/75/occupancy/hours?week=2026-07-01');
  expect(none.status).toBe(200);
  expect(textOf(none)).toContain('Nothing is open in this week. Choose another one.');
});

test('without a week this one; a holiday is hatched and worded; a working Saturday has a column', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const manager = await app.as(stage.manager);
  const page = await manager.get('/regions/75/occupancy/hours');
  expect(fieldOf(page, 'week')).toBe('2027-02-01');
  expect(textOf(page)).not.toContain('Saturday');
  expect(page.text).toContain('<th scope="col" aria-current="date">');
  const women = await manager.get('/regions/75/occupancy/hours?week=2027-03-08');
  expect(women.text).toMatch(
    /<td class="none"><span aria-hidden="true"><\/span><span class="visually-hidden">Monday, 08\.03\.2027, 08:00: closed/,
  );
  await world.insert(async (tx) => {
    const { groupDay: d } = tx.t;
    const open = { opensAt: 16, closesAt: 37, closedReason: null, placeMinutes: 1260 };
    await tx.db
      .update(d)
      .set(open)
      .where(eq(d.date, addDays(MONDAY, 33)));
  });
  expect(textOf(await manager.get('/regions/75/occupancy/hours?week=2027-03-08'))).toContain(
    'Saturday, 13.03.2027, 08:00: 0% booked, 0 of 4',
  );
});

test('a centre by its groups and a group by its seven days, as they stand now', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await booked(world);
  await rewriteWeekProfiles(world.database, world.now, async () => true);
  // Booked after the profiles were written.
  await stage.book(await world.child(await world.guardian()), addDays(MONDAY, 1), 16, 24);
  const manager = await app.as(stage.manager);
  const centre = `/regions/75/centres/${stage.centreId}`;
  const group = `${centre}/groups/${stage.groupId}`;
  const page = await manager.get(`${centre}/occupancy/hours?week=2027-02-08&${KEPT}`);
  const cells = await cellsOf(world, [stage.groupId]);
  expect(cells).toContain('Tuesday, 09.02.2027, 08:00: 50% booked, 1 of 2');
  expect(shown(page.text)).toEqual(cells);
  expect(textOf(page)).toMatch(/Groups in this week .* Топ Children, psychoneurological 105 20% 84\.5 2 /);
  expect(page.text).not.toContain('Мадина');
  const kept = KEPT.replaceAll('&', '&amp;');
  expect(page.text).toContain(
    `class="back name" href="/regions/75/occupancy/hours?${kept}&amp;week=2027-02-08"`,
  );
  expect(page.text).toContain(`href="${group}/hours?${kept}&amp;week=2027-02-08"`);

  const own = await manager.get(`${group}/hours?week=2027-02-08&${KEPT}`);
  expect(shown(own.text)).toEqual(cells);
  expect(own.text).not.toContain('Мадина');
  expect(own.text).toContain(
    `class="back name" href="${centre}/occupancy/hours?${kept}&amp;week=2027-02-08"`,
  );
  expect(own.text).toContain(`href="${group}/days/2027-02-09?${kept}&amp;week=2027-02-08"`);
  expect(own.text).toContain(`href="${group}?${kept}"`);
  // The other centre's hours are not in it.
  expect(textOf(own)).not.toContain('Thursday, 11.02.2027, 10:00: 50%');
});

test('a week that is no day is said and kept as typed, on every level', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const manager = await app.as(stage.manager);
  const centre = `/regions/75/centres/${stage.centreId}`;
  for (const path of [
    '/regions/75/occupancy/hours',
    `${centre}/occupancy/hours`,
    `${centre}/groups/${stage.groupId}/hours`,
  ]) {
    for (const week of ['2027-02-30', 'x', '9999-01-01', '1900-01-01']) {
      const page = await manager.get(`${path}?week=${week}`);
      expect([path, page.status]).toEqual([path, 422]);
      expect(fieldOf(page, 'week')).toBe(week);
      expect(textOf(page)).toContain('Enter a real date');
    }
    // Filters of other pages that cannot be shown are not carried along.
    const odd = await manager.get(`${path}?from=1900&to=9999&by=year`);
    expect(odd.status).toBe(200);
    expect(odd.text).not.toContain('name="to"');
    expect(odd.text).not.toMatch(/occupancy(\/hours)?\?[^"]*by=year&amp;week/);
  }
});

test('half-hours are the region’s, and each centre’s and group’s under its own address', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const foreign = await world.centre({ regionCode: '71' });
  const foreignGroup = await world.group(foreign);
  const other = await world.person('regional_manager', { regionCode: '71' });
  const centre = `/regions/75/centres/${stage.centreId}`;
  for (const path of [
    '/regions/75/occupancy/hours',
    `${centre}/occupancy/hours`,
    `${centre}/groups/${stage.groupId}/hours`,
    `${centre}/groups/${stage.groupId}`,
    `${centre}/groups/${stage.groupId}/days/2027-02-08`,
  ]) {
    await expectAccess(app, path, {
      allowed: [stage.manager, stage.system],
      forbidden: [stage.admin, stage.staff, stage.guardian],
      missing: [other],
    });
  }
  const [manager, system] = [await app.as(stage.manager), await app.as(stage.system)];
  for (const path of [
    `/regions/75/centres/${foreign}/occupancy/hours`,
    `/regions/75/centres/${foreign}/groups/${foreignGroup}/hours`,
    `${centre}/groups/${foreignGroup}`,
    `${centre}/groups/${stage.otherGroupId}`,
    `${centre}/groups/${stage.otherGroupId}/hours`,
    `${centre}/groups/${stage.otherGroupId}/days/2027-02-08`,
    `${centre}/groups/9999`,
  ]) {
    expect([path, (await manager.get(path)).status]).toEqual([path, 404]);
    expect([path, (await system.get(path)).status]).toEqual([path, 404]);
  }
});
