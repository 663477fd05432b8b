import { expect, test } from 'vitest';
import { instant } from '../../../src/domain/calendar.ts';
import { cancelBooking } from '../../../src/use-cases/cancellations.ts';
import { requestLeave } from '../../../src/use-cases/leave.ts';
import { answerOpenShift } from '../../../src/use-cases/open-shifts.ts';
import { TestApp } from '../../support/app.ts';
import { MONDAY } from '../../support/centre-stage.ts';
import { fieldOf, textOf } from '../../support/page-stage.ts';
import { RosterStage, shift } from '../../support/roster-stage.ts';
import { ShortageStage } from '../../support/shortage-stage.ts';

const addressOf = ({ at }: ShortageStage) => `/centres/${at.centreId}/shortages/${MONDAY}/${at.groupId}`;
const proposal = { from: '18', to: '26', level: '0', skill: '' };

test('the board lists days and groups with their half-hours, children and who is looked for; empty it says why', async () => {
  await using stage = await ShortageStage.create();
  const { at } = stage;
  await using app = await TestApp.start(at.world);
  const admin = await app.as(at.admin);
  const board = `/centres/${at.centreId}/shortages`;
  const text = textOf(await admin.get(board));
  expect(text).toContain('Mon 08.02, Топ');
  expect(text).toContain('09:00–13:00');
  expect(text).toContain('nobody is looked for yet');
  const one = await stage.person();
  await stage.open([one]);
  expect(textOf(await admin.get(board))).toContain('1 open shift');
  for (const bookingId of stage.bookings.slice(0, 2))
    await at.world.act(at.mother, cancelBooking, { bookingId });
  const after = textOf(await admin.get(board));
  expect(after).toContain('everybody who is booked can be looked after');
  expect(after).toContain('Take these open shifts back');
  await using empty = await RosterStage.create();
  await using other = await TestApp.start(empty.world);
  const unpublished = textOf(await (await other.as(empty.admin)).get(`/centres/${empty.centreId}/shortages`));
  expect(unpublished).toContain('No roster is published');
});

test('a shortage shows whom it touches and the ways out; its replacements with reasons, the others with the rule', async () => {
  await using stage = await ShortageStage.create();
  const { at } = stage;
  await using app = await TestApp.start(at.world);
  const [, nurse] = [
    await stage.person({ name: 'Synthetic fit' }),
    await stage.person({ name: 'Synthetic nurse', post: 'nurse' }),
  ];
  await at.staff({ name: 'Synthetic unlinked' });
  await at.staff({ name: 'Synthetic tired', weeklyMinutes: 60 });
  const admin = await app.as(at.admin);
  const page = await admin.get(addressOf(stage));
  const text = textOf(page);
  expect(text).toContain('Not covered 09:00–13:00 4 h');
  expect(text).toContain('Children 6');
  expect(text).toContain('Families 1');
  expect(text).toContain('Away: Synthetic ill 09:00–13:00');
  expect(text).toContain('instead of Synthetic ill');
  expect(text.indexOf('1. Synthetic fit')).toBeGreaterThan(0);
  expect(text.indexOf('Synthetic nurse')).toBeGreaterThan(text.indexOf('2. '));
  expect(text).toContain('within the hours of the contract; more qualified than needed');
  expect(text).toContain('no account: telephone');
  expect(text).toMatch(/Synthetic tired ?: 4 h of work in the week; the contract has 1 h/);
  expect(text).toMatch(/Synthetic ill ?: on leave on this day/);
  expect(text).toContain('Nobody can be spared by another group');
  // How long people have is the centre's setting; until it says something, the evening before.
  expect(page.text).toContain('<option value="evening" selected');
  await admin.submit(`/centres/${at.centreId}/staff/settings`, { rosterReserve: '0', askWithin: '120' });
  expect((await admin.get(addressOf(stage))).text).toContain('<option value="120" selected');
  // Staff of the centre see what is short; what is done is the administrator's.
  const colleague = await app.as(nurse.actor);
  const seen = textOf(await colleague.get(addressOf(stage)));
  expect(seen).toContain('The administrator of the centre decides');
  expect(seen).not.toContain('Synthetic tired');
  expect((await colleague.post(`${addressOf(stage)}/asks`, proposal)).status).toBe(403);
  expect((await (await app.as(at.mother)).get(addressOf(stage))).status).toBe(403);
  expect((await admin.get(`/centres/${at.centreId}/shortages/2027-02-30/${at.groupId}`)).status).toBe(404);
});

test('people are asked, and asked in vain: nobody chosen, the day has changed, a rule; what was ticked stays', async () => {
  await using stage = await ShortageStage.create();
  const { at } = stage;
  await using app = await TestApp.start(at.world);
  const [one, two] = [
    await stage.person({ name: 'Synthetic one' }),
    await stage.person({ name: 'Synthetic two' }),
  ];
  const admin = await app.as(at.admin);
  const asks = `${addressOf(stage)}/asks`;
  const none = await admin.post(asks, { ...proposal, how: 'turn', within: '60' });
  expect([none.status, textOf(none).includes('Choose at least one person')]).toEqual([422, true]);
  expect(none.text).toMatch(/value="turn" checked/);
  const ill = await admin.post(asks, {
    ...proposal,
    staff: [String(stage.ill.staffId), String(one.staffId)],
  });
  expect([ill.status, textOf(ill).includes('forbids this by now for: Synthetic ill')]).toEqual([422, true]);
  expect(ill.text).toMatch(new RegExp(`value="${one.staffId}" checked`));
  const strange = await admin.post(asks, { ...proposal, staff: 'x', level: '9', within: 'never' });
  expect(strange.status).toBe(422);
  const asked = await admin.submit(asks, {
    ...proposal,
    staff: [String(one.staffId), String(two.staffId)],
    how: 'turn',
    within: '30',
  });
  expect(textOf(asked)).toContain('Asked now: 1; waiting for their turn: 1.');
  expect(textOf(asked)).toMatch(/Synthetic one 10:00 10:30 no answer yet/);
  expect(textOf(asked)).toMatch(/Synthetic two – – waits for the turn/);
  const again = await admin.post(asks, { ...proposal, staff: String(two.staffId) });
  expect([again.status, textOf(again).includes('a colleague was quicker')]).toEqual([409, true]);
});

test('an open shift: more people asked, an answer by telephone, taken back', async () => {
  await using stage = await ShortageStage.create();
  const { at } = stage;
  await using app = await TestApp.start(at.world);
  const one = await stage.person({ name: 'Synthetic one' });
  const unlinked = await at.staff({ name: 'Synthetic unlinked' });
  const { id } = await stage.open([]);
  const address = `/centres/${at.centreId}/open-shifts/${id}`;
  const admin = await app.as(at.admin);
  expect(textOf(await admin.get(address))).toContain('Nobody has been asked yet');
  expect((await admin.post(`${address}/asks`, {})).status).toBe(422);
  expect(
    textOf(await admin.submit(`${address}/asks`, { staff: String(one.staffId), within: '30' })),
  ).toContain('Asked now: 1');
  expect((await admin.post(`${address}/answers`, { answer: 'yes' })).status).toBe(422);
  const noted = await admin.submit(`${address}/answers`, { staffId: String(unlinked), answer: 'yes' });
  expect(textOf(noted)).toContain('Somebody of a better rank can still answer');
  expect(
    textOf(await admin.submit(`${address}/answers`, { staffId: String(one.staffId), answer: 'no' })),
  ).toContain('covered by Synthetic unlinked');
  const late = await admin.post(`${address}/withdrawal`, {});
  expect([late.status, textOf(late).includes('a colleague was quicker')]).toEqual([409, true]);
  expect((await (await app.as(one.actor)).get(address)).status).toBe(403);

  await stage.away(unlinked);
  const next = await stage.open([one]);
  const taken = await admin.submit(`/centres/${at.centreId}/open-shifts/${next.id}/withdrawal`, {});
  expect(textOf(taken)).toContain('Taken back. People told: 1.');
});

test('the least harm is shown, confirmed with a tick, and done as shown; what has changed is shown anew', async () => {
  await using stage = await ShortageStage.create();
  const { at } = stage;
  await using app = await TestApp.start(at.world);
  const admin = await app.as(at.admin);
  const page = await admin.get(addressOf(stage));
  expect(textOf(page)).toContain('09:00–13:00 cancelled 4 h: the family has entered no hours of work');
  const token = fieldOf(page, 'token')!;
  const cut = `${addressOf(stage)}/curtailment`;
  const unticked = await admin.post(cut, { token });
  expect([unticked.status, textOf(unticked).includes('Tick the box')]).toEqual([422, true]);
  const other = await admin.post(cut, { token: 'another', agreed: 'yes' });
  expect([other.status, textOf(other).includes('The day has changed meanwhile')]).toEqual([409, true]);
  expect(textOf(await admin.submit(cut, { token, agreed: 'yes' }))).toContain(
    'Cancelled: 2; shortened: 0; adults told: 1.',
  );
  const again = await admin.post(cut, { token, agreed: 'yes' });
  expect(again.status).toBe(409);
  expect(textOf(again)).toContain('Staff suffice on this day');
  at.world.now = instant('2027-02-09T05:00:00.000Z');
  const past = await admin.post(cut, { token, agreed: 'yes' });
  expect([past.status, textOf(past).includes('These hours are over')]).toEqual([422, true]);
});

test('somebody is borrowed from another group by one button; the pages around lead to the board', async () => {
  await using stage = await ShortageStage.create();
  const { at } = stage;
  await using app = await TestApp.start(at.world);
  const other = await at.world.group(at.centreId, { room: 8 });
  const [lender, left] = [await stage.person({ name: 'Synthetic lender' }), await at.staff()];
  const { id: rosterId } = await at.published(MONDAY, MONDAY, [
    shift(lender.staffId, MONDAY, other, { from: 16, to: 32, breakFrom: 28 }),
    shift(left, MONDAY, at.groupId, { from: 18, to: 26, breakFrom: null }),
  ]);
  const admin = await app.as(at.admin);
  const page = await admin.get(addressOf(stage));
  expect(textOf(page)).toMatch(/09:00–13:00 Synthetic lender from Топ \d/);
  const lending = { shiftId: fieldOf(page, 'shiftId')!, from: '18', to: '26' };
  const lend = `${addressOf(stage)}/lendings`;
  expect((await admin.post(lend, { ...lending, to: 'x' })).status).toBe(422);
  expect(textOf(await admin.submit(lend, lending))).toContain('Moved. Places of both groups');
  const again = await admin.post(lend, lending);
  expect([again.status, textOf(again).includes('a colleague was quicker')]).toEqual([409, true]);
  const board = `/centres/${at.centreId}/shortages`;
  for (const path of [`/days/${MONDAY}`, `/rosters/${rosterId}`, `/rosters/${rosterId}/publication`])
    expect((await admin.get(`/centres/${at.centreId}${path}`)).text, path).toContain(`href="${board}"`);
  expect((await (await app.as(lender.actor)).get('/shifts')).text).toContain('href="/shifts/open"');
});

test('approved leave that leaves a day short leads to the board', async () => {
  await using stage = await ShortageStage.create();
  const { at } = stage;
  await using app = await TestApp.start(at.world);
  const covering = await stage.person();
  const { id } = await stage.open([]);
  await at.world.act(covering.actor, answerOpenShift, {
    openShiftId: id,
    staffId: covering.staffId,
    answer: 'yes',
  });
  const wish = { staffId: covering.staffId, startsOn: MONDAY, endsOn: MONDAY, kind: 'sick' as const };
  const leave = await at.world.act(covering.actor, requestLeave, wish);
  const admin = await app.as(at.admin);
  const approval = `/centres/${at.centreId}/staff/${covering.staffId}/leave/${leave.id}/approval`;
  expect((await admin.post(approval, {})).location).toBe(`/centres/${at.centreId}/shortages`);
});
