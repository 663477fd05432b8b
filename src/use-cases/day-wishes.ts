import { addDays, type PlainDate } from '../domain/calendar.ts';
import type { WeeklyHours } from '../domain/opening.ts';
import { refuse, type FieldRefusal } from '../domain/refusal.ts';
import { HALF_HOURS, type HalfHour } from '../domain/slots.ts';
import { deleteDayWish, putDayWish } from '../data/day-wishes.ts';
import { insertEvent } from '../data/events.ts';
import { listRosterDays } from '../data/standing-shifts.ts';
import { findStaff, lockStaff, updateStaff, type Staff } from '../data/staff.ts';
import { refuseErrors } from './administration.ts';
import { authorOf, todayOf, type Work } from './perform.ts';

/** Wishes are for days that somebody may soon plan. */
export const MOST_WISH_DAYS = 180;

/** One's own contract; anybody else's is the same `missing` as none. */
async function ownContract({ tx, actor }: Work, staffId: number): Promise<Staff> {
  const staff = await findStaff(tx, staffId);
  if (!staff || staff.personId === null || staff.personId !== actor.personId) refuse('missing');
  return staff;
}

async function remember({ tx, now, actor }: Work, { id, centreId }: Staff, data: object): Promise<void> {
  const by = authorOf(actor);
  await insertEvent(tx, { at: now, by, kind: 'wishes.changed', centreId, data: { staffId: id, ...data } });
}

/**
 * One's own weekly wishes: drafts made from now on hear them. Refuses `missing`, `invalid` by weekday, and `stale` when the
 * register's entry was saved meanwhile.
 */
export async function changeWeeklyWishes(
  work: Work,
  wish: { readonly staffId: number; readonly version: number; readonly hours: WeeklyHours },
): Promise<void> {
  await ownContract(work, wish.staffId);
  refuseErrors(
    Object.entries(wish.hours).flatMap(([day, [from, to]]): FieldRefusal[] =>
      from < to ? [] : [{ field: `preferences.${day}`, reason: 'invalid' }],
    ),
  );
  const staff = (await lockStaff(work.tx, wish.staffId)) ?? refuse('missing');
  if (staff.version !== wish.version) refuse('stale', { current: { version: staff.version } });
  const preferences = Object.keys(wish.hours).length === 0 ? null : wish.hours;
  await updateStaff(work.tx, staff.id, { preferences, version: staff.version + 1 });
  await remember(work, staff, { week: preferences });
}

/** A day that still may be wished for: ahead, not too far, and without a published roster of the centre. */
async function openDay(work: Work, staff: Staff, date: PlainDate): Promise<void> {
  const today = todayOf(work);
  if (date < today) refuse('past');
  if (date > addDays(today, MOST_WISH_DAYS)) refuse('too_wide');
  const published = await listRosterDays(work.tx, { centreId: staff.centreId, from: date, to: date });
  if (published.size > 0) refuse('locked');
}

/**
 * A wish for one day, in the place of the weekly one: free, or within these hours. The roster hears it and need not follow.
 * Refuses `missing`, `invalid` by field, `past`, `too_wide` (more than 180 days ahead) and `locked` once the roster of
 * that day is published.
 */
export async function wishForDay(
  work: Work,
  wish: {
    readonly staffId: number;
    readonly date: PlainDate;
    readonly hours: { readonly from: HalfHour; readonly to: HalfHour } | null;
  },
): Promise<void> {
  const { staffId, date, hours } = wish;
  const staff = await ownContract(work, staffId);
  if (hours && (hours.from >= hours.to || hours.to > HALF_HOURS))
    refuse('invalid', { errors: [{ field: 'to', reason: 'invalid' }] });
  await openDay(work, staff, date);
  await putDayWish(work.tx, { staffId, date, from: hours?.from ?? null, to: hours?.to ?? null }, work.now);
  await remember(work, staff, { date, hours });
}

/** Takes a wish for a day back: the weekly one counts again. Refuses as wishForDay does. */
export async function dropDayWish(
  work: Work,
  { staffId, date }: { readonly staffId: number; readonly date: PlainDate },
): Promise<void> {
  const staff = await ownContract(work, staffId);
  await openDay(work, staff, date);
  await deleteDayWish(work.tx, staffId, date);
  await remember(work, staff, { date, dropped: true });
}
