import { expect, test } from 'vitest';
import { findDays } from '../../../src/data/group-days.ts';
import { TestApp } from '../../support/app.ts';
import { expectAccess, fieldOf, MONDAY, PageStage, textOf } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

const FORM = {
  category: 'child_musculoskeletal',
  name: 'Таңғы топ',
  admission: 'open',
  fromAgeMonths: '18',
  toAgeMonths: '216',
  skillsKnown: 'no',
  startsOn: MONDAY as string,
  room: '10',
  'hours.mon': '08:00',
  'hours.mon.to': '12:30',
};

test('an administrator opens a group: its days exist from the first on', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const admin = await app.as(stage.admin);
  const answer = await admin.post(`/centres/${stage.centreId}/groups`, FORM);
  const groupId = Number(/\/groups\/(\d+)$/.exec(answer.location)?.[1]);
  const page = await admin.get(answer.location);
  expect(textOf(page)).toContain('The group was opened.');
  expect(textOf(page)).toContain('from 08.02.2027');
  const [day] = await world.database.read((tx) => findDays(tx, { groupId, from: MONDAY, to: MONDAY }));
  expect(day).toMatchObject({ room: 10, opensAt: 16, closesAt: 25 });
});

test('what is wrong is said and nothing is made', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const admin = await app.as(stage.admin);
  const path = `/centres/${stage.centreId}/groups`;
  const page = await admin.post(path, { ...FORM, startsOn: '2027-02-02', name: 'Ескі' });
  expect(page.status).toBe(422);
  expect(page.text).toContain('href="#f-startsOn"');
  expect(fieldOf(page, 'name')).toBe('Ескі');
  expect((await admin.post(path, { ...FORM, category: 'cats' })).status).toBe(422);
  expect((await admin.post(path, { ...FORM, 'hours.mon': '09:15' })).status).toBe(422);
  expect(textOf(await admin.get(path))).not.toContain('Ескі');
});

test('only administrators open groups', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  await expectAccess(app, `/centres/${stage.centreId}/groups/new`, {
    allowed: [stage.admin, stage.system],
    forbidden: [stage.staff, stage.guardian, stage.manager],
    missing: [stage.otherAdmin],
  });
});

test('the languages of a group stand on its public page; none ticked states none', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const admin = await app.as(stage.admin);
  const path = `/centres/${stage.centreId}/groups`;
  const form = await admin.get(`${path}/new`);
  expect(form.text).toMatch(/<input type="checkbox"[^>]* name="languages" value="sign"/);
  const wrong = await admin.post(path, { ...FORM, room: '0', languages: ['kk', 'sign'] });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toMatch(/name="languages" value="kk" checked/);
  expect(wrong.text).not.toMatch(/name="languages" value="ru" checked/);
  expect((await admin.post(path, { ...FORM, languages: 'la' })).status).toBe(422);
  await admin.post(path, { ...FORM, languages: ['kk', 'sign'] });
  const open = async () => (await app.visitor().get(`/places/75/${stage.centreId}`)).text;
  expect(await open()).toContain('<span class="muted">Working languages:</span> Kazakh, sign language');

  await admin.post(path, { ...FORM, name: 'Кешкі топ' });
  const rows = await world.database.read(({ db, t }) =>
    db.select().from(t.careGroup).orderBy(t.careGroup.id),
  );
  expect(rows.slice(-2).map((group) => group.languages)).toEqual([['kk', 'sign'], null]);
});
