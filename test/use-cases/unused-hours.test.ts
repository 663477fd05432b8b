import { afterEach, beforeEach, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import {
  addDays,
  addMinutes,
  instant,
  instantAt,
  plainDate,
  weekdayOf,
  type PlainDate,
} from '../../src/domain/calendar.ts';
import { SYSTEM, type Actor } from '../../src/domain/people.ts';
import { listBookings } from '../../src/data/bookings.ts';
import { listMessages } from '../../src/data/messages.ts';
import { reportAbsence } from '../../src/use-cases/absences.ts';
import { bookSeries } from '../../src/use-cases/booking-series.ts';
import { cancelBooking } from '../../src/use-cases/cancellations.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { extendDays } from '../../src/use-cases/group-days.ts';
import { askFamiliesOfToday } from '../../src/use-cases/release-round.ts';
import { answerRelease, askAboutUnusedHours } from '../../src/use-cases/unused-hours.ts';
import { refusalOf } from '../support/refusals.ts';
import { World } from '../support/world.ts';

/** Four Tuesdays, and the night of chores after them. */
const TUESDAYS = ['2027-02-09', '2027-02-16', '2027-02-23', '2027-03-02'].map((date) => plainDate(date));
const AFTER = instant('2027-03-02T20:00:00.000Z');

let world: World;
let centreId: number;
let groupId: number;
let mother: Actor;
let childId: number;
let bookings: Map<PlainDate, number>;

beforeEach(async () => {
  world = await World.create();
  centreId = await world.centre();
  groupId = await world.group(centreId);
  mother = await world.guardian();
  childId = await world.child(mother);
  await world.act(mother, bookSeries, {
    childId,
    groupId,
    pattern: { kind: 'weekly', days: { tue: [17, 33], wed: [17, 33] } },
    startsOn: TUESDAYS[0]!,
    endsOn: plainDate('2027-04-30'),
    ifFull: 'book_free',
  });
  bookings = new Map((await all()).map((booking) => [booking.date, booking.id]));
});
afterEach(() => world[Symbol.asyncDispose]());

const all = () =>
  world.database.read((tx) =>
    listBookings(tx, { childIds: [childId], from: TUESDAYS[0]!, to: plainDate('2027-04-30') }),
  );
const requests = () =>
  world.database.read(
    async (tx) => await tx.db.select().from(tx.t.releaseRequest).orderBy(tx.t.releaseRequest.id),
  );
const ask = (weeks?: number) =>
  world.act(SYSTEM, askAboutUnusedHours, { centreId, ...(weeks !== undefined && { weeks }) });

/** On the morning of a day the family says that the child does not come. */
async function absent(date: PlainDate) {
  world.now = instantAt(date, 7 * 60);
  await world.act(mother, reportAbsence, { bookingId: bookings.get(date)!, kind: 'family' });
}

async function cancelled(date: PlainDate, daysBefore: number) {
  world.now = instantAt(addDays(date, -daysBefore), 7 * 60);
  await world.act(mother, cancelBooking, { bookingId: bookings.get(date)! });
}

test('three of four Tuesdays unused: the family is asked, once, and nothing is cancelled', async () => {
  for (const date of TUESDAYS.slice(0, 2)) await absent(date);
  await cancelled(TUESDAYS[3]!, 0);
  world.now = AFTER;
  expect(await ask()).toBe(1);
  expect(await ask()).toBe(0);
  expect(await requests()).toMatchObject([
    { childId, groupId, weekday: 'tue', fromHalfHour: 17, toHalfHour: 33, answer: null },
  ]);
  const messages = await world.database.read((tx) =>
    listMessages(tx, mother.personId, { unread: true, limit: 9 }),
  );
  expect(messages).toMatchObject([
    { kind: 'release_request', data: { weekday: 'tue', unused: 3, times: 4, from: '08:30', to: '16:30' } },
  ]);
  expect((await all()).filter(({ date, state }) => date > TUESDAYS[3]! && state !== 'booked')).toEqual([]);
});

test('two of four are no habit; cancelled in time, or by the centre, counts for nobody', async () => {
  const admin = await world.person('centre_admin', { centreId });
  await absent(TUESDAYS[0]!);
  await absent(TUESDAYS[1]!);
  world.now = instantAt(TUESDAYS[2]!, 6 * 60);
  await world.act(admin, cancelBooking, { bookingId: bookings.get(TUESDAYS[2]!)! });
  world.now = AFTER;
  expect(await ask()).toBe(0);
});

test('cancelled before the deadline is not unused', async () => {
  // The deadline of 2 March is Monday 22 February, 18:00.
  await cancelled(TUESDAYS[3]!, 10);
  await absent(TUESDAYS[0]!);
  await absent(TUESDAYS[1]!);
  world.now = AFTER;
  expect(await ask()).toBe(0);
});

test('how far is looked back is a setting', async () => {
  await absent(TUESDAYS[2]!);
  await absent(TUESDAYS[3]!);
  world.now = AFTER;
  expect(await ask()).toBe(0);
  expect(await ask(2)).toBe(1);
});

test('nothing booked ahead: nothing to ask for', async () => {
  for (const date of TUESDAYS.slice(0, 3)) await absent(date);
  world.now = AFTER;
  const ahead = (await all()).filter(({ date }) => date > TUESDAYS[3]!);
  await world.insert(async (tx) => {
    for (const { id } of ahead) await tx.db.delete(tx.t.booking).where(eq(tx.t.booking.id, id));
  });
  expect(await ask()).toBe(0);
});

test('released: every later Tuesday is cancelled and free, Wednesdays stay; answered once', async () => {
  for (const date of TUESDAYS.slice(0, 3)) await absent(date);
  world.now = AFTER;
  await ask();
  const [request] = await requests();
  const answer = { requestId: request!.id, answer: 'released' as const };
  const stranger = await world.guardian();
  expect((await refusalOf(world.act(stranger, answerRelease, answer))).reason).toBe('missing');
  const { cancelled: count } = await world.act(mother, answerRelease, answer);
  const ahead = (await all()).filter(({ date }) => date > TUESDAYS[3]!);
  const off = ahead.filter(({ state }) => state === 'cancelled');
  expect(count).toBe(off.length);
  expect(off.map(({ date }) => date)).toContain('2027-03-09');
  expect(new Set(off.map(({ date }) => weekdayOf(date)))).toEqual(new Set(['tue']));
  expect(new Set(off.map(({ cancelledBy }) => cancelledBy))).toEqual(new Set(['family']));
  expect(ahead.filter(({ state }) => state === 'booked').length).toBeGreaterThan(5);
  expect((await refusalOf(world.act(mother, answerRelease, answer))).reason).toBe('taken');
  await world.insert((tx) => extendDays(tx, world.now));
  expect(await checkData(world.database, world.now)).toEqual([]);
});

test('kept: nothing changes, and the family is left in peace for twelve weeks', async () => {
  for (const date of TUESDAYS.slice(0, 3)) await absent(date);
  world.now = AFTER;
  await ask();
  const [request] = await requests();
  const before = await all();
  await world.act(mother, answerRelease, { requestId: request!.id, answer: 'kept' });
  expect(await all()).toEqual(before);
  for (const date of ['2027-03-09', '2027-03-16', '2027-03-30'] as PlainDate[]) await absent(date);
  world.now = instant('2027-03-31T20:00:00.000Z');
  expect(await ask()).toBe(0);
});

test('once a day, for every centre; cut short it goes on next time', async () => {
  await world.group(await world.centre());
  for (const date of TUESDAYS.slice(0, 3)) await absent(date);
  world.now = AFTER;
  const round = (running: boolean) =>
    askFamiliesOfToday(world.database, world.now, { weeks: undefined, running: async () => running });
  expect(await round(false)).toBe(0);
  expect(await round(true)).toBe(1);
  await world.insert(async (tx) => void (await tx.db.delete(tx.t.releaseRequest)));
  expect(await round(true)).toBe(0);
  world.now = addMinutes(world.now, 60 * 24);
  expect(await round(true)).toBe(1);
});
