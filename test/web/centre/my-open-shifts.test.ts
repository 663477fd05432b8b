import { expect, test } from 'vitest';
import { addMinutes } from '../../../src/domain/calendar.ts';
import { TestApp } from '../../support/app.ts';
import { textOf } from '../../support/page-stage.ts';
import { ShortageStage } from '../../support/shortage-stage.ts';

test('staff see what they are asked for and what they could take, and answer in one tap', async () => {
  await using stage = await ShortageStage.create();
  const { at } = stage;
  await using app = await TestApp.start(at.world);
  const [one, two, three] = [
    await stage.person(),
    await stage.person(),
    await stage.person({ weeklyMinutes: 60 }),
  ];
  const me = await app.as(two.actor);
  expect(textOf(await me.get('/shifts/open'))).toContain('No open shifts for you');
  const { id } = await stage.open([one, two]);
  const page = textOf(await me.get('/shifts/open'));
  expect(page).toContain('You are asked');
  expect(page).toContain('09:00–13:00 Топ');
  expect(page).toContain('Answer by 10:30');
  // The rules allow it to nobody else who works here, or it is theirs to come forward.
  expect(textOf(await (await app.as(three.actor)).get('/shifts/open'))).toContain('No open shifts for you');
  const four = await stage.person();
  expect(textOf(await (await app.as(four.actor)).get('/shifts/open'))).toMatch(
    /You could take .* I can come/,
  );

  const answer = `/shifts/open/${id}/answer`;
  expect(textOf(await me.submit(answer, { staffId: String(two.staffId), answer: 'yes' }))).toContain(
    'Noted. You will be told',
  );
  expect(textOf(await me.get('/shifts/open'))).toContain(
    'You said yes. Somebody of a better rank can still answer',
  );
  // Somebody else's contract is nobody's to answer for.
  expect((await me.post(answer, { staffId: String(one.staffId), answer: 'yes' })).status).toBe(404);
  expect((await me.post(answer, { staffId: 'x', answer: 'maybe' })).status).toBe(422);
  const best = await app.as(one.actor);
  expect(textOf(await best.submit(answer, { staffId: String(one.staffId), answer: 'no' }))).toContain(
    'Thank you for answering',
  );
  const late = await best.post(answer, { staffId: String(one.staffId), answer: 'yes' });
  expect([late.status, textOf(late).includes('Somebody else has this shift by now')]).toEqual([409, true]);
  expect(textOf(await me.get('/shifts'))).toContain('09:00–13:00');
  expect((await (await app.as(at.mother)).get('/shifts/open')).status).toBe(403);
});

test('an answer is told clearly when its time is over, the person has become ill, or the shift is off', async () => {
  await using stage = await ShortageStage.create();
  const { at } = stage;
  await using app = await TestApp.start(at.world);
  const one = await stage.person();
  const { id } = await stage.open([one]);
  const me = await app.as(one.actor);
  const yes = { staffId: String(one.staffId), answer: 'yes' };
  at.world.now = addMinutes(at.world.now, 31);
  expect(textOf(await me.get('/shifts/open'))).toContain(
    'The time to answer is over; as long as nobody has the shift',
  );
  await stage.away(one.staffId);
  const page = textOf(await me.get('/shifts/open'));
  expect(page).toContain('cannot be rostered for this shift any more: on leave on this day');
  expect(page).not.toContain('Yes, I come');
  const ill = await me.post(`/shifts/open/${id}/answer`, yes);
  expect([ill.status, textOf(ill).includes('on leave on this day')]).toEqual([422, true]);
  const admin = await app.as(at.admin);
  await admin.submit(`/centres/${at.centreId}/open-shifts/${id}/withdrawal`, {});
  const off = await me.post(`/shifts/open/${id}/answer`, yes);
  expect([off.status, textOf(off).includes('no longer looks for anybody')]).toEqual([409, true]);
  const elsewhere = await at.world.person('centre_staff', { centreId: await at.world.centre() });
  expect((await (await app.as(elsewhere)).post(`/shifts/open/${id}/answer`, yes)).status).toBe(404);
});
