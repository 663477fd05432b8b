import { expect, test } from 'vitest';
import { plainDate } from '../../../src/domain/calendar.ts';
import { bookSlot } from '../../../src/use-cases/bookings.ts';
import { TestApp } from '../../support/app.ts';
import { MONDAY, slot, TUESDAY } from '../../support/centre-stage.ts';
import { textOf } from '../../support/page-stage.ts';
import { RosterStage, shift } from '../../support/roster-stage.ts';

test('a booking awaits the roster with a date, is firm once staff carry it, and at risk with the nearest hours where they do not', async () => {
  await using at = await RosterStage.create();
  await using app = await TestApp.start(at.world);
  const mother = await app.as(at.mother);
  const admin = await app.as(at.admin);
  const childId = await at.world.child(at.mother);
  const seer = await at.world.guardian();
  await at.world.insert(async (tx) => {
    await tx.db.insert(tx.t.guardianship).values({
      childId,
      personId: seer.personId,
      startsOn: plainDate('2027-01-01'),
      maySee: true,
      mayBook: false,
      mayCollect: false,
      mayBeTold: false,
    });
  });
  const soon = await at.book(MONDAY, slot('08:30', '15:30'), { childId });
  const later = await at.book(plainDate('2027-03-03'), slot('08:30', '15:30'), { childId });
  const page = async (id: number) => textOf(await mother.get(`/bookings/${id}`));

  // Nobody works there yet: no roster will come, and none is promised.
  expect(await page(soon)).not.toContain('roster');

  const nurse = await at.staff({ post: 'nurse' });
  const tutor = await at.staff({ post: 'tutor' });
  // Ten days before the Monday of its week.
  expect(await page(later)).toContain('awaiting the roster, firm by 19.02.2027');
  expect(await page(soon)).toContain('awaiting the roster, which is late');
  for (const list of ['/bookings?month=2027-03-01', `/children/${childId}`])
    expect(textOf(await mother.get(list))).toContain('awaiting the roster, firm by 19.02.2027');
  expect(textOf(await admin.get(`/centres/${at.centreId}/bookings/${later}`))).toContain(
    'firm by 19.02.2027',
  );

  await at.published(
    MONDAY,
    TUESDAY,
    [
      shift(tutor, MONDAY, at.groupId, { from: 16, to: 33, breakFrom: null }),
      shift(nurse, MONDAY, at.groupId, { from: 16, to: 33, breakFrom: null }),
    ].map((each) => ({ ...each, breakFrom: each.staffId === tutor ? 24 : 26 })),
  );
  expect(await page(soon)).toContain('firm: staff are on duty');
  expect(await page(soon)).not.toContain('not enough staff');

  // The tutor and the nurse go home at 14:00: five hours of seven are left.
  await at.published(MONDAY, TUESDAY, [
    shift(tutor, MONDAY, at.groupId, { from: 16, to: 28, breakFrom: null }),
    shift(nurse, MONDAY, at.groupId, { from: 16, to: 28, breakFrom: null }),
  ]);
  const risky = await page(soon);
  expect(risky).toContain('There are not enough staff for these hours yet. Nothing is cancelled');
  expect(risky).toContain('Nearest hours with staff: 08:30–14:00.');
  const messages = await at.messages();
  expect(messages.at(-1)).toMatchObject(['roster_at_risk', { riskDays: '08.02', near: '08.02 08:30–14:00' }]);
  expect(textOf(await mother.get('/children'))).toContain(
    'Nearest hours with staff: 08.02 08:30–14:00. Firm days: –.',
  );
  // Who may only see is told and offered nothing to do.
  const seen = await (await app.as(seer)).get(`/bookings/${soon}`);
  expect(textOf(seen)).toContain('Nearest hours with staff: 08:30–14:00.');
  expect(seen.text).not.toContain('Move to');

  // Another group of the centre carries the whole stay: its hours are the nearer ones.
  const other = await at.world.group(at.centreId, { room: 8 });
  const stays = await at.staff({ post: 'tutor' });
  await at.published(MONDAY, TUESDAY, [
    shift(tutor, MONDAY, at.groupId, { from: 16, to: 28, breakFrom: null }),
    shift(stays, MONDAY, other, { from: 17, to: 34, breakFrom: 32 }),
  ]);
  const both = await mother.get(`/bookings/${soon}`);
  expect(textOf(both)).toContain('Nearest hours with staff: 08:30–15:30, Топ 2.');
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(both.text)![1]!;
  const moved = await mother.submit(`/bookings/${soon}/change`, {
    groupId: hidden('groupId'),
    date: hidden('date'),
    from: hidden('from'),
    to: hidden('to'),
  });
  expect(textOf(moved)).toContain('The booking was changed');
  expect(await at.stateOf(soon)).toMatchObject({ groupId: other, date: MONDAY, from: 17, to: 31 });
  expect(textOf(moved)).toContain('firm: staff are on duty');
});

test('where nothing else of the day has staff, another day is offered; a stay that is over says nothing', async () => {
  await using at = await RosterStage.create();
  await using app = await TestApp.start(at.world);
  const mother = await app.as(at.mother);
  const childId = await at.world.child(at.mother, { skillsNeeded: ['nurse'] });
  const wish = { childId, groupId: at.groupId, date: MONDAY, slot: slot('08:30', '12:30') };
  const { id } = await at.world.act(at.mother, bookSlot, wish);
  const tutor = await at.staff({ post: 'tutor' });
  await at.published(MONDAY, TUESDAY, [shift(tutor, MONDAY, at.groupId)]);
  const page = await mother.get(`/bookings/${id}`);
  expect(textOf(page)).toContain('No other hours of this day have staff and a free place.');
  expect(page.text).toContain(`href="/bookings/${id}/change"`);
  const mail = textOf(await mother.get('/children'));
  expect(mail).toContain('looking for a solution. Firm days');
  at.world.now = at.world.now.replace('2027-02-03', '2027-02-09') as typeof at.world.now;
  expect(textOf(await mother.get(`/bookings/${id}`))).not.toContain('staff');
});
