import { expect, test } from 'vitest';
import { plainDate } from '../../../src/domain/calendar.ts';
import { listWorkTerms } from '../../../src/data/norms.ts';
import { seedNorms } from '../../../src/use-cases/norms.ts';
import { TestApp } from '../../support/app.ts';
import { MONDAY, TUESDAY } from '../../support/centre-stage.ts';
import { expectAccess, fieldOf, PageStage, textOf } from '../../support/page-stage.ts';
import { RosterStage, shift } from '../../support/roster-stage.ts';
import { refusalOf } from '../../support/refusals.ts';
import { World } from '../../support/world.ts';

const TERMS = {
  startsOn: TUESDAY as string,
  maxShiftMinutes: '8',
  restMinutes: '11',
  breakAfterMinutes: '5,5',
  overtimeDayMinutes: '1',
  overtimeMonthMinutes: '8',
  overtimeYearMinutes: '100',
  leaveDays: '30',
  noticeDays: '7',
  doubt: '',
};

test('settings show their source and what is still to be checked; a new version holds from its day', async () => {
  await using at = await RosterStage.create();
  const { world } = at;
  await using app = await TestApp.start(world);
  await world.insert(seedNorms);
  const system = await app.as(await world.person('system_admin'));
  const first = await system.get('/work-terms');
  const text = textOf(first);
  expect(text).toContain('From 01.01.2015 in force');
  expect(text).toContain('Longest shift, hours Labour Code 12 h ');
  expect(text).toContain(
    'Rest between shifts, hours Labour Code, not yet read word for word 12 h check against Labour Code',
  );
  expect(text).not.toContain('Overtime a year at most, hours Labour Code 120 h check');
  expect(fieldOf(first, 'overtimeMonthMinutes')).toBe('12');
  const nurse = await at.staff();
  // A shift of 8 h 30 is legal before the version and not from its day on.
  await at.published(MONDAY, MONDAY, [shift(nurse, MONDAY, at.groupId)]);
  const added = textOf(await system.submit('/work-terms', TERMS));
  expect(added).toContain('The version was added.');
  expect(added).toMatch(/Break in a shift longer than, hours .*? 6 h check against Labour Code 5\.5 h /);
  const sets = await world.database.read((tx) => listWorkTerms(tx));
  expect(sets.at(-1)).toEqual({
    startsOn: TUESDAY,
    doubt: null,
    terms: {
      maxShiftMinutes: 480,
      restMinutes: 660,
      breakAfterMinutes: 330,
      overtimeDayMinutes: 60,
      overtimeMonthMinutes: 480,
      overtimeYearMinutes: 6000,
      leaveDays: 30,
      noticeDays: 7,
    },
  });
  const draft = await at.draft(TUESDAY, TUESDAY, [shift(nurse, TUESDAY, at.groupId)]);
  expect(await refusalOf(at.publish(draft))).toMatchObject({ reason: 'illegal_shifts' });
});

test('terms that cannot be are refused with what may be; nothing typed is lost', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  await world.insert(seedNorms);
  const system = await app.as(await world.person('system_admin'));
  const post = async (change: Partial<typeof TERMS>) => {
    const page = await system.post('/work-terms', { ...TERMS, ...change });
    return { status: page.status, text: textOf(page), html: page.text };
  };
  const wide = await post({ maxShiftMinutes: '13', leaveDays: '10', restMinutes: '11.25' });
  expect(wide.status).toBe(422);
  expect(wide.text).toContain('This number is out of bounds. From 4 to 12 hours, in half-hours.');
  expect(wide.text).toContain('This number is out of bounds. From 24 to 90 days.');
  expect(wide.text).toContain('This number is out of bounds. From 8 to 24 hours, in half-hours.');
  expect(wide.html).toContain('value="11.25"');
  expect((await post({ overtimeDayMinutes: '4', overtimeMonthMinutes: '2' })).text).toContain(
    'cannot be above that of a month',
  );
  expect((await post({ startsOn: '2027-02-02' })).text).toContain('cannot begin in the past');
  expect((await post({ startsOn: 'soon' })).html).toContain('value="soon"');
  expect((await post({ restMinutes: '' })).text).toContain('Rest between shifts, hours: ');
  expect((await post({ noticeDays: 'ten' })).status).toBe(422);
  expect((await system.post('/work-terms', TERMS)).status).toBe(303);
  expect((await post({})).text).toContain('begins on this day already');
  expect(await world.database.read((tx) => listWorkTerms(tx))).toHaveLength(2);
});

test('a version written before a setting was added keeps that setting’s first value', async () => {
  await using world = await World.create();
  const old = { restMinutes: 660, breakAfterMinutes: 360, noticeDays: 10, leaveDays: 24 };
  await world.insert(async (tx) => {
    await tx.db
      .insert(tx.t.workTerms)
      .values({ startsOn: plainDate('2020-01-01'), terms: old as never, doubt: null });
  });
  const [set] = await world.database.read((tx) => listWorkTerms(tx));
  expect(set!.terms).toMatchObject({ ...old, maxShiftMinutes: 720, overtimeYearMinutes: 7200 });
});

test('terms of working time are the system administrator’s', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  await expectAccess(app, '/work-terms', {
    allowed: [stage.system],
    forbidden: [stage.manager, stage.admin, stage.staff, stage.guardian],
    missing: [],
  });
});
