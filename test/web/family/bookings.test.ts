import { expect, test } from 'vitest';
import { instant } from '../../../src/domain/calendar.ts';
import { FamilyStage } from '../../support/family-stage.ts';

test('a month of all children; what is over is folded away', async () => {
  await using at = await FamilyStage.create();
  const sister = await at.world.child(at.mother);
  const ids = [
    await at.book('2027-02-04'),
    await at.book('2027-02-10'),
    await at.book('2027-02-10', 17, 33, sister),
  ];
  await at.book('2027-03-02');
  at.world.now = instant('2027-02-09T05:00:00.000Z');
  const page = await at.visitor.get('/bookings');
  expect(page.text).toContain('February 2027');
  const [ahead = '', past = ''] = page.text.split('<details class="card">');
  expect(ahead).not.toContain(`/bookings/${ids[0]}"`);
  expect(ahead).toContain(`/bookings/${ids[1]}"`);
  expect(ahead).toContain(`/bookings/${ids[2]}"`);
  expect(ahead).toContain('Synthetic child');
  expect(past).toContain(`/bookings/${ids[0]}"`);
  expect(page.text).not.toContain('02.03');
  expect((await at.visitor.get('/bookings?month=2027-03-15')).text).toContain('02.03');
});

test('a month that is none is this one; a stranger’s is empty', async () => {
  await using at = await FamilyStage.create();
  await at.book('2027-02-10');
  for (const month of ['2027-13-01', 'x', '9999-12-31', '1000-01-01'])
    expect((await at.visitor.get(`/bookings?month=${month}`)).text).toContain('February 2027');
  const empty = await at.stranger.get('/bookings');
  expect(empty.text).toContain('No bookings ahead');
  expect(empty.text).not.toContain('10.02');
});

test('bookings and a child’s calendar open at the month of the next booking', async () => {
  await using at = await FamilyStage.create();
  const id = await at.book('2027-04-05');
  const all = await at.visitor.get('/bookings');
  expect(all.text).toContain('April 2027');
  expect(all.text).toContain(`/bookings/${id}"`);
  const child = await at.visitor.get(`/children/${at.childId}/month`);
  expect(child.text).toContain('April 2027');
  // Asked for by name, an empty month is shown and says that it is only this month which is empty.
  const asked = await at.visitor.get('/bookings?month=2027-02-01');
  expect(asked.text).toContain('February 2027');
  expect(asked.text).toContain('No bookings in this month');
  expect(asked.text).not.toContain('No bookings ahead');
});
