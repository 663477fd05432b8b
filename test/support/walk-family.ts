import { addDays, dateAt, WEEKDAYS, type PlainDate } from '../../src/domain/calendar.ts';
import type { Pattern, Stretch } from '../../src/domain/pattern.ts';
import { ABSENCES, reportAbsence } from '../../src/use-cases/absences.ts';
import { recordArrival, recordDeparture } from '../../src/use-cases/attendance.ts';
import { bookSeries } from '../../src/use-cases/booking-series.ts';
import { bookSlot, changeBooking } from '../../src/use-cases/bookings.ts';
import { cancelBooking, cancelSeries } from '../../src/use-cases/cancellations.ts';
import { answerRescue } from '../../src/use-cases/rescues.ts';
import { endStandBy, standBy } from '../../src/use-cases/stand-bys.ts';
import { answerRelease } from '../../src/use-cases/unused-hours.ts';
import type { Verb, Walk } from './walk.ts';

/** Days of a family: some weekdays, a cycle, or dates, each with hours of its own. */
export async function patternOf(walk: Walk, groupId: number): Promise<Pattern> {
  const { random } = walk;
  const stretch = (): Stretch => {
    const { from, to } = walk.slot();
    return [from, to];
  };
  const kind = random.pick(['weekly', 'weekly', 'cycle', 'dates'] as const);
  if (kind === 'weekly') {
    const days = random.shuffle(WEEKDAYS.slice(0, 5)).slice(0, random.int(1, 3));
    return { kind, days: Object.fromEntries(days.map((day) => [day, stretch()])) };
  }
  if (kind === 'cycle') {
    const length = random.int(2, 9);
    const days = Object.fromEntries([1, random.int(1, length)].map((day) => [day, stretch()]));
    return { kind, length, from: walk.date(), days };
  }
  const open = await openDays(walk, groupId);
  const dates = Array.from({ length: random.int(1, 4) }, () => walk.pick(open));
  return { kind, dates: Object.fromEntries(dates.map((date) => [date, stretch()])) };
}

const childAndGroup = async (walk: Walk) => ({
  childId: walk.pick(await walk.rows('child')).id,
  groupId: walk.pick(await walk.rows('careGroup')).id,
});

async function openDays(walk: Walk, groupId: number): Promise<PlainDate[]> {
  const days = (await walk.rows('groupDay')).filter((day) => day.groupId === groupId);
  const soon = days.filter(({ date, opensAt }) => date >= walk.today && opensAt !== null);
  return soon
    .map(({ date }) => date)
    .toSorted()
    .slice(0, 15);
}

async function live(walk: Walk) {
  const over = new Set(
    [...(await walk.rows('cancellation')), ...(await walk.rows('absence'))].map((row) => row.bookingId),
  );
  const soon = addDays(walk.today, 20);
  const old = addDays(walk.today, -3);
  return (await walk.rows('booking')).filter(({ id, date }) => !over.has(id) && date >= old && date <= soon);
}

/** A booking that stands, more often one of today and tomorrow, and somebody who may change it. */
async function bookingOf(walk: Walk, today = false) {
  const all = await live(walk);
  const near = all.filter(({ date }) => date >= walk.today && date <= addDays(walk.today, today ? 0 : 1));
  const stands = new Set(
    (await walk.rows('standBy')).flatMap((each) =>
      each.endedAt === null ? [`${each.groupId} ${each.date}`] : [],
    ),
  );
  const awaited = near.filter(({ groupId, date }) => stands.has(`${groupId} ${date}`));
  const most = awaited.length > 0 && walk.random.chance(0.5) ? awaited : near;
  const booking = walk.pick(most.length > 0 && walk.random.chance(today ? 0.95 : 0.7) ? most : all);
  const group = (await walk.rows('careGroup')).find(({ id }) => id === booking.groupId)!;
  return { booking, actor: await walk.for(booking.childId, group.centreId), centreId: group.centreId };
}

export const FAMILY_VERBS: readonly Verb[] = [
  {
    name: 'book',
    weight: 12,
    try: async (walk) => {
      const { childId, groupId } = await childAndGroup(walk);
      const days = await openDays(walk, groupId);
      const date = walk.random.chance(0.2) ? walk.date() : walk.pick(days.slice(0, 5));
      const wish = { childId, groupId, date, slot: walk.slot() };
      return await walk.act(await walk.for(wish.childId), bookSlot, wish);
    },
  },
  {
    name: 'series',
    weight: 6,
    try: async (walk) => {
      const startsOn = walk.date();
      const { childId, groupId } = await childAndGroup(walk);
      const wish = {
        childId,
        groupId,
        pattern: await patternOf(walk, groupId),
        startsOn,
        endsOn: addDays(startsOn, walk.random.int(0, 30)),
        ifFull: walk.random.pick(['refuse_all', 'book_free', 'book_free'] as const),
      };
      return await walk.act(await walk.for(wish.childId), bookSeries, wish);
    },
  },
  {
    name: 'move',
    weight: 7,
    try: async (walk) => {
      const { booking, actor } = await bookingOf(walk);
      const { random } = walk;
      const begun = random.chance(0.4);
      const [from, to] = [booking.fromHalfHour, walk.random.int(booking.fromHalfHour + 8, 37)];
      return await walk.act(actor, changeBooking, {
        bookingId: booking.id,
        slot: begun ? { from, to } : walk.slot(),
        ...(random.chance(0.4) && { date: walk.date() }),
        ...(random.chance(0.3) && { groupId: walk.pick(await walk.rows('careGroup')).id }),
      });
    },
  },
  {
    name: 'cancel',
    weight: 6,
    try: async (walk) => {
      const { booking, actor } = await bookingOf(walk);
      return await walk.act(actor, cancelBooking, { bookingId: booking.id });
    },
  },
  {
    name: 'cancel series',
    weight: 2,
    try: async (walk) => {
      const { booking, actor } = await bookingOf(walk);
      return await walk.act(actor, cancelSeries, { bookingId: booking.id });
    },
  },
  {
    name: 'absence',
    weight: 4,
    try: async (walk) => {
      const { booking, actor } = await bookingOf(walk);
      return await walk.act(actor, reportAbsence, {
        bookingId: booking.id,
        kind: walk.random.pick(ABSENCES),
      });
    },
  },
  {
    name: 'arrival',
    weight: 8,
    try: async (walk) => {
      const { booking, centreId } = await bookingOf(walk, true);
      if (booking.date !== walk.today && walk.random.chance(0.9)) return walk.pick([]);
      return await walk.act(walk.country.desks.get(centreId)!, recordArrival, { bookingId: booking.id });
    },
  },
  {
    name: 'departure',
    weight: 8,
    try: async (walk) => {
      const here = (await walk.rows('attendance')).filter(
        ({ departedAt, arrivedAt }) => departedAt === null && dateAt(arrivedAt) >= addDays(walk.today, -1),
      );
      const { bookingId } = walk.pick(here);
      const booking = (await walk.rows('booking')).find(({ id }) => id === bookingId)!;
      const group = (await walk.rows('careGroup')).find(({ id }) => id === booking.groupId)!;
      const collectorId = walk.random.chance(0.2) ? walk.random.pick(walk.country.guardians).personId : null;
      const desk = walk.country.desks.get(group.centreId)!;
      return await walk.act(desk, recordDeparture, { bookingId, collectorId });
    },
  },
  {
    name: 'stand by',
    weight: 8,
    try: async (walk) => {
      const slot = walk.slot();
      const full = (await walk.rows('groupDay')).filter(
        ({ date, peakTaken, room }) =>
          date >= walk.today && date <= addDays(walk.today, 2) && peakTaken >= room,
      );
      const { groupId, date } = walk.pick(full.toSorted((a, b) => (a.date < b.date ? -1 : 1)));
      const childId = walk.pick(await walk.rows('child')).id;
      const takeUntilMinute = walk.random.chance(0.4) ? slot.from * 30 - 60 : null;
      return await walk.act(await walk.for(childId), standBy, {
        childId,
        groupId,
        date,
        slot,
        takeUntilMinute,
      });
    },
  },
  {
    name: 'end stand-by',
    weight: 1,
    try: async (walk) => {
      const stand = walk.pick((await walk.rows('standBy')).filter(({ endedAt }) => endedAt === null));
      return await walk.act(await walk.for(stand.childId), endStandBy, { standById: stand.id });
    },
  },
  {
    name: 'answer rescue',
    weight: 12,
    try: async (walk) => {
      const open = new Set(
        (await walk.rows('rescue')).filter(({ closedAt }) => closedAt === null).map(({ id }) => id),
      );
      const asked = (await walk.rows('rescueAnswer')).filter(({ rescueId }) => open.has(rescueId));
      const { rescueId, standById } = walk.pick(asked);
      const stand = (await walk.rows('standBy')).find(({ id }) => id === standById)!;
      const answer = walk.random.pick(['yes', 'yes', 'no'] as const);
      return await walk.act(await walk.for(stand.childId), answerRescue, { rescueId, standById, answer });
    },
  },
  {
    name: 'release hours',
    weight: 2,
    try: async (walk) => {
      const request = walk.pick((await walk.rows('releaseRequest')).filter(({ answer }) => answer === null));
      const answer = walk.random.pick(['released', 'kept'] as const);
      return await walk.act(await walk.for(request.childId), answerRelease, {
        requestId: request.id,
        answer,
      });
    },
  },
];
