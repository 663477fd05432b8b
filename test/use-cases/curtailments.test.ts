import { describe, expect, test } from 'vitest';
import { instant, plainDate } from '../../src/domain/calendar.ts';
import { addCurtailment } from '../../src/data/curtailments.ts';
import { recordArrival } from '../../src/use-cases/attendance.ts';
import { bookSlot } from '../../src/use-cases/bookings.ts';
import { cancelBooking } from '../../src/use-cases/cancellations.ts';
import { curtailStays, proposeCurtailment } from '../../src/use-cases/curtailments.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { listLendings, lendShift } from '../../src/use-cases/lendings.ts';
import { setWorkday } from '../../src/use-cases/workday.ts';
import { MONDAY, slot } from '../support/centre-stage.ts';
import { refusalOf } from '../support/refusals.ts';
import { shift } from '../support/roster-stage.ts';
import { ShortageStage } from '../support/shortage-stage.ts';

const propose = async ({ at }: ShortageStage) => {
  const { world, groupId } = at;
  return (await world.database.read((tx) =>
    proposeCurtailment(tx, { groupId, date: MONDAY, now: world.now }),
  ))!;
};

const curtail = ({ at }: ShortageStage, token: string, actor = at.admin) =>
  at.world.act(actor, curtailStays, { groupId: at.groupId, date: MONDAY, token });

const rows = ({ at }: ShortageStage) =>
  at.world.database.read(async (tx) => await tx.db.select().from(tx.t.curtailment));

/** A family of its own that works at these hours, with one stay on Monday. */
async function family({ at }: ShortageStage, stay: [string, string], works: [string, string] | null) {
  const guardian = await at.world.guardian();
  const childId = await at.world.child(guardian);
  if (works) {
    const { from, to } = slot(...works);
    const pattern = { kind: 'weekly' as const, days: { mon: [from, to] as [number, number] } };
    await at.world.act(guardian, setWorkday, { pattern, commuteMinutes: 0 });
  }
  const wish = { childId, groupId: at.groupId, date: MONDAY, slot: slot(...stay) };
  const { id: bookingId } = await at.world.act(guardian, bookSlot, wish);
  return { guardian, childId, bookingId };
}

describe('the least-harm proposal', () => {
  test('cuts the stays shown, tells only their families, and remembers them; who works at home comes first', async () => {
    await using stage = await ShortageStage.create();
    const { at } = stage;
    const shown = await propose(stage);
    // Four can be looked after; nobody works, so any two of six.
    expect(shown.harm).toEqual([0, 0, 0, 480, 2]);
    expect(shown.cuts.map((cut) => cut.kept)).toEqual([null, null]);
    const before = (await at.messages()).length;
    expect(await curtail(stage, shown.token)).toEqual({ cancelled: 2, shortened: 0, told: 1 });
    for (const { bookingId } of shown.cuts)
      expect(await at.stateOf(bookingId)).toMatchObject({ state: 'cancelled', cancelledBy: 'centre' });
    expect((await stage.seen()).shortage).toBeUndefined();
    expect((await rows(stage)).map(({ bookingId, lostMinutes }) => [bookingId, lostMinutes])).toEqual(
      shown.cuts.map(({ bookingId }) => [bookingId, 240]),
    );
    const [kind, data] = (await at.messages())[before]!;
    expect(kind).toBe('curtailed');
    expect(data).toMatchObject({ path: `/children/${shown.cuts[0]!.childId}/hours?from=${MONDAY}` });
    expect(String(data['left']).match(/: –/g)).toHaveLength(2);
    expect(await checkData(at.world.database, at.world.now)).toEqual([]);
    // The same preview a second time: a colleague was quicker.
    expect((await refusalOf(curtail(stage, shown.token))).reason).toBe('stale');
    await at.world.insert(async (tx) => void (await tx.db.update(tx.t.curtailment).set({ lostMinutes: 0 })));
    const found = await checkData(at.world.database, at.world.now);
    expect(found.map(({ rule }) => rule)).toEqual(['curtailment', 'curtailment']);
  });

  test('spares whoever works then and whoever was cut lately, and shortens what keeps four hours', async () => {
    await using stage = await ShortageStage.create();
    const { at } = stage;
    const [first, ...others] = stage.bookings;
    for (const bookingId of others.slice(0, 3)) await at.world.act(at.mother, cancelBooking, { bookingId });
    const [left, early] = [await at.staff(), await at.staff()];
    const shifts = (to: number, breakFrom: number | null) => [
      shift(left, MONDAY, at.groupId, { from: 16, to: 32, breakFrom }),
      shift(early, MONDAY, at.groupId, { from: 16, to, breakFrom: null }),
    ];
    await at.published(MONDAY, MONDAY, shifts(28, 30));
    const working = await family(stage, ['09:00', '14:30'], ['09:00', '15:00']);
    const long = await family(stage, ['08:00', '13:00'], null);
    await at.published(MONDAY, MONDAY, shifts(24, 27));
    const shown = await propose(stage);
    expect((await stage.seen()).shortage?.halfHours).toEqual([24, 25, 27]);
    // At 13:30 only the working child is here and nobody with it: there is no way round that one.
    expect(shown.cuts.map((cut) => [cut.bookingId, cut.kept])).toEqual([
      [long.bookingId, { from: 16, to: 24 }],
      [working.bookingId, { from: 18, to: 27 }],
    ]);
    expect(shown.cuts[1]).toMatchObject({
      lostMinutes: 60,
      lostWorkMinutes: 60,
      critical: true,
      workKnown: true,
    });
    expect(await curtail(stage, shown.token)).toEqual({ cancelled: 0, shortened: 2, told: 2 });
    expect(await at.stateOf(long.bookingId)).toMatchObject({ from: 16, to: 24, state: 'booked' });
    expect((await at.messages(long.guardian)).at(-1)![1]['left']).toContain('08:00–12:00');
    expect(await at.messages(at.mother)).not.toContainEqual(['curtailed', expect.anything()]);
    expect((await at.stateOf(first!)).state).toBe('booked');
    expect(await checkData(at.world.database, at.world.now)).toEqual([]);
  });

  test('a family that was cut in the last 90 days comes after an equal one', async () => {
    await using stage = await ShortageStage.create();
    const { at } = stage;
    const first = (await propose(stage)).cuts.map((cut) => cut.childId);
    for (const childId of first) {
      const bookingId = await at.book(plainDate('2027-02-05'), slot('09:00', '13:00'), { childId });
      await at.world.insert((tx) =>
        addCurtailment(tx, {
          bookingId,
          childId,
          groupId: at.groupId,
          date: plainDate('2027-02-05'),
          lostMinutes: 240,
          lostWorkMinutes: 0,
          at: at.world.now,
          by: null,
        }),
      );
    }
    const second = (await propose(stage)).cuts.map((cut) => cut.childId);
    expect(second.filter((childId) => first.includes(childId))).toEqual([]);
  });

  test('another proposal than the one shown is not done: somebody cancelled meanwhile; nor a day that is over', async () => {
    await using stage = await ShortageStage.create();
    const { at } = stage;
    const shown = await propose(stage);
    await at.world.act(at.mother, cancelBooking, { bookingId: shown.cuts[0]!.bookingId });
    expect((await refusalOf(curtail(stage, shown.token))).reason).toBe('stale');
    expect(await rows(stage)).toEqual([]);
    const staff = await at.world.person('centre_staff', { centreId: at.centreId });
    expect((await refusalOf(curtail(stage, shown.token, staff))).reason).toBe('forbidden');
    at.world.now = instant('2027-02-09T05:00:00.000Z');
    expect((await refusalOf(curtail(stage, shown.token))).reason).toBe('past');
  });

  test('today a child who is there stays for four hours, and what cannot be covered is told', async () => {
    await using stage = await ShortageStage.create();
    const { at } = stage;
    at.world.now = instant('2027-02-08T04:05:00.000Z');
    for (const bookingId of stage.bookings) await at.world.act(at.admin, recordArrival, { bookingId });
    at.world.now = instant('2027-02-08T05:10:00.000Z');
    const shown = await propose(stage);
    expect(shown.cuts).toEqual([]);
    expect(shown.left).toEqual([21, 22, 23, 24, 25]);
  });
});

describe('lending', () => {
  test('moves a part of somebody’s shift when their own group does not miss them, and refuses it when it does by now', async () => {
    await using stage = await ShortageStage.create();
    const { at } = stage;
    const other = await at.world.group(at.centreId, { room: 8 });
    const lender = await stage.person();
    const standing = [shift(lender.staffId, MONDAY, other, { from: 16, to: 32, breakFrom: 20 })];
    const left = await at.staff();
    await at.published(MONDAY, MONDAY, [
      ...standing,
      shift(left, MONDAY, at.groupId, { from: 18, to: 26, breakFrom: null }),
    ]);
    const { group, shortage } = await stage.seen();
    const { halfHours } = shortage!;
    const lendings = await at.world.database.read((tx) =>
      listLendings(tx, { group, date: MONDAY, halfHours }),
    );
    expect(lendings.map(({ from, to, staff }) => [from, to, staff.id])).toEqual([
      [21, 26, lender.staffId],
      [18, 20, lender.staffId],
    ]);
    const { shiftId } = lendings[0]!;
    const wish = { groupId: at.groupId, date: MONDAY, shiftId, from: 21, to: 26 };
    await at.world.act(at.admin, lendShift, wish);
    expect((await stage.seen()).shortage?.halfHours).toEqual([18, 19, 20]);
    expect((await at.storedDay(MONDAY, other)).capacity![0]!.slice(20, 27)).toEqual([0, 0, 0, 0, 0, 0, 400]);
    expect((await at.messages(lender.actor)).map(([kind]) => kind)).toEqual(['shift_lent']);
    expect(await checkData(at.world.database, at.world.now)).toEqual([]);
    expect((await refusalOf(at.world.act(at.admin, lendShift, wish))).reason).toBe('stale');
    const early = { ...wish, from: 18, to: 20 };
    expect((await refusalOf(at.world.act(at.admin, lendShift, { ...early, shiftId: 999 }))).reason).toBe(
      'stale',
    );
    at.world.now = instant('2027-02-09T05:00:00.000Z');
    expect((await refusalOf(at.world.act(at.admin, lendShift, early))).reason).toBe('past');
  });
});
