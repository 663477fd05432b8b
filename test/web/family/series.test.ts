import { expect, test } from 'vitest';
import { plainDate } from '../../../src/domain/calendar.ts';
import { bookSeries } from '../../../src/use-cases/booking-series.ts';
import { FamilyStage } from '../../support/family-stage.ts';

const wish = (at: FamilyStage) => ({
  childId: at.childId,
  groupId: at.groupId,
  pattern: { kind: 'weekly', days: { mon: [17, 33] } } as const,
  startsOn: plainDate('2027-03-08'),
  endsOn: plainDate('2027-04-12'),
  ifFull: 'book_free' as const,
});

test('booked days, and each day left out with its reason and where to look instead', async () => {
  await using at = await FamilyStage.create({ room: 1 });
  const other = await at.book('2027-04-05');
  await at.full('2027-04-12', 17, 25);
  const { id } = await at.world.act(at.mother, bookSeries, wish(at));
  const page = await at.visitor.get(`/children/${at.childId}/series/${id}`);
  expect(page.text).toContain('Booked for 1 day');
  expect(page.text).toContain('Mon 29.03');
  expect(page.text).toContain('Mon 08.03');
  expect(page.text).toMatch(/closed on this day/);
  expect(page.text).toMatch(new RegExp(`href="/bookings/${other}">Mon 05.04`));
  expect(page.text).toContain('Mon 12.04: 08:30–12:30');
  expect(page.text).toContain(`/groups/${at.groupId}/days?from=2027-04-12`);
});

test('nothing booked is never shown as success', async () => {
  await using at = await FamilyStage.create({ room: 1 });
  for (const date of ['2027-03-29', '2027-04-05', '2027-04-12']) await at.full(date, 17, 25);
  const { id } = await at.world.act(at.mother, bookSeries, wish(at));
  const page = await at.visitor.get(`/children/${at.childId}/series/${id}`);
  expect(page.text).toContain('Nothing was booked');
  expect(page.text).not.toContain('class="done"');
});

test('another family’s series, and one of another own child, are not found', async () => {
  await using at = await FamilyStage.create();
  const { id } = await at.world.act(at.mother, bookSeries, wish(at));
  const sister = await at.world.child(at.mother);
  expect((await at.stranger.get(`/children/${at.childId}/series/${id}`)).status).toBe(404);
  expect((await at.visitor.get(`/children/${sister}/series/${id}`)).status).toBe(404);
  expect((await at.visitor.get(`/children/${at.childId}/series/999`)).status).toBe(404);
});
