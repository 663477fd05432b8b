import { describe, expect, test } from 'vitest';
import { Refusal } from '../../src/domain/refusal.ts';
import { importFile, problemsOf, type Problem } from '../../src/use-cases/import/import.ts';
import { sampleFile, type SampleFile } from '../support/import-file.ts';
import { writePastRules } from '../support/raw-sql.ts';
import { World } from '../support/world.ts';

async function problemsIn(world: World, file: unknown): Promise<readonly Problem[]> {
  const error = await importFile(world.database, file, { now: world.now }).then(
    () => undefined,
    (failure: unknown) => failure,
  );
  if (!(error instanceof Refusal)) throw new Error('expected a refusal', { cause: error });
  return problemsOf(error)!.problems;
}

const short = ({ sheet, row, field, reason }: Problem) => `${sheet} ${row} ${field} ${reason}`;

type Break = [problems: string | string[], change: (file: SampleFile) => unknown];

const SHAPES: Break[] = [
  ['children 1 nickname invalid', ({ children }) => Object.assign(children[0]!, { nickname: 'x' })],
  ['file 0 kids invalid', (file) => Object.assign(file, { kids: [] })],
  ['children 0  invalid', (file) => Object.assign(file, { children: {} })],
  ['children 2 ref invalid', ({ children }) => (children[1]!.ref = 'k\u00002')],
  ['children 2 name invalid', ({ children }) => Object.assign(children[1]!, { name: 7 })],
  ['groups 2 category invalid', ({ centres }) => (centres[0]!.groups[1]!.category = 'dogs')],
  ['users 1 role invalid', ({ users }) => (users[0]!.role = 'king')],
  ['staff 1 post invalid', ({ staff }) => (staff[0]!.post = 'cook')],
  ['bookings 3 from invalid', ({ bookings }) => Object.assign(bookings[2]!, { from: 830 })],
  [
    'children 1 guardians.1 invalid',
    ({ children }) => (children[0]!.guardians![1] = { ref: 'u2', may: ['sell'] }),
  ],
  ['centres 1 lat invalid', ({ centres }) => (centres[0]!.lat = 4324)],
];

const VALUES: Break[] = [
  ['children 1 iin invalid', ({ children }) => (children[0]!.iin = '180515599918')],
  ['children 1 iin invalid', ({ children }) => (children[0]!.iin = '18051559991')],
  ['children 1 iin invalid', ({ children }) => (children[0]!.birthDate = '2018-05-16')],
  [
    'children 1 birthDate invalid',
    ({ children }) => Object.assign(children[0]!, { birthDate: '2027-02-30', iin: null }),
  ],
  ['children 2 birthDate invalid', ({ children }) => (children[1]!.birthDate = '2027-02-04')],
  ['children 3 supportWeight invalid', ({ children }) => (children[2]!.supportWeight = 0)],
  ['children 3 supportWeight invalid', ({ children }) => (children[2]!.supportWeight = 10.5)],
  ['children 4 ref invalid', ({ children }) => (children[3]!.ref = 'k1')],
  ['children 3 guardians.0 missing', ({ children }) => Object.assign(children[2]!, { guardians: ['a1'] })],
  ['children 1 guardians.1 invalid', ({ children }) => (children[0]!.guardians = ['u1', 'u1'])],
  ['guardians 1 login invalid', ({ guardians }) => (guardians[0]!.login = 'nobody')],
  ['guardians 2 phone invalid', ({ guardians }) => (guardians[1]!.phone = '+1 555 0100')],
  [
    'guardians 1 work.pattern.mon off_grid',
    ({ guardians }) => (guardians[0]!.work!.pattern.mon = ['09:10', '18:00']),
  ],
  ['guardians 2 name invalid', ({ guardians }) => (guardians[1]!.name = '  ')],
  ['centres 1 region invalid', ({ centres }) => (centres[0]!.region = '99')],
  ['centres 1 hours.mon too_short', ({ centres }) => (centres[0]!.hours.mon = ['08:00', '11:00'])],
  ['centres 1 lon invalid', ({ centres }) => Object.assign(centres[0]!, { lon: null })],
  ['groups 1 places invalid', ({ centres }) => (centres[0]!.groups[0]!.places = 0)],
  ['groups 1 toAgeMonths invalid', ({ centres }) => (centres[0]!.groups[0]!.toAgeMonths = 18)],
  [
    'groups 2 hours.tue invalid',
    ({ centres }) => Object.assign(centres[0]!.groups[1]!.hours!, { tue: ['13:00', '08:00'] }),
  ],
  ['users 1 scope missing', ({ users }) => (users[0]!.scope = 'c9')],
  ['users 2 scope invalid', ({ users }) => (users[1]!.scope = 'c1')],
  ['users 1 scope invalid', ({ users }) => (users[0]!.role = 'system_admin')],
  ['staff 1 centre missing', ({ staff }) => (staff[0]!.centre = 'c9')],
  ['staff 1 leave.0 invalid', ({ staff }) => (staff[0]!.leave = [['2027-03-14', '2027-03-01']])],
  ['bookings 2 date invalid', ({ bookings }) => (bookings[1]!.date = '2027-02-30')],
  ['bookings 2 from off_grid', ({ bookings }) => (bookings[1]!.from = '08:15')],
  ['bookings 2 to too_short', ({ bookings }) => (bookings[1]!.to = '12:00')],
  ['bookings 2 to too_long', ({ bookings }) => Object.assign(bookings[1]!, { from: '08:00', to: '18:30' })],
  ['bookings 2 to too_short', ({ bookings }) => (bookings[1]!.to = '08:00')],
  [
    ['bookings 1 child missing', 'bookings 1 group missing'],
    ({ bookings }) => Object.assign(bookings[0]!, { child: 'x', group: 'y' }),
  ],
  ['bookings 5 date already_booked', ({ bookings }) => bookings.push({ ...bookings[1]!, from: '09:00' })],
  ['waitingList 1 choices.0 missing', ({ waitingList }) => (waitingList[0]!.choices = ['g9'])],
  [
    'waitingList 1 pattern.mon too_long',
    ({ waitingList }) => (waitingList[0]!.pattern.mon = ['07:30', '18:30']),
  ],
  ['waitingList 2 startsOn invalid', ({ waitingList }) => waitingList.push({ ...waitingList[0]! })],
  [
    'waitingList 1 registeredAt invalid',
    ({ waitingList }) => (waitingList[0]!.registeredAt = '2027-02-04T00:00:00Z'),
  ],
];

const RULES: Break[] = [
  [
    'bookings 5 from full',
    ({ bookings }) => bookings.push({ ...bookings[0]!, child: 'k4', date: '2027-02-09' }),
  ],
  ['bookings 5 date closed', ({ bookings }) => bookings.push({ ...bookings[0]!, date: '2026-12-16' })],
  ['bookings 5 date closed', ({ bookings }) => bookings.push({ ...bookings[0]!, date: '2027-02-13' })],
  [
    'bookings 4 from outside_hours',
    ({ bookings }) => Object.assign(bookings[3]!, { from: '09:30', to: '13:30' }),
  ],
  ['bookings 5 child wrong_category', ({ bookings }) => bookings.push({ ...bookings[3]!, child: 'k1' })],
  [
    'bookings 5 child too_young',
    ({ bookings }) => bookings.push({ ...bookings[0]!, child: 'k4', date: '2026-12-24' }),
  ],
  [
    'bookings 5 date beyond_horizon',
    ({ bookings }) => bookings.push({ ...bookings[0]!, date: '2028-04-03' }),
  ],
  ['waitingList 1 choices.0 wrong_category', ({ waitingList }) => (waitingList[0]!.choices = ['g2'])],
];

/** A child who is a year and a half old on 15 January 2027. */
function withToddler(file: SampleFile): SampleFile {
  file.children.push({
    ref: 'k4',
    name: 'Үлгі Бота',
    birthDate: '2025-07-15',
    category: 'child_psychoneurological',
    guardians: [],
  });
  return file;
}

describe('a broken file is refused as a whole, and told sheet, row and field', () => {
  test.each([...SHAPES, ...VALUES, ...RULES])('%s', async (expected, change) => {
    await using world = await World.create();
    const file = withToddler(sampleFile());
    change(file);
    const problems = await problemsIn(world, file);
    expect(problems.map(short)).toEqual([expected].flat());
    expect(problems.every((problem) => problem.detail.length > 0)).toBe(true);
    const people = await world.database.read((tx) => tx.db.select().from(tx.t.person).limit(1).execute());
    expect(people).toEqual([]);
  });

  test('all problems at once, in the order of the sheets', async () => {
    await using world = await World.create();
    const file = sampleFile();
    file.bookings[1]!.from = '08:15';
    file.children[0]!.iin = '180515599918';
    file.users[0]!.scope = 'c9';
    expect((await problemsIn(world, file)).map(short)).toEqual([
      'children 1 iin invalid',
      'users 1 scope missing',
      'bookings 2 from off_grid',
    ]);
  });

  test('not an object, not a section', async () => {
    await using world = await World.create();
    expect((await problemsIn(world, [])).map(short)).toEqual(['file 0  invalid']);
    expect((await problemsIn(world, null)).map(short)).toEqual(['file 0  invalid']);
  });

  test("another child's IIN, another group's centre, a change that puts bookings out", async () => {
    await using world = await World.create();
    await importFile(world.database, sampleFile(), { now: world.now });
    const twin = {
      ref: 'k9',
      name: 'Үлгі',
      iin: '180515599919',
      birthDate: '2018-05-15',
      category: 'child_psychoneurological',
    };
    expect((await problemsIn(world, { children: [twin] })).map(short)).toEqual(['children 1 iin invalid']);
    const { centres, children } = sampleFile();
    const moved = {
      centres: [
        { ...centres[0]!, groups: [] },
        { ...centres[0]!, ref: 'c2' },
      ],
    };
    expect((await problemsIn(world, moved)).map(short)).toEqual([
      'groups 1 ref invalid',
      'groups 2 ref invalid',
    ]);
    const grown = { ...children[1]!, category: 'child_musculoskeletal' };
    expect((await problemsIn(world, { children: [grown] })).map(short)).toEqual([
      'children 1 category in_the_way',
    ]);
    await writePastRules(world.stage, ["update care_group set admission = 'enrolled' where ref = 'g2'"]);
    const stranger = { child: 'k3', group: 'g2', date: '2027-02-15', from: '08:00', to: '12:30' };
    expect((await problemsIn(world, { bookings: [stranger] })).map(short)).toEqual([
      'bookings 1 group not_enrolled',
    ]);
    centres[0]!.groups[0]!.toAgeMonths = 96;
    expect((await problemsIn(world, { centres })).map(short)).toEqual(['groups 1 toAgeMonths in_the_way']);
  });
});
