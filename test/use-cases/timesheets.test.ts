import { expect, test } from 'vitest';
import { addMinutes, plainDate } from '../../src/domain/calendar.ts';
import { findClocking, listClockings } from '../../src/data/clockings.ts';
import { updateStaff } from '../../src/data/staff.ts';
import { findClosing, listClosings } from '../../src/data/timesheets.ts';
import {
  addClocking,
  confirmPlanned,
  correctClocking,
  recordClocking,
  undoClocking,
} from '../../src/use-cases/clockings.ts';
import { closeMonth, readTimesheet, reopenMonth } from '../../src/use-cases/timesheets.ts';
import { MONDAY, TUESDAY, WEDNESDAY } from '../support/centre-stage.ts';
import { at, clock } from '../support/clocking-stage.ts';
import { refusalOf, refusedWithoutTrace } from '../support/refusals.ts';
import { RosterStage, shift } from '../support/roster-stage.ts';

const FEBRUARY = plainDate('2027-02-01');
const MARCH = at(plainDate('2027-03-01'), '09:00');

function everything(stage: RosterStage, staffId: number) {
  return stage.world.database.read((tx) =>
    listClockings(
      tx,
      [staffId],
      { from: at(FEBRUARY, '00:00'), to: at(plainDate('2027-04-01'), '00:00') },
      true,
    ),
  );
}

test('a tap sent twice is one; two different taps at once leave one standing', async () => {
  await using stage = await RosterStage.create();
  const { world, admin } = stage;
  const staffId = await stage.staff();
  world.now = at(MONDAY, '08:00');
  const tap = { staffId, direction: 'in' } as const;
  const operation = world.operation('same');
  const answers = await Promise.all([
    world.act(admin, recordClocking, tap, operation),
    world.act(admin, recordClocking, tap, operation),
  ]);
  expect(answers[0]).toEqual(answers[1]);
  expect(await everything(stage, staffId)).toHaveLength(1);
  world.now = at(MONDAY, '16:30');
  const left = { staffId, direction: 'out' } as const;
  const outcomes = await Promise.allSettled([
    world.act(admin, recordClocking, left),
    world.act(admin, recordClocking, left),
  ]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await everything(stage, staffId)).toHaveLength(2);
});

test('a clocking is never changed: it is withdrawn, and another is written with who and why', async () => {
  await using stage = await RosterStage.create();
  const { world, admin } = stage;
  const staffId = await stage.staff();
  await clock(stage, staffId, MONDAY, '08:20-16:30');
  const [came] = await everything(stage, staffId);
  world.now = at(TUESDAY, '10:00');
  await world.act(admin, correctClocking, {
    staffId,
    clockingId: came!.id,
    at: at(MONDAY, '08:00'),
    note: 'Tapped late',
  });
  const all = await everything(stage, staffId);
  expect(all).toHaveLength(3);
  expect(all.find(({ id }) => id === came!.id)).toEqual({
    ...came,
    withdrawnAt: world.now,
    withdrawnBy: admin.personId,
  });
  expect(all[0]).toMatchObject({
    direction: 'in',
    at: at(MONDAY, '08:00'),
    recordedAt: world.now,
    recordedBy: admin.personId,
    note: 'Tapped late',
  });
  const again = { staffId, clockingId: came!.id, at: null, note: 'x' };
  const refusal = await refusedWithoutTrace(world, () => world.act(admin, correctClocking, again));
  expect(refusal).toMatchObject({ reason: 'stale', details: { problem: 'withdrawn' } });
  // What an administrator has written is not taken back at the door.
  const undo = { staffId, clockingId: all[0]!.id };
  expect((await refusalOf(world.act(admin, undoClocking, undo))).reason).toBe('locked');
});

test('a correction that would tear a pair apart leaves everything as it was', async () => {
  await using stage = await RosterStage.create();
  const { world, admin } = stage;
  const staffId = await stage.staff();
  await clock(stage, staffId, MONDAY, '08:20-16:30');
  const [came] = await everything(stage, staffId);
  world.now = at(TUESDAY, '10:00');
  for (const time of ['16:30', '17:00']) {
    const input = { staffId, clockingId: came!.id, at: at(MONDAY, time), note: 'x' };
    const refusal = await refusedWithoutTrace(world, () => world.act(admin, correctClocking, input));
    expect(refusal).toMatchObject({ reason: 'invalid', details: { problem: 'out_of_order' } });
  }
  expect((await world.database.read((tx) => findClocking(tx, came!.id)))!.withdrawnAt).toBeNull();
});

test('staff record at the door, but only the administrator of that centre corrects', async () => {
  await using stage = await RosterStage.create();
  const { world, centreId } = stage;
  const staffId = await stage.staff();
  const person = await world.person('centre_staff', { centreId });
  const stranger = await world.person('centre_admin', { centreId: await world.centre() });
  world.now = at(MONDAY, '08:00');
  const { id } = await world.act(person, recordClocking, { staffId, direction: 'in' });
  const input = { staffId, direction: 'out', at: at(MONDAY, '07:00'), note: 'x' } as const;
  expect((await refusalOf(world.act(person, addClocking, input))).reason).toBe('forbidden');
  expect((await refusalOf(world.act(stranger, addClocking, input))).reason).toBe('missing');
  for (const act of [
    () => world.act(stranger, recordClocking, { staffId, direction: 'out' as const }),
    () => world.act(stranger, undoClocking, { staffId, clockingId: id }),
    () => world.act(stranger, closeMonth, { centreId, month: plainDate('2027-01-01') }),
    () => world.act(stranger, confirmPlanned, { staffId, dates: [MONDAY], note: 'x' }),
  ])
    expect((await refusedWithoutTrace(world, act)).reason).toBe('missing');
});

test('days are counted as planned only where there is a plan, all of them or none', async () => {
  await using stage = await RosterStage.create();
  const { world, admin, groupId } = stage;
  const staffId = await stage.staff();
  await stage.published(MONDAY, TUESDAY, [shift(staffId, MONDAY, groupId), shift(staffId, TUESDAY, groupId)]);
  world.now = at(TUESDAY, '12:00');
  const confirm = (dates: (typeof MONDAY)[]) =>
    world.act(admin, confirmPlanned, { staffId, dates, note: 'The tablet was broken' });
  // Tuesday's shift is not over.
  for (const dates of [[], [MONDAY, WEDNESDAY], [MONDAY, TUESDAY]])
    expect((await refusedWithoutTrace(world, () => confirm(dates))).reason).toBe('invalid');
  world.now = at(WEDNESDAY, '08:00');
  expect(await confirm([TUESDAY, MONDAY])).toEqual({ written: 4 });
  expect((await refusedWithoutTrace(world, () => confirm([MONDAY]))).details).toMatchObject({
    problem: 'no_plan',
  });
});

test('a closed month keeps its lines and the overtime of the year, until it is opened with a trace', async () => {
  await using stage = await RosterStage.create();
  const { world, admin, centreId } = stage;
  const staffId = await stage.staff({ overtimeConsentOn: plainDate('2026-01-01') });
  await clock(stage, staffId, MONDAY, '08:00-18:30');
  await clock(stage, staffId, plainDate('2027-03-01'), '08:00-17:30');
  world.now = at(plainDate('2027-03-02'), '09:00');
  const read = (month = '2027-03-01') =>
    world.database.read((tx) => readTimesheet(tx, { centreId, month: plainDate(month) }, world.now));
  const { id } = await world.act(admin, closeMonth, { centreId, month: FEBRUARY });
  expect((await read()).lines[0]!.overtime).toMatchObject({ month: 60, year: 180 });
  // Another contract from now on would have made February's Monday all overtime.
  await world.insert((tx) => updateStaff(tx, staffId, { weeklyMinutes: 60, name: 'Synthetic Other' }));
  expect((await read()).lines[0]!.overtime).toMatchObject({ month: 480, year: 600 });
  const closed = await read('2027-02-01');
  expect(closed.closed).toEqual({ at: world.now, by: admin.personId });
  expect(closed.lines[0]!.name).not.toBe('Synthetic Other');
  expect(closed.lines[0]!.overtime.month).toBe(120);

  const late = { staffId, direction: 'in', at: at(TUESDAY, '08:00'), note: 'x' } as const;
  expect((await refusedWithoutTrace(world, () => world.act(admin, addClocking, late))).reason).toBe('locked');
  await world.act(admin, reopenMonth, { centreId, month: FEBRUARY, note: 'A day was missing' });
  await world.act(admin, addClocking, late);
  await world.act(admin, addClocking, { ...late, direction: 'out', at: at(TUESDAY, '12:00') });
  world.now = addMinutes(world.now, 5);
  const second = await world.act(admin, closeMonth, { centreId, month: FEBRUARY });
  const trace = await world.database.read((tx) => listClosings(tx, centreId, FEBRUARY));
  expect(trace.map((each) => [each.id, each.reopenedBy])).toEqual([
    [second.id, null],
    [id, admin.personId],
  ]);
  expect((await read('2027-02-01')).lines[0]!.overtime.month).toBe(780);
});

test('a record that comes while the month is being closed is in it or is refused', async () => {
  await using stage = await RosterStage.create();
  const { world, admin, centreId } = stage;
  const staffId = await stage.staff();
  await clock(stage, staffId, MONDAY, '08:00-12:00');
  world.now = MARCH;
  const [closing, adding] = await Promise.allSettled([
    world.act(admin, closeMonth, { centreId, month: FEBRUARY }),
    world.act(admin, correctClocking, {
      staffId,
      clockingId: (await everything(stage, staffId))[1]!.id,
      at: at(MONDAY, '13:00'),
      note: 'x',
    }),
  ]);
  expect(closing.status).toBe('fulfilled');
  const { lines } = (await world.database.read((tx) => findClosing(tx, centreId, FEBRUARY)))!;
  const worked = lines[0]!.days.find(({ date }) => date === MONDAY)!.worked;
  expect(worked).toBe(adding.status === 'fulfilled' ? 300 : 240);
  const reopened = await Promise.allSettled([
    world.act(admin, reopenMonth, { centreId, month: FEBRUARY, note: 'x' }),
    world.act(admin, reopenMonth, { centreId, month: FEBRUARY, note: 'x' }),
  ]);
  expect(reopened.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const twice = await Promise.allSettled([
    world.act(admin, closeMonth, { centreId, month: FEBRUARY }),
    world.act(admin, closeMonth, { centreId, month: FEBRUARY }),
  ]);
  expect(twice.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const trace = await world.database.read((tx) => listClosings(tx, centreId, FEBRUARY));
  expect(trace.filter(({ reopenedAt }) => reopenedAt === null)).toHaveLength(1);
});
