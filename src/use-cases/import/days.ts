import { firstOpenHalfHour, type Refused } from '../../domain/admittance.ts';
import { addDays, dateAt, datesBetween, minOf, startOfMonth, type PlainDate } from '../../domain/calendar.ts';
import { isLate } from '../../domain/deadline.ts';
import { eligibilityReason } from '../../domain/eligibility.ts';
import { horizonOf } from '../../domain/horizon.ts';
import { holdsOn } from '../../domain/people.ts';
import type { Reason } from '../../domain/refusal.ts';
import { formatSlot } from '../../domain/slots.ts';
import { recountDays } from '../../data/day-counts.ts';
import { lockDays, type StoredDay } from '../../data/group-days.ts';
import { findGroup, findOpeningFacts, type Group } from '../../data/groups.ts';
import { insertAll } from '../../data/import.ts';
import { beginEarlier, listEnrolmentsOf } from '../../data/import-bookings.ts';
import { admit, contentsOf, dayRow, morningOf, openDay, type OpenDay } from '../day-book.ts';
import { insertDays } from '../group-days.ts';
import type { WantedBooking } from './bookings.ts';
import type { ImportedGroup } from './groups.ts';
import type { ImportWork } from './matching.ts';

/** Which field a refusal is about, and in what words. */
const WORDS: Readonly<Partial<Record<Reason, readonly [field: string, words: string]>>> = {
  wrong_category: ['child', 'is of another category than the group'],
  too_young: ['child', 'is too young for the group on that day'],
  too_old: ['child', 'is too old for the group on that day'],
  skill_missing: ['child', 'needs help that the group does not have'],
  not_enrolled: ['group', 'admits only enrolled children'],
  beyond_horizon: ['date', 'is beyond the days that can be booked'],
  closed: ['date', 'the group is closed on that day'],
  outside_hours: ['from', 'lies outside the hours of the group'],
  full: ['from', 'no place is left'],
};

type Enrolment = Awaited<ReturnType<typeof listEnrolmentsOf>>[number];
type Days = ReadonlyMap<PlainDate, OpenDay>;

interface Admitted {
  readonly wanted: WantedBooking;
  readonly late: boolean;
  readonly enrolmentId: number | null;
}

/** Whether nothing more can be booked there: such rows are history, asked as on the morning of their day. */
const isPast = ({ date, from }: WantedBooking, { now, today }: ImportWork) =>
  date < today || (date === today && from < firstOpenHalfHour(date, now));

/** Admits the bookings of one group one after the other, by the rules of bookSlot as if the centre's staff had booked. */
function admitAll(
  work: ImportWork,
  group: Group,
  days: Days,
  wanted: readonly WantedBooking[],
  enrolments: ReadonlyMap<number, readonly Enrolment[]>,
): Admitted[] {
  const admitted: Admitted[] = [];
  for (const each of wanted) {
    const { child, date, from, to } = each;
    const own = enrolments.get(child.id) ?? [];
    const reason = eligibilityReason(child, group, own, date);
    const past = isPast(each, work);
    const asked = {
      date,
      slot: { from, to },
      need: { weight: child.supportWeight, skills: child.skillsNeeded },
      now: past ? morningOf(date) : work.now,
      booked: false,
      deadline: group,
      byStaff: true,
    };
    const refused: Refused | undefined = reason ? { reason } : admit(days.get(date), asked);
    if (refused) refuseRow(work, each, refused);
    else {
      const enrolmentId = own.find((enrolment) => holdsOn(enrolment, date))?.id ?? null;
      admitted.push({ wanted: each, late: !past && isLate(work.now, date, group), enrolmentId });
    }
  }
  return admitted;
}

function refuseRow({ problems }: ImportWork, wanted: WantedBooking, { reason, fullAt }: Refused): void {
  const [field, words] = WORDS[reason] ?? ['date', 'cannot be booked'];
  const when = `${wanted.date} ${formatSlot(wanted)}`;
  const detail = `${words} (${when}${fullAt ? `, at ${fullAt.join(', ')}` : ''})`;
  problems.add({ sheet: 'bookings', row: wanted.row, field, reason, detail });
}

async function insertBookings(
  { tx, now }: ImportWork,
  groupId: number,
  admitted: readonly Admitted[],
): Promise<void> {
  await insertAll(
    tx,
    tx.t.booking,
    admitted.map(({ wanted: { child, date, from, to }, late, enrolmentId }) => ({
      childId: child.id,
      groupId,
      date,
      fromHalfHour: from,
      toHalfHour: to,
      weight: child.supportWeight,
      releasedFrom: null,
      seriesId: null,
      enrolmentId,
      bookedAt: now,
      bookedBy: null,
      late,
    })),
  );
}

const byDateAndRow = (a: WantedBooking, b: WantedBooking) =>
  a.date === b.date ? a.row - b.row : a.date < b.date ? -1 : 1;

/** Writes what is new in one group: the days of a group that is new itself, and the bookings. */
export async function writeGroupDays(
  work: ImportWork,
  imported: ImportedGroup,
  wanted: readonly WantedBooking[],
): Promise<void> {
  const { tx } = work;
  if (!imported.fresh && wanted.length === 0) return;
  const group = (await findGroup(tx, imported.id))!;
  const enrolments = group.admission === 'open' ? [] : await listEnrolmentsOf(tx, group.id);
  const byChild = Map.groupBy(enrolments, (enrolment) => enrolment.childId);
  const sorted = wanted.toSorted(byDateAndRow);
  if (imported.fresh) await writeFreshDays(work, group, sorted, byChild);
  else await writeIntoDays(work, group, sorted, byChild);
}

async function writeFreshDays(
  work: ImportWork,
  group: Group,
  wanted: readonly WantedBooking[],
  enrolments: ReadonlyMap<number, readonly Enrolment[]>,
): Promise<void> {
  const { tx, now } = work;
  const facts = await findOpeningFacts(tx, [group]);
  const dates = datesBetween(group.startsOn, horizonOf(dateAt(now)));
  const days = new Map(dates.map((date) => [date, openDay(group, date, facts)]));
  const admitted = admitAll(work, group, days, wanted, enrolments);
  const byDate = Map.groupBy(admitted, (each) => each.wanted.date);
  const claimsOn = (date: PlainDate) =>
    (byDate.get(date) ?? []).map(({ wanted: { from, to, child } }) => ({
      from,
      to,
      weight: child.supportWeight,
    }));
  await insertAll(
    tx,
    tx.t.groupDay,
    dates.map((date) => dayRow(group.id, days.get(date)!, contentsOf(claimsOn(date)))),
  );
  await insertBookings(work, group.id, admitted);
}

async function writeIntoDays(
  work: ImportWork,
  group: Group,
  wanted: readonly WantedBooking[],
  enrolments: ReadonlyMap<number, readonly Enrolment[]>,
): Promise<void> {
  const { tx } = work;
  const [first, last] = [wanted[0]!.date, wanted.at(-1)!.date];
  if (first < group.startsOn) {
    const startsOn = minOf([startOfMonth(first), group.startsOn]);
    await beginEarlier(tx, group.id, startsOn);
    await insertDays(tx, [{ ...group, startsOn }], startsOn, addDays(group.startsOn, -1));
  }
  const range = { groupId: group.id, from: first, to: last };
  const stored = new Map<PlainDate, StoredDay>((await lockDays(tx, range)).map((day) => [day.date, day]));
  const days = new Map(
    [...stored].map(([date, day]) => [date, { ...day, booked: [...day.booked], load: [...day.load] }]),
  );
  const admitted = admitAll(work, group, days, wanted, enrolments);
  await insertBookings(work, group.id, admitted);
  const touched = [...new Set(admitted.map((each) => each.wanted.date))].map((date) => stored.get(date)!);
  await recountDays(tx, touched);
}
