import { expect, test } from 'vitest';
import { listShifts } from '../../../src/data/shifts.ts';
import { TestApp } from '../../support/app.ts';
import { MONDAY, TUESDAY } from '../../support/centre-stage.ts';
import { expectAccess, textOf } from '../../support/page-stage.ts';
import { RosterStage, shift } from '../../support/roster-stage.ts';

async function swapPages() {
  const at = await RosterStage.create();
  const app = await TestApp.start(at.world);
  const { world, centreId } = at;
  const [asker, colleague] = [
    await world.person('centre_staff', { centreId }),
    await world.person('centre_staff', { centreId }),
  ];
  const mine = await at.staff({ name: 'Synthetic Aigul', personId: asker.personId });
  const theirs = await at.staff({ name: 'Synthetic Bota', personId: colleague.personId });
  const busy = await at.staff({ name: 'Synthetic Dana', daysPerWeek: 1, personId: at.admin.personId });
  await at.staff({ name: 'Synthetic Zere' });
  const { id } = await at.published(MONDAY, TUESDAY, [
    shift(mine, MONDAY, at.groupId),
    shift(theirs, TUESDAY, at.groupId, { from: 20, to: 37, breakFrom: 28 }),
    shift(busy, MONDAY, at.groupId),
  ]);
  const shifts = await world.database.read((tx) => listShifts(tx, id));
  const of = (staffId: number) => String(shifts.find((each) => each.staffId === staffId)!.id);
  return {
    at,
    app,
    asker,
    colleague,
    mine,
    theirs,
    monday: of(mine),
    tuesday: of(theirs),
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]();
      await at[Symbol.asyncDispose]();
    },
  };
}

test('a colleague is found, asked, agrees, and the centre confirms, page by page', async () => {
  await using stage = await swapPages();
  const { at, app, asker, colleague, theirs, monday, tuesday } = stage;
  const [me, other, admin] = [await app.as(asker), await app.as(colleague), await app.as(at.admin)];
  expect((await me.get('/shifts')).text).toContain(`/shifts/swaps/new?shift=${monday}`);
  expect(textOf(await me.get('/shifts/swaps'))).toContain('Nothing here yet');
  expect(textOf(await me.get('/shifts/swaps/new'))).toContain('Mon 08.02 08:00–16:30');
  const whom = textOf(await me.get(`/shifts/swaps/new?shift=${monday}`));
  expect(whom).toContain('Synthetic Bota can take it 1 shift to swap for');
  expect(whom).toContain('Not possible, and why');
  expect(whom).toContain('Synthetic Dana : Synthetic Dana, Mon 08.02:');
  expect(whom).toContain('Synthetic Zere : has no account yet');
  const form = await me.get(`/shifts/swaps/new?shift=${monday}&with=${theirs}`);
  expect(textOf(form)).toContain('To swap for Tue 09.02 10:00–18:30');
  const wish = { shiftId: monday, withStaffId: String(theirs), returnShift: tuesday, note: 'A wedding' };
  const none = await me.post('/shifts/swaps/new', { ...wish, returnShift: '' });
  expect([none.status, none.text.includes('A wedding'), none.text.includes('href="#f-returnShift"')]).toEqual(
    [422, true, true],
  );
  const asked = textOf(await me.submit('/shifts/swaps/new', wish));
  expect(asked).toContain('Sent.');
  expect(asked).toContain('waits for the colleague');
  expect((await me.post('/shifts/swaps/new', wish)).status).toBe(409);
  expect(textOf(await other.get('/shifts'))).toContain('You are asked');
  const seen = await other.get('/shifts/swaps');
  expect(textOf(seen)).toContain(
    'Synthetic Aigul offers Mon 08.02 08:00–16:30 to Synthetic Bota for Tue 09.02',
  );
  expect(textOf(seen)).toContain('A wedding');
  const swapId = /name="swapId" value="(\d+)"/.exec(seen.text)![1]!;
  expect((await me.post('/shifts/swaps/agreement', { swapId })).status).toBe(404);
  const list = `/centres/${at.centreId}/rosters/swaps`;
  expect((await admin.post(`${list}/confirmation`, { swapId })).status).toBe(409);
  expect(textOf(await other.submit('/shifts/swaps/agreement', { swapId }))).toContain('waits for the centre');
  expect(textOf(await admin.get(`/centres/${at.centreId}/rosters`))).toContain('Swaps: 1 to confirm');
  expect(textOf(await admin.get(list))).toContain('Synthetic Aigul offers');
  const confirmed = textOf(await admin.submit(`${list}/confirmation`, { swapId }));
  expect(confirmed).toContain('The published roster has changed');
  expect(textOf(await other.get('/shifts'))).toContain('08:00–16:30');
  expect(textOf(await me.get('/shifts'))).toContain('10:00–18:30');
  expect((await me.post('/shifts/swaps/withdrawal', { swapId })).status).toBe(409);
});

test('a roster published meanwhile ends the swap with clear words; a wrong form is no error of ours', async () => {
  await using stage = await swapPages();
  const { at, app, asker, colleague, mine, theirs, monday } = stage;
  const [me, other] = [await app.as(asker), await app.as(colleague)];
  const wish = { shiftId: monday, withStaffId: String(theirs), returnShift: 'nothing' };
  await me.submit('/shifts/swaps/new', wish);
  const swapId = /name="swapId" value="(\d+)"/.exec((await me.get('/shifts/swaps')).text)![1]!;
  await at.published(MONDAY, MONDAY, [shift(mine, MONDAY, at.groupId, { from: 18, to: 35, breakFrom: 26 })]);
  expect(textOf(await other.get('/shifts/swaps'))).toContain('ended: the shift has begun or has changed');
  const late = await other.post('/shifts/swaps/agreement', { swapId });
  expect([late.status, textOf(late).includes('This swap has ended already')]).toEqual([409, true]);
  for (const path of ['agreement', 'refusal', 'withdrawal'])
    expect((await me.post(`/shifts/swaps/${path}`, { swapId: 'x' })).status).toBe(422);
  expect((await me.get('/shifts/swaps/new?shift=999999')).status).toBe(404);
  expect((await other.get(`/shifts/swaps/new?shift=${monday}`)).status).toBe(404);
  expect((await me.get('/shifts/swaps/new?shift=x&with=y')).status).toBe(200);
});

test('the list of a centre is its administrators’', async () => {
  await using stage = await swapPages();
  const { at, app, asker } = stage;
  const other = await at.world.centre();
  await expectAccess(app, `/centres/${at.centreId}/rosters/swaps`, {
    allowed: [at.admin],
    forbidden: [asker, at.mother],
    missing: [await at.world.person('centre_admin', { centreId: other })],
  });
});
