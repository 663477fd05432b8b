import { expect, test } from 'vitest';
import { decideLeave } from '../../../src/use-cases/leave.ts';
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
  // The menu's second row has the other pages: they are said once. Who administers has no such row.
  const linksTo = (html: string, path: string) => html.split(`href="${path}"`).length - 1;
  for (const path of ['/shifts/open', '/shifts/swaps', '/shifts/wishes', '/shifts/timesheet'])
    expect([path, linksTo(page.text, path)]).toEqual([path, 1]);
  await at.staff({ personId: at.admin.personId });
  const administrator = await (await app.as(at.admin)).get('/shifts');
  for (const path of ['/shifts/open', '/shifts/swaps', '/shifts/wishes', '/shifts/timesheet'])
    expect([path, linksTo(administrator.text, path)]).toEqual([path, 1]);
});

test('staff ask for leave of their own and take it back until the administrator decides', async () => {
  await using at = await RosterStage.create();
  await using app = await TestApp.start(at.world);
  const person = await at.world.person('centre_staff', { centreId: at.centreId });
  const another = await at.world.person('centre_staff', { centreId: at.centreId });
  const mine = await at.staff({ personId: person.personId });
  const other = await at.staff({ personId: another.personId });
  const me = await app.as(person);
  const leave = { staffId: String(mine), startsOn: '2027-03-01', endsOn: '2027-03-14', kind: 'annual' };
  const asked = await me.submit('/shifts/leave', leave);
  expect(textOf(asked)).toContain('01.03–14.03.2027 · annual leave to be decided');
  const again = await me.post('/shifts/leave', { ...leave, startsOn: '2027-03-10', endsOn: '2027-03-20' });
  expect([again.status, again.text.includes('href="#f-startsOn"')]).toEqual([422, true]);
  expect(again.text).toContain('value="2027-03-20"');
  expect((await me.post('/shifts/leave', { ...leave, staffId: String(other) })).status).toBe(403);
  const leaveId = /name="leaveId" value="(\d+)"/.exec(asked.text)![1]!;
  const colleague = await app.as(another);
  expect((await colleague.post('/shifts/leave/withdrawal', { leaveId })).status).toBe(404);
  expect(textOf(await me.submit('/shifts/leave/withdrawal', { leaveId }))).toContain('withdrawn');
  expect((await me.post('/shifts/leave/withdrawal', { leaveId })).status).toBe(409);
  const second = await me.submit('/shifts/leave', leave);
  const decided = /name="leaveId" value="(\d+)"/.exec(second.text)![1]!;
  const { world, admin } = at;
  await world.act(admin, decideLeave, { staffId: mine, leaveId: Number(decided), outcome: 'approved' });
  const seen = await me.get('/shifts/leave');
  expect(textOf(seen)).toContain('01.03–14.03.2027 · annual leave approved');
  expect((await me.post('/shifts/leave/withdrawal', { leaveId: decided })).status).toBe(409);
});
