import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addMinutes, instant, plainDate } from '../../src/domain/calendar.ts';
import type { Actor } from '../../src/domain/people.ts';
import { listAssignments } from '../../src/data/accounts.ts';
import { findCandidacy, listPapers, listSteps } from '../../src/data/candidacies.ts';
import { listMessages } from '../../src/data/messages.ts';
import { listQualifications, listStaff } from '../../src/data/staff.ts';
import { findVacancy } from '../../src/data/vacancies.ts';
import { findChild } from '../../src/data/children.ts';
import { bookSlot } from '../../src/use-cases/bookings.ts';
import {
  addPaper,
  removePaper,
  submitCandidacy,
  withdrawCandidacy,
} from '../../src/use-cases/candidacies.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { hireCandidate } from '../../src/use-cases/hiring.ts';
import type { StaffEntry } from '../../src/use-cases/staff-register.ts';
import { changeVacancy, closeVacancy, markOf, openVacancy } from '../../src/use-cases/vacancies.ts';
import { findVacancyFits } from '../../src/use-cases/vacancy-fits.ts';
import { refusalOf } from '../support/refusals.ts';
import { VACANCY, VacancyStage } from '../support/vacancy-stage.ts';
import { World } from '../support/world.ts';

let world: World;
let at: VacancyStage;
let guardian: Actor;

beforeEach(async () => {
  world = await World.create();
  at = await VacancyStage.create(world);
  guardian = await world.guardian();
});
afterEach(() => world[Symbol.asyncDispose]());

const messagesOf = async ({ personId }: Actor) =>
  (await world.database.read((tx) => listMessages(tx, personId, { unread: false, limit: 50 })))
    .map(({ kind }) => kind)
    .toReversed();
const detailOf = async (work: Promise<unknown>) => (await refusalOf(work)).details.errors?.[0]?.detail;
const reasonOf = async (work: Promise<unknown>) => (await refusalOf(work)).reason;

const ENTRY: StaffEntry = {
  name: 'Synthetic worker',
  post: 'care_worker',
  weeklyMinutes: 1200,
  daysPerWeek: 4,
  summedTime: false,
  overtimeConsentOn: null,
  overtimeBarred: false,
  skills: [],
  availability: VACANCY.hours,
  preferences: {},
  startsOn: plainDate('2027-03-01'),
  endsOn: null,
  medicalBookUntil: plainDate('2027-12-31'),
  backgroundCheckedOn: null,
  backgroundCheckUntil: null,
  attestation: null,
  attestedOn: null,
  attestationDueOn: null,
  qualifications: [
    { kind: 'Certificate', institution: 'College', issuedOn: plainDate('2026-05-05'), validUntil: null },
  ],
};

describe('a vacancy', () => {
  test('is the business of its own centre’s administrators', async () => {
    const other = await world.person('centre_admin', { centreId: await world.centre() });
    const staff = await world.person('centre_staff', { centreId: at.centreId });
    const wish = { ...VACANCY, centreId: at.centreId };
    expect(await reasonOf(world.act(other, openVacancy, wish))).toBe('missing');
    expect(await reasonOf(world.act(staff, openVacancy, wish))).toBe('forbidden');
    expect(await reasonOf(world.act(guardian, openVacancy, wish))).toBe('forbidden');
    const which = { centreId: other.centreId!, vacancyId: at.vacancyId };
    expect(await reasonOf(world.act(other, closeVacancy, which))).toBe('missing');
  });

  test('the second of two savers is told, and may save again from what holds', async () => {
    const which = { centreId: at.centreId, vacancyId: at.vacancyId };
    const seen = markOf((await world.database.read((tx) => findVacancy(tx, at.vacancyId)))!);
    await world.act(at.admin, changeVacancy, { ...VACANCY, ...which, weeklyMinutes: 1500, seen });
    const again = { ...VACANCY, ...which, details: 'other', seen };
    expect(await reasonOf(world.act(at.admin, changeVacancy, again))).toBe('stale');
    const now = (await world.database.read((tx) => findVacancy(tx, at.vacancyId)))!;
    expect(now).toMatchObject({ weeklyMinutes: 1500, details: VACANCY.details });
    await world.act(at.admin, changeVacancy, { ...again, seen: markOf(now) });
  });

  test('closed or over takes nobody any more; what runs goes on', async () => {
    const id = await at.apply(guardian);
    await world.act(at.admin, closeVacancy, { centreId: at.centreId, vacancyId: at.vacancyId });
    const another = await world.guardian();
    expect(await detailOf(at.apply(another))).toBe('vacancy_over');
    await at.step(id, 'papers_asked');
    const late = await VacancyStage.create(world);
    world.now = instant('2027-02-20T18:59:00.000Z');
    await late.apply(another);
    world.now = instant('2027-02-20T19:00:00.000Z');
    expect(await detailOf(late.apply(await world.guardian()))).toBe('vacancy_over');
  });
});

describe('a candidacy', () => {
  test('goes from the application to the contract, each step told and kept', async () => {
    const id = await at.apply(guardian);
    await at.step(id, 'papers_asked', { note: 'Medical book, please' });
    await at.pass(guardian, id);
    const hire = { ...ENTRY, centreId: at.centreId, candidacyId: id };
    const { staffId } = await world.act(at.admin, hireCandidate, hire);
    const [staff] = await world.database.read((tx) => listStaff(tx, at.centreId));
    expect(staff).toMatchObject({ id: staffId, personId: guardian.personId, level: 1, weeklyMinutes: 1200 });
    expect(await world.database.read((tx) => listQualifications(tx, [staffId]))).toHaveLength(1);
    const steps = await world.database.read((tx) => listSteps(tx, [id]));
    expect(steps.map(({ state, note }) => [state, note])).toEqual([
      ['submitted', ''],
      ['papers_asked', 'Medical book, please'],
      ['papers_complete', ''],
      ['invited', ''],
      ['passed', ''],
      ['hired', ''],
    ]);
    expect(steps.at(-1)).toMatchObject({ staffId });
    expect((await world.database.read((tx) => findCandidacy(tx, id)))!.endedAt).toBe(world.now);
    expect(await messagesOf(guardian)).toEqual([
      'candidacy_papers_asked',
      'candidacy_papers_complete',
      'candidacy_invited',
      'candidacy_passed',
      'candidacy_hired',
    ]);
    // The role begins with the contract: until then nobody who is to come sees the centre's families.
    const roles = async (on: string) =>
      (await world.database.read((tx) => listAssignments(tx, guardian.personId, plainDate(on)))).map(
        ({ role, centreId }) => [role, centreId],
      );
    expect(await roles('2027-02-28')).toEqual([['guardian', null]]);
    expect(await roles('2027-03-01')).toEqual([
      ['centre_staff', at.centreId],
      ['guardian', null],
    ]);
    expect(await reasonOf(world.act(at.admin, hireCandidate, hire))).toBe('stale');
    expect(await checkData(world.database, world.now)).toEqual([]);
  });

  test('a record that the register refuses leaves everything as it was', async () => {
    const id = await at.apply(guardian);
    await at.pass(guardian, id);
    const hire = { ...ENTRY, weeklyMinutes: 0, centreId: at.centreId, candidacyId: id };
    expect(await reasonOf(world.act(at.admin, hireCandidate, hire))).toBe('invalid');
    expect(await at.stateOf(id)).toBe('passed');
    expect(await world.database.read((tx) => listStaff(tx, at.centreId))).toEqual([]);
    await world.act(at.admin, hireCandidate, { ...hire, weeklyMinutes: 1200 });
    expect(await at.stateOf(id)).toBe('hired');
  });

  test('whoever works at the centre already gets no second role', async () => {
    const first = await at.apply(guardian);
    await at.pass(guardian, first);
    await world.act(at.admin, hireCandidate, { ...ENTRY, centreId: at.centreId, candidacyId: first });
    const second = await at.apply(guardian);
    await at.pass(guardian, second);
    await world.act(at.admin, hireCandidate, { ...ENTRY, centreId: at.centreId, candidacyId: second });
    const roles = await world.database.read((tx) =>
      listAssignments(tx, guardian.personId, plainDate('2027-03-01')),
    );
    expect(roles.filter(({ role }) => role === 'centre_staff')).toHaveLength(1);
  });

  test('steps that cannot follow, unfinished papers and endings without a reason are refused', async () => {
    const id = await at.apply(guardian);
    expect(await detailOf(at.step(id, 'papers_complete'))).toBe('papers_lack');
    expect(await detailOf(at.step(id, 'invited', { heldAt: addMinutes(world.now, 60) }))).toBe(
      'no_such_step',
    );
    expect(await detailOf(at.step(id, 'withdrawn'))).toBe('no_such_step');
    expect(await detailOf(at.step(id, 'hired'))).toBe('no_such_step');
    expect(await detailOf(at.step(id, 'refused', { note: '  ' }))).toBe('reason_needed');
    await at.handIn(guardian, id);
    await at.step(id, 'papers_complete');
    expect(await detailOf(at.step(id, 'invited'))).toBe('time_needed');
    expect(await detailOf(at.step(id, 'invited', { heldAt: world.now }))).toBe('time_bounds');
    const far = instant('2027-08-04T05:00:00.000Z');
    expect(await detailOf(at.step(id, 'invited', { heldAt: far }))).toBe('time_bounds');
    await at.step(id, 'invited', { heldAt: addMinutes(world.now, 120) });
    expect(await detailOf(at.step(id, 'passed'))).toBe('not_held_yet');
    expect(await reasonOf(at.step(id, 'passed', { from: 'papers_complete' }))).toBe('stale');
    await at.step(id, 'invited', { heldAt: addMinutes(world.now, 60) });
    world.now = addMinutes(world.now, 60);
    expect(await detailOf(at.step(id, 'not_passed'))).toBe('reason_needed');
    await at.step(id, 'not_passed', { note: 'Another candidate was stronger' });
    expect(await reasonOf(at.step(id, 'passed'))).toBe('stale');
    expect(await messagesOf(guardian)).toEqual([
      'candidacy_papers_complete',
      'candidacy_invited',
      'candidacy_invited',
      'candidacy_not_passed',
    ]);
  });

  test('papers are the candidate’s until they are found complete', async () => {
    const id = await at.apply(guardian);
    await at.handIn(guardian, id);
    const [paper] = await world.database.read((tx) => listPapers(tx, [id]));
    const other = await world.guardian();
    const otherId = await at.apply(other);
    // Another's paper is not taken away by its number.
    await world.act(other, removePaper, { candidacyId: otherId, paperId: paper!.id });
    expect(await world.database.read((tx) => listPapers(tx, [id]))).toHaveLength(4);
    expect(await reasonOf(world.act(other, removePaper, { candidacyId: id, paperId: paper!.id }))).toBe(
      'missing',
    );
    await at.step(id, 'papers_complete');
    expect(await reasonOf(at.handIn(guardian, id))).toBe('stale');
    expect(await reasonOf(world.act(guardian, removePaper, { candidacyId: id, paperId: paper!.id }))).toBe(
      'stale',
    );
    await at.step(id, 'papers_asked');
    await world.act(guardian, removePaper, { candidacyId: id, paperId: paper!.id });
    expect(await detailOf(at.step(id, 'papers_complete'))).toBe('papers_lack');
    const book = { kind: 'medical_book' as const, institution: 'x', issuedOn: plainDate('2026-01-01') };
    expect(
      await detailOf(world.act(guardian, addPaper, { candidacyId: id, ...book, validUntil: null })),
    ).toBe('end_needed');
  });

  test('one runs at a time; withdrawn, one may apply again', async () => {
    const id = await at.apply(guardian);
    expect(await detailOf(at.apply(guardian))).toBe('already_applied');
    await world.act(guardian, withdrawCandidacy, { candidacyId: id });
    expect(await reasonOf(world.act(guardian, withdrawCandidacy, { candidacyId: id }))).toBe('stale');
    expect(await reasonOf(at.step(id, 'papers_asked', { from: 'submitted' }))).toBe('stale');
    expect(await at.apply(guardian)).not.toBe(id);
    expect(await messagesOf(guardian)).toEqual([]);
  });

  test('of many applications at once for one post by one person, one is kept', async () => {
    const wish = { vacancyId: at.vacancyId, childId: null, statement: '' };
    const answers = await Promise.allSettled(
      Array.from({ length: 6 }, () => world.act(guardian, submitCandidacy, wish)),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('of two administrators at once, one takes the step', async () => {
    const id = await at.apply(guardian);
    const steps = await Promise.allSettled([
      at.step(id, 'papers_asked', { from: 'submitted' }),
      at.step(id, 'refused', { from: 'submitted', note: 'x' }),
    ]);
    expect(steps.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await world.database.read((tx) => listSteps(tx, [id]))).toHaveLength(2);
    expect(await messagesOf(guardian)).toHaveLength(1);
  });

  test('is nobody’s but the candidate’s and that centre’s administrators’', async () => {
    const id = await at.apply(guardian);
    const stranger = await world.guardian();
    const foreign = await world.person('centre_admin', { centreId: await world.centre() });
    const staff = await world.person('centre_staff', { centreId: at.centreId });
    const system = await world.person('system_admin');
    expect(await reasonOf(world.act(stranger, withdrawCandidacy, { candidacyId: id }))).toBe('missing');
    for (const actor of [foreign, staff, system, guardian])
      expect(await reasonOf(at.step(id, 'papers_asked', {}, actor))).toBe('missing');
    expect(
      await reasonOf(
        world.act(foreign, hireCandidate, { ...ENTRY, centreId: foreign.centreId!, candidacyId: id }),
      ),
    ).toBe('missing');
    expect(
      await reasonOf(
        world.act(at.admin, submitCandidacy, { vacancyId: at.vacancyId, childId: null, statement: '' }),
      ),
    ).toBe('forbidden');
    const child = await world.child(stranger);
    expect(await detailOf(at.apply(await world.guardian(), child))).toBe('not_yours');
  });
});

describe('how vacancies go with the child', () => {
  test('booked and free hours of the next four weeks are counted, and the own group is named', async () => {
    const groupId = await world.group(at.centreId, { room: 1 });
    const childId = await world.child(guardian);
    // Of four weeks of four days: one whole day booked, one taken by another child.
    await world.act(guardian, bookSlot, {
      childId,
      groupId,
      date: plainDate('2027-02-08'),
      slot: { from: 17, to: 30 },
    });
    const stranger = await world.guardian();
    const other = await world.child(stranger);
    await world.act(stranger, bookSlot, {
      childId: other,
      groupId,
      date: plainDate('2027-02-09'),
      slot: { from: 17, to: 34 },
    });
    const today = plainDate('2027-02-03');
    const fits = await world.database.read(async (tx) => {
      const child = (await findChild(tx, guardian, childId, today))!;
      const vacancy = (await findVacancy(tx, at.vacancyId))!;
      return await findVacancyFits(tx, {
        personId: guardian.personId,
        children: [child],
        vacancies: [vacancy],
        today,
      });
    });
    const day = 13 * 30;
    expect([fits.from, fits.to]).toEqual(['2027-02-08', '2027-03-07']);
    expect(fits.fits.get(at.vacancyId)).toEqual([
      { childId, workMinutes: 16 * day, bookedMinutes: day, possibleMinutes: 15 * day },
    ]);
    expect(fits.ownGroups.get(at.vacancyId)!.map(({ id }) => id)).toEqual([groupId]);
  });

  test('a group that does not admit the child is no possibility', async () => {
    await world.group(at.centreId, { category: 'adult_disability', fromAgeMonths: 216, toAgeMonths: 1400 });
    await world.group(at.centreId, { admission: 'enrolled' });
    const childId = await world.child(guardian);
    const today = plainDate('2027-02-03');
    const fits = await world.database.read(async (tx) =>
      findVacancyFits(tx, {
        personId: guardian.personId,
        children: [(await findChild(tx, guardian, childId, today))!],
        vacancies: [(await findVacancy(tx, at.vacancyId))!],
        today,
      }),
    );
    expect(fits.fits.get(at.vacancyId)![0]).toMatchObject({ bookedMinutes: 0, possibleMinutes: 0 });
  });
});
