import { firstOpenHalfHour } from '../domain/admittance.ts';
import type { PlainDate } from '../domain/calendar.ts';
import { inTheWay, type Cut } from '../domain/in-the-way.ts';
import { openingOn } from '../domain/opening.ts';
import { refuse, type RefusalDetails } from '../domain/refusal.ts';
import { insertMany } from '../data/bulk.ts';
import {
  deleteHolds,
  insertCancellations,
  listBookedChildren,
  listBookingClaims,
  listHoldClaims,
  lockCentres,
  lockChildren,
  lockChildrenAtOnce,
  Overtaken,
  releaseBookings,
  type BookingClaim,
  type HoldClaim,
} from '../data/claims.ts';
import type { EventKind } from '../data/events.ts';
import { recountDays } from '../data/day-counts.ts';
import { lockDaysOfGroups, type DayKey, type StoredDay } from '../data/group-days.ts';
import { findGroup, findOpeningFacts, listAllGroups, listGroups, type Group } from '../data/groups.ts';
import { planJob } from '../data/planned-jobs.ts';
import { askFirst, type Confirmation, type Standing } from './confirmation.ts';
import { tellFamilies, type News } from './families.ts';
import { keepForMatching } from './matching.ts';
import { openedHours } from './opened-hours.ts';
import { authorOf, type Work } from './perform.ts';

/** Whose days a change may touch: one group's, a centre's, or all of the country. */
export interface Scope {
  readonly centreId: number | null;
  readonly groupId: number | null;
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/** Days that may change, and what claims them, under their locks. */
export interface LockedDays extends Standing {
  readonly scope: Scope;
  readonly days: readonly StoredDay[];
}

async function groupsOf({ tx }: Work, { groupId, centreId }: Scope): Promise<Group[]> {
  if (groupId !== null) return [(await findGroup(tx, groupId)) ?? refuse('missing')];
  return centreId === null ? await listAllGroups(tx) : await listGroups(tx, centreId);
}

/**
 * The locks of every change of opening, taken before anything is read that decides or anything is written: the children
 * booked on these days, the days, then the centres' rows, so that changes of one centre follow one another. A child who
 * booked while the days were waited for is locked at once or the work begins again (Overtaken); so it does when a group
 * has been made meanwhile.
 */
export async function lockScope(work: Work, scope: Scope): Promise<LockedDays> {
  const { tx } = work;
  const groups = await groupsOf(work, scope);
  const span = { groupIds: groups.map((group) => group.id), from: scope.from, to: scope.to };
  const children = new Set(await listBookedChildren(tx, span));
  await lockChildren(tx, [...children]);
  const days = await lockDaysOfGroups(tx, span.groupIds, span);
  const centreId = groups[0]?.centreId ?? scope.centreId;
  await lockCentres(tx, scope.groupId === null && scope.centreId === null ? undefined : [centreId ?? 0]);
  if ((await groupsOf(work, scope)).length !== groups.length) throw new Overtaken();
  await lockChildrenAtOnce(
    tx,
    (await listBookedChildren(tx, span)).filter((id) => !children.has(id)),
  );
  return { scope, days, bookings: await listBookingClaims(tx, span), holds: await listHoldClaims(tx, span) };
}

/** How the bookings in the way are dealt with. */
export interface Change {
  /** `at_once`: nobody is asked. Otherwise what is in the way is listed first and goes on confirmation. */
  readonly confirm: Confirmation | 'at_once' | undefined;
  readonly list: (work: Work, standing: Standing) => Promise<RefusalDetails>;
  /** A booking in the way goes whole, or only from the first half-hour that is closed. */
  readonly cut: 'whole' | 'rest';
  readonly closureId: number | null;
  readonly news: News;
}

export interface Reopened {
  /** Bookings cancelled as the centre's. */
  readonly cancelled: number;
  /** Stays of children who had come, shortened. */
  readonly shortened: number;
  /** Held places given up. */
  readonly unheld: number;
  /** Adults told. */
  readonly told: number;
}

const keyOf = (day: DayKey) => `${day.groupId} ${day.date}`;

/** The locked days whose opening the facts now say otherwise, as they will be. */
async function changedDays(
  work: Work,
  { scope, days }: LockedDays,
): Promise<{ before: StoredDay; after: StoredDay }[]> {
  const groups = await groupsOf(work, scope);
  const facts = await findOpeningFacts(work.tx, groups);
  const endsOn = new Map(groups.map((group) => [group.id, group.endsOn]));
  const changed: { before: StoredDay; after: StoredDay }[] = [];
  for (const before of days) {
    const { groupId, date } = before;
    const opening = openingOn(
      facts.terms.get(groupId) ?? [],
      endsOn.get(groupId) ?? null,
      facts.closures.get(groupId) ?? [],
      facts.overrides,
      date,
    );
    const same =
      opening.room === before.room &&
      opening.opensAt === before.opensAt &&
      opening.closesAt === before.closesAt &&
      opening.closedReason === before.closedReason;
    if (!same) changed.push({ before, after: { ...before, ...opening } });
  }
  return changed;
}

async function cancel(
  work: Work,
  cuts: readonly Cut<BookingClaim>[],
  closureId: number | null,
): Promise<number> {
  const { tx, now } = work;
  const by = authorOf(work.actor);
  await releaseBookings(
    tx,
    cuts.map(({ booking, releasedFrom }) => ({ id: booking.id, releasedFrom })),
  );
  const cancelled = cuts.filter(({ booking }) => booking.standing).map(({ booking }) => booking.id);
  await insertCancellations(tx, cancelled, { at: now, by, source: 'centre', closureId });
  await insertMany(
    tx,
    tx.t.event,
    cuts.map(({ booking, releasedFrom }) => {
      const kind: EventKind = booking.standing ? 'booking.cancelled' : 'booking.changed';
      const { id: bookingId, childId, centreId, groupId } = booking;
      return {
        at: now,
        by,
        kind,
        centreId,
        groupId,
        childId,
        bookingId,
        data: { source: 'centre', closureId, releasedFrom },
      };
    }),
  );
  return cancelled.length;
}

/**
 * Brings locked days in line with the facts just written (terms, closures, calendar, a group's end), all or nothing:
 * finds the bookings and holds in the way, asks first where that is due, cancels or cuts them, recounts the days and
 * tells the families. Refuses as `past` where today's elapsed half-hours would not fit, as `in_the_way` until confirmed.
 */
export async function reopenDays(work: Work, locked: LockedDays, change: Change): Promise<Reopened> {
  const bookings = Map.groupBy(locked.bookings, keyOf);
  const holds = Map.groupBy(locked.holds, keyOf);
  const changed = await changedDays(work, locked);
  const cuts: Cut<BookingClaim>[] = [];
  const unheld: HoldClaim[] = [];
  for (const { before, after } of changed) {
    const claims = { bookings: bookings.get(keyOf(before)) ?? [], holds: holds.get(keyOf(before)) ?? [] };
    const found = inTheWay(before, after, claims, firstOpenHalfHour(before.date, work.now), change.cut);
    if (found.elapsed) refuse('past');
    cuts.push(...found.cuts);
    unheld.push(...found.holds);
  }
  const concerned = cuts
    .map((each) => each.booking)
    .toSorted((a, b) => (a.date === b.date ? a.id - b.id : a.date < b.date ? -1 : 1));
  if (change.confirm !== 'at_once') {
    await askFirst(work, { bookings: concerned, holds: unheld }, change.confirm, change.list);
  }
  const cancelled = await cancel(work, cuts, change.closureId);
  await deleteHolds(
    work.tx,
    unheld.map((hold) => hold.id),
  );
  await keepForMatching(
    work,
    changed.flatMap(({ before, after }) => openedHours(before, after)),
  );
  await recountDays(
    work.tx,
    changed.map((each) => each.after),
  );
  // Offers that hold nothing any more are taken back, each under its child's lock: in a transaction of its own.
  for (const groupId of new Set(unheld.map((hold) => hold.groupId)))
    planJob(work.tx, { kind: 'emptied', key: String(groupId), runAt: work.now });
  const told = await tellFamilies(work, concerned, change.news);
  return { cancelled, shortened: cuts.length - cancelled, unheld: unheld.length, told };
}
