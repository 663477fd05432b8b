import { and, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { addMinutes } from '../../../src/domain/calendar.ts';
import { TestApp } from '../../support/app.ts';
import { MONDAY, PageStage, textOf } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

/** The rows of the half-hours: time, places, booked, held, free, staff. */
const halves = (text: string) =>
  new Map(
    [...text.matchAll(/<tr id="t-([\d:]+)">(.*?)<\/tr>/g)].map(([, time = '', row = '']) => [
      time,
      [...row.matchAll(/<td class="num">(.*?)<\/td>/g)]
        .map((cell) => cell[1]!.replaceAll(/<[^>]+>/g, ''))
        .join(' | '),
    ]),
  );

test('half-hours with room, booked, held, free and staff, as the rows of bookings and holds count; no names', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const child = await stage.named('Мадина');
  await stage.book(child, MONDAY, 16, 36);
  const held = Array.from({ length: 48 }, (_, at) => (at >= 20 && at < 24 ? 1 : 0));
  await world.insert(async (tx) => {
    const { groupDay: d, hold } = tx.t;
    const where = and(eq(d.groupId, stage.groupId), eq(d.date, MONDAY));
    const kept = { groupId: stage.groupId, date: MONDAY, fromHalfHour: 20, toHalfHour: 24, weight: 100 };
    await tx.db.insert(hold).values({ ...kept, source: 'offer', expiresAt: addMinutes(world.now, 60) });
    await tx.db.update(d).set({ held, peakTaken: 2 }).where(where);
  });
  const manager = await app.as(stage.manager);
  const centre = `/regions/75/centres/${stage.centreId}`;
  const path = `${centre}/groups/${stage.groupId}/days/2027-02-08`;
  const page = await manager.get(path);
  const rows = halves(page.text);
  expect(rows.size).toBe(21);
  for (let at = 16; at < 37; at++) {
    const time = `${String(Math.floor(at / 2)).padStart(2, '0')}:${at % 2 ? '30' : '00'}`;
    const [taken, kept] = [at < 36 ? 1 : 0, at >= 20 && at < 24 ? 1 : 0];
    const free = 2 - taken - kept;
    expect(rows.get(time)).toBe(`2 | ${taken} | ${kept} | ${free === 0 ? 'Full ' : ''}${free} | –`);
  }
  expect(textOf(page)).toContain('No roster is published for this day');
  expect(textOf(page)).toContain(
    'Place-hours 21 Booked 48% Attended – Idle place-hours 11 Most at one time 1',
  );
  expect(page.text).not.toContain('Мадина');

  // One member of staff for one and a half until noon, then nobody: what is free follows, never below 0.
  await world.insert(async (tx) => {
    const { groupDay: d } = tx.t;
    const capacity = [Array.from({ length: 48 }, (_, at) => (at < 24 ? 250 : 0))];
    await tx.db
      .update(d)
      .set({ capacity })
      .where(and(eq(d.groupId, stage.groupId), eq(d.date, MONDAY)));
  });
  const rostered = await manager.get(path);
  expect(halves(rostered.text).get('08:00')).toBe('2 | 1 | 0 | 1 | 2');
  expect(halves(rostered.text).get('14:00')).toBe('2 | 1 | 0 | Full 0 | Too few staff 0');
  expect(halves(rostered.text).get('18:00')).toBe('2 | 0 | 0 | Full 0 | 0');
  expect(textOf(rostered)).not.toContain('No roster is published');
});

test('closed days say why; days that the group does not have say so; dates that do not exist are no pages', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const manager = await app.as(stage.manager);
  const path = `/regions/75/centres/${stage.centreId}/groups/${stage.groupId}/days`;
  expect(textOf(await manager.get(`${path}/2027-02-13`))).toContain('Closed: day off');
  expect(textOf(await manager.get(`${path}/2027-03-08`))).toContain('Closed: International Women');
  const none = await manager.get(`${path}/2026-12-01`);
  expect(none.status).toBe(200);
  expect(textOf(none)).toContain('There is no such day');
  expect((await manager.get(`${path}/2027-02-30`)).status).toBe(404);
  expect((await manager.get(`${path}/today`)).status).toBe(404);
});

test('the way back and the days beside keep the filters, by days or by half-hours', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const manager = await app.as(stage.manager);
  const centre = `/regions/75/centres/${stage.centreId}`;
  const group = `${centre}/groups/${stage.groupId}`;
  const kept = 'from=2027-02-01&amp;to=2027-02-14&amp;by=day';
  const page = await manager.get(`${group}/days/2027-02-14?${kept.replaceAll('&amp;', '&')}`);
  for (const href of [
    `/regions/75/occupancy?${kept}`,
    `${centre}/occupancy?${kept}`,
    `${group}?${kept}`,
    `${group}/days/2027-02-13?${kept}`,
    `${group}/days/2027-02-15?${kept}`,
  ])
    expect(page.text).toContain(`href="${href}"`);
  const hours = await manager.get(
    `${group}/days/2027-02-14?${kept.replaceAll('&amp;', '&')}&week=2027-02-08`,
  );
  expect(hours.text).toContain(`href="${group}/hours?${kept}&amp;week=2027-02-08"`);
  expect(hours.text).toContain(`href="${group}/days/2027-02-15?${kept}&amp;week=2027-02-15"`);
  const odd = await manager.get(`${group}/days/2027-02-14?from=x&week=y`);
  expect(odd.status).toBe(200);
  expect(odd.text).toContain(`href="${group}"`);
});
