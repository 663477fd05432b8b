import { describe, expect, test } from 'vitest';
import { instant, plainDate } from '../../src/domain/calendar.ts';
import type { Actor } from '../../src/domain/people.ts';
import { Refusal } from '../../src/domain/refusal.ts';
import { parseTime, type Slot } from '../../src/domain/slots.ts';
import { findBooking } from '../../src/data/bookings.ts';
import { findDays } from '../../src/data/group-days.ts';
import { reportAbsence } from '../../src/use-cases/absences.ts';
import { recordArrival, recordDeparture } from '../../src/use-cases/attendance.ts';
import { bookSlot, changeBooking } from '../../src/use-cases/bookings.ts';
import { cancelBooking } from '../../src/use-cases/cancellations.ts';
import { World } from '../support/world.ts';

export const slot = (from: string, to: string): Slot => ({ from: parseTime(from)!, to: parseTime(to)! });
const FULL_DAY = slot('08:30', '17:30');
const TUESDAY = plainDate('2027-02-09');

async function refusalOf(promise: Promise<unknown>): Promise<{ reason: string; fullAt?: readonly string[] }> {
  const error = await promise.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  if (!(error instanceof Refusal)) throw new Error('expected a refusal', { cause: error });
  return { reason: error.reason, ...(error.details.fullAt && { fullAt: error.details.fullAt }) };
}

async function dayOf(world: World, groupId: number, date = TUESDAY) {
  const [day] = await world.database.read((tx) => findDays(tx, { groupId, from: date, to: date }));
  return day!;
}

describe('booking a slot', () => {
  test('takes the half-hours of the day, and the next child is refused exactly where the room is full', async () => {
    await using world = await World.create();
    const centre = await world.centre();
    const groupId = await world.group(centre, { room: 1 });
    const mother = await world.guardian();
    const [first, second] = [await world.child(mother), await world.child(mother)];
    const { id } = await world.act(mother, bookSlot, {
      childId: first,
      groupId,
      date: TUESDAY,
      slot: slot('08:00', '12:30'),
    });
    const day = await dayOf(world, groupId);
    expect(day.booked.map((heads, at) => [heads, at]).filter(([heads]) => heads === 1)).toHaveLength(9);
    expect(await world.database.read((tx) => findBooking(tx, id))).toMatchObject({
      state: 'booked',
      from: 16,
      to: 25,
      weight: 100,
    });
    const refused = await refusalOf(
      world.act(mother, bookSlot, { childId: second, groupId, date: TUESDAY, slot: slot('11:30', '16:00') }),
    );
    expect(refused).toEqual({ reason: 'full', fullAt: ['11:30', '12:00'] });
    await world.act(mother, bookSlot, {
      childId: second,
      groupId,
      date: TUESDAY,
      slot: slot('12:30', '17:00'),
    });
    expect((await dayOf(world, groupId)).booked.every((heads) => heads <= 1)).toBe(true);
  });

  test.each([
    ['too_short', '08:30', '12:00'],
    ['too_long', '08:00', '18:30'],
    ['outside_hours', '07:30', '12:00'],
    ['outside_hours', '12:00', '19:00'],
  ])('%s: %s–%s', async (reason, from, to) => {
    await using world = await World.create();
    const groupId = await world.group(await world.centre());
    const mother = await world.guardian();
    const childId = await world.child(mother);
    expect(
      await refusalOf(world.act(mother, bookSlot, { childId, groupId, date: TUESDAY, slot: slot(from, to) })),
    ).toEqual({ reason });
  });

  test.each([
    ['past', '2027-02-02'],
    ['past', '2027-02-03'],
    ['closed', '2027-02-13'],
    ['closed', '2027-03-08'],
    ['beyond_horizon', '2028-04-03'],
  ])('%s on %s', async (reason, date) => {
    await using world = await World.create();
    const groupId = await world.group(await world.centre());
    const mother = await world.guardian();
    const childId = await world.child(mother);
    expect(
      await refusalOf(
        world.act(mother, bookSlot, { childId, groupId, date: plainDate(date), slot: FULL_DAY }),
      ),
    ).toEqual({ reason });
  });

  test('eligibility: category, age at the date, stated skills, enrolment', async () => {
    await using world = await World.create();
    const centre = await world.centre();
    const mother = await world.guardian();
    const childId = await world.child(mother, {
      birthDate: plainDate('2025-08-10'),
      skillsNeeded: ['nurse'],
    });
    const book = (groupId: number, date = TUESDAY) =>
      refusalOf(world.act(mother, bookSlot, { childId, groupId, date, slot: FULL_DAY }));
    expect(await book(await world.group(centre, { category: 'child_musculoskeletal' }))).toEqual({
      reason: 'wrong_category',
    });
    const young = await world.group(centre, { skills: ['nurse'] });
    expect(await book(young)).toEqual({ reason: 'too_young' });
    await world.act(mother, bookSlot, {
      childId,
      groupId: young,
      date: plainDate('2027-02-10'),
      slot: FULL_DAY,
    });
    expect(await book(await world.group(centre, { fromAgeMonths: 0, toAgeMonths: 17 }))).toEqual({
      reason: 'too_old',
    });
    expect(await book(await world.group(centre, { fromAgeMonths: 0, skills: [] }))).toEqual({
      reason: 'skill_missing',
    });
    expect(await book(await world.group(centre, { fromAgeMonths: 0, admission: 'enrolled' }))).toEqual({
      reason: 'not_enrolled',
    });
  });

  test('one booking a day, whatever the group', async () => {
    await using world = await World.create();
    const centre = await world.centre();
    const [one, two] = [await world.group(centre), await world.group(centre)];
    const mother = await world.guardian();
    const childId = await world.child(mother);
    await world.act(mother, bookSlot, { childId, groupId: one, date: TUESDAY, slot: slot('08:00', '12:00') });
    expect(
      await refusalOf(
        world.act(mother, bookSlot, { childId, groupId: two, date: TUESDAY, slot: slot('13:00', '17:00') }),
      ),
    ).toEqual({ reason: 'already_booked' });
  });

  test("another family's child and an absent one are the same missing; so is a foreign centre's group to staff", async () => {
    await using world = await World.create();
    const centre = await world.centre();
    const groupId = await world.group(centre);
    const [mother, stranger] = [await world.guardian(), await world.guardian()];
    const childId = await world.child(mother);
    const wish = { groupId, date: TUESDAY, slot: FULL_DAY };
    expect(await refusalOf(world.act(stranger, bookSlot, { ...wish, childId }))).toEqual({
      reason: 'missing',
    });
    expect(await refusalOf(world.act(stranger, bookSlot, { ...wish, childId: 999_999 }))).toEqual({
      reason: 'missing',
    });
    const foreign = await world.person('centre_admin', { centreId: await world.centre() });
    expect(await refusalOf(world.act(foreign, bookSlot, { ...wish, childId }))).toEqual({
      reason: 'missing',
    });
  });

  test('late after the deadline, locked for families where the centre says so, never for staff', async () => {
    await using world = await World.create();
    const [open, strict] = [await world.centre(), await world.centre({ lateChanges: 'staff_only' })];
    const [easy, hard] = [await world.group(open), await world.group(strict)];
    const mother = await world.guardian();
    const [one, two] = [await world.child(mother), await world.child(mother)];
    // Wednesday 3 February is after Monday 1 February 18:00, the deadline for the week from 8 February.
    expect(
      await world.act(mother, bookSlot, { childId: one, groupId: easy, date: TUESDAY, slot: FULL_DAY }),
    ).toMatchObject({ late: true });
    expect(
      await world.act(mother, bookSlot, {
        childId: one,
        groupId: easy,
        date: plainDate('2027-02-16'),
        slot: FULL_DAY,
      }),
    ).toMatchObject({ late: false });
    expect(
      await refusalOf(
        world.act(mother, bookSlot, { childId: two, groupId: hard, date: TUESDAY, slot: FULL_DAY }),
      ),
    ).toEqual({ reason: 'locked' });
    const { id } = await world.act(mother, bookSlot, {
      childId: two,
      groupId: hard,
      date: plainDate('2027-02-16'),
      slot: FULL_DAY,
    });
    const staff = await world.person('centre_staff', { centreId: strict });
    await world.act(staff, bookSlot, { childId: two, groupId: hard, date: TUESDAY, slot: FULL_DAY });
    await world.act(mother, cancelBooking, { bookingId: id });
  });

  test('a repeated key gives the first answer; with another body it is refused', async () => {
    await using world = await World.create();
    const groupId = await world.group(await world.centre());
    const mother = await world.guardian();
    const childId = await world.child(mother);
    const wish = { childId, groupId, date: TUESDAY, slot: FULL_DAY };
    const operation = world.operation('tap');
    const first = await world.act(mother, bookSlot, wish, operation);
    expect(await world.act(mother, bookSlot, wish, operation)).toEqual(first);
    expect(await refusalOf(world.act(mother, bookSlot, wish, { ...operation, bodyHash: 'other' }))).toEqual({
      reason: 'key_reused',
    });
  });
});

describe('changing, cancelling, absence', () => {
  async function booked(
    now?: string,
  ): Promise<{ world: World; mother: Actor; groupId: number; centre: number; childId: number; id: number }> {
    const world = await World.create(now ? { now: instant(now) } : {});
    const centre = await world.centre();
    const groupId = await world.group(centre, { room: 1 });
    const mother = await world.guardian();
    const childId = await world.child(mother);
    const { id } = await world.act(mother, bookSlot, {
      childId,
      groupId,
      date: TUESDAY,
      slot: slot('08:30', '16:30'),
    });
    return { world, mother, groupId, centre, childId, id };
  }

  test('moves within the day over its own half-hours, and to another day under the same id', async () => {
    const { world, mother, groupId, id } = await booked();
    await using _ = world;
    await world.act(mother, changeBooking, { bookingId: id, slot: slot('09:00', '17:00') });
    expect((await dayOf(world, groupId)).booked[33]).toBe(1);
    await world.act(mother, changeBooking, {
      bookingId: id,
      date: plainDate('2027-02-10'),
      slot: slot('09:00', '17:00'),
    });
    expect((await dayOf(world, groupId)).booked.some((heads) => heads > 0)).toBe(false);
    expect((await dayOf(world, groupId, plainDate('2027-02-10'))).booked[18]).toBe(1);
  });

  test('a full target leaves the old booking as it was', async () => {
    const { world, mother, groupId, id } = await booked();
    await using _ = world;
    const other = await world.child(mother);
    await world.act(mother, bookSlot, {
      childId: other,
      groupId,
      date: plainDate('2027-02-10'),
      slot: slot('08:30', '16:30'),
    });
    const refused = await refusalOf(
      world.act(mother, changeBooking, {
        bookingId: id,
        date: plainDate('2027-02-10'),
        slot: slot('12:30', '16:30'),
      }),
    );
    expect(refused.reason).toBe('full');
    expect(await world.database.read((tx) => findBooking(tx, id))).toMatchObject({
      date: TUESDAY,
      from: 17,
      to: 33,
    });
  });

  test('cancelling frees what has not elapsed; a repeat is answered; a cancelled booking cannot be changed', async () => {
    const { world, mother, groupId, id } = await booked();
    await using _ = world;
    world.now = instant('2027-02-09T05:10:00.000Z'); // 10:10 in Almaty
    await world.act(mother, cancelBooking, { bookingId: id });
    const day = await dayOf(world, groupId);
    expect([day.booked[17], day.booked[20], day.booked[21], day.booked[32]]).toEqual([1, 1, 0, 0]);
    expect(await world.act(mother, cancelBooking, { bookingId: id })).toEqual({ id });
    expect(
      await refusalOf(world.act(mother, changeBooking, { bookingId: id, slot: slot('08:30', '15:00') })),
    ).toEqual({ reason: 'stale' });
    const other = await world.child(mother);
    await world.act(mother, bookSlot, {
      childId: other,
      groupId,
      date: TUESDAY,
      slot: slot('10:30', '16:30'),
    });
  });

  test('a stay that has begun keeps its beginning; its end may move, not into the past', async () => {
    const { world, mother, id } = await booked();
    await using _ = world;
    world.now = instant('2027-02-09T08:10:00.000Z'); // 13:10
    expect(
      await refusalOf(world.act(mother, changeBooking, { bookingId: id, slot: slot('09:00', '16:30') })),
    ).toEqual({ reason: 'past' });
    expect(
      await refusalOf(world.act(mother, changeBooking, { bookingId: id, slot: slot('08:30', '13:00') })),
    ).toEqual({ reason: 'past' });
    await world.act(mother, changeBooking, { bookingId: id, slot: slot('08:30', '17:30') });
    expect(await world.database.read((tx) => findBooking(tx, id))).toMatchObject({ to: 35 });
  });

  test('absence frees the place; a no-show marked later stays booked and is not attended', async () => {
    const { world, mother, groupId, centre, id, childId } = await booked();
    await using _ = world;
    await world.act(mother, reportAbsence, { bookingId: id, kind: 'illness' });
    expect((await dayOf(world, groupId)).booked[20]).toBe(0);
    expect(await world.database.read((tx) => findBooking(tx, id))).toMatchObject({
      state: 'absent',
      absence: 'illness',
    });
    const again = await world.act(mother, bookSlot, {
      childId,
      groupId,
      date: TUESDAY,
      slot: slot('08:30', '16:30'),
    });
    world.now = instant('2027-02-10T05:00:00.000Z');
    const staff = await world.person('centre_staff', { centreId: centre });
    await world.act(staff, reportAbsence, { bookingId: again.id, kind: 'unexcused' });
    expect((await dayOf(world, groupId)).booked[20]).toBe(1);
    expect(
      await refusalOf(world.act(mother, reportAbsence, { bookingId: again.id, kind: 'excused' })),
    ).toEqual({ reason: 'forbidden' });
  });

  test('arrival and departure: repeated → first answer; leaving early frees the rest', async () => {
    const { world, mother, groupId, centre, id } = await booked();
    await using _ = world;
    const staff = await world.person('centre_staff', { centreId: centre });
    expect(await refusalOf(world.act(staff, recordDeparture, { bookingId: id, collectorId: null }))).toEqual({
      reason: 'not_arrived',
    });
    world.now = instant('2027-02-09T03:32:20.000Z'); // 08:32
    expect(await refusalOf(world.act(mother, recordArrival, { bookingId: id }))).toEqual({
      reason: 'forbidden',
    });
    const arrived = await world.act(staff, recordArrival, { bookingId: id });
    world.now = instant('2027-02-09T08:05:00.000Z'); // 13:05
    expect(await world.act(staff, recordArrival, { bookingId: id })).toEqual(arrived);
    expect(await refusalOf(world.act(mother, cancelBooking, { bookingId: id }))).toEqual({ reason: 'stale' });
    const stranger = await world.guardian();
    expect(
      await refusalOf(world.act(staff, recordDeparture, { bookingId: id, collectorId: stranger.personId })),
    ).toEqual({ reason: 'invalid' });
    const left = await world.act(staff, recordDeparture, { bookingId: id, collectorId: mother.personId });
    expect(left.departedAt).toBe(world.now);
    const day = await dayOf(world, groupId);
    expect([day.booked[26], day.booked[27]]).toEqual([1, 0]);
  });
});
