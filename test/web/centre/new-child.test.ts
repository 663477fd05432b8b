import { expect, test } from 'vitest';
import { TestApp } from '../../support/app.ts';
import { expectAccess, fieldOf, PageStage, textOf } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

const FORM = {
  name: 'Мадина <Қайратқызы>',
  birthDate: '15.05.2018',
  iin: '180515599919',
  iinMissingReason: '',
  category: 'child_psychoneurological',
  supportWeight: '150',
  skills: ['nurse'],
  guardian1Name: 'Гүлнар Өтегенқызы',
  guardian1Phone: '8 (701) 000-00-01',
  guardian1Email: '',
  guardian1Language: 'kk',
  guardian1May: ['see', 'book', 'collect', 'told'],
  guardian2Name: '',
  guardian2Phone: '',
  guardian2Email: '',
  guardian2Language: 'kk',
  guardian2May: ['collect'],
};

test('a child is registered with its guardian and shown', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const staff = await app.as(stage.staff);
  const page = await staff.submit(`/centres/${stage.centreId}/children`, FORM);
  expect(page.status).toBe(200);
  expect(textOf(page)).toContain('Registered. An invitation is on its way to the family');
  expect(textOf(page)).toContain('Мадина <Қайратқызы>');
  expect(textOf(page)).toContain('180515599919');
  expect(textOf(page)).toContain('+7 701 000 00 01');
});

test('what is wrong stands beside its field, and everything typed stays', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const staff = await app.as(stage.staff);
  const path = `/centres/${stage.centreId}/children`;
  const shape = await staff.post(path, {
    ...FORM,
    birthDate: '2018-02-30',
    guardian1Phone: '12',
    category: '',
  });
  expect(shape.status).toBe(422);
  for (const field of ['birthDate', 'guardian1Phone', 'category'])
    expect(shape.text).toContain(`href="#f-${field}"`);
  expect(fieldOf(shape, 'guardian1Phone')).toBe('12');
  const rule = await staff.post(path, { ...FORM, iin: '180515599918' });
  expect(rule.status).toBe(422);
  expect(textOf(rule)).toContain('its check digit does not agree');
  expect(fieldOf(rule, 'iin')).toBe('180515599918');
  expect(fieldOf(rule, 'name')).toBe('Мадина &lt;Қайратқызы&gt;');
  expect(rule.text).toContain('<title>Error: Register a child');
  const nameless = await staff.post(path, { ...FORM, guardian2Phone: '+7 701 000 00 02' });
  expect(nameless.text).toContain('href="#f-guardian2Name"');
  expect((await staff.post(path, { ...FORM, priority: '9' })).status).toBe(422);
  expect(textOf(await staff.get(path))).toContain('No child is registered yet');
});

test('only the centre’s own people register children', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  await expectAccess(app, `/centres/${stage.centreId}/children/new`, {
    allowed: [stage.staff, stage.admin, stage.system],
    forbidden: [stage.guardian, stage.manager],
    missing: [stage.otherAdmin],
  });
  const other = await app.as(stage.otherAdmin);
  expect((await other.post(`/centres/${stage.centreId}/children`, FORM)).status).toBe(404);
});
