import { expect, test } from 'vitest';
import { decideLeave, requestLeave } from '../../../src/use-cases/leave.ts';
import { TestApp } from '../../support/app.ts';
import { FULL_DAY, MONDAY, TUESDAY } from '../../support/centre-stage.ts';
import { RosterStage, shift } from '../../support/roster-stage.ts';

const unfolded = (text: string) => text.replaceAll('\r\n ', '');

test('a member of staff makes a calendar of their own shifts: changes follow, and no child is in it', async () => {
  await using at = await RosterStage.create();
  await using app = await TestApp.start(at.world);
  const person = await at.world.person('centre_staff', { centreId: at.centreId });
  const mine = await at.staff({ personId: person.personId });
  const other = await at.staff();
  await at.book(MONDAY, FULL_DAY);
  await at.published(MONDAY, TUESDAY, [
    shift(mine, MONDAY, at.groupId),
    shift(other, TUESDAY, at.groupId, { from: 20, to: 37, breakFrom: 28 }),
  ]);
  const me = await app.as(person);
  expect((await me.get('/shifts')).text).toContain('action="/account/feeds"');
  const made = await me.post('/account/feeds');
  expect(made.status).toBe(200);
  const path = /\/calendar\/feeds\/[^<]+/.exec(made.text)![0];
  const read = async () => unfolded((await app.visitor().get(path)).text);
  const first = await read();
  expect(first.match(/BEGIN:VEVENT/g)).toHaveLength(1);
  expect(first).toContain(`UID:shift-${mine}-${MONDAY}@kundiz`);
  expect(first).toContain('DTSTART:20270208T030000Z');
  expect(first).toContain('DTEND:20270208T113000Z');
  expect(first).toContain('08:00–16:30 · Топ');
  expect(first).not.toContain('Synthetic child');
  const sequence = (text: string) => Number(/SEQUENCE:(\d+)/.exec(text)![1]);
  await at.published(MONDAY, MONDAY, [shift(mine, MONDAY, at.groupId, { from: 18, to: 35, breakFrom: 26 })]);
  const second = await read();
  expect(second).toContain('DTSTART:20270208T040000Z');
  expect(sequence(second)).toBeGreaterThan(sequence(first));
  const { id } = await at.world.act(person, requestLeave, {
    staffId: mine,
    startsOn: MONDAY,
    endsOn: MONDAY,
    kind: 'sick',
  });
  await at.world.act(at.admin, decideLeave, { staffId: mine, leaveId: id, outcome: 'approved' });
  const third = await read();
  expect(third).toContain('STATUS:CANCELLED');
  expect(sequence(third)).toBeGreaterThan(sequence(second));
  const manager = await app.as(await at.world.person('regional_manager', { regionCode: '75' }));
  expect((await manager.post('/account/feeds')).status).toBe(403);
});
