import { expect, test } from 'vitest';
import { TestApp } from '../../support/app.ts';
import { MONDAY, TUESDAY } from '../../support/centre-stage.ts';
import { textOf } from '../../support/page-stage.ts';
import { RosterStage, shift } from '../../support/roster-stage.ts';
import { instant } from '../../../src/domain/calendar.ts';
import { deleteShift, placeShift, swapShifts } from '../../../src/use-cases/roster-edits.ts';
import { copyPublished } from '../../../src/use-cases/roster-copies.ts';
import { listShifts } from '../../../src/data/shifts.ts';

test('the history says who drafted, edited and published a roster, and which one took its days over; others see nothing of it', async () => {
  await using at = await RosterStage.create();
  await using app = await TestApp.start(at.world);
  const { world, centreId, groupId } = at;
  const [one, two] = [await at.staff({ name: 'Synthetic one' }), await at.staff({ name: 'Synthetic two' })];
  const { id } = await world.act(at.admin, copyPublished, { centreId, from: MONDAY, to: TUESDAY });
  const wish = (staffId: number, date: typeof MONDAY, from: number) => ({
    rosterId: id,
    staffId,
    date,
    from,
    to: from + 17,
    breakFrom: 24,
    fixed: false,
    groupId,
    parts: [],
  });
  await world.act(at.admin, placeShift, { ...wish(one, MONDAY, 16), version: 1 });
  await world.act(at.admin, placeShift, { ...wish(two, MONDAY, 18), version: 2 });
  await world.act(at.admin, placeShift, { ...wish(two, TUESDAY, 18), version: 3 });
  const shifts = await world.database.read((tx) => listShifts(tx, id));
  const idOf = (staffId: number, date: string) =>
    shifts.find((each) => each.staffId === staffId && each.date === date)!.id;
  await world.act(at.admin, swapShifts, {
    rosterId: id,
    version: 4,
    shiftId: idOf(one, MONDAY),
    withShiftId: idOf(two, MONDAY),
  });
  await world.act(at.admin, deleteShift, { rosterId: id, version: 5, shiftId: idOf(two, TUESDAY) });
  await at.publish(id);
  const admin = await app.as(at.admin);
  const address = `/centres/${centreId}/rosters/${id}/history`;
  expect((await admin.get(`/centres/${centreId}/rosters/${id}`)).text).toContain(`href="${address}"`);
  const text = textOf(await admin.get(address));
  // The latest first.
  const told = [
    'published; families told: 0, group-days short: 0 08.02–09.02.2027',
    'shift deleted Synthetic two, Tue 09.02, 09:00–17:30',
    'shifts swapped Synthetic one, Synthetic two, Mon 08.02',
    'shift added Synthetic two, Tue 09.02, 09:00–17:30',
    'shift added Synthetic two, Mon 08.02, 09:00–17:30',
    'shift added Synthetic one, Mon 08.02, 08:00–16:30',
    'draft made 08.02–09.02.2027',
  ];
  const places = told.map((each) => text.indexOf(each));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(text).not.toContain('another roster took days over');

  world.now = instant('2027-02-04T05:00:00.000Z');
  const later = await at.published(TUESDAY, TUESDAY, [shift(one, TUESDAY, groupId)]);
  const after = await (await app.as(at.admin)).get(address);
  expect(textOf(after)).toContain('another roster took days over 09.02.2027');
  expect(after.text).toContain(`href="/centres/${centreId}/rosters/${later.id}"`);
  // The other one tells its own story only.
  const others = textOf(await (await app.as(at.admin)).get(address.replace(`/${id}/`, `/${later.id}/`)));
  expect(others).not.toContain('shift added');

  const staff = await app.as(await world.person('centre_staff', { centreId }));
  expect((await staff.get(address)).status).toBe(200);
  const stranger = await app.as(await world.person('centre_admin', { centreId: await world.centre() }));
  expect((await stranger.get(address)).status).toBe(404);
  expect((await (await app.as(at.mother)).get(address)).status).toBe(403);
});

test('week, two weeks and a month are one tap apart, and a day leads back to its board', async () => {
  await using at = await RosterStage.create();
  await using app = await TestApp.start(at.world);
  const one = await at.staff({ name: 'Synthetic one' });
  const { id } = await at.published(MONDAY, TUESDAY, [shift(one, MONDAY, at.groupId)]);
  const admin = await app.as(at.admin);
  const base = `/centres/${at.centreId}/rosters/${id}`;
  const tabs = (text: string) =>
    [...text.matchAll(/<a href="([^"]+)"( aria-current="true")?>(Week|Two weeks|Month)<\/a>/g)].map(
      ([, href, current, name]) => [name, href!.replaceAll('&amp;', '&'), current !== undefined],
    );
  const board = await admin.get(base);
  const views = tabs(board.text);
  expect(views.map(([name, , current]) => [name, current])).toEqual([
    ['Week', true],
    ['Two weeks', false],
    ['Month', false],
  ]);
  for (const [name, href] of views.slice(1)) {
    const view = await admin.get(String(href));
    expect(view.status).toBe(200);
    expect(tabs(view.text).find(([, , current]) => current)?.[0]).toBe(name);
    expect(view.text).toContain('<time>08:00</time>');
    expect(view.text.replaceAll('&amp;', '&')).toContain(`href="${base}?week=${MONDAY}&day=${MONDAY}"`);
  }
});
