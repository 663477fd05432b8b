import { beforeAll, afterAll, describe, expect, test } from 'vitest';
import { instant, plainDate } from '../../src/domain/calendar.ts';
import type { Actor } from '../../src/domain/people.ts';
import { parseTime } from '../../src/domain/slots.ts';
import { reportAbsence } from '../../src/use-cases/absences.ts';
import { recordArrival, recordDeparture } from '../../src/use-cases/attendance.ts';
import { bookSlot } from '../../src/use-cases/bookings.ts';
import { cancelBooking } from '../../src/use-cases/cancellations.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { writePastRules } from '../support/raw-sql.ts';
import { World } from '../support/world.ts';

const DAY = '2027-02-09';

interface Stage {
  readonly world: World;
  readonly groupId: number;
  readonly ids: readonly number[];
  readonly children: readonly number[];
}

/** A room of two with four bookings on one day: booked, attended, absent, cancelled. */
async function stage(): Promise<Stage> {
  const world = await World.create();
  const centreId = await world.centre();
  const groupId = await world.group(centreId, { room: 2 });
  const mother = await world.guardian();
  const staff = await world.person('centre_staff', { centreId });
  const children: number[] = [];
  const ids: number[] = [];
  const book = async (who: Actor, from: string, to: string) => {
    const childId = await world.child(mother);
    const slot = { from: parseTime(from)!, to: parseTime(to)! };
    children.push(childId);
    ids.push((await world.act(who, bookSlot, { childId, groupId, date: plainDate(DAY), slot })).id);
    return ids.at(-1)!;
  };
  await world.act(mother, cancelBooking, { bookingId: await book(mother, '08:30', '17:30') });
  await world.act(mother, reportAbsence, {
    bookingId: await book(mother, '08:30', '17:30'),
    kind: 'illness',
  });
  await book(mother, '08:30', '17:30');
  await book(mother, '08:30', '17:30');
  world.now = instant('2027-02-09T03:35:00.000Z'); // 08:35
  await world.act(staff, recordArrival, { bookingId: ids[3]! });
  world.now = instant('2027-02-09T08:05:00.000Z'); // 13:05
  await world.act(staff, recordDeparture, { bookingId: ids[3]!, collectorId: null });
  return { world, groupId, ids, children };
}

type Break = [rule: string, detail: RegExp, statements: (stage: Stage) => string[]];

const set = (id: number | undefined, assignment: string) =>
  `update booking set ${assignment} where id = ${id}`;

const BREAKS: Break[] = [
  ['overbooked', /^3 of 2 at 08:30$/, ({ ids }) => [set(ids[0], 'released_from = 30')]],
  [
    'child_twice',
    /^2 bookings$/,
    ({ ids, children }) => ['drop index booking_one_a_day', set(ids[3], `child_id = ${children[2]}`)],
  ],
  ['length', /^08:30–11:30$/, ({ ids }) => [set(ids[2], 'to_half_hour = 23')]],
  ['outside_hours', /takes 07:30–17:30$/, ({ ids }) => [set(ids[2], 'from_half_hour = 15')]],
  [
    'outside_hours',
    /takes 08:30–17:30$/,
    () => [
      `update group_day set opens_at = null, closes_at = null, closed_reason = 'day_off' where date = '${DAY}'`,
    ],
  ],
  ['day_differs', /^booked /, () => [`update group_day set booked = '' where date = '${DAY}'`]],
  [
    'day_differs',
    /^attendedMinutes /,
    () => [`update group_day set attended_minutes = 1 where date = '${DAY}'`],
  ],
  [
    'day_differs',
    /^placeMinutes /,
    () => [`update group_day set place_minutes = 1 where date = '2027-01-05'`],
  ],
  [
    'day_differs',
    /without a roster/,
    () => [`update group_day set capacity = '[[]]' where date = '2027-02-10'`],
  ],
  [
    'terms_differ',
    /^opensAt is 17, should be 16/,
    () => [`update group_day set opens_at = 17 where date = '2027-03-10'`],
  ],
  [
    'terms_differ',
    /^room is 3, should be 2$/,
    () => [`update group_day set room = 3 where date = '2027-03-10'`],
  ],
  ['days_missing', /^1 days are missing/, () => [`delete from group_day where date = '2027-05-05'`]],
  ['days_missing', /the horizon is 2028-03-31$/, () => [`delete from group_day where date >= '2028-03-15'`]],
  [
    'days_missing',
    /^starts on 2027-01-01, its days on 2027-01-03$/,
    () => [`delete from group_day where date < '2027-01-03'`],
  ],
  ['not_released', /^cancelled/, ({ ids }) => [set(ids[0], 'released_from = null')]],
  ['not_released', /^absent/, ({ ids }) => [set(ids[1], 'released_from = null')]],
  ['released_without_reason', /^free from 12:00/, ({ ids }) => [set(ids[2], 'released_from = 24')]],
  ['released_outside', /^released from 18:00/, ({ ids }) => [set(ids[3], 'released_from = 36')]],
  ['contradiction', /^arrived and absent$/, ({ ids }) => [`update absence set booking_id = ${ids[3]}`]],
  [
    'contradiction',
    /^cancelled and arrived$/,
    ({ ids }) => [`update cancellation set booking_id = ${ids[3]}`],
  ],
  [
    'contradiction',
    /^arrived on another day$/,
    () => [`update attendance set arrived_at = '2027-02-08T05:00:00.000Z'`],
  ],
  [
    'contradiction',
    /^left before arriving$/,
    () => [`update attendance set departed_at = '2027-02-09T03:00:00.000Z'`],
  ],
  ['orphan', /^1 rows/, ({ ids }) => [set(ids[2], 'child_id = 999')]],
  ['orphan', /^1 rows/, () => [`update assignment set centre_id = 999 where role = 'centre_staff'`]],
  ['orphan', /rows/, () => [`delete from group_day where date = '${DAY}'`]],
];

describe('checking the data', () => {
  let clean: Stage;
  beforeAll(async () => {
    clean = await stage();
  });
  afterAll(async () => {
    await clean.world[Symbol.asyncDispose]();
  });

  test('finds nothing in what the use-cases wrote', async () => {
    expect(await checkData(clean.world.database, clean.world.now)).toEqual([]);
  });

  test.each(BREAKS)('%s: %s', async (rule, detail, statements) => {
    const broken = await stage();
    await using world = broken.world;
    await writePastRules(world.stage, statements(broken));
    const findings = await checkData(world.database, world.now);
    expect(
      findings.filter((finding) => finding.rule === rule).map((finding) => finding.detail),
    ).toContainEqual(expect.stringMatching(detail));
    expect(JSON.stringify(findings)).not.toContain('Synthetic');
  });

  test('what a closure cut short may reach beyond it; a booking that was only forgotten may not', async () => {
    const { world, ids, groupId } = await stage();
    await using _ = world;
    const closed = `update group_day set closes_at = 22, closed_reason = 'emergency' where date = '${DAY}' and group_id = ${groupId}`;
    await writePastRules(world.stage, [closed]);
    const outside = async () =>
      (await checkData(world.database, world.now)).filter((finding) => finding.rule === 'outside_hours');
    expect((await outside()).map((finding) => finding.detail)).toEqual([
      `booking ${ids[2]} takes 08:30–17:30`,
    ]);
    await writePastRules(world.stage, [set(ids[2], 'released_from = 26')]);
    expect(await outside()).toEqual([]);
  });
});
