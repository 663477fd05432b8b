import { expect, test } from 'vitest';
import { findBooking, listBookings } from '../../../src/data/bookings.ts';
import { TestApp } from '../../support/app.ts';
import { expectAccess, MONDAY, PageStage, textOf } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

const wish = (stage: PageStage, childId: number, rest: Record<string, string | string[]> = {}) => ({
  childId: String(childId),
  groupId: String(stage.groupId),
  date: MONDAY as string,
  from: '09:00',
  to: '17:30',
  repeat: 'once',
  weekdays: ['mon', 'wed'],
  endsOn: '',
  ifFull: 'refuse_all',
  ...rest,
});

const allOf = (world: World, childId: number) =>
  world.database.read((tx) =>
    listBookings(tx, { childIds: [childId], from: MONDAY, to: '2028-01-01' as typeof MONDAY }),
  );

test('a child of the register is found by a part of its name and booked for a day', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const child = await stage.named('Мадина Әбдірахманова');
  const stranger = await world.child(await world.guardian());
  const staff = await app.as(stage.staff);
  const path = `/centres/${stage.centreId}/bookings`;
  const found = await staff.get(`${path}/new?search=${encodeURIComponent('әбдір мад')}&date=${MONDAY}`);
  expect(found.text).toContain(`href="${path}/new?child=${child}&amp;date=${MONDAY}"`);
  expect(textOf(await staff.get(`${path}/new?search=Зухра`))).toContain(
    'No child of this name is known here',
  );
  // A child of nobody here is not offered, not even by its number.
  for (const number of [stranger, '9007199254740993'])
    expect(textOf(await staff.get(`${path}/new?child=${number}`))).toContain('Whom to book?');

  const form = await staff.get(`${path}/new?child=${child}&date=${MONDAY}`);
  expect(textOf(form)).toContain('08:00–18:30, 2 free places all day');
  const answer = await staff.post(path, wish(stage, child));
  const [booking] = await allOf(world, child);
  expect(answer.location).toBe(
    `/centres/${stage.centreId}/days/${MONDAY}?booking=${booking!.id}#booking-${booking!.id}`,
  );
  // The deadline of that week was the Monday before.
  expect(textOf(await staff.get(answer.location))).toContain('Booked after the deadline: marked as late.');
});

test('a full hour is said with its times, and what was typed stays', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const child = await stage.named('Мадина');
  for (const each of [stage.childId, await world.child(null)]) await stage.book(each, MONDAY, 24, 32);
  const staff = await app.as(stage.staff);
  const page = await staff.post(`/centres/${stage.centreId}/bookings`, wish(stage, child));
  expect(page.status).toBe(409);
  expect(textOf(page)).toContain('There are no free places at these hours');
  expect(textOf(page)).toContain('No room at: 12:00, 12:30, 13:00');
  expect(page.text).toContain('<option value="17:30" selected>');
  expect(page.text).toContain('<title>Error: New booking');
  expect(await allOf(world, child)).toEqual([]);
});

test('every week: all or nothing with the days that stand against it, or the free days', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const child = await stage.named('Мадина');
  const wednesday = '2027-02-10' as typeof MONDAY;
  for (const each of [stage.childId, await world.child(null)]) await stage.book(each, wednesday, 24, 32);
  const staff = await app.as(stage.staff);
  const path = `/centres/${stage.centreId}/bookings`;
  const weekly = wish(stage, child, { repeat: 'weekly', endsOn: '2027-02-17' });
  const unsaid = await staff.post(path, { ...weekly, endsOn: '', weekdays: [] });
  expect(unsaid.status).toBe(422);
  expect(unsaid.text).toContain('href="#f-weekdays"');
  expect(unsaid.text).toContain('href="#f-endsOn"');
  const refused = await staff.post(path, weekly);
  expect(refused.status).toBe(409);
  expect(textOf(refused)).toContain('10.02.2027 There are no free places');
  expect(await allOf(world, child)).toEqual([]);
  const done = await staff.submit(path, { ...weekly, ifFull: 'book_free' });
  expect(textOf(done)).toContain('Booked for 3 days. Not booked: 10.02.');
  expect((await allOf(world, child)).map((each) => each.date)).toEqual([
    '2027-02-08',
    '2027-02-15',
    '2027-02-17',
  ]);
});

test('another centre’s group, a foreign child and unknown fields book nothing', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const child = await stage.named('Мадина');
  const stranger = await world.child(await world.guardian());
  const staff = await app.as(stage.staff);
  const path = `/centres/${stage.centreId}/bookings`;
  for (const actor of [stage.staff, stage.system]) {
    const other = await (
      await app.as(actor)
    ).post(path, wish(stage, child, { groupId: String(stage.otherGroupId) }));
    expect(other.status).toBe(422);
  }
  expect((await staff.post(path, wish(stage, stranger))).location).toBe(`${path}/new`);
  expect((await staff.post(path, wish(stage, child, { admin: 'yes' }))).status).toBe(422);
  for (const wrong of [
    { date: '2027-02-30' },
    { from: '09:10' },
    { from: '17:30', to: '09:00' },
    { to: '12:30' },
    { from: '08:00', to: '18:30' },
  ]) {
    const page = await staff.post(path, wish(stage, child, wrong));
    expect(page.status, JSON.stringify(wrong)).toBe(422);
  }
  expect(await allOf(world, child)).toEqual([]);
  expect(await allOf(world, stranger)).toEqual([]);
});

test('a repeat of the same form books once', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const child = await stage.named('Мадина');
  const staff = await app.as(stage.staff);
  const form = wish(stage, child, { operation: 'twice' });
  const [first, again] = [
    await staff.post(`/centres/${stage.centreId}/bookings`, form),
    await staff.post(`/centres/${stage.centreId}/bookings`, form),
  ];
  expect(again.location).toBe(first.location);
  const [booking] = await allOf(world, child);
  expect(await world.database.read((tx) => findBooking(tx, booking!.id))).toMatchObject({ state: 'booked' });
});

test('only the centre’s own people book on behalf of a family', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  await expectAccess(app, `/centres/${stage.centreId}/bookings/new`, {
    allowed: [stage.staff, stage.admin, stage.system],
    forbidden: [stage.guardian, stage.manager],
    missing: [stage.otherAdmin],
  });
});
