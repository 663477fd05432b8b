import { afterEach, beforeEach, expect, test } from 'vitest';
import { listRanks } from '../../../src/data/ranks.ts';
import { joinWaitingList } from '../../../src/use-cases/waiting-list.ts';
import { plainDate } from '../../../src/domain/calendar.ts';
import { TestApp } from '../../support/app.ts';
import { expectAccess, fieldOf, PageStage, textOf, TODAY } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

const FORM = {
  startsOn: TODAY as string,
  outOfTurn: 'yes',
  siblingPoints: '3',
  districtPoints: '0',
  lotSeed: 'көктем',
  answerWorkingDays: '3',
  rescueMinutes: '15',
  reserveAfter: '4',
};

let world: World;
let app: TestApp;
let stage: PageStage;
let entryId: number;

beforeEach(async () => {
  world = await World.create();
  app = await TestApp.start(world);
  stage = await PageStage.create(world);
  const { id } = await world.act(stage.guardian, joinWaitingList, {
    childId: stage.childId,
    pattern: { kind: 'weekly', days: { mon: [17, 26] } },
    startsOn: plainDate('2027-03-01'),
    choices: [stage.groupId],
    minimumMinutesPerWeek: null,
    tolerance: null,
  });
  entryId = id;
});
afterEach(async () => {
  await app[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

test('the start rule is marked; a new one is shown, checked and saved with its version', async () => {
  const manager = await app.as(stage.manager);
  const page = await manager.get('/regions/75/order');
  expect(textOf(page)).toContain('Check against the regional regulation');
  expect(textOf(page)).toContain('2 for a brother or sister who attends it, 1 for a home in its district');
  expect(fieldOf(page, 'answerWorkingDays')).toBe('2');

  const shown = await manager.post('/regions/75/order', { ...FORM, step: 'show' });
  expect(shown.status).toBe(200);
  expect(textOf(shown)).toContain('The order stays as it is for 1 waiting child.');
  expect(fieldOf(shown, 'lotSeed')).toBe('көктем');
  expect(textOf(await manager.get('/regions/75/order'))).toContain('No version has been stated yet.');

  const saved = await manager.submit('/regions/75/order', { ...FORM, step: 'save' });
  expect(textOf(saved)).toContain('The rule is saved; 1 queue was ranked anew.');
  expect(textOf(saved)).toContain('A family answers an offer within 3 working days.');
  expect(textOf(saved)).toContain(`Stated 03.02.2027 by ${stage.manager.name}`);
  expect(textOf(saved)).not.toContain('Check against the regional regulation');
  const [rank] = await world.database.read((tx) => listRanks(tx, stage.groupId));
  expect(rank).toMatchObject({ entryId });
  expect(rank!.ruleId).not.toBeNull();
});

test('a missing weight, one out of bounds and a past day are said beside their fields, and kept', async () => {
  const manager = await app.as(stage.manager);
  const missing = await manager.post('/regions/75/order', { ...FORM, siblingPoints: '', step: 'save' });
  expect(missing.status).toBe(422);
  expect(missing.text).toContain('href="#f-siblingPoints"');
  expect(fieldOf(missing, 'lotSeed')).toBe('көктем');
  const wide = await manager.post('/regions/75/order', { ...FORM, rescueMinutes: '999', step: 'show' });
  expect(textOf(wide)).toContain('Enter a whole number within the bounds named beside the field');
  const past = await manager.post('/regions/75/order', { ...FORM, startsOn: '2027-02-02', step: 'save' });
  expect(past.status).toBe(422);
  expect(past.text).toContain('href="#f-startsOn"');
});

test('the order of a region is its manager’s', async () => {
  const stranger = await world.person('regional_manager', { regionCode: '71' });
  await expectAccess(app, '/regions/75/order', {
    allowed: [stage.manager, stage.system],
    forbidden: [stage.admin, stage.staff, stage.guardian],
    missing: [stranger],
  });
});
