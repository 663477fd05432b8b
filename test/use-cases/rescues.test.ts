import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addDays, addMinutes, instant, plainDate, type PlainDate } from '../../src/domain/calendar.ts';
import type { Actor } from '../../src/domain/people.ts';
import type { Slot } from '../../src/domain/slots.ts';
import { listBookings } from '../../src/data/bookings.ts';
import { findDays } from '../../src/data/group-days.ts';
import { listMessages } from '../../src/data/messages.ts';
import { countRescues, listRescueAnswers, listRescuesOfCentre } from '../../src/data/rescues.ts';
import { runAll } from '../../src/jobs/runner.ts';
import { reportAbsence } from '../../src/use-cases/absences.ts';
import { bookSlot } from '../../src/use-cases/bookings.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { answerRescue, closeRescue } from '../../src/use-cases/rescues.ts';
import { endStandBy, standBy } from '../../src/use-cases/stand-bys.ts';
import { joinWaitingList } from '../../src/use-cases/waiting-list.ts';
import { setWorkday } from '../../src/use-cases/workday.ts';
import { SYSTEM } from '../../src/domain/people.ts';
import { silentLog } from '../support/queue.ts';
import { refusalOf } from '../support/refusals.ts';
import { World } from '../support/world.ts';

/** A Tuesday; the world begins on the Wednesday before. */
const DAY = plainDate('2027-02-09');
/** 07:40 on that Tuesday. */
const MORNING = instant('2027-02-09T02:40:00.000Z');
const FULL: Slot = { from: 17, to: 35 };

let world: World;
let centreId: number;
let groupId: number;

beforeEach(async () => {
  world = await World.create();
  centreId = await world.centre();
  groupId = await world.group(centreId, { room: 1 });
});
afterEach(() => world[Symbol.asyncDispose]());

interface Family {
  readonly guardian: Actor;
  readonly childId: number;
}

const jobs = () => runAll({ database: world.database, clock: () => world.now, log: silentLog });
const clean = async () => expect(await checkData(world.database, world.now)).toEqual([]);
const rescues = (date: PlainDate = DAY) =>
  world.database.read((tx) => listRescuesOfCentre(tx, centreId, date));
const answersOf = (id: number) => world.database.read((tx) => listRescueAnswers(tx, [id]));
const bookingsOf = (childId: number) =>
  world.database.read((tx) =>
    listBookings(tx, { childIds: [childId], from: DAY, to: addDays(DAY, 7), occupying: true }),
  );
const kindsFor = async (guardian: Actor) => {
  const rows = await world.database.read((tx) =>
    listMessages(tx, guardian.personId, { unread: true, limit: 20 }),
  );
  return rows.map((row) => row.kind).toReversed();
};
const held = async () =>
  (await world.database.read((tx) => findDays(tx, { groupId, from: DAY, to: DAY })))[0]!.held;

async function family(): Promise<Family> {
  const guardian = await world.guardian();
  return { guardian, childId: await world.child(guardian) };
}

async function taken(slot: Slot = FULL, date = DAY) {
  const holder = await family();
  const { id } = await world.act(holder.guardian, bookSlot, {
    childId: holder.childId,
    groupId,
    date,
    slot,
  });
  return { ...holder, bookingId: id };
}

/** Somebody stands by, a minute after whoever came before. */
async function stands(takeUntilMinute: number | null = null, slot: Slot = FULL, date = DAY) {
  const each = await family();
  world.now = addMinutes(world.now, 1);
  const { id } = await world.act(each.guardian, standBy, {
    childId: each.childId,
    groupId,
    date,
    slot,
    takeUntilMinute,
  });
  return { ...each, standById: id };
}

const ill = (holder: { guardian: Actor; bookingId: number }) =>
  world.act(holder.guardian, reportAbsence, { bookingId: holder.bookingId, kind: 'illness' });

const say = (who: Family & { standById: number }, rescueId: number, answer: 'yes' | 'no') =>
  world.act(who.guardian, answerRescue, { rescueId, standById: who.standById, answer });

describe('standing by', () => {
  test('only for a day that is full, once, in time, and by the family itself', async () => {
    const mother = await family();
    const wish = { childId: mother.childId, groupId, date: DAY, slot: FULL, takeUntilMinute: null };
    expect((await refusalOf(world.act(mother.guardian, standBy, wish))).details.errors).toEqual([
      { field: 'date', reason: 'invalid', detail: 'free' },
    ]);
    await taken();
    const reason = async (change: object) =>
      (await refusalOf(world.act(mother.guardian, standBy, { ...wish, ...change }))).reason;
    expect(await reason({ slot: { from: 17, to: 20 } })).toBe('too_short');
    expect(await reason({ date: plainDate('2027-02-02') })).toBe('past');
    expect(await reason({ date: plainDate('2029-02-06') })).toBe('beyond_horizon');
    expect(await reason({ date: plainDate('2027-02-07') })).toBe('closed');
    expect(await reason({ slot: { from: 10, to: 20 } })).toBe('outside_hours');
    expect(await reason({ takeUntilMinute: 17 * 30 + 1 })).toBe('invalid');
    expect(await reason({ groupId: 999_999 })).toBe('missing');
    const adults = await world.group(centreId, { category: 'adult_disability' });
    expect(await reason({ groupId: adults })).toBe('wrong_category');
    const stranger = await world.guardian();
    expect((await refusalOf(world.act(stranger, standBy, wish))).reason).toBe('missing');
    const { id } = await world.act(mother.guardian, standBy, wish);
    expect(await reason({})).toBe('already_waiting');
    expect((await refusalOf(world.act(stranger, endStandBy, { standById: id }))).reason).toBe('missing');
    await world.act(mother.guardian, endStandBy, { standById: id });
    await world.act(mother.guardian, endStandBy, { standById: id });
    await world.act(mother.guardian, standBy, wish);
  });
});

describe('rescue', () => {
  test('nobody stands by: nothing is held, the place is everybody’s in the same instant', async () => {
    const holder = await taken();
    world.now = MORNING;
    await ill(holder);
    expect(Math.max(...(await held()))).toBe(0);
    await jobs();
    expect(await rescues()).toEqual([]);
    const next = await family();
    await world.act(next.guardian, bookSlot, { childId: next.childId, groupId, date: DAY, slot: FULL });
    await clean();
  });

  test('all who stand by are asked; the best rank among the answers gets the place, the others are told', async () => {
    const holder = await taken();
    const [first, second, third] = [await stands(), await stands(), await stands()];
    world.now = MORNING;
    await ill(holder);
    await jobs();
    const [rescue] = await rescues();
    expect(rescue).toMatchObject({
      from: 17,
      to: 35,
      closesAt: addMinutes(MORNING, 10),
      freedMinutes: 540,
      closedAt: null,
    });
    for (const each of [first, second, third]) expect(await kindsFor(each.guardian)).toEqual(['rescue']);
    // Held for them: nobody else slips in.
    const other = await family();
    const slip = { childId: other.childId, groupId, date: DAY, slot: FULL };
    expect((await refusalOf(world.act(other.guardian, bookSlot, slip))).reason).toBe('full');

    await say(third, rescue!.id, 'yes');
    await say(second, rescue!.id, 'yes');
    world.now = addMinutes(MORNING, 9);
    await jobs();
    expect((await rescues())[0]!.closedAt).toBeNull();
    world.now = addMinutes(MORNING, 10);
    await jobs();
    expect(await bookingsOf(second.childId)).toMatchObject([{ groupId, date: DAY, from: 17, to: 35 }]);
    expect(await bookingsOf(third.childId)).toEqual([]);
    expect(await kindsFor(second.guardian)).toEqual(['rescue', 'rescue_won']);
    expect(await kindsFor(third.guardian)).toEqual(['rescue', 'rescue_lost']);
    expect(await kindsFor(first.guardian)).toEqual(['rescue']);
    const [closed] = await rescues();
    expect(closed).toMatchObject({ rescuedMinutes: 540 });
    const range = { from: DAY, to: DAY };
    for (const where of [{ centreId }, { regionCode: '75' }])
      expect(await world.database.read((tx) => countRescues(tx, where, range))).toEqual({
        freed: 1,
        taken: 1,
        freedMinutes: 540,
        rescuedMinutes: 540,
        lostMinutes: 0,
      });
    const events = await world.database.read(async (tx) => await tx.db.select().from(tx.t.event));
    expect(events.filter(({ kind }) => kind === 'booking.made').at(-1)!.data).toMatchObject({
      source: 'rescue',
    });
    await clean();
  });

  test('a family that waits for the group comes before one that only stands by', async () => {
    const holder = await taken();
    const early = await family();
    await world.act(early.guardian, joinWaitingList, {
      childId: early.childId,
      pattern: { kind: 'weekly', days: { tue: [17, 35] } },
      startsOn: plainDate('2027-03-01'),
      choices: [groupId],
      minimumMinutesPerWeek: null,
      tolerance: null,
    });
    const other = await stands();
    const { id } = await world.act(early.guardian, standBy, {
      childId: early.childId,
      groupId,
      date: DAY,
      slot: FULL,
      takeUntilMinute: null,
    });
    world.now = MORNING;
    await ill(holder);
    await jobs();
    const [rescue] = await rescues();
    await say(other, rescue!.id, 'yes');
    await say({ ...early, standById: id }, rescue!.id, 'yes');
    await jobs();
    // Both have answered: nothing more is waited for.
    expect((await rescues())[0]!.closedAt).toBe(MORNING);
    expect(await bookingsOf(early.childId)).toHaveLength(1);
    expect(await bookingsOf(other.childId)).toEqual([]);
    await clean();
  });

  test('nobody answers: the hours are everybody’s, and lost', async () => {
    const holder = await taken();
    await stands();
    world.now = MORNING;
    await ill(holder);
    await jobs();
    world.now = addMinutes(MORNING, 10);
    await jobs();
    expect(Math.max(...(await held()))).toBe(0);
    const other = await family();
    await world.act(other.guardian, bookSlot, { childId: other.childId, groupId, date: DAY, slot: FULL });
    expect(
      await world.database.read((tx) => countRescues(tx, { centreId }, { from: DAY, to: DAY })),
    ).toMatchObject({ freed: 1, taken: 0, lostMinutes: 540 });
    await clean();
  });

  test('what was accepted beforehand is decided at once when nobody else is asked, also at night', async () => {
    const holder = await taken();
    const mother = await stands(7 * 60 + 45);
    world.now = instant('2027-02-09T01:00:00.000Z');
    await ill(holder);
    await jobs();
    expect(await bookingsOf(mother.childId)).toMatchObject([{ from: 17, to: 35 }]);
    expect(await kindsFor(mother.guardian)).toEqual(['rescue_won']);
    await clean();
  });

  test('in the quiet hours nobody is asked who has not accepted beforehand', async () => {
    const holder = await taken();
    const asleep = await stands();
    world.now = instant('2027-02-09T01:00:00.000Z');
    await ill(holder);
    await jobs();
    expect(await kindsFor(asleep.guardian)).toEqual([]);
    expect(await rescues()).toEqual([]);
    expect(Math.max(...(await held()))).toBe(0);
    await clean();
  });

  test('an adult whose right has ended has accepted nothing: nobody is sent for', async () => {
    const holder = await taken();
    const mother = await stands(7 * 60 + 45);
    await world.insert(async (tx) => {
      await tx.db
        .update(tx.t.guardianship)
        .set({ endsOn: plainDate('2027-02-08') })
        .where(eq(tx.t.guardianship.childId, mother.childId));
    });
    world.now = instant('2027-02-09T01:00:00.000Z');
    await ill(holder);
    await jobs();
    expect(await bookingsOf(mother.childId)).toEqual([]);
    expect(await rescues()).toEqual([]);
  });

  test('a published roster without the help a child needs, or without staff for it: not asked', async () => {
    const holder = await taken();
    const [nurse, heavy, ordinary] = [await stands(), await stands(), await stands()];
    const all = (value: number | boolean) => Array.from({ length: 48 }, () => value);
    await world.insert(async (tx) => {
      const { child, groupDay } = tx.t;
      await tx.db
        .update(child)
        .set({ skillsNeeded: ['nurse'] })
        .where(eq(child.id, nurse.childId));
      await tx.db.update(child).set({ supportWeight: 300 }).where(eq(child.id, heavy.childId));
      await tx.db
        .update(groupDay)
        .set({ capacity: [all(200)] as never, skillsOnDuty: {} })
        .where(eq(groupDay.date, DAY));
    });
    world.now = MORNING;
    await ill(holder);
    await jobs();
    const [rescue] = await rescues();
    expect((await answersOf(rescue!.id)).map((each) => each.childId)).toEqual([ordinary.childId]);
  });

  test('a runner that was down: what has begun is offered from now on, a promise that is over is not kept', async () => {
    const holder = await taken();
    const promised = await stands(7 * 60 + 55);
    const mother = await stands();
    world.now = MORNING;
    await ill(holder);
    await jobs();
    const [rescue] = await rescues();
    expect((await answersOf(rescue!.id)).map((each) => each.answer)).toEqual(['beforehand', null]);
    await say(mother, rescue!.id, 'yes');
    world.now = instant('2027-02-09T04:10:00.000Z');
    await jobs();
    expect(await bookingsOf(promised.childId)).toEqual([]);
    expect(await bookingsOf(mother.childId)).toMatchObject([{ from: 19, to: 35 }]);
    await clean();
  });

  test('too late for its own time, a family is asked like the others', async () => {
    const holder = await taken();
    const mother = await stands(7 * 60 + 45);
    world.now = MORNING;
    await ill(holder);
    await jobs();
    const [rescue] = await rescues();
    expect(await answersOf(rescue!.id)).toMatchObject([{ answer: null }]);
    expect(await kindsFor(mother.guardian)).toEqual(['rescue']);
  });

  test('no stay begins before the window and the way to the centre are over', async () => {
    const holder = await taken();
    const far = await stands();
    await world.act(far.guardian, setWorkday, {
      pattern: { kind: 'weekly', days: { tue: [18, 36] } },
      commuteMinutes: 60,
    });
    world.now = MORNING;
    await ill(holder);
    await jobs();
    const [rescue] = await rescues();
    await say(far, rescue!.id, 'yes');
    world.now = addMinutes(MORNING, 10);
    await jobs();
    // 07:40 at once, as the one asked has answered, and an hour's way: 09:00 is the next half-hour.
    expect(await bookingsOf(far.childId)).toMatchObject([{ from: 18, to: 35 }]);
    expect((await rescues())[0]).toMatchObject({ freedMinutes: 540, rescuedMinutes: 510 });
    await clean();
  });

  test('with less than four hours left nobody is asked', async () => {
    const holder = await taken();
    await stands();
    world.now = instant('2027-02-09T08:30:00.000Z');
    await ill(holder);
    await jobs();
    expect(await rescues()).toEqual([]);
    expect(Math.max(...(await held()))).toBe(0);
  });

  test('tomorrow’s hours have a longer window; later ones are for the waiting list alone', async () => {
    const holder = await taken();
    const later = await taken(FULL, addDays(DAY, 2));
    await stands();
    await stands(null, FULL, addDays(DAY, 2));
    world.now = instant('2027-02-08T10:00:00.000Z');
    await ill(holder);
    await ill(later);
    await jobs();
    expect((await rescues())[0]!.closesAt).toBe(addMinutes(world.now, 60));
    expect(await rescues(addDays(DAY, 2))).toEqual([]);
    await clean();
  });

  test('two stays freed: one question, one answer, each place to another family', async () => {
    const two = await world.group(centreId, { room: 2 });
    groupId = two;
    const [a, b] = [await taken(), await taken()];
    const [first, second, third] = [await stands(), await stands(), await stands()];
    world.now = MORNING;
    await ill(a);
    await jobs();
    await say(first, (await rescues())[0]!.id, 'yes');
    world.now = addMinutes(MORNING, 2);
    await ill(b);
    await jobs();
    const open = await rescues();
    expect(open).toHaveLength(2);
    for (const each of [first, second, third]) expect(await kindsFor(each.guardian)).toEqual(['rescue']);
    await say(second, open[0]!.id, 'yes');
    world.now = addMinutes(MORNING, 12);
    await jobs();
    expect(await bookingsOf(first.childId)).toHaveLength(1);
    expect(await bookingsOf(second.childId)).toHaveLength(1);
    expect(await kindsFor(second.guardian)).toEqual(['rescue', 'rescue_won']);
    await clean();
  });

  test('what is kept for one question is not offered in another', async () => {
    groupId = await world.group(centreId, { room: 2 });
    const [whole, morning] = [await taken(), await taken({ from: 17, to: 25 })];
    await taken({ from: 25, to: 35 });
    await stands();
    world.now = MORNING;
    await ill(whole);
    await ill(morning);
    await jobs();
    // The family wants the whole day, and only one place is free all day.
    expect((await rescues()).map(({ from, to }) => [from, to])).toEqual([[17, 35]]);
    await clean();
  });

  test('a child that needs what is not there is not asked', async () => {
    const holder = await taken();
    const mother = await stands();
    await world.insert(async (tx) => {
      await tx.db.update(tx.t.child).set({ birthDate: plainDate('2003-01-01') });
    });
    world.now = MORNING;
    await ill(holder);
    await jobs();
    expect(await kindsFor(mother.guardian)).toEqual([]);
    expect(await rescues()).toEqual([]);
  });

  test('answers of strangers, twice, changed, and too late', async () => {
    const holder = await taken();
    const [mother, other] = [await stands(), await stands()];
    world.now = MORNING;
    await ill(holder);
    await jobs();
    const [rescue] = await rescues();
    const stranger = await family();
    const forged = { rescueId: rescue!.id, standById: mother.standById, answer: 'yes' as const };
    expect((await refusalOf(world.act(stranger.guardian, answerRescue, forged))).reason).toBe('missing');
    expect(
      (await refusalOf(world.act(mother.guardian, answerRescue, { ...forged, standById: 999_999 }))).reason,
    ).toBe('missing');
    await say(mother, rescue!.id, 'yes');
    await say(mother, rescue!.id, 'no');
    expect((await answersOf(rescue!.id))[0]).toMatchObject({ answer: 'no' });
    await world.act(other.guardian, endStandBy, { standById: other.standById });
    expect((await refusalOf(say(other, rescue!.id, 'yes'))).reason).toBe('not_waiting');
    world.now = addMinutes(MORNING, 10);
    expect((await refusalOf(say(mother, rescue!.id, 'yes'))).reason).toBe('expired');
    await jobs();
    expect((await refusalOf(say(mother, rescue!.id, 'yes'))).reason).toBe('expired');
    expect(await world.act(SYSTEM, closeRescue, { rescueId: rescue!.id })).toBe(false);
    await clean();
  });

  test('the child is booked elsewhere meanwhile: the next best comes', async () => {
    const holder = await taken();
    const [first, second, silent] = [await stands(), await stands(), await stands()];
    const elsewhere = await world.group(centreId);
    world.now = MORNING;
    await ill(holder);
    await jobs();
    const [rescue] = await rescues();
    await say(first, rescue!.id, 'yes');
    await say(second, rescue!.id, 'yes');
    const wish = { childId: first.childId, groupId: elsewhere, date: DAY, slot: FULL };
    await world.act(first.guardian, bookSlot, wish);
    world.now = addMinutes(MORNING, 10);
    await jobs();
    expect(await bookingsOf(second.childId)).toHaveLength(1);
    expect(await bookingsOf(first.childId)).toMatchObject([{ groupId: elsewhere }]);
    expect(await kindsFor(silent.guardian)).toEqual(['rescue']);
    await clean();
  });
});
