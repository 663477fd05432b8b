import { expect, test } from 'vitest';
import { listShifts } from '../../../src/data/shifts.ts';
import { TestApp, type Visitor } from '../../support/app.ts';
import { MONDAY, TUESDAY } from '../../support/centre-stage.ts';
import { textOf } from '../../support/page-stage.ts';
import { RosterStage, shift } from '../../support/roster-stage.ts';

async function stage() {
  const at = await RosterStage.create();
  const app = await TestApp.start(at.world);
  const [one, two] = [await at.staff({ name: 'Synthetic one' }), await at.staff({ name: 'Synthetic two' })];
  const rosterId = await at.draft(MONDAY, TUESDAY, [shift(one, MONDAY, at.groupId)]);
  const shifts = () => at.world.database.read((tx) => listShifts(tx, rosterId));
  const { id } = (await shifts())[0]!;
  const base = `/centres/${at.centreId}/rosters/${rosterId}`;
  return {
    at,
    app,
    one,
    two,
    rosterId,
    shifts,
    base,
    address: `${base}/shifts/${id}/move`,
    admin: await app.as(at.admin),
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]();
      await at[Symbol.asyncDispose]();
    },
  };
}

const to = (staff: number, date: string, from: string, until: string, more = {}) => ({
  version: '1',
  staff: String(staff),
  date,
  from,
  to: until,
  ...more,
});

test('a shift goes to another person and day with its break and groups, longer or as a copy; by hand is fixed', async () => {
  await using s = await stage();
  const done = await s.admin.submit(s.address, to(s.two, TUESDAY, '09:00', '17:30'));
  expect(textOf(done)).toContain('The shift is saved.');
  const moved = { staffId: s.two, date: TUESDAY, from: 18, to: 35, breakFrom: 26, fixed: true };
  expect(await s.shifts()).toMatchObject([
    { ...moved, stretches: [{ groupId: s.at.groupId, from: 18, to: 35 }] },
  ]);
  const copy = { version: '2', copy: 'yes' };
  await s.admin.submit(s.address, to(s.one, MONDAY, '08:00', '16:00', copy));
  expect((await s.shifts()).toSorted((a, b) => (a.date < b.date ? -1 : 1))).toMatchObject([
    { staffId: s.one, date: MONDAY, from: 16, to: 32 },
    moved,
  ]);
});

test('what breaks a rule, lies outside the roster or is no move opens the form and changes nothing', async () => {
  await using s = await stage();
  const before = await s.shifts();
  const cases: [object, string][] = [
    [to(s.one, MONDAY, '08:00', '21:00'), 'Not saved: Synthetic one, Mon 08.02:'],
    [to(s.one, MONDAY, '08:00', '20:00', { copy: 'yes' }), 'Not saved: Synthetic one, Mon 08.02:'],
    [to(s.one, '2027-02-10', '08:00', '16:30'), 'Choose a day of this roster'],
    [to(999_999, MONDAY, '08:00', '16:30'), 'Choose'],
    [to(s.one, MONDAY, '10:00', '10:00'), ''],
    [to(s.one, 'soon', '08:00', '16:30'), ''],
    [to(s.one, MONDAY, '8', 'late'), ''],
  ];
  for (const [form, words] of cases) {
    const answer = await s.admin.post(s.address, form as Record<string, string>);
    expect([form, answer.status]).toEqual([form, 422]);
    expect(answer.text).toContain('error-summary');
    expect(textOf(answer)).toContain(words);
  }
  expect(await s.shifts()).toEqual(before);
});

test('the second of two administrators sees what the first has left; others may not', async () => {
  await using s = await stage();
  await s.admin.submit(s.address, to(s.two, TUESDAY, '09:00', '17:30'));
  const late = await s.admin.post(s.address, to(s.one, MONDAY, '10:00', '18:30'));
  expect(late.status).toBe(409);
  expect(textOf(late)).toContain('09:00');
  const gone = await s.admin.post(
    s.address.replace(/\d+\/move/, '999999/move'),
    to(s.one, MONDAY, '09:00', '17:30'),
  );
  expect(gone.status).toBe(409);
  const { world, centreId } = s.at;
  const others: [Visitor, number][] = [
    [await s.app.as(await world.person('centre_staff', { centreId })), 403],
    [await s.app.as(await world.person('centre_admin', { centreId: await world.centre() })), 404],
    [await s.app.as(s.at.mother), 403],
  ];
  for (const [visitor, status] of others)
    expect(
      (await visitor.post(s.address, to(s.one, MONDAY, '09:00', '17:30', { version: '2' }))).status,
    ).toBe(status);
  await s.at.publish(s.rosterId);
  const published = await s.admin.post(s.address, to(s.one, MONDAY, '09:00', '17:30', { version: '2' }));
  expect(published.status).toBe(409);
  expect((await s.admin.get(s.base)).text).not.toContain('data-move');
});
