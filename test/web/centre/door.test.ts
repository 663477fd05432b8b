import { expect, test } from 'vitest';
import { addMinutes } from '../../../src/domain/calendar.ts';
import { requestLeave, decideLeave } from '../../../src/use-cases/leave.ts';
import { TestApp } from '../../support/app.ts';
import { MONDAY, TUESDAY } from '../../support/centre-stage.ts';
import { at } from '../../support/clocking-stage.ts';
import { expectAccess, textOf } from '../../support/page-stage.ts';
import { addStaff, RosterStage, shift } from '../../support/roster-stage.ts';
import { World } from '../../support/world.ts';
import { PageStage } from '../../support/page-stage.ts';

const clockingOf = (html: string) => /name="clockingId" value="(\d+)"/.exec(html)?.[1] ?? '';

test('one tap says who came and who left; late and missing are told calmly; a tap is taken back', async () => {
  await using stage = await RosterStage.create();
  const { world, centreId, groupId } = stage;
  await using app = await TestApp.start(world);
  const aigul = await stage.staff({ name: 'Synthetic Aigul' });
  const berik = await stage.staff({ name: 'Synthetic Berik' });
  const away = await stage.staff({ name: 'Synthetic Away' });
  const { id: leaveId } = await world.act(stage.admin, requestLeave, {
    staffId: away,
    startsOn: MONDAY,
    endsOn: MONDAY,
    kind: 'sick',
  });
  await world.act(stage.admin, decideLeave, { staffId: away, leaveId, outcome: 'approved' });
  await stage.published(MONDAY, TUESDAY, [
    shift(aigul, MONDAY, groupId),
    shift(berik, MONDAY, groupId, { from: 18, to: 35 }),
  ]);
  const staff = await app.as(await world.person('centre_staff', { centreId }));
  const door = `/centres/${centreId}/door`;
  world.now = at(MONDAY, '08:10');
  const early = await staff.get(door);
  expect(textOf(early)).toContain('Synthetic Aigul Care worker · 08:00–16:30 not here yet Came');
  expect(textOf(early)).toContain('Synthetic Berik Care worker · 09:00–17:30 expected Came');
  expect(textOf(early)).toContain('Synthetic Away Care worker away today');
  // What keeps somebody away is nobody's business at the door.
  expect(textOf(early)).not.toContain('ick');

  const tap = { staffId: String(aigul), direction: 'in', operation: 'tap-1' };
  const answer = await staff.post(`${door}/clockings`, tap);
  expect([answer.status, answer.location]).toEqual([303, `${door}#staff-${aigul}`]);
  // The same tap twice is the same tap.
  expect((await staff.post(`${door}/clockings`, tap)).status).toBe(303);
  const here = await staff.get(door);
  expect(textOf(here)).toContain('Here now 1 Still to come 1 Gone home 0');
  expect(textOf(here)).toContain('08:00–16:30 here came 08:10 Left : Synthetic Aigul Take back: came 08:10');

  // Another tap of the same, from a page that was open elsewhere, is told and not done.
  const again = await staff.post(`${door}/clockings`, { staffId: String(aigul), direction: 'in' });
  expect(again.status).toBe(422);
  expect(textOf(again)).toContain('Another record has exactly this time');
  world.now = at(MONDAY, '08:12');
  const later = await staff.post(`${door}/clockings`, { staffId: String(aigul), direction: 'in' });
  expect([later.status, textOf(later).includes('recorded as here already')]).toEqual([409, true]);
  expect(textOf(later)).not.toContain('came 08:12');

  const wrong = await staff.post(`${door}/clockings`, { staffId: String(berik), direction: 'out' });
  expect([wrong.status, textOf(wrong).includes('There is no “came” before this “left”')]).toEqual([
    422,
    true,
  ]);

  const clockingId = clockingOf(here.text);
  const undone = await staff.submit(`${door}/clockings/withdrawal`, { staffId: String(aigul), clockingId });
  expect(textOf(undone)).toContain('08:00–16:30 not here yet Came');
  const twice = await staff.post(`${door}/clockings/withdrawal`, { staffId: String(aigul), clockingId });
  expect([twice.status, textOf(twice).includes('withdrawn already')]).toEqual([409, true]);

  world.now = at(MONDAY, '09:01');
  expect(textOf(await staff.get(door))).toContain('08:00–16:30 has not come Came');
  await staff.submit(`${door}/clockings`, { staffId: String(aigul), direction: 'in' });
  world.now = at(MONDAY, '16:35');
  const gone = await staff.submit(`${door}/clockings`, { staffId: String(aigul), direction: 'out' });
  expect(textOf(gone)).toContain('gone home came 09:01 · left 16:35 Came');
  const leftId = clockingOf(gone.text);
  world.now = addMinutes(world.now, 11);
  expect(textOf(await staff.get(door))).not.toContain('Take back');
  // Who comes without a shift is among the others, and with everybody from then on.
  const helper = await stage.staff({ name: 'Synthetic Helper' });
  expect(textOf(await staff.get(door))).toContain('Synthetic Helper Care worker no shift today Came');
  const helped = await staff.submit(`${door}/clockings`, { staffId: String(helper), direction: 'in' });
  expect(textOf(helped)).toContain('Here now 1 Still to come 1 Gone home 1');
  const late = await staff.post(`${door}/clockings/withdrawal`, {
    staffId: String(aigul),
    clockingId: leftId,
  });
  expect([late.status, textOf(late).includes('can no longer be taken back at the door')]).toEqual([
    422,
    true,
  ]);
});

test('the door opens to who works at the centre, and for its own people only', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  await expectAccess(app, `/centres/${stage.centreId}/door`, {
    allowed: [stage.staff, stage.admin, stage.system],
    forbidden: [stage.guardian, stage.manager],
    missing: [stage.otherAdmin],
  });
  const foreign = await addStaff(world, stage.otherCentreId);
  const staff = await app.as(stage.staff);
  const door = `/centres/${stage.centreId}/door`;
  const tap = { staffId: String(foreign), direction: 'in' };
  expect((await staff.post(`${door}/clockings`, tap)).status).toBe(404);
  expect((await staff.post(`${door}/clockings`, { ...tap, staffId: '999999' })).status).toBe(404);
  const nonsense = await staff.post(`${door}/clockings`, { staffId: 'x', direction: 'sideways' });
  expect([nonsense.status, nonsense.text.includes('action=')]).toEqual([422, true]);
  const former = await addStaff(world, stage.centreId, {
    endsOn: world.now.slice(0, 8).concat('01') as never,
  });
  const ended = await staff.post(`${door}/clockings`, { staffId: String(former), direction: 'in' });
  expect([ended.status, textOf(ended).includes('contract does not hold')]).toEqual([422, true]);
});
