import { expect, test } from 'vitest';
import { plainDate } from '../../../src/domain/calendar.ts';
import { insertNorms } from '../../../src/data/norms.ts';
import { seedNorms } from '../../../src/use-cases/norms.ts';
import { FIRST_NORMS } from '../../../src/domain/norms.ts';
import { TestApp } from '../../support/app.ts';
import { PageStage, textOf } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

test('a room above the norm’s group size is told with the rule and its doubt, and refused nowhere', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const at = await PageStage.create(world);
  await world.insert((tx) => seedNorms(tx));
  const admin = await app.as(at.admin);
  const page = `/centres/${at.centreId}/groups/${at.groupId}`;
  expect(textOf(await admin.get(page))).not.toContain('above the norm');
  const saved = await admin.submit(`${page}/terms`, {
    version: '1',
    startsOn: '2027-03-01',
    room: '12',
    'hours.mon': '08:00',
    'hours.mon.to': '18:30',
  });
  expect(textOf(saved)).toContain('Saved.');
  expect(textOf(saved)).toContain(
    'The room is above the norm From 01.03.2027: 12 places; the norm’s largest group is 8 (check against Order 263). Nothing is refused.',
  );
  // A norm that has been checked carries no doubt; it holds from its own day.
  await world.insert((tx) =>
    insertNorms(tx, [
      {
        ...FIRST_NORMS[0]!,
        startsOn: plainDate('2027-04-01'),
        groupSize: 10,
        doubt: null,
        skills: [],
        ratios: [...FIRST_NORMS[0]!.ratios],
      },
    ]),
  );
  expect(textOf(await admin.get(page))).toContain(
    'From 01.04.2027: 12 places; the norm’s largest group is 10.',
  );
});

test('a new group larger than the norm says so on its page at once', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const at = await PageStage.create(world);
  const groupId = await world.group(at.centreId, { room: 9 });
  const admin = await app.as(at.admin);
  const text = textOf(await admin.get(`/centres/${at.centreId}/groups/${groupId}`));
  expect(text).toContain(
    'From 03.02.2027: 9 places; the norm’s largest group is 8 (check against Order 263).',
  );
});
