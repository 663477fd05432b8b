import { and, eq, lt } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { addDays, datesBetween, plainDate, type PlainDate } from '../../src/domain/calendar.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import { listStandingShifts } from '../../src/data/standing-shifts.ts';
import { bookSlot } from '../../src/use-cases/bookings.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { MONDAY, slot, TUESDAY, WEDNESDAY } from '../support/centre-stage.ts';
import { refusalOf } from '../support/refusals.ts';
import { addStaff, RosterStage, shift } from '../support/roster-stage.ts';

const rulesOf = ({ details }: Refusal) =>
  (details['findings'] as { rule: string; date: string }[]).map(({ rule, date }) => `${rule} ${date}`);

describe('a published roster', () => {
  test('makes the places of its days at once: capacity, skills, minutes', async () => {
    await using at = await RosterStage.create();
    const [tutor, nurse] = [await at.staff({ post: 'tutor' }), await at.staff({ post: 'nurse' })];
    const done = await at.published(MONDAY, MONDAY, [
      shift(tutor, MONDAY, at.groupId),
      shift(nurse, MONDAY, at.groupId, { from: 20, to: 37, breakFrom: 28 }),
    ]);
    expect(done).toMatchObject({ days: 1, groupDays: 1, shortages: [], told: 0 });
    const day = await at.storedDay(MONDAY);
    expect(day.rosterId).toBe(done.id);
    // Two levels with a norm: 4 of any staff, 8 of one qualified. One until 10:00, two until the tutor's break at 12:00.
    const [any, qualified] = day.capacity!;
    expect([16, 19, 20, 24, 25, 28, 29, 33, 36, 37].map((half) => any![half])).toEqual([
      400, 400, 800, 400, 800, 400, 800, 400, 400, 0,
    ]);
    expect(qualified![20]).toBe(1600);
    // The norm counts a half-hour's break as on call.
    expect([19, 20, 28, 36, 37].map((half) => day.skillsOnDuty!['nurse']![half])).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
    expect(day.rosteredPlaceMinutes).toBe(8 * 21 * 30);
    expect(day.staffedMinutes).toBe((4 * 21 + 4 * 11) * 30);
    expect((await at.storedDay(TUESDAY)).capacity).toBeNull();
    expect(await checkData(at.world.database, at.world.now)).toEqual([]);
  });

  test('bounds new bookings in the same instant, by staff and by skills', async () => {
    await using at = await RosterStage.create();
    const tutor = await at.staff({ post: 'tutor' });
    for (let child = 0; child < 3; child++) await at.book(MONDAY, slot('08:30', '16:00'));
    await at.published(MONDAY, MONDAY, [shift(tutor, MONDAY, at.groupId, { breakFrom: 31 })]);
    // 08:00–15:30 carries four; then the tutor rests and nobody is there.
    const fourth = await at.book(MONDAY, slot('08:30', '15:30'));
    expect(fourth).toBeGreaterThan(0);
    expect((await refusalOf(at.book(MONDAY, slot('08:30', '15:30')))).reason).toBe('full');
    const childId = await at.world.child(at.mother, { skillsNeeded: ['nurse'] });
    const wish = { childId, groupId: at.groupId, date: MONDAY, slot: slot('08:00', '12:00') };
    expect((await refusalOf(at.world.act(at.mother, bookSlot, wish))).reason).toBe('skill_missing');
  });

  test('cancels nothing where staff are too few: the shortage is listed with its half-hours and children', async () => {
    await using at = await RosterStage.create();
    const tutor = await at.staff({ post: 'tutor' });
    const early: number[] = [];
    for (let child = 0; child < 5; child++) {
      const childId = await at.world.child(at.mother);
      await at.book(MONDAY, child === 0 ? slot('08:00', '13:00') : slot('09:00', '13:00'), { childId });
      early.push(childId);
    }
    const done = await at.published(MONDAY, MONDAY, [shift(tutor, MONDAY, at.groupId, { breakFrom: 30 })]);
    expect(done.shortages).toEqual([
      {
        groupId: at.groupId,
        date: MONDAY,
        halfHours: [18, 19, 20, 21, 22, 23, 24, 25],
        childIds: early,
        skills: [],
      },
    ]);
    expect((await at.storedDay(MONDAY)).bookedMinutes).toBe((10 + 4 * 8) * 30);
    expect(await checkData(at.world.database, at.world.now)).toEqual([]);
  });

  test('tells a family once which days are firm and which at risk, and again only of what changed', async () => {
    await using at = await RosterStage.create();
    const tutor = await at.staff({ post: 'tutor' });
    const childId = await at.world.child(at.mother);
    for (const date of [MONDAY, TUESDAY, WEDNESDAY]) await at.book(date, slot('08:30', '15:30'), { childId });
    const day = (date: typeof MONDAY) => shift(tutor, date, at.groupId, { breakFrom: 31 });
    const first = await at.published(MONDAY, TUESDAY, [{ ...day(MONDAY), breakFrom: 24 }, day(TUESDAY)]);
    expect(first.told).toBe(1);
    const [message] = await at.messages();
    expect(message![0]).toBe('roster_at_risk');
    expect(message![1]).toMatchObject({ firmDays: '09.02', riskDays: '08.02', centreRu: 'Мерей' });
    const second = await at.published(MONDAY, WEDNESDAY, [MONDAY, TUESDAY, WEDNESDAY].map(day));
    expect(second.told).toBe(1);
    expect((await at.messages()).at(-1)).toMatchObject([
      'roster_firm',
      { firmDays: '08.02, 10.02', riskDays: '–', bookings: 2 },
    ]);
    const third = await at.published(MONDAY, WEDNESDAY, [MONDAY, TUESDAY, WEDNESDAY].map(day));
    expect(third.told).toBe(0);
  });

  test('takes the days of an earlier one over; the others stay with it', async () => {
    await using at = await RosterStage.create();
    const [one, two] = [await at.staff(), await at.staff()];
    const first = await at.published(MONDAY, TUESDAY, [
      shift(one, MONDAY, at.groupId),
      shift(one, TUESDAY, at.groupId),
    ]);
    const second = await at.published(TUESDAY, TUESDAY, [shift(two, TUESDAY, at.groupId)]);
    expect((await at.storedDay(MONDAY)).rosterId).toBe(first.id);
    expect((await at.storedDay(TUESDAY)).rosterId).toBe(second.id);
    const standing = await at.world.database.read((tx) =>
      listStandingShifts(tx, { centreId: at.centreId, from: MONDAY, to: WEDNESDAY }),
    );
    expect(standing.map(({ staffId, date }) => [staffId, date])).toEqual([
      [one, MONDAY],
      [two, TUESDAY],
    ]);
  });
});

describe('a roster is refused', () => {
  test('as stale when a colleague published on its days, edited it, or published it meanwhile', async () => {
    await using at = await RosterStage.create();
    const tutor = await at.staff();
    const mine = await at.draft(MONDAY, TUESDAY, [shift(tutor, MONDAY, at.groupId)]);
    const theirs = await at.draft(TUESDAY, WEDNESDAY, [shift(tutor, TUESDAY, at.groupId)]);
    expect((await refusalOf(at.publish(mine, at.admin, 2))).reason).toBe('stale');
    await at.publish(theirs, at.admin, 1);
    expect((await refusalOf(at.publish(mine))).reason).toBe('stale');
    expect((await at.storedDay(MONDAY)).capacity).toBeNull();
    expect((await refusalOf(at.publish(theirs))).reason).toBe('stale');
  });

  test('as stale when a shift on its days was covered or swapped meanwhile; one on other days hinders nobody', async () => {
    await using at = await RosterStage.create();
    const [tutor, other] = [await at.staff(), await at.staff()];
    const standing = [MONDAY, TUESDAY].map((date) => shift(tutor, date, at.groupId));
    await at.published(MONDAY, TUESDAY, standing);
    const draft = () => at.draft(TUESDAY, WEDNESDAY, [shift(tutor, TUESDAY, at.groupId)]);
    const [first, second] = [await draft(), await draft()];
    const hand = (date: typeof MONDAY) =>
      at.world.insert(async (tx) => {
        const { shift: s } = tx.t;
        await tx.db
          .update(s)
          .set({ staffId: other })
          .where(and(eq(s.date, date), eq(s.staffId, tutor), lt(s.rosterId, first)));
      });
    await hand(TUESDAY);
    expect((await refusalOf(at.publish(first))).reason).toBe('stale');
    const third = await draft();
    await hand(MONDAY);
    await at.publish(third);
    expect((await refusalOf(at.publish(second))).reason).toBe('stale');
  });

  test('with every rule that its shifts break, and nothing is written', async () => {
    await using at = await RosterStage.create();
    const [tired, ill, lapsed] = [
      await at.staff(),
      await at.staff(),
      await at.staff({ medicalBookUntil: '2027-02-07' as typeof MONDAY }),
    ];
    await at.world.insert(async (tx) => {
      await tx.db.insert(tx.t.staffLeave).values({ staffId: ill, startsOn: MONDAY, endsOn: MONDAY });
    });
    const draft = await at.draft(MONDAY, TUESDAY, [
      shift(tired, MONDAY, at.groupId, { from: 22, to: 39, breakFrom: 30 }),
      shift(tired, TUESDAY, at.groupId, { from: 14, to: 31, breakFrom: null }),
      shift(ill, MONDAY, at.groupId),
      shift(lapsed, TUESDAY, at.groupId),
    ]);
    const refused = await refusalOf(at.publish(draft));
    expect(refused.reason).toBe('illegal_shifts');
    expect(rulesOf(refused).toSorted()).toEqual([
      `break ${TUESDAY}`,
      `day_minutes ${TUESDAY}`,
      `leave ${MONDAY}`,
      `overtime_consent ${TUESDAY}`,
      `papers ${TUESDAY}`,
      `rest ${TUESDAY}`,
    ]);
    expect((await at.storedDay(MONDAY)).rosterId).toBeNull();
  });

  test('when overtime of weeks ago leaves none of the month', async () => {
    await using at = await RosterStage.create();
    const willing = await at.staff({ overtimeConsentOn: plainDate('2026-01-01') });
    const long = (date: PlainDate) => shift(willing, date, at.groupId, { from: 16, to: 37 });
    const friday = addDays(MONDAY, 4);
    await at.published(MONDAY, friday, datesBetween(MONDAY, friday).map(long));
    const [wednesday, thursday] = [addDays(MONDAY, 16), addDays(MONDAY, 17)];
    const draft = await at.draft(wednesday, thursday, [long(wednesday), long(thursday)]);
    expect(rulesOf(await refusalOf(at.publish(draft)))).toEqual([`overtime_month ${thursday}`]);
  });

  test('when a person would be at two centres at once', async () => {
    await using at = await RosterStage.create();
    const { world } = at;
    const person = await world.person('centre_staff', { centreId: at.centreId });
    const other = await world.centre({ name: 'Басқа' });
    const group = await world.group(other);
    const admin = await world.person('centre_admin', { centreId: other });
    const [here, there] = [
      await at.staff({ personId: person.personId }),
      await addStaff(world, other, { personId: person.personId, weeklyMinutes: 1200 }),
    ];
    await at.published(MONDAY, MONDAY, [
      shift(here, MONDAY, at.groupId, { from: 16, to: 24, breakFrom: null }),
    ]);
    const overlapping = await at.draft(
      MONDAY,
      MONDAY,
      [shift(there, MONDAY, group, { from: 23, to: 31, breakFrom: null })],
      other,
    );
    expect(rulesOf(await refusalOf(at.publish(overlapping, admin)))).toEqual([`at_two_centres ${MONDAY}`]);
    const after = await at.draft(
      MONDAY,
      MONDAY,
      [shift(there, MONDAY, group, { from: 24, to: 32, breakFrom: null })],
      other,
    );
    expect((await at.publish(after, admin)).days).toBe(1);
  });

  test('for whoever does not administer the centre, and for days gone', async () => {
    await using at = await RosterStage.create();
    const { world } = at;
    const draft = await at.draft(MONDAY, MONDAY, []);
    const stranger = await world.person('centre_admin', { centreId: await world.centre() });
    const staff = await world.person('centre_staff', { centreId: at.centreId });
    expect((await refusalOf(at.publish(draft, stranger))).reason).toBe('missing');
    expect((await refusalOf(at.publish(draft, staff))).reason).toBe('forbidden');
    expect((await refusalOf(at.publish(99_999))).reason).toBe('missing');
    const gone = await at.draft('2027-02-01' as typeof MONDAY, '2027-02-02' as typeof MONDAY, []);
    expect((await refusalOf(at.publish(gone))).reason).toBe('past');
  });
});

test('a late publication is a warning', async () => {
  await using at = await RosterStage.create();
  const tutor = await at.staff();
  const done = await at.published(MONDAY, MONDAY, [shift(tutor, MONDAY, at.groupId)]);
  expect(done.warnings).toEqual([{ rule: 'notice', staffId: null, date: MONDAY, is: 5, most: 10 }]);
});
