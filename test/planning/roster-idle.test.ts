import { expect, test } from 'vitest';
import { idleOf } from '../../src/planning/roster/idle.ts';
import { readRoster } from '../../src/planning/roster/read.ts';
import type { FactKind, Roster, Uncovered } from '../../src/planning/roster/result.ts';
import { solveRoster } from '../../src/planning/roster/solve.ts';
import { plainDate } from '../../src/domain/calendar.ts';
import { RULES, type DemandJson, type StaffJson } from './roster-cases.ts';

const person = (more: Partial<StaffJson> = {}): StaffJson => ({
  id: 'a',
  level: 0,
  skills: [],
  weeklyMinutes: 2400,
  minShiftMinutes: 240,
  maxShiftMinutes: 600,
  daysPerWeek: 5,
  overtimeMinutesPerWeek: 0,
  absent: [],
  ...more,
});

const need = (day: number, from: string, to: string, more: Partial<DemandJson> = {}): DemandJson => ({
  date: `2027-02-0${day}`,
  from,
  to,
  ...('skill' in more ? {} : { level: 0 }),
  count: 1,
  kind: 'quality',
  ...more,
});

function inputOf(staff: StaffJson[], demand: DemandJson[]) {
  const days = { from: '2027-02-01', to: '2027-02-07', opens: '07:30', closes: '18:30', seed: 1 };
  const read = readRoster({ ...days, staff, demand, rules: { ...RULES } });
  if ('errors' in read) throw new Error(JSON.stringify(read.errors));
  return read.input;
}

test.each<[string, Partial<StaffJson>, DemandJson[], number, [string, number][]]>([
  ['nobody lacks anywhere', { daysPerWeek: 1 }, [need(1, '09:00', '13:00')], 1830, [['nobody_waits', 0]]],
  [
    'one day a week, wanted on two',
    { daysPerWeek: 1, maxShiftMinutes: 240 },
    [need(1, '09:00', '13:00'), need(2, '09:00', '13:00')],
    2160,
    [['days', 8]],
  ],
  [
    'a window',
    { available: { mon: ['07:30', '12:00'] } },
    [need(1, '10:00', '14:00')],
    2130,
    [['window', 4]],
  ],
  [
    'the longest shift',
    { available: { mon: ['07:30', '18:30'] }, maxShiftMinutes: 240 },
    [need(1, '09:00', '14:00')],
    2160,
    [['longest_shift', 2]],
  ],
  [
    'another skill',
    { available: { mon: ['07:30', '11:30'] } },
    [need(1, '09:00', '11:00', { skill: 'nurse' })],
    2160,
    [['not_qualified', 4]],
  ],
  [
    'two reasons, the commoner first',
    { available: { mon: ['07:30', '11:30'] } },
    [need(1, '08:00', '11:30', { skill: 'nurse' }), need(1, '13:00', '14:00')],
    2160,
    [
      ['not_qualified', 7],
      ['window', 2],
    ],
  ],
])('%s', async (_, more, demand, minutes, why) => {
  const input = inputOf([person(more)], demand);
  const idle = idleOf(input, await solveRoster(input));
  expect(idle).toMatchObject([{ staff: 'a', week: '2027-02-01', minutes }]);
  expect(idle[0]!.why.map(({ reason, halfHours }) => [reason, halfHours])).toEqual(why);
});

test('whose contract is used up, the days of absence taken from it, is not named', async () => {
  const absent = ['2027-02-01', '2027-02-02', '2027-02-03', '2027-02-04', '2027-02-05'];
  const input = inputOf([person(), person({ id: 'b', absent: [...absent, '2027-02-06', '2027-02-07'] })], []);
  expect(idleOf(input, await solveRoster(input))).toEqual([]);
});

/** A roster without shifts that lacks somebody at these times, for this reason. */
function lacking(
  facts: readonly (readonly [from: string, to: string, fact: FactKind])[],
  more: Partial<Uncovered> = {},
): Roster {
  const uncovered: Uncovered = {
    date: plainDate('2027-02-01'),
    from: facts[0]![0],
    to: facts.at(-1)![1],
    level: 0,
    kind: 'quality',
    missing: 1,
    why: facts.map(([from, to, fact]) => ({ fact, staff: 'a', from, to, text: '' })),
    closes: { people: 1, date: plainDate('2027-02-01'), from: '', to: '', hours: 0, text: '' },
    ...more,
  };
  const cost = {
    total: 0,
    legal: 0,
    quality: 0,
    overtime: 0,
    underContract: 0,
    preference: 0,
    surplus: 0,
    fairness: 0,
  };
  return { shifts: [], uncovered: [uncovered], cost, bound: 0, gap: 0, proved: true, seconds: 0 };
}

test.each<[Roster, [string, number][]]>([
  [lacking([['09:00', '10:00', 'weekly_minutes']]), [['hours_left', 2]]],
  [lacking([['09:00', '10:00', 'needed_elsewhere']], { missing: 2 }), [['second_person', 2]]],
  [lacking([['09:00', '10:00', 'costs_more']]), [['costs_more', 2]]],
  [
    lacking([
      ['09:00', '10:00', 'rest'],
      ['10:00', '11:30', 'on_break'],
    ]),
    [
      ['on_break', 3],
      ['rest', 2],
    ],
  ],
])('%#: reasons of single half-hours', (roster, why) => {
  const [idle] = idleOf(inputOf([person()], []), roster);
  expect(idle!.minutes).toBe(2400);
  expect(idle!.why.map(({ reason, halfHours }) => [reason, halfHours])).toEqual(why);
});
