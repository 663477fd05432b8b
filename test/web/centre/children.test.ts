import { expect, test } from 'vitest';
import { TestApp } from '../../support/app.ts';
import { expectAccess, PageStage, textOf } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

test('the register is in the reader’s alphabet, searched by parts of a name, paged', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  for (const name of ['Яна', 'Әлия Сейітова', 'Азат Сейітов', 'Ёлкина 100%']) await stage.named(name);
  for (let at = 0; at < 48; at++) await stage.named(`Бала ${at}`);
  const staff = await app.as(stage.staff);
  const path = `/centres/${stage.centreId}/children`;
  const first = await staff.get(path, { 'accept-language': 'kk' });
  const names = [...first.text.matchAll(/<a class="name" href="[^"]*">([^<]+)</g)].map((match) => match[1]);
  expect(names).toHaveLength(50);
  expect(names.slice(0, 4)).toEqual(['Азат Сейітов', 'Әлия Сейітова', 'Бала 0', 'Бала 1']);
  expect(textOf(first)).toContain('52 children');
  const second = await staff.get(`${path}?page=2`);
  expect(textOf(second)).toContain('Яна');
  expect(second.text).toContain(`href="${path}?page=1"`);

  const search = async (text: string) =>
    textOf(await staff.get(`${path}?search=${encodeURIComponent(text)}`));
  expect(await search('сейіт ӘЛ')).toContain('1 child');
  expect(await search('елкина')).toContain('Ёлкина');
  // Signs of LIKE mean nothing here.
  expect(await search('%')).toContain('52 children');
  expect(await search('Я%а')).toContain('No child of this name');
  expect(await search('нет такого')).toContain('No child of this name is known here');
  expect((await staff.get(`${path}?page=-1`)).status).toBe(200);
});

test('children of other centres are not in it; an htmx search brings the list alone', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const own = await stage.named('Мадина');
  const other = await app.as(stage.otherAdmin);
  expect(textOf(await other.get(`/centres/${stage.otherCentreId}/children`))).toContain(
    'No child is registered yet',
  );
  const system = await app.as(stage.system);
  expect(textOf(await system.get(`/centres/${stage.otherCentreId}/children`))).toContain(
    'No child is registered yet',
  );
  const staff = await app.as(stage.staff);
  const fragment = await staff.get(`/centres/${stage.centreId}/children?search=мад`, {
    'hx-request': 'true',
    'hx-request-type': 'partial',
    'hx-target': 'section#register',
  });
  expect(fragment.text).not.toContain('<html');
  expect(fragment.text).toContain(`/children/${own}"`);
});

test('only the centre’s own people see its register', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  await expectAccess(app, `/centres/${stage.centreId}/children`, {
    allowed: [stage.staff, stage.admin, stage.system],
    forbidden: [stage.guardian, stage.manager],
    missing: [stage.otherAdmin],
  });
});
