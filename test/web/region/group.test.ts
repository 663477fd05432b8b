import { expect, test } from 'vitest';
import { instant } from '../../../src/domain/calendar.ts';
import { recordArrival, recordDeparture } from '../../../src/use-cases/attendance.ts';
import { TestApp } from '../../support/app.ts';
import { fieldOf, MONDAY, PageStage, textOf } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

const KEPT = 'from=2027-02-01&to=2027-02-21&by=week';

test('a group by week and by day, down to its days and back with the filters; figures and no names', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const child = await stage.named('Мадина');
  const bookingId = await stage.book(child, MONDAY, 16, 36);
  await stage.book(stage.childId, MONDAY, 20, 32);
  world.now = instant('2027-02-08T03:00:00.000Z');
  await world.act(stage.staff, recordArrival, { bookingId });
  world.now = instant('2027-02-08T11:00:00.000Z');
  await world.act(stage.staff, recordDeparture, { bookingId, collectorId: null });
  world.now = instant('2027-02-15T05:00:00.000Z');
  const manager = await app.as(stage.manager);
  const centre = `/regions/75/centres/${stage.centreId}`;
  const path = `${centre}/groups/${stage.groupId}`;
  const page = await manager.get(`${path}?${KEPT}`);
  const text = textOf(page);
  expect(text).toContain('Топ Children, psychoneurological · 2 places · Mon–Fri 08:00–18:30');
  // Gone at 16:00: 8 hours of the stay and 6 of the other were booked, 8 attended, of 5 days × 10.5 hours × 2 places.
  expect(text).toContain('week 6, 08.02–14.02.2027 105 13% 57% 91 2');
  expect(text).toContain('week 5, 01.02–07.02.2027 105 0% – 105 0');
  // The week that runs is not told of: nothing of it is over.
  expect(text).toContain('week 7, 15.02–21.02.2027 105 0% – 105 0');
  expect(text).toContain(
    'Place-hours 315 Booked 4% Attended 57% of what was booked, days past Idle place-hours 301 Most at one time 2',
  );
  expect(text).not.toContain('Мадина');
  const kept = KEPT.replaceAll('&', '&amp;');
  for (const href of [
    `/regions/75/occupancy?${kept}`,
    `${centre}/occupancy?${kept}`,
    `${path}?from=2027-02-08&amp;to=2027-02-14&amp;by=day`,
    `${path}/hours?${kept}&amp;week=2027-02-15`,
    `${path}?from=2027-02-22&amp;to=2027-03-14&amp;by=week`,
  ])
    expect(page.text).toContain(`href="${href}"`);

  const days = await manager.get(`${path}?from=2027-02-08&to=2027-02-14&by=day`);
  expect(days.text).toContain(`href="${path}/days/2027-02-08?from=2027-02-08&amp;to=2027-02-14&amp;by=day"`);
  expect(textOf(days)).toContain('08.02.2027 21 67% 57% 7 2');
  expect(textOf(days)).toContain('13.02.2027 Closed');

  const wrong = await manager.get(`${path}?from=1900&to=2027-01-01&by=week`);
  expect(wrong.status).toBe(422);
  expect(fieldOf(wrong, 'from')).toBe('1900');
});

test('the centre’s page leads to its groups and their days, and its heads to its own days', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const manager = await app.as(stage.manager);
  const centre = `/regions/75/centres/${stage.centreId}`;
  const group = `${centre}/groups/${stage.groupId}`;
  const kept = KEPT.replaceAll('&', '&amp;');
  const weeks = await manager.get(`${centre}/occupancy?${KEPT}`);
  expect(weeks.text).toContain(`class="name" href="${group}?${kept}"`);
  expect(weeks.text).toContain(`<a href="${group}?from=2027-02-08&amp;to=2027-02-14&amp;by=day"`);
  expect(weeks.text).toContain(`href="${centre}/occupancy/hours?${kept}&amp;week=2027-02-01"`);
  const days = await manager.get(`${centre}/occupancy?from=2027-02-08&to=2027-02-14&by=day`);
  expect(days.text).toContain(
    `<a href="${group}/days/2027-02-08?from=2027-02-08&amp;to=2027-02-14&amp;by=day"`,
  );
});
