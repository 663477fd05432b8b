import { expect, test } from 'vitest';
import { listAllGroups, type GroupFilter } from '../../src/data/groups.ts';
import { World } from '../support/world.ts';

test('groups of the country are found by category, region and id, each alone and together', async () => {
  await using world = await World.create();
  const [almaty, astana] = [
    await world.centre({ regionCode: '75' }),
    await world.centre({ regionCode: '71' }),
  ];
  const first = await world.group(almaty, { category: 'child_psychoneurological' });
  const second = await world.group(almaty, { category: 'child_musculoskeletal' });
  const third = await world.group(astana, { category: 'child_musculoskeletal' });
  const found = (filter?: GroupFilter) =>
    world.database.read(async (tx) => (await listAllGroups(tx, filter)).map(({ id }) => id));
  expect(await found()).toEqual([first, second, third]);
  expect(await found({ categories: ['child_musculoskeletal'] })).toEqual([second, third]);
  expect(await found({ regionCode: '75' })).toEqual([first, second]);
  expect(await found({ regionCode: '75', categories: ['child_musculoskeletal'] })).toEqual([second]);
  expect(await found({ id: third })).toEqual([third]);
  expect(await found({ id: third, regionCode: '75' })).toEqual([]);
  expect(await found({ id: first, categories: ['child_musculoskeletal'] })).toEqual([]);
});
