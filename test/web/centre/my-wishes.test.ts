import { expect, test } from 'vitest';
import { TestApp } from '../../support/app.ts';
import { MONDAY, TUESDAY } from '../../support/centre-stage.ts';
import { textOf } from '../../support/page-stage.ts';
import { RosterStage, shift } from '../../support/roster-stage.ts';

test('staff keep their wishes on their own page, and the board shows which were kept', async () => {
  await using at = await RosterStage.create();
  await using app = await TestApp.start(at.world);
  const person = await at.world.person('centre_staff', { centreId: at.centreId });
  const me = await app.as(person);
  expect(textOf(await me.get('/shifts/wishes'))).toContain('not linked to a contract');
  const id = await at.staff({ personId: person.personId });
  const staffId = String(id);
  const weekly = { staffId, version: '1', 'preferences.mon': '08:00', 'preferences.mon.to': '16:30' };
  expect(textOf(await me.submit('/shifts/wishes', weekly))).toContain('Your wishes are saved');
  const again = await me.post('/shifts/wishes', weekly);
  expect([again.status, again.text.includes('Somebody changed this before you')]).toEqual([409, true]);
  const wrong = await me.post('/shifts/wishes', { ...weekly, version: '2', 'preferences.mon.to': '' });
  expect([wrong.status, wrong.text.includes('href="#f-preferences-mon"')]).toEqual([422, true]);

  const day = { staffId, date: TUESDAY, what: 'hours', from: '08:00', to: '14:00' };
  expect(textOf(await me.submit('/shifts/wishes/days', day))).toContain('Tue 09.02 · 08:00–14:00');
  expect(textOf(await me.submit('/shifts/wishes/days', { staffId, date: MONDAY, what: 'free' }))).toContain(
    'Mon 08.02 · Be free',
  );
  const late = await me.post('/shifts/wishes/days', { ...day, from: '14:00' });
  expect([late.status, late.text.includes('href="#f-to"'), late.text.includes(`value="${TUESDAY}"`)]).toEqual(
    [422, true, true],
  );
  const empty = await me.post('/shifts/wishes/days', { staffId, date: TUESDAY, what: 'hours' });
  expect([empty.status, empty.text.includes('href="#f-from"')]).toEqual([422, true]);

  const { id: rosterId } = await at.published(MONDAY, TUESDAY, [
    shift(id, MONDAY, at.groupId),
    shift(id, TUESDAY, at.groupId, { from: 16, to: 26, breakFrom: null }),
  ]);
  const closed = await me.post('/shifts/wishes/days', { staffId, date: MONDAY, what: 'free' });
  expect(textOf(closed)).toContain('The roster of this day is published already');
  expect((await me.post('/shifts/wishes/days/removal', { staffId, date: MONDAY })).status).toBe(422);
  const board = textOf(await (await app.as(at.admin)).get(`/centres/${at.centreId}/rosters/${rosterId}`));
  expect(board).toContain('Wish not kept: free');
  expect(board).toContain('Wish kept: 08:00–14:00');
  const colleague = await app.as(await at.world.person('centre_staff', { centreId: at.centreId }));
  expect((await colleague.post('/shifts/wishes/days', { ...day, date: '2027-03-02' })).status).toBe(404);
  expect((await colleague.post('/shifts/wishes', { ...weekly, version: '2' })).status).toBe(404);
});
