import Client from 'better-sqlite3';
import { encodeHalfHours, HEADS_WIDTH, WEIGHT_WIDTH } from '../db/schema/half-hours.ts';
import { loadDemo } from '../db/seed/demo.ts';
import { addDays, instant, plainDate } from '../src/domain/calendar.ts';
import { freeAt } from '../src/domain/places.ts';
import { REGION_CODES } from '../src/domain/regions.ts';
import { listDaysOf } from '../src/data/group-days.ts';
import { listOccupancy } from '../src/data/occupancy.ts';
import { createTestDatabase } from '../test/support/database.ts';
import { World } from '../test/support/world.ts';
import { medianCpuMs, type Figure } from './harness.ts';

const CENTRES = 120;
const ROUNDS = 15;
const STARTS_ON = plainDate('2026-12-07');

/** 120 centres with 1–6 groups each, a row for every day to the horizon, two days of three with many children. */
async function prepare(world: World): Promise<number[]> {
  const groups: number[] = [];
  for (let centre = 0; centre < CENTRES; centre++) {
    const id = await world.centre({ regionCode: REGION_CODES[centre % REGION_CODES.length]! });
    const count = 1 + ((centre * 7) % 6);
    for (let each = 0; each < count; each++) groups.push(await world.group(id, { startsOn: STARTS_ON }));
  }
  const { url } = world.stage;
  if (url.dialect !== 'sqlite') throw new Error('This part measures SQLite.');
  const client = new Client(url.file);
  const open = (at: number) => at >= 16 && at < 37;
  const heads = Array.from({ length: 48 }, (_, at) => (open(at) ? 3 + (at % 5) : 0));
  const booked = encodeHalfHours(heads, HEADS_WIDTH);
  const load = encodeHalfHours(
    heads.map((each) => each * 100),
    WEIGHT_WIDTH,
  );
  client
    .prepare(
      `update group_day set booked = ?, load = ?, booked_minutes = 3150, attended_minutes = 2800 + group_id, peak_booked = 7,
        peak_taken = 7 where opens_at is not null and group_id % 3 > 0`,
    )
    .run(booked, load);
  client.pragma('wal_checkpoint(TRUNCATE)');
  client.close();
  return groups;
}

/** The two reads that dashboards and calendars stand on, which read group_day and never bookings; and the demo country made. */
export async function benchCountry(): Promise<Figure[]> {
  await using world = await World.create({ dialect: 'sqlite' });
  const groups = await prepare(world);
  const some = groups.filter((_, at) => at % 7 === 0).slice(0, 60);
  let free = 0;
  const halfHours = await medianCpuMs(ROUNDS, async () => {
    const days = await world.database.read((tx) =>
      listDaysOf(tx, { groupIds: some, from: plainDate('2027-02-03'), to: plainDate('2027-05-03') }),
    );
    if (days.length !== 60 * 90) throw new Error(`${days.length} days, not ${60 * 90}`);
    for (const day of days) for (let at = 0; at < 48; at++) free += freeAt(day, at);
  });
  let rows = 0;
  const range = { from: STARTS_ON, to: addDays(STARTS_ON, 20 * 7 - 1) };
  const occupancy = await medianCpuMs(ROUNDS, async () => {
    rows = (await world.database.read((tx) => listOccupancy(tx, { ...range, by: 'week', each: 'centre' })))
      .length;
  });
  const demo = await medianCpuMs(1, async () => {
    await using stage = await createTestDatabase('sqlite');
    await loadDemo(stage.database, { now: instant('2027-02-03T04:00:00Z') });
  });
  if (free === 0 || rows !== CENTRES * 20) throw new Error(`${free} free half-hours, ${rows} rows`);
  return [
    {
      name: 'free half-hours, 60 groups × 90 days',
      value: halfHours,
      unit: 'ms',
      atMost: 30,
      detail: 'processor time',
    },
    {
      name: 'occupancy, 120 centres × 20 weeks',
      value: occupancy,
      unit: 'ms',
      atMost: 40,
      detail: `${groups.length} groups, processor time`,
    },
    {
      name: 'the demo country, 120 centres, made',
      value: demo / 1000,
      unit: 's',
      atMost: 60,
      detail: 'processor time',
    },
  ];
}
