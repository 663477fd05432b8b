import { describe, expect, test } from 'vitest';
import { instant } from '../../src/domain/calendar.ts';
import { SYSTEM, type Actor } from '../../src/domain/people.ts';
import type { Post } from '../../src/domain/staffing.ts';
import { listShifts } from '../../src/data/shifts.ts';
import { listStandingShifts } from '../../src/data/standing-shifts.ts';
import { rewriteShift } from '../../src/data/shift-edits.ts';
import { findSwap, listLostSwaps } from '../../src/data/shift-swaps.ts';
import type { NewStaff } from '../../src/data/staff.ts';
import { copyPublished } from '../../src/use-cases/roster-copies.ts';
import { answerSwap, askSwap, withdrawSwap } from '../../src/use-cases/shift-swaps.ts';
import { confirmSwap, refuseSwap } from '../../src/use-cases/swap-decisions.ts';
import { endLostSwap } from '../../src/use-cases/swap-endings.ts';
import { MONDAY, slot, THURSDAY, TUESDAY } from '../support/centre-stage.ts';
import { refusalOf } from '../support/refusals.ts';
import { RosterStage, shift } from '../support/roster-stage.ts';

/** Two care workers with accounts: the first works on Monday, the second on Tuesday; a nurse stands by both days. */
class SwapStage {
  readonly at: RosterStage;
  readonly asker: Actor;
  readonly colleague: Actor;
  readonly mine: number;
  readonly theirs: number;
  /** Two more who work on both days and have no account. */
  others: number[] = [];
  shifts: { monday: number; tuesday: number } = { monday: 0, tuesday: 0 };

  private constructor(
    at: RosterStage,
    people: { asker: Actor; colleague: Actor; mine: number; theirs: number },
  ) {
    this.at = at;
    this.asker = people.asker;
    this.colleague = people.colleague;
    this.mine = people.mine;
    this.theirs = people.theirs;
  }

  static async create(
    options: {
      mine?: Partial<NewStaff> & { post?: Post };
      theirs?: Partial<NewStaff> & { post?: Post };
    } = {},
  ) {
    const at = await RosterStage.create();
    const asker = await at.world.person('centre_staff', { centreId: at.centreId });
    const colleague = await at.world.person('centre_staff', { centreId: at.centreId });
    const mine = await at.staff({ personId: asker.personId, ...options.mine });
    const theirs = await at.staff({ personId: colleague.personId, ...options.theirs });
    const stage = new SwapStage(at, { asker, colleague, mine, theirs });
    stage.others = [await at.staff(), await at.staff({ post: 'tutor' })];
    await stage.publish();
    return stage;
  }

  async publish(): Promise<void> {
    const { at } = this;
    const others = this.others.flatMap((staffId, place) =>
      [MONDAY, TUESDAY].map((date) => shift(staffId, date, at.groupId, { breakFrom: 26 + 2 * place })),
    );
    const { id } = await at.published(MONDAY, TUESDAY, [
      shift(this.mine, MONDAY, at.groupId),
      shift(this.theirs, TUESDAY, at.groupId, { from: 20, to: 37, breakFrom: 28 }),
      ...others,
    ]);
    const shifts = await at.world.database.read((tx) => listShifts(tx, id));
    const of = (staffId: number) => shifts.find((each) => each.staffId === staffId)!.id;
    this.shifts = { monday: of(this.mine), tuesday: of(this.theirs) };
  }

  ask(returnShiftId: number | null = null) {
    const wish = { shiftId: this.shifts.monday, withStaffId: this.theirs, returnShiftId, note: 'Please' };
    return this.at.world.act(this.asker, askSwap, wish);
  }

  answer(swapId: number, agrees = true) {
    return this.at.world.act(this.colleague, answerSwap, { swapId, agrees });
  }

  confirm(swapId: number) {
    return this.at.world.act(this.at.admin, confirmSwap, { centreId: this.at.centreId, swapId });
  }

  /** Who works when, by date. */
  async who() {
    const { at } = this;
    const span = { centreId: at.centreId, from: MONDAY, to: THURSDAY };
    const shifts = await at.world.database.read((tx) => listStandingShifts(tx, span));
    return shifts
      .filter(({ staffId }) => !this.others.includes(staffId))
      .map(({ date, staffId }) => [date, staffId === this.mine ? 'asker' : 'colleague']);
  }

  async kinds(to: Actor) {
    return (await this.at.messages(to)).map(([kind]) => kind);
  }

  outcome(swapId: number) {
    return this.at.world.database.read(async (tx) => (await findSwap(tx, swapId))!.outcome);
  }

  [Symbol.asyncDispose]() {
    return this.at[Symbol.asyncDispose]();
  }
}

test('a shift is given: asked, agreed, confirmed; the published roster changes, history and both know it', async () => {
  await using stage = await SwapStage.create();
  const { at, asker, colleague } = stage;
  const { id } = await stage.ask();
  expect(await at.messages(colleague)).toEqual([
    ['swap_asked', { date: MONDAY, hours: '08:00–16:30', who: asker.name, path: '/shifts/swaps' }],
  ]);
  expect(await stage.who()).toEqual([
    [MONDAY, 'asker'],
    [TUESDAY, 'colleague'],
  ]);
  expect(await refusalOf(stage.confirm(id))).toMatchObject({ reason: 'stale' });
  expect(await stage.answer(id)).toEqual({ state: 'agreed' });
  expect(await stage.kinds(asker)).toEqual(['swap_agreed']);
  expect((await at.messages(at.admin)).map(([kind, data]) => [kind, data['path']])).toEqual([
    ['swap_to_confirm', `/centres/${at.centreId}/rosters/swaps`],
  ]);
  const before = await at.storedDay(MONDAY);
  expect(await stage.confirm(id)).toEqual({ state: 'confirmed' });
  expect(await stage.who()).toEqual([
    [MONDAY, 'colleague'],
    [TUESDAY, 'colleague'],
  ]);
  expect((await at.storedDay(MONDAY)).capacity).toEqual(before.capacity);
  expect(await stage.kinds(asker)).toEqual(['swap_agreed', 'swap_confirmed']);
  expect(await stage.kinds(colleague)).toEqual(['swap_asked', 'swap_confirmed']);
  const edits = await at.world.database.read(async (tx) =>
    (await tx.db.select({ kind: tx.t.event.kind, data: tx.t.event.data }).from(tx.t.event)).filter(
      (event) => event.kind === 'roster.edited',
    ),
  );
  expect(edits).toMatchObject([{ data: { edit: 'swapped', swapId: id } }]);
  expect(await refusalOf(stage.confirm(id))).toMatchObject({ reason: 'stale' });
});

test('two shifts change hands, hours and groups with them, and a draft of the same days follows', async () => {
  await using stage = await SwapStage.create();
  const { at } = stage;
  const copy = await at.world.act(at.admin, copyPublished, {
    centreId: at.centreId,
    from: MONDAY,
    to: TUESDAY,
  });
  const { id } = await stage.ask(stage.shifts.tuesday);
  await stage.answer(id);
  await stage.confirm(id);
  expect(await stage.who()).toEqual([
    [MONDAY, 'colleague'],
    [TUESDAY, 'asker'],
  ]);
  const drafted = await at.world.database.read((tx) => listShifts(tx, copy.id));
  const own = drafted.filter(({ staffId }) => !stage.others.includes(staffId));
  expect(own.map(({ date, staffId }) => [date, staffId])).toEqual([
    [MONDAY, stage.theirs],
    [TUESDAY, stage.mine],
  ]);
  expect(own[1]).toMatchObject({ from: 20, to: 37, breakFrom: 28 });
});

test('skills on duty follow whoever comes, in the same transaction', async () => {
  await using stage = await SwapStage.create({ mine: { post: 'nurse' } });
  const { at } = stage;
  const before = await at.storedDay(MONDAY);
  const { id } = await stage.ask();
  await stage.answer(id);
  await stage.confirm(id);
  const after = await at.storedDay(MONDAY);
  expect([before.skillsOnDuty, after.skillsOnDuty].map((skills) => Object.keys(skills ?? {}))).toEqual([
    ['nurse'],
    [],
  ]);
});

describe('what forbids a swap', () => {
  test('a rule of law for either of them, by its name', async () => {
    await using stage = await SwapStage.create({ theirs: { daysPerWeek: 1 } });
    expect(await refusalOf(stage.ask())).toMatchObject({
      reason: 'illegal_shifts',
      details: { problem: { kind: 'law', findings: [{ rule: 'days_off', staffId: stage.theirs }] } },
    });
    expect(await stage.ask(stage.shifts.tuesday)).toMatchObject({ id: expect.any(Number) as number });
  });

  test('a booked child who would lose the skill that it needs', async () => {
    await using stage = await SwapStage.create({ mine: { post: 'nurse' } });
    const { at } = stage;
    const childId = await at.world.child(at.mother, { skillsNeeded: ['nurse'] });
    await at.book(MONDAY, slot('09:00', '13:00'), { childId });
    expect(await refusalOf(stage.ask())).toMatchObject({
      reason: 'illegal_shifts',
      details: { problem: { kind: 'cover', date: MONDAY, skills: ['nurse'] } },
    });
  });

  test('somebody else’s shift, a colleague of another centre, without an account, or oneself', async () => {
    await using stage = await SwapStage.create();
    const { at, shifts, theirs, mine, asker } = stage;
    const unlinked = await at.staff();
    const ask = (shiftId: number, withStaffId: number, returnShiftId: number | null = null) =>
      refusalOf(at.world.act(asker, askSwap, { shiftId, withStaffId, returnShiftId }));
    expect(await ask(shifts.tuesday, theirs)).toMatchObject({ reason: 'missing' });
    expect(await ask(999_999, theirs)).toMatchObject({ reason: 'missing' });
    expect(await ask(shifts.monday, unlinked)).toMatchObject({ reason: 'invalid' });
    expect(await ask(shifts.monday, mine)).toMatchObject({ reason: 'invalid' });
    expect(await ask(shifts.monday, theirs, shifts.monday)).toMatchObject({ reason: 'invalid' });
    const foreign = await at.world.centre();
    const far = await at.world.person('centre_staff', { centreId: foreign });
    const stranger = await at.staff({ centreId: foreign, personId: far.personId });
    expect(await ask(shifts.monday, stranger)).toMatchObject({ reason: 'invalid' });
  });

  test('a shift that has begun, and one that waits in another swap', async () => {
    await using stage = await SwapStage.create();
    await stage.ask();
    expect(await refusalOf(stage.ask())).toMatchObject({ reason: 'taken' });
    stage.at.world.now = instant('2027-02-08T03:00:00.000Z');
    expect(await refusalOf(stage.ask())).toMatchObject({ reason: 'past' });
  });
});

describe('how a swap ends', () => {
  test('declined, after an agreement too; withdrawn; refused by the centre with a word', async () => {
    await using stage = await SwapStage.create();
    const { at, asker, colleague } = stage;
    const first = await stage.ask();
    await stage.answer(first.id);
    expect(await stage.answer(first.id, false)).toEqual({ state: 'declined' });
    expect(await refusalOf(stage.confirm(first.id))).toMatchObject({ reason: 'stale' });
    const second = await stage.ask();
    expect(await refusalOf(at.world.act(colleague, withdrawSwap, { swapId: second.id }))).toMatchObject({
      reason: 'missing',
    });
    await at.world.act(asker, withdrawSwap, { swapId: second.id });
    expect(await refusalOf(stage.answer(second.id))).toMatchObject({ reason: 'stale' });
    const third = await stage.ask();
    await stage.answer(third.id);
    const decision = { centreId: at.centreId, swapId: third.id, note: 'Training day' };
    await at.world.act(at.admin, refuseSwap, decision);
    const ended = await at.world.database.read((tx) => findSwap(tx, third.id));
    expect(ended).toMatchObject({ outcome: 'refused', endNote: 'Training day' });
    expect(await stage.who()).toContainEqual([MONDAY, 'asker']);
  });

  test('another roster is published: it ends at once and both are told', async () => {
    await using stage = await SwapStage.create();
    const { id } = await stage.ask();
    await stage.answer(id);
    await stage.publish();
    expect(await stage.outcome(id)).toBe('past');
    expect(await stage.kinds(stage.asker)).toContain('swap_past');
    expect(await stage.kinds(stage.colleague)).toContain('swap_past');
    expect(await refusalOf(stage.confirm(id))).toMatchObject({ reason: 'stale' });
  });

  test('the shift was lengthened since it was asked: the agreement held for other hours', async () => {
    await using stage = await SwapStage.create();
    const { at } = stage;
    const { id } = await stage.ask();
    await stage.answer(id);
    await at.world.insert((tx) =>
      rewriteShift(tx, stage.shifts.monday, shift(stage.mine, MONDAY, at.groupId, { to: 34 })),
    );
    expect(await stage.confirm(id)).toEqual({ state: 'past' });
    expect(await stage.outcome(id)).toBe('past');
    expect(await stage.who()).toContainEqual([MONDAY, 'asker']);
  });

  test('its day comes: the jobs end it, and an answer finds it over', async () => {
    await using stage = await SwapStage.create();
    const { world } = stage.at;
    const { id } = await stage.ask();
    const lost = () => world.database.read((tx) => listLostSwaps(tx, { now: world.now, limit: 9 }));
    world.now = instant('2027-02-08T02:59:00.000Z');
    expect(await lost()).toEqual([]);
    world.now = instant('2027-02-08T03:00:00.000Z');
    expect(await lost()).toEqual([id]);
    await world.act(SYSTEM, endLostSwap, { swapId: id });
    expect(await lost()).toEqual([]);
    expect(await stage.outcome(id)).toBe('past');
    expect(await refusalOf(stage.answer(id))).toMatchObject({ reason: 'stale' });
  });

  test('what became illegal by now is refused by name and stays open', async () => {
    await using stage = await SwapStage.create();
    const { at } = stage;
    const { id } = await stage.ask();
    await stage.answer(id);
    await at.world.insert((tx) =>
      tx.db
        .insert(tx.t.staffLeave)
        .values({ staffId: stage.theirs, startsOn: MONDAY, endsOn: MONDAY })
        .then(() => undefined),
    );
    expect(await refusalOf(stage.confirm(id))).toMatchObject({
      reason: 'illegal_shifts',
      details: { problem: { kind: 'law', findings: [{ rule: 'leave' }] } },
    });
    expect(await stage.outcome(id)).toBeNull();
  });
});

test('another centre’s administrator, and staff, confirm nothing', async () => {
  await using stage = await SwapStage.create();
  const { at, asker } = stage;
  const { id } = await stage.ask();
  await stage.answer(id);
  const foreign = await at.world.centre();
  const other = await at.world.person('centre_admin', { centreId: foreign });
  const by = (actor: Actor, centreId: number) =>
    refusalOf(at.world.act(actor, confirmSwap, { centreId, swapId: id }));
  expect(await by(other, at.centreId)).toMatchObject({ reason: 'missing' });
  expect(await by(other, foreign)).toMatchObject({ reason: 'missing' });
  expect(await by(asker, at.centreId)).toMatchObject({ reason: 'forbidden' });
});

describe('at the same instant one thing happens', () => {
  test('two answers', async () => {
    await using stage = await SwapStage.create();
    const { id } = await stage.ask();
    const answers = await Promise.allSettled([stage.answer(id, true), stage.answer(id, false)]);
    expect(await stage.outcome(id)).toBe(answers[1].status === 'fulfilled' ? 'declined' : null);
    expect(answers.map((each) => each.status)).toContain('fulfilled');
  });

  test('a confirmation and a withdrawal', async () => {
    for (let trial = 0; trial < 5; trial++) {
      await using stage = await SwapStage.create();
      const { at, asker } = stage;
      const { id } = await stage.ask();
      await stage.answer(id);
      const both = await Promise.allSettled([
        stage.confirm(id),
        at.world.act(asker, withdrawSwap, { swapId: id }),
      ]);
      expect(both.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
      const confirmed = both[0].status === 'fulfilled';
      expect(await stage.outcome(id)).toBe(confirmed ? 'confirmed' : 'withdrawn');
      expect(await stage.who()).toContainEqual([MONDAY, confirmed ? 'colleague' : 'asker']);
    }
  });

  test('the same question twice', async () => {
    await using stage = await SwapStage.create();
    const both = await Promise.allSettled([stage.ask(), stage.ask()]);
    expect(both.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
  });
});
