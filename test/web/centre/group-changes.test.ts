import { expect, test } from 'vitest';
import { findBooking } from '../../../src/data/bookings.ts';
import { findDays } from '../../../src/data/group-days.ts';
import { TestApp } from '../../support/app.ts';
import { expectAccess, fieldOf, MONDAY, PageStage, textOf } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

/** The usual week without its Friday. */
const HOURS = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu'].flatMap((weekday) => [
    [`hours.${weekday}`, '08:00'],
    [`hours.${weekday}.to`, '18:30'],
  ]),
);

const terms = (rest: Record<string, string> = {}) => ({
  version: '1',
  startsOn: MONDAY as string,
  room: '2',
  ...HOURS,
  ...rest,
});

const dayOf = (world: World, groupId: number, date = MONDAY) =>
  world.database.read(async (tx) => (await findDays(tx, { groupId, from: date, to: date }))[0]);

test('room and hours change from a day on and stand in the history', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const admin = await app.as(stage.admin);
  const path = `/centres/${stage.centreId}/groups/${stage.groupId}`;
  const page = await admin.submit(`${path}/terms`, terms({ room: '5' }));
  expect(textOf(page)).toContain('Saved.');
  expect(textOf(page)).toContain('08.02.2027 5 places Mon–Thu 08:00–18:30 ahead');
  expect(textOf(page)).toContain('01.01.2027 07.02.2027 2 places Mon–Fri 08:00–18:30 in force now');
  expect(await dayOf(world, stage.groupId)).toMatchObject({ room: 5 });
});

test('bookings in the way are listed by family and go only after a second yes to exactly this list', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const child = await stage.named('Мадина <М>', stage.guardian);
  const friday = '2027-02-12' as typeof MONDAY;
  const id = await stage.book(child, friday, 18, 30);
  const admin = await app.as(stage.admin);
  const path = `/centres/${stage.centreId}/groups/${stage.groupId}`;
  const state = async () => (await world.database.read((tx) => findBooking(tx, id)))?.state;

  const listed = await admin.post(`${path}/terms`, terms());
  expect(listed.status).toBe(409);
  expect(textOf(listed)).toContain('1 booking of 1 family stands in the way. Nothing has been changed yet.');
  expect(textOf(listed)).toContain('Мадина <М> 12.02.2027 09:00–15:00');
  expect(fieldOf(listed, 'hours.mon')).toBe('08:00');
  expect(await state()).toBe('booked');

  const form = {
    ...terms(),
    listed: fieldOf(listed, 'listed')!,
    listedCount: fieldOf(listed, 'listedCount')!,
  };
  const unticked = await admin.post(`${path}/terms`, form);
  expect(unticked.status).toBe(409);
  expect(textOf(unticked)).toContain('Tick the box to go on');
  expect(await state()).toBe('booked');

  // Somebody books meanwhile: the list that was confirmed is no longer the list.
  const second = await stage.book(stage.childId, friday, 18, 30);
  const changed = await admin.post(`${path}/terms`, { ...form, agreed: 'yes' });
  expect(changed.status).toBe(409);
  expect(textOf(changed)).toContain('The list has changed meanwhile');
  expect(await state()).toBe('booked');

  const again = {
    ...form,
    listed: fieldOf(changed, 'listed')!,
    listedCount: fieldOf(changed, 'listedCount')!,
    agreed: 'yes',
  };
  const done = await admin.submit(`${path}/terms`, again);
  expect(textOf(done)).toContain('Saved. Bookings cancelled: 2, adults told: 1.');
  expect(await state()).toBe('cancelled');
  expect(await world.database.read((tx) => findBooking(tx, second))).toMatchObject({ cancelledBy: 'centre' });
});

test('the second of two administrators sees what the first saved, beside what was typed', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const [first, second] = [
    await app.as(stage.admin),
    await app.as(await world.person('centre_admin', { centreId: stage.centreId })),
  ];
  const path = `/centres/${stage.centreId}/groups/${stage.groupId}`;
  await first.post(`${path}/terms`, terms({ room: '7' }));
  const stale = await second.post(`${path}/terms`, terms({ room: '9', 'hours.mon': '09:00' }));
  expect(stale.status).toBe(409);
  expect(textOf(stale)).toContain('What the other administrator saved');
  expect(textOf(stale)).toContain('From 08.02.2027 7 places, Mon–Thu 08:00–18:30');
  expect(fieldOf(stale, 'room')).toBe('9');
  expect(fieldOf(stale, 'version')).toBe('2');
  expect(stale.text).toMatch(/id="f-hours-mon" name="hours.mon"[^>]*>.*?<option value="09:00" selected>/s);
  expect(await dayOf(world, stage.groupId)).toMatchObject({ room: 7 });
  const saved = await second.submit(`${path}/terms`, terms({ room: '9', version: '2' }));
  expect(textOf(saved)).toContain('Saved.');
  expect(await dayOf(world, stage.groupId)).toMatchObject({ room: 9 });
});

test('hours that cannot be are said at their weekday', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const admin = await app.as(stage.admin);
  const send = async (rest: Record<string, string>) =>
    await admin.post(`/centres/${stage.centreId}/groups/${stage.groupId}/terms`, { ...terms(), ...rest });
  const half = await send({ 'hours.tue.to': '' });
  expect(half.status).toBe(422);
  expect(half.text).toContain('<a href="#f-hours-tue">Choose both times, or none</a>');
  expect((await send({ 'hours.tue': '16:00' })).text).toContain(
    '<a href="#f-hours-tue">The day must be open at least 4 hours</a>',
  );
  expect((await send({ 'hours.tue': '18:30', 'hours.tue.to': '08:00' })).text).toContain(
    'The end must come after the beginning',
  );
  const none = Object.fromEntries(Object.keys(HOURS).map((name) => [name, '']));
  expect((await send(none)).text).toContain(
    '<a href="#f-hours">Choose the hours of at least one weekday</a>',
  );
  expect((await send({ room: '0' })).status).toBe(422);
  expect((await send({ startsOn: '2027-02-01' })).text).toContain('href="#f-startsOn"');
  expect(await dayOf(world, stage.groupId)).toMatchObject({ room: 2, opensAt: 16, closesAt: 37 });
});

test('its words change; its end closes the days after it and can be taken back', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const admin = await app.as(stage.admin);
  const path = `/centres/${stage.centreId}/groups/${stage.groupId}`;
  const words = {
    version: '1',
    name: '2-топ',
    admission: 'enrolled',
    fromAgeMonths: '36',
    toAgeMonths: '120',
    skillsKnown: 'yes',
    skills: 'nurse',
  };
  expect(textOf(await admin.submit(`${path}/words`, words))).toContain('2-топ');
  const wrong = await admin.post(`${path}/words`, {
    ...words,
    version: '2',
    fromAgeMonths: '200',
    name: ' ',
  });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('<details class="card" open>');

  const ended = await admin.submit(`${path}/end`, { endsOn: '2027-02-05' });
  expect(textOf(ended)).toContain('until 05.02.2027');
  expect(await dayOf(world, stage.groupId)).toMatchObject({ opensAt: null, closedReason: 'ended' });
  await admin.post(`${path}/end`, { endsOn: '' });
  expect(await dayOf(world, stage.groupId)).toMatchObject({ opensAt: 16, closedReason: null });
  expect((await admin.post(`${path}/end`, { endsOn: '2027-02-01' })).status).toBe(422);
});

test('its languages change, go, and are told to whoever saved second', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const admin = await app.as(stage.admin);
  const path = `/centres/${stage.centreId}/groups/${stage.groupId}`;
  const words = (version: string) => ({
    version,
    name: 'Топ',
    admission: 'open',
    fromAgeMonths: '36',
    toAgeMonths: '120',
    skillsKnown: 'no',
  });
  const saved = await admin.submit(`${path}/words`, { ...words('1'), languages: ['ru', 'sign'] });
  expect(saved.text).toMatch(/name="languages" value="ru" checked.*name="languages" value="sign" checked/s);
  expect(saved.text).not.toMatch(/name="languages" value="kk" checked/);
  const stale = await admin.post(`${path}/words`, { ...words('1'), languages: 'kk' });
  expect(stale.status).toBe(409);
  expect(textOf(stale)).toContain('Working languages Russian, sign language');
  expect(stale.text).toMatch(/name="languages" value="kk" checked/);
  // Nothing ticked and something else wrong: nothing comes back ticked.
  const wrong = await admin.post(`${path}/words`, { ...words('2'), name: ' ' });
  expect(wrong.status).toBe(422);
  expect(wrong.text).not.toMatch(/name="languages" value="\w+" checked/);
  await admin.post(`${path}/words`, words('2'));
  const [row] = await world.database.read(({ db, t }) =>
    db.select().from(t.careGroup).orderBy(t.careGroup.id),
  );
  expect(row).toMatchObject({ id: stage.groupId, languages: null, version: 3 });
});

test('only the centre’s administrators change its groups', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  await expectAccess(app, `/centres/${stage.centreId}/groups/${stage.groupId}`, {
    allowed: [stage.admin, stage.system],
    forbidden: [stage.staff, stage.guardian, stage.manager],
    missing: [stage.otherAdmin],
  });
  const system = await app.as(stage.system);
  const mixed = `/centres/${stage.centreId}/groups/${stage.otherGroupId}`;
  expect((await system.get(mixed)).status).toBe(404);
  expect((await system.post(`${mixed}/terms`, terms())).status).toBe(404);
  expect(
    (
      await (
        await app.as(stage.staff)
      ).post(`/centres/${stage.centreId}/groups/${stage.groupId}/end`, { endsOn: MONDAY })
    ).status,
  ).toBe(403);
});
