import { expect, test } from 'vitest';
import { listNorms } from '../../../src/data/norms.ts';
import { seedNorms } from '../../../src/use-cases/norms.ts';
import { checkData } from '../../../src/use-cases/data-check.ts';
import { TestApp } from '../../support/app.ts';
import { MONDAY, slot, TUESDAY } from '../../support/centre-stage.ts';
import { expectAccess, PageStage, textOf } from '../../support/page-stage.ts';
import { RosterStage, shift } from '../../support/roster-stage.ts';
import { World } from '../../support/world.ts';

const SET = {
  category: 'child_psychoneurological',
  startsOn: TUESDAY as string,
  groupSize: '6',
  ratio0: '2',
  ratio1: '6',
  ratio2: '',
  skills: 'nurse',
  onCallBreakMinutes: '0',
  edgeStaff: '2',
  doubt: '',
};
const address = (set: Partial<typeof SET> = {}) =>
  `/norms/effect?${new URLSearchParams({ ...SET, ...set }).toString()}`;

test('the first sets are there after the first start, each to be checked; a second start adds nothing', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  await world.insert(seedNorms);
  await world.insert(seedNorms);
  const stored = await world.database.read((tx) => listNorms(tx));
  expect(stored.map(({ category, doubt }) => [category, doubt])).toEqual(
    [
      'adult_disability',
      'adult_psychoneurological',
      'child_musculoskeletal',
      'child_psychoneurological',
      'older_people',
    ].map((category) => [category, 'Order 263']),
  );
  const page = textOf(await (await app.as(await world.person('system_admin'))).get('/norms'));
  expect(page).toContain(
    'Children, psychoneurological check against Order 263 01.01.2015 8 any staff: 4; qualified (tutor, care worker): 8',
  );
  // The source is said in the reader's language.
  const system = await app.as(await world.person('system_admin'));
  for (const [lang, words] of [
    ['ru', 'сверить: приказ № 263'],
    ['kk', '№ 263 бұйрық бойынша тексеру керек'],
  ] as const) {
    const cookie = `kundiz=${system.cookie('kundiz')}; lang=${lang}`;
    const translated = textOf(await system.get('/norms', { cookie }));
    expect(translated).toContain(words);
    expect(translated).not.toContain('Order 263');
  }
});

test('the effect on published days is shown before a set is saved, and is what saving does', async () => {
  await using at = await RosterStage.create();
  const { world } = at;
  await using app = await TestApp.start(world);
  await world.insert(seedNorms);
  const tutor = await at.staff({ post: 'tutor' });
  for (let child = 0; child < 3; child++) await at.book(TUESDAY, slot('08:30', '12:30'));
  await at.published(
    MONDAY,
    TUESDAY,
    [MONDAY, TUESDAY].map((date) => shift(tutor, date, at.groupId, { breakFrom: 26 })),
  );
  const before = await at.storedDay(MONDAY);
  const system = await app.as(await world.person('system_admin'));
  const shown = await system.get(address());
  expect(shown.status).toBe(200);
  // Sixteen half-hours with four places become sixteen with two.
  expect(textOf(shown)).toContain(
    'Published group days 1 Staffed place-hours 32 → 16 Days with too few staff 0 → 1',
  );
  expect(await world.database.read((tx) => listNorms(tx))).toHaveLength(5);
  const saved = await system.submit('/norms', SET);
  expect(textOf(saved)).toContain('Published group days that follow it: 1; adults told: 1.');
  expect(await at.storedDay(MONDAY)).toEqual(before);
  const after = await at.storedDay(TUESDAY);
  expect(after.capacity![0]![18]).toBe(200);
  expect(after.staffedMinutes).toBe(16 * 60);
  expect((await at.messages()).at(-1)).toMatchObject(['roster_at_risk', { riskDays: '09.02' }]);
  expect(await checkData(world.database, world.now)).toEqual([]);
});

test('a norm of 0, a day gone and a day that is taken are refused with what to do; nothing typed is lost', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  await world.insert(seedNorms);
  const system = await app.as(await world.person('system_admin'));
  const zero = await system.post('/norms', { ...SET, ratio0: '0', ratio1: '7.5' });
  expect(zero.status).toBe(422);
  expect(textOf(zero)).toContain('With 0 nobody could be looked after');
  expect(zero.text).toContain('value="7.5"');
  expect(textOf(await system.get(address({ groupSize: '0' })))).toContain(
    'With 0 nobody could be looked after',
  );
  expect(textOf(await system.get(address({ ratio0: '', ratio1: '' })))).toContain('Give at least one weight');
  expect(textOf(await system.get(address({ startsOn: '2027-02-02' })))).toContain('cannot begin in the past');
  expect((await system.submit('/norms', SET)).status).toBe(200);
  expect(textOf(await system.post('/norms', SET))).toContain('begins on this day already');
  expect((await system.get(address({ ratio0: 'many' }))).status).toBe(422);
  expect(await world.database.read((tx) => listNorms(tx))).toHaveLength(6);
});

test('norms are the system administrator’s', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  await expectAccess(app, '/norms', {
    allowed: [stage.system],
    forbidden: [stage.manager, stage.admin, stage.staff, stage.guardian],
    missing: [],
  });
});
