import { firstOpenHalfHour } from '../domain/admittance.ts';
import {
  addDays,
  dateAt,
  maxOf,
  minOf,
  startOfWeek,
  type Instant,
  type PlainDate,
} from '../domain/calendar.ts';
import type { Slot } from '../domain/slots.ts';
import { workTermsOn } from '../domain/work-terms.ts';
import type { Reading } from '../data/database.ts';
import { listExpected } from '../data/expected.ts';
import { listDaysOf } from '../data/group-days.ts';
import { listGroups } from '../data/groups.ts';
import { listWorkTerms } from '../data/norms.ts';
import { listStaff } from '../data/staff.ts';
import { findNearHours, type NearHours } from './near-hours.ts';
import { shortagesOf } from './publication.ts';

/** A booking as far as staff matter to it. */
export interface StayToStaff extends Slot {
  readonly id: number;
  readonly childId: number;
  readonly centreId: number;
  readonly groupId: number;
  readonly date: PlainDate;
  readonly state: string;
}

/** How sure a stay is: its day has no roster yet, has one that carries it, or one that does not. */
export type Firmness =
  | { readonly is: 'awaited'; readonly firmBy: PlainDate }
  | { readonly is: 'firm' }
  | { readonly is: 'at_risk'; readonly near: NearHours | undefined };

/**
 * Of the bookings that stand and are not over, how firm they are, by id. A day awaits its roster until the week's Monday
 * less the days of notice (domain.md, "roster notice"): later is late, and said so by whoever tells. Centres without
 * anybody in their staff register have no rosters: nothing is said of their bookings.
 */
export async function findFirmness(
  tx: Reading,
  bookings: readonly StayToStaff[],
  now: Instant,
): Promise<Map<number, Firmness>> {
  const firm = new Map<number, Firmness>();
  const ahead = bookings.filter(
    (each) => each.state === 'booked' && firstOpenHalfHour(each.date, now) < each.to,
  );
  if (ahead.length === 0) return firm;
  const sets = await listWorkTerms(tx);
  for (const [centreId, own] of Map.groupBy(ahead, (each) => each.centreId)) {
    const dates = own.map((each) => each.date);
    const [from, to] = [minOf(dates)!, maxOf(dates)!];
    if ((await listStaff(tx, centreId, { from: dateAt(now), to })).length === 0) continue;
    const groupIds = [...new Set(own.map((each) => each.groupId))];
    const days = await listDaysOf(tx, { groupIds, from, to });
    const published = days.filter((day) => day.capacity !== null && dates.includes(day.date));
    const last = maxOf(published.map((day) => day.date));
    const expected = last ? await listExpected(tx, { groupIds, from, to: last }) : [];
    const short = new Set(
      shortagesOf({ now }, published, expected).flatMap((each) =>
        each.childIds.map((childId) => `${each.groupId} ${each.date} ${childId}`),
      ),
    );
    const known = new Set(published.map((day) => `${day.groupId} ${day.date}`));
    const risky = own.filter((each) => short.has(`${each.groupId} ${each.date} ${each.childId}`));
    const near = await nearOf(tx, centreId, risky, expected, now);
    for (const each of own) {
      if (!known.has(`${each.groupId} ${each.date}`))
        firm.set(each.id, { is: 'awaited', firmBy: firmByOf(sets, each.date) });
      else if (risky.includes(each)) firm.set(each.id, { is: 'at_risk', near: near.get(each.id) });
      else firm.set(each.id, { is: 'firm' });
    }
  }
  return firm;
}

const firmByOf = (sets: Parameters<typeof workTermsOn>[0], date: PlainDate): PlainDate =>
  addDays(startOfWeek(date), -workTermsOn(sets, date).noticeDays);

/** Near hours of those at risk, by booking. */
async function nearOf(
  tx: Reading,
  centreId: number,
  risky: readonly StayToStaff[],
  expected: Awaited<ReturnType<typeof listExpected>>,
  now: Instant,
): Promise<Map<number, NearHours>> {
  if (risky.length === 0) return new Map();
  const dates = risky.map((each) => each.date);
  const ids = (await listGroups(tx, centreId)).map((group) => group.id);
  const days = await listDaysOf(tx, { groupIds: ids, from: minOf(dates)!, to: maxOf(dates)! });
  const stays = risky.flatMap((booking) => {
    const stay = expected.find(
      (each) =>
        each.childId === booking.childId && each.groupId === booking.groupId && each.date === booking.date,
    );
    return stay ? [{ id: booking.id, stay }] : [];
  });
  const found = await findNearHours(
    tx,
    centreId,
    stays.map(({ stay }) => stay),
    days,
    now,
  );
  return new Map(
    stays.flatMap(({ id, stay }) => {
      const hours = found.get(stay);
      return hours ? [[id, hours] as const] : [];
    }),
  );
}
