import { expect, test } from 'vitest';
import { cancelBooking } from '../../../src/use-cases/cancellations.ts';
import { reportAbsence } from '../../../src/use-cases/absences.ts';
import { addMinutes } from '../../../src/domain/calendar.ts';
import { FamilyStage } from '../../support/family-stage.ts';

test('bookings by week, each state in words, the past folded away', async () => {
  await using at = await FamilyStage.create();
  await at.book('2027-02-04');
  const absent = await at.book('2027-02-05');
  const cancelled = await at.book('2027-02-08');
  const byCentre = await at.book('2027-02-09');
  await at.world.act(at.mother, reportAbsence, { bookingId: absent, kind: 'illness' });
  await at.world.act(at.mother, cancelBooking, { bookingId: cancelled });
  const admin = await at.world.person('centre_admin', { centreId: at.centreId });
  await at.world.act(admin, cancelBooking, { bookingId: byCentre });
  const page = await at.visitor.get(`/children/${at.childId}`);
  expect(page.status).toBe(200);
  for (const words of [
    '01.02–07.02.2027',
    '08.02–14.02.2027',
    'absent: illness',
    'cancelled by the family',
    'cancelled by the centre',
    'booked after the deadline',
  ])
    expect(page.text).toContain(words);
  expect(page.text.match(/\/absence"/g)).toHaveLength(1);

  at.world.now = addMinutes(at.world.now, 7 * 24 * 60);
  const later = await at.visitor.get(`/children/${at.childId}`);
  expect(later.text).toContain('No bookings ahead');
  expect(later.text.slice(later.text.indexOf('<details class="card">'))).toContain('did not come');
});

test('another family’s child and one that does not exist are the same page', async () => {
  await using at = await FamilyStage.create();
  const foreign = await at.stranger.get(`/children/${at.childId}`);
  const absent = await at.stranger.get('/children/999999');
  const forged = await at.stranger.get('/children/1e3');
  expect([foreign.status, absent.status, forged.status]).toEqual([404, 404, 404]);
  const bare = (text: string) => text.replaceAll(/\/children\/\w+/g, '').replaceAll(/[0-9a-f-]{36}/g, '');
  expect(bare(foreign.text)).toBe(bare(absent.text));
});

test('a right that has ended no longer shows the child', async () => {
  await using at = await FamilyStage.create();
  await at.world.insert(
    async (tx) => void (await tx.db.update(tx.t.guardianship).set({ endsOn: '2027-02-02' as never })),
  );
  expect((await at.visitor.get(`/children/${at.childId}`)).status).toBe(404);
  expect((await at.visitor.get('/children')).text).not.toContain('Ару');
});
