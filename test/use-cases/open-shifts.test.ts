import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { addMinutes, instant } from '../../src/domain/calendar.ts';
import { SYSTEM } from '../../src/domain/people.ts';
import { findOpenShift } from '../../src/data/open-shifts.ts';
import { findRoster } from '../../src/data/rosters.ts';
import { listStandingShifts } from '../../src/data/standing-shifts.ts';
import { runRound } from '../../src/jobs/runner.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import {
  answerOpenShift,
  askForShift,
  listDueOpenShifts,
  openShift,
  settleOpenShift,
  withdrawOpenShift,
} from '../../src/use-cases/open-shifts.ts';
import { MONDAY } from '../support/centre-stage.ts';
import { refusalOf } from '../support/refusals.ts';
import { shift } from '../support/roster-stage.ts';
import { ShortageStage, type Person } from '../support/shortage-stage.ts';

const answer = (stage: ShortageStage, who: Person, openShiftId: number, said: 'yes' | 'no' = 'yes') =>
  stage.at.world.act(who.actor, answerOpenShift, { openShiftId, staffId: who.staffId, answer: said });

const kindsOf = async (stage: ShortageStage, who: Person) =>
  (await stage.at.messages(who.actor)).map(([kind]) => kind).filter((kind) => kind.startsWith('shift_'));

const standing = (stage: ShortageStage) =>
  stage.at.world.database.read((tx) =>
    listStandingShifts(tx, { centreId: stage.at.centreId, from: MONDAY, to: MONDAY }),
  );

const settleDue = async (stage: ShortageStage) => {
  const { world } = stage.at;
  const due = await world.database.read((tx) => listDueOpenShifts(tx, world.now, 20));
  for (const openShiftId of due) await world.act(SYSTEM, settleOpenShift, { openShiftId });
  return due.length;
};

const sound = async (stage: ShortageStage) =>
  expect(await checkData(stage.at.world.database, stage.at.world.now)).toEqual([]);

describe('an open shift', () => {
  test('is what the ill person leaves uncovered, and nobody is cancelled for it', async () => {
    await using stage = await ShortageStage.create();
    const { shortage, touched, lost, proposals } = await stage.seen();
    expect(shortage?.halfHours).toEqual([18, 19, 20, 21, 22, 23, 24, 25]);
    expect(touched.map((stay) => stay.childId)).toEqual(stage.children);
    expect(lost.map((each) => each.staff.name)).toEqual(['Synthetic ill']);
    expect(proposals).toEqual([{ from: 18, to: 26, level: 0, skill: null, lostShiftId: lost[0]!.shift.id }]);
  });

  test('goes at once to the best rank who says yes: a shift on the roster, places and families follow', async () => {
    await using stage = await ShortageStage.create();
    const { at } = stage;
    const [one, two] = [await stage.person(), await stage.person()];
    const { id, asked } = await stage.open([one, two]);
    expect(asked).toBe(2);
    expect(await kindsOf(stage, one)).toEqual(['shift_ask']);
    expect((await stage.seen()).proposals).toEqual([]);
    expect(await answer(stage, one, id)).toEqual({ id, outcome: 'yours' });
    const taken = (await standing(stage)).find((each) => each.staffId === one.staffId);
    expect(taken).toMatchObject({
      from: 18,
      to: 26,
      breakFrom: null,
      fixed: true,
      stretches: [{ groupId: at.groupId, from: 18, to: 26 }],
    });
    const open = await at.world.database.read((tx) => findOpenShift(tx, id));
    expect(open).toMatchObject({ outcome: 'covered', staffId: one.staffId, shiftId: taken!.id });
    expect((await at.storedDay(MONDAY)).capacity![0]![20]).toBe(800);
    expect((await stage.seen()).shortage).toBeUndefined();
    const roster = await at.world.database.read((tx) => findRoster(tx, taken!.rosterId));
    expect(roster?.version).toBe(2);
    expect(await kindsOf(stage, one)).toEqual(['shift_ask', 'shift_yours']);
    expect(await kindsOf(stage, two)).toEqual(['shift_ask', 'shift_gone']);
    expect((await at.messages()).map(([kind]) => kind).at(-1)).toBe('roster_firm');
    await sound(stage);
  });

  test('waits with a yes for those of a better rank, until they have answered or their time is over', async () => {
    await using stage = await ShortageStage.create();
    const { world } = stage.at;
    // Contract hours before overtime: the second has worked none of them, yet the first has the lower number.
    const [first, second, third] = [await stage.person(), await stage.person(), await stage.person()];
    const { id } = await stage.open([first, second, third]);
    expect((await answer(stage, third, id)).outcome).toBe('waiting');
    expect((await answer(stage, second, id)).outcome).toBe('waiting');
    expect(await settleDue(stage)).toBe(0);
    world.now = addMinutes(world.now, 30);
    expect(await settleDue(stage)).toBe(1);
    const open = await world.database.read((tx) => findOpenShift(tx, id));
    expect(open?.staffId).toBe(second.staffId);
    expect(await kindsOf(stage, third)).toEqual(['shift_ask', 'shift_gone']);
    expect(await settleDue(stage)).toBe(0);
    await sound(stage);
  });

  test('asks one after another: the next when the one before says no, or says nothing', async () => {
    await using stage = await ShortageStage.create();
    const { world } = stage.at;
    const people = [await stage.person(), await stage.person(), await stage.person()] as const;
    const { id, asked, queued } = await stage.open(people, { inTurn: true });
    expect([asked, queued]).toEqual([1, 2]);
    expect(await Promise.all(people.map((each) => kindsOf(stage, each)))).toEqual([['shift_ask'], [], []]);
    expect((await answer(stage, people[0], id, 'no')).outcome).toBe('refused');
    expect(await kindsOf(stage, people[1])).toEqual(['shift_ask']);
    expect(await settleDue(stage)).toBe(0);
    world.now = addMinutes(world.now, 30);
    expect(await settleDue(stage)).toBe(1);
    expect(await kindsOf(stage, people[2])).toEqual(['shift_ask']);
    // Whoever said no may think better of it as long as nobody has it; the one asked now is of a worse rank.
    expect((await answer(stage, people[0], id)).outcome).toBe('yours');
  });

  test('is taken by who comes forward, and by telephone through the administrator', async () => {
    await using stage = await ShortageStage.create();
    const { at } = stage;
    const [asked, came] = [await stage.person(), await at.staff()];
    const { id } = await stage.open([]);
    expect((await answer(stage, asked, id)).outcome).toBe('yours');
    await stage.away(asked.staffId);
    const again = await stage.open([]);
    const said = { openShiftId: again.id, staffId: came, answer: 'yes' as const };
    expect((await at.world.act(at.admin, answerOpenShift, said)).outcome).toBe('yours');
    await sound(stage);
  });

  test('lengthens the shift of whoever works right before or after it', async () => {
    await using stage = await ShortageStage.create();
    const { at } = stage;
    const who = await stage.person();
    const other = await at.world.group(at.centreId);
    const ids = (await standing(stage)).map(({ staffId, from, to, breakFrom, stretches }) => ({
      staffId,
      date: MONDAY,
      from,
      to,
      breakFrom,
      stretches,
    }));
    await at.published(MONDAY, MONDAY, [
      ...ids.filter((each) => each.staffId !== stage.ill.staffId),
      shift(who.staffId, MONDAY, other, { from: 26, to: 32, breakFrom: null }),
    ]);
    const { id } = await stage.open([who]);
    await answer(stage, who, id);
    const mine = (await standing(stage)).filter((each) => each.staffId === who.staffId);
    expect(mine).toHaveLength(1);
    expect(mine[0]).toMatchObject({
      from: 18,
      to: 32,
      stretches: [{ groupId: at.groupId }, { groupId: other }],
    });
    // Seven hours need a break; it lies outside the time with the other group.
    expect(mine[0]!.breakFrom).toBeGreaterThan(18);
    expect(mine[0]!.breakFrom).toBeLessThan(26);
    await sound(stage);
  });
});

describe('what can go wrong', () => {
  test('an answer twice, after it is covered, withdrawn or over, from a stranger', async () => {
    await using stage = await ShortageStage.create();
    const { at } = stage;
    const [one, two] = [await stage.person(), await stage.person()];
    const { id } = await stage.open([one, two]);
    await answer(stage, one, id);
    expect((await answer(stage, one, id)).outcome).toBe('yours');
    expect((await refusalOf(answer(stage, two, id))).reason).toBe('taken');
    expect((await refusalOf(at.world.act(at.admin, withdrawOpenShift, { openShiftId: id }))).reason).toBe(
      'taken',
    );
    expect((await standing(stage)).filter((each) => each.staffId === one.staffId)).toHaveLength(1);
    const stranger = await at.world.person('centre_staff', { centreId: at.centreId });
    const forged = { openShiftId: id, staffId: two.staffId, answer: 'yes' as const };
    expect((await refusalOf(at.world.act(stranger, answerOpenShift, forged))).reason).toBe('missing');
    expect((await refusalOf(answer(stage, two, 999))).reason).toBe('missing');

    await stage.away(one.staffId);
    const next = await stage.open([two]);
    const told = await at.world.act(at.admin, withdrawOpenShift, { openShiftId: next.id });
    expect(told).toEqual({ told: 1 });
    expect((await refusalOf(answer(stage, two, next.id))).reason).toBe('withdrawn');
    const last = await stage.open([two]);
    at.world.now = instant('2027-02-08T08:30:00.000Z');
    expect((await refusalOf(answer(stage, two, last.id))).reason).toBe('past');
    expect(await settleDue(stage)).toBe(1);
    expect((await at.world.database.read((tx) => findOpenShift(tx, last.id)))?.outcome).toBe('past');
    await sound(stage);
  });

  test('the law has changed since: who became ill is refused with the rule, or passed over and told', async () => {
    await using stage = await ShortageStage.create();
    const { at } = stage;
    const [one, two, three] = [await stage.person(), await stage.person(), await stage.person()];
    const { id } = await stage.open([one, two, three]);
    await stage.away(two.staffId);
    const refused = await refusalOf(answer(stage, two, id));
    expect(refused.reason).toBe('illegal_shifts');
    expect((refused.details['findings'] as { rule: string }[]).map(({ rule }) => rule)).toEqual(['leave']);
    expect((await answer(stage, three, id)).outcome).toBe('waiting');
    await stage.away(three.staffId);
    at.world.now = addMinutes(at.world.now, 30);
    expect(await settleDue(stage)).toBe(1);
    expect(await kindsOf(stage, three)).toEqual(['shift_ask', 'shift_barred']);
    expect((await at.world.database.read((tx) => findOpenShift(tx, id)))?.closedAt).toBeNull();
    // Late, and still the only one: nobody else has it.
    expect((await answer(stage, one, id)).outcome).toBe('yours');
  });

  test('whoever is ill on a day on which they stand in the roster does not take over right before their shift', async () => {
    await using stage = await ShortageStage.create();
    const { at } = stage;
    const who = await stage.person();
    const other = await at.world.group(at.centreId);
    await at.published(MONDAY, MONDAY, [
      shift(await at.staff(), MONDAY, at.groupId, { from: 18, to: 26, breakFrom: null }),
      shift(who.staffId, MONDAY, other, { from: 26, to: 32, breakFrom: null }),
    ]);
    await stage.away(who.staffId);
    const refused = await refusalOf(stage.open([who]));
    expect(refused.reason).toBe('illegal_shifts');
    expect((refused.details['findings'] as { rule: string }[]).map(({ rule }) => rule)).toEqual(['leave']);
  });

  test('a colleague has just opened it; somebody whom the law forbids, or who has no account, is not asked', async () => {
    await using stage = await ShortageStage.create();
    const { at } = stage;
    const one = await stage.person();
    const tired = await stage.person({ weeklyMinutes: 120 });
    const wish = {
      groupId: at.groupId,
      date: MONDAY,
      from: 18,
      to: 26,
      level: 0 as const,
      skill: null,
      staffIds: [one.staffId],
      inTurn: false,
      within: 30,
    };
    const asked = (staffIds: number[]) => at.world.act(at.admin, openShift, { ...wish, staffIds });
    const refused = await refusalOf(asked([one.staffId, tired.staffId]));
    expect(refused.reason).toBe('illegal_shifts');
    expect(refused.details['barred']).toEqual([tired.staffId]);
    expect((await refusalOf(asked([await at.staff()]))).reason).toBe('invalid');
    const { id } = await asked([]);
    expect((await refusalOf(asked([one.staffId]))).reason).toBe('stale');
    const more = { openShiftId: id, staffIds: [one.staffId], inTurn: false, within: 30 };
    expect((await at.world.act(at.admin, askForShift, more)).asked).toBe(1);
    // Nobody is asked twice.
    expect((await at.world.act(at.admin, askForShift, more)).asked).toBe(0);
    expect(await kindsOf(stage, one)).toEqual(['shift_ask']);
    const other = await at.world.person('centre_admin', { centreId: await at.world.centre() });
    expect((await refusalOf(at.world.act(other, askForShift, more))).reason).toBe('missing');
  });
});

test('the job runner goes on with open shifts by itself, and check-data knows a shift that is missing', async () => {
  await using stage = await ShortageStage.create();
  const { world } = stage.at;
  const [one, two] = [await stage.person(), await stage.person()];
  const { id } = await stage.open([one, two]);
  await answer(stage, two, id);
  const runner = { database: world.database, clock: () => world.now, log: pino({ level: 'silent' }) };
  await runRound(runner);
  world.now = addMinutes(world.now, 30);
  await runRound(runner);
  const open = (await world.database.read((tx) => findOpenShift(tx, id)))!;
  expect(open.staffId).toBe(two.staffId);
  await sound(stage);
  await world.insert(async (tx) => {
    await tx.db.delete(tx.t.shiftStretch).where(eq(tx.t.shiftStretch.shiftId, open.shiftId!));
  });
  const found = await checkData(world.database, world.now);
  expect(found.map(({ rule }) => rule)).toContain('open_shift');
});
