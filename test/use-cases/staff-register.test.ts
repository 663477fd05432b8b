import { describe, expect, test } from 'vitest';
import { addDays, plainDate } from '../../src/domain/calendar.ts';
import { lapseOf, paperWarnings } from '../../src/domain/lapses.ts';
import { findStaff, listLeaveOf } from '../../src/data/staff.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { conflictsOf, decideLeave, requestLeave } from '../../src/use-cases/leave.ts';
import {
  addStaff,
  changeRosterSettings,
  changeStaff,
  type StaffEntry,
} from '../../src/use-cases/staff-register.ts';
import { MONDAY, slot, TUESDAY, WEDNESDAY } from '../support/centre-stage.ts';
import { refusalOf } from '../support/refusals.ts';
import { LONG_DAYS, RosterStage, shift } from '../support/roster-stage.ts';

const ENTRY: StaffEntry = {
  name: 'Synthetic Tutor',
  post: 'tutor',
  weeklyMinutes: 2400,
  daysPerWeek: 5,
  summedTime: false,
  overtimeConsentOn: null,
  overtimeBarred: false,
  skills: [],
  availability: LONG_DAYS,
  preferences: {},
  startsOn: plainDate('2026-01-01'),
  endsOn: null,
  medicalBookUntil: plainDate('2027-12-31'),
  backgroundCheckedOn: null,
  backgroundCheckUntil: null,
  attestation: null,
  attestedOn: null,
  attestationDueOn: null,
  qualifications: [],
};

/** A nurse and a tutor on Monday to Wednesday; six children on Wednesday, one of whom needs the nurse. */
async function stage() {
  const at = await RosterStage.create();
  const nurse = await at.staff({ post: 'nurse' });
  const tutor = await at.staff({ post: 'tutor' });
  for (let child = 0; child < 6; child++) {
    const childId = await at.world.child(at.mother, child === 0 ? { skillsNeeded: ['nurse'] } : {});
    await at.book(WEDNESDAY, slot('09:00', '13:00'), { childId });
  }
  const shifts = [MONDAY, TUESDAY, WEDNESDAY].flatMap((date) => [
    shift(nurse, date, at.groupId, { breakFrom: 28 }),
    shift(tutor, date, at.groupId, { breakFrom: 27 }),
  ]);
  const done = await at.published(MONDAY, WEDNESDAY, shifts);
  expect(done.shortages).toEqual([]);
  const sound = async () => expect(await checkData(at.world.database, at.world.now)).toEqual([]);
  return { at, nurse, tutor, sound };
}

describe('leave', () => {
  test('shows before approval whom it leaves without a nurse, counts from approval, and comes back on withdrawal', async () => {
    const { at, nurse, sound } = await stage();
    await using _ = at;
    const { world, admin } = at;
    const wish = { staffId: nurse, startsOn: TUESDAY, endsOn: addDays(WEDNESDAY, 1), kind: 'sick' as const };
    const { id } = await world.act(admin, requestLeave, wish);
    const seen = await world.database.read((tx) => conflictsOf(tx, wish, world));
    expect(seen).toEqual([{ date: WEDNESDAY, skill: 'nurse', children: 6, halfHours: 8 }]);
    expect((await at.storedDay(WEDNESDAY)).skillsOnDuty!['nurse']![20]).toBe(true);
    const before = await at.storedDay(WEDNESDAY);
    const done = await world.act(admin, decideLeave, { staffId: nurse, leaveId: id, outcome: 'approved' });
    expect(done).toMatchObject({ days: 2, told: 1 });
    expect(done.shortages).toMatchObject([{ date: WEDNESDAY, skills: ['nurse'] }]);
    const after = await at.storedDay(WEDNESDAY);
    expect(after.skillsOnDuty).toEqual({});
    expect(after.capacity![0]![20]).toBe(400);
    expect(after.bookedMinutes).toBe(before.bookedMinutes);
    await sound();
    const withdrawn = await world.act(admin, decideLeave, {
      staffId: nurse,
      leaveId: id,
      outcome: 'withdrawn',
    });
    expect(withdrawn.shortages).toEqual([]);
    expect(await at.storedDay(WEDNESDAY)).toEqual(before);
    await sound();
  });

  test('on days without a roster it tells of a skill that nobody else has', async () => {
    const { at, nurse } = await stage();
    await using _ = at;
    const thursday = addDays(WEDNESDAY, 1);
    await at.book(thursday, slot('09:00', '13:00'));
    const leave = { staffId: nurse, startsOn: thursday, endsOn: addDays(thursday, 1) };
    const conflicts = () => at.world.database.read((tx) => conflictsOf(tx, leave, at.world));
    expect(await conflicts()).toEqual([{ date: thursday, skill: 'nurse', children: 1, halfHours: 0 }]);
    await at.staff({ post: 'nurse' });
    expect(await conflicts()).toEqual([]);
  });

  test('is refused twice over the same days, decided once, and for another centre missing', async () => {
    const { at, tutor } = await stage();
    await using _ = at;
    const { world, admin } = at;
    const wish = { staffId: tutor, startsOn: MONDAY, endsOn: TUESDAY, kind: 'annual' as const };
    const { id } = await world.act(admin, requestLeave, wish);
    expect(
      (await refusalOf(world.act(admin, requestLeave, { ...wish, startsOn: TUESDAY }))).details.errors,
    ).toEqual([{ field: 'startsOn', reason: 'taken' }]);
    expect(
      (await refusalOf(world.act(admin, requestLeave, { ...wish, endsOn: plainDate('2027-02-01') }))).reason,
    ).toBe('invalid');
    const decide = (outcome: 'approved' | 'refused' | 'withdrawn', actor = admin) =>
      world.act(actor, decideLeave, { staffId: tutor, leaveId: id, outcome });
    const stranger = await world.person('centre_admin', { centreId: await world.centre() });
    expect((await refusalOf(decide('approved', stranger))).reason).toBe('missing');
    expect(
      (await refusalOf(decide('approved', await world.person('centre_staff', { centreId: at.centreId }))))
        .reason,
    ).toBe('forbidden');
    await decide('refused');
    expect((await refusalOf(decide('approved'))).reason).toBe('stale');
    expect((await refusalOf(decide('withdrawn'))).reason).toBe('stale');
    await world.act(admin, requestLeave, wish);
    expect(await world.database.read((tx) => listLeaveOf(tx, [tutor]))).toHaveLength(2);
  });
});

describe('the register', () => {
  test('takes somebody in, changes them, and published days follow', async () => {
    const { at, tutor, sound } = await stage();
    await using _ = at;
    const { world, admin, centreId } = at;
    const { id } = await world.act(admin, addStaff, { ...ENTRY, centreId });
    expect(await world.database.read((tx) => findStaff(tx, id))).toMatchObject({
      level: 1,
      searchName: 'synthetic tutor',
      version: 1,
    });
    const qualifications = [
      { kind: 'Diploma', institution: 'College', issuedOn: plainDate('2020-06-01'), validUntil: null },
    ];
    const changed = { ...ENTRY, staffId: tutor, version: 1, skills: ['sign_language'], qualifications };
    expect((await world.act(admin, changeStaff, changed)).days).toBe(3);
    expect((await at.storedDay(MONDAY)).skillsOnDuty).toHaveProperty('sign_language');
    expect((await refusalOf(world.act(admin, changeStaff, changed))).reason).toBe('stale');
    await sound();
  });

  test('refuses a contract that published shifts ahead would break, and figures out of bounds', async () => {
    const { at, tutor } = await stage();
    await using _ = at;
    const change = (entry: Partial<StaffEntry>) =>
      refusalOf(at.world.act(at.admin, changeStaff, { ...ENTRY, staffId: tutor, version: 1, ...entry }));
    const broken = await change({ weeklyMinutes: 1200 });
    expect(broken.reason).toBe('illegal_shifts');
    expect(broken.details['findings']).toMatchObject([
      { rule: 'week_minutes', date: WEDNESDAY, is: 1440, most: 1200 },
      {},
      {},
    ]);
    const fields = async (entry: Partial<StaffEntry>) =>
      (await change(entry)).details.errors!.map(({ field }) => field);
    expect(await fields({ weeklyMinutes: 3000, daysPerWeek: 7, availability: {} })).toEqual([
      'weeklyMinutes',
      'daysPerWeek',
      'availability',
    ]);
    expect(await fields({ availability: { mon: [20, 20] }, endsOn: plainDate('2025-01-01') })).toEqual([
      'availability.mon',
      'endsOn',
    ]);
  });

  test('a paper that the centre asks for bars from the day after it runs out', async () => {
    const { at, tutor } = await stage();
    await using _ = at;
    const { world, admin, centreId } = at;
    const settings = {
      centreId,
      barringPapers: ['attestation'] as const,
      parentInOwnGroup: false,
      rosterReserve: 2,
      askWithin: null,
    };
    await world.act(admin, changeRosterSettings, settings);
    await world.act(admin, changeStaff, {
      ...ENTRY,
      staffId: tutor,
      version: 1,
      attestationDueOn: MONDAY,
      medicalBookUntil: MONDAY,
    });
    const draft = await at.draft(
      MONDAY,
      TUESDAY,
      [MONDAY, TUESDAY].map((date) => shift(tutor, date, at.groupId)),
    );
    const { details } = await refusalOf(at.publish(draft));
    expect(details['findings']).toEqual([{ rule: 'papers', staffId: String(tutor), date: TUESDAY }]);
    await world.act(admin, changeRosterSettings, { ...settings, barringPapers: [] });
    expect((await at.publish(draft)).days).toBe(2);
  });
});

describe('papers', () => {
  const none = { medicalBookUntil: null, backgroundCheckUntil: null, attestationDueOn: null };
  const today = plainDate('2027-02-03');
  test.each([
    [-1, 0],
    [0, 14],
    [14, 14],
    [15, 30],
    [30, 30],
    [31, 60],
    [60, 60],
    [61, undefined],
  ])('%i days left: within %s', (days, within) => {
    const papers = { ...none, medicalBookUntil: addDays(today, days) };
    const found = paperWarnings(papers, [], today).find(({ paper }) => paper === 'medical_book');
    expect(found?.within).toBe(within);
  });

  test('never recorded is warned of and bars nobody; one qualification that holds is enough', () => {
    expect(paperWarnings(none, [], today).map(({ paper }) => paper)).toEqual([
      'medical_book',
      'background_check',
      'qualification',
    ]);
    expect(lapseOf(none, [], ['medical_book', 'qualification'])).toBeNull();
    const [old, young] = [{ validUntil: MONDAY }, { validUntil: TUESDAY }];
    expect(lapseOf(none, [young, old], ['qualification'])).toBe(WEDNESDAY);
    expect(lapseOf(none, [old, { validUntil: null }], ['qualification'])).toBeNull();
    expect(lapseOf({ ...none, medicalBookUntil: MONDAY }, [], null)).toBe(TUESDAY);
  });
});
