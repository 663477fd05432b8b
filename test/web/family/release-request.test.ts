import { expect, test } from 'vitest';
import { FamilyStage } from '../../support/family-stage.ts';
import { textOf } from '../../support/page-stage.ts';
import { addRescue } from '../../support/rescue-stage.ts';

/** Asked about Tuesdays; two are booked ahead, and a Wednesday. */
async function stage() {
  const at = await FamilyStage.create();
  await at.book('2027-02-09');
  await at.book('2027-02-10');
  await at.book('2027-02-16');
  const { requestId } = await addRescue(at.world, at.mother, at);
  const path = `/release-requests/${requestId}`;
  return { at, path, [Symbol.asyncDispose]: () => at[Symbol.asyncDispose]() };
}

const states = async (at: FamilyStage) => (await at.bookings()).map(({ state }) => state);

test('release cancels the later bookings of the weekday and no others', async () => {
  await using s = await stage();
  const page = await s.at.visitor.get(s.path);
  expect(textOf(page)).toContain('Tuesday');
  expect(textOf(page)).toContain('08:30–16:30');
  const done = await s.at.visitor.submit(`${s.path}/answer`, { answer: 'released' });
  expect(textOf(done)).toContain('2 bookings are cancelled');
  expect(textOf(done)).toContain('You have given these hours back.');
  expect(await states(s.at)).toEqual(['cancelled', 'booked', 'cancelled']);
  const again = await s.at.visitor.post(`${s.path}/answer`, { answer: 'kept' });
  expect([again.status, textOf(again).includes('answered already')]).toEqual([409, true]);
});

test('keep changes nothing; nonsense is refused in words', async () => {
  await using s = await stage();
  for (const form of [{}, { answer: 'x' }, { answer: 'kept', more: '1' }])
    expect((await s.at.visitor.post(`${s.path}/answer`, form)).status).toBe(422);
  expect(textOf(await s.at.visitor.submit(`${s.path}/answer`, { answer: 'kept' }))).toContain(
    'You keep these hours.',
  );
  expect(await states(s.at)).toEqual(['booked', 'booked', 'booked']);
});

test('another family’s question, and one who may only see the child', async () => {
  await using s = await stage();
  expect((await s.at.stranger.get(s.path)).status).toBe(404);
  expect((await s.at.stranger.post(`${s.path}/answer`, { answer: 'released' })).status).toBe(404);
  expect((await (await s.at.relative({ maySee: true })).get(s.path)).status).toBe(404);
});
