import { expect, test } from 'vitest';
import { findCentre } from '../../../src/data/centres.ts';
import { TestApp } from '../../support/app.ts';
import { fieldOf, PageStage, textOf } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

const FORM = {
  regionCode: '71',
  nameKk: 'Бақыт',
  nameRu: 'Бакыт',
  district: 'Есіл',
  address: 'Қабанбай, 1',
  lat: '51,16',
  lon: '71.43',
  deadlineWeekday: '1',
  deadlineTime: '18:00',
  lateChanges: 'accepted',
  'hours.mon': '08:00',
  'hours.mon.to': '18:30',
};

test('a centre is created and asks for its first group', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const system = await app.as(stage.system);
  const answer = await system.post('/centres', FORM);
  const id = Number(/\/centres\/(\d+)\/groups$/.exec(answer.location)?.[1]);
  expect(textOf(await system.get(answer.location))).toContain('The centre was created. Add its first group.');
  expect(await world.database.read((tx) => findCentre(tx, id))).toMatchObject({
    nameRu: 'Бакыт',
    lat: 51.16,
    lon: 71.43,
    regionCode: '71',
  });
});

test('wrong answers keep everything typed and create nothing', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const system = await app.as(stage.system);
  const page = await system.post('/centres', { ...FORM, regionCode: '99', lat: 'x' });
  expect(page.status).toBe(422);
  expect(page.text).toContain('href="#f-regionCode"');
  expect(page.text).toContain('href="#f-lat"');
  expect(fieldOf(page, 'nameKk')).toBe('Бақыт');
  const half = await system.post('/centres', { ...FORM, lon: '' });
  expect(half.status).toBe(422);
  expect(half.text).toContain('href="#f-lat"');
  expect((await system.post('/centres', { ...FORM, 'hours.mon': '', 'hours.mon.to': '' })).text).toContain(
    'href="#f-hours"',
  );
  expect(textOf(await system.get('/centres'))).toContain('2 centres');
  expect((await (await app.as(stage.manager)).post('/centres', FORM)).status).toBe(403);
});
