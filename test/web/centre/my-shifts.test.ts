import { expect, test } from 'vitest';
import { TestApp } from '../../support/app.ts';
import { MONDAY, TUESDAY } from '../../support/centre-stage.ts';
import { textOf } from '../../support/page-stage.ts';
import { RosterStage, shift } from '../../support/roster-stage.ts';

test('staff see their own published shifts, group by group, and nobody else’s or a draft’s', async () => {
  await using at = await RosterStage.create();
  await using app = await TestApp.start(at.world);
  const person = await at.world.person('centre_staff', { centreId: at.centreId });
  const me = await app.as(person);
  expect(textOf(await me.get('/shifts'))).toContain('not linked to a contract');
  const [mine, other] = [await at.staff({ personId: person.personId }), await at.staff()];
  const second = await at.world.group(at.centreId);
  await at.published(MONDAY, TUESDAY, [
    {
      ...shift(mine, MONDAY, null, { from: 16, to: 33 }),
      stretches: [
        { groupId: at.groupId, from: 16, to: 20 },
        { groupId: second, from: 20, to: 33 },
      ],
    },
    shift(other, TUESDAY, at.groupId, { from: 20, to: 37, breakFrom: 28 }),
  ]);
  await at.draft(TUESDAY, TUESDAY, [shift(mine, TUESDAY, at.groupId, { from: 18, to: 26, breakFrom: null })]);
  const page = await me.get('/shifts');
  const text = textOf(page);
  expect(page.status).toBe(200);
  expect(text).toContain('08:00–16:30 break 12:00 08:00–10:00 · Топ 10:00–16:30 · Топ 2');
  expect(text).toContain('8 h of work');
  expect(text).not.toContain('10:00–18:30');
  expect(text).not.toContain('09:00–13:00');
  const mother = await app.as(at.mother);
  expect((await mother.get('/shifts')).status).toBe(403);
});
