import { createHash } from 'node:crypto';
import { firstOpenHalfHour } from '../domain/admittance.ts';
import { addDays, type Instant, type PlainDate } from '../domain/calendar.ts';
import { neededOn, type Workday } from '../domain/coverage.ts';
import {
  deficitOf,
  leastHarm,
  type CuttableStay,
  type LeastHarm,
  type ShortDay,
  type StayCut,
} from '../domain/least-harm.ts';
import { initials } from '../domain/names.ts';
import { parsePattern } from '../domain/pattern.ts';
import { releaseAt } from '../domain/places.ts';
import { refuse } from '../domain/refusal.ts';
import { formatSlot, HALF_HOURS, stretches } from '../domain/slots.ts';
import { leastCapacity } from '../domain/staffing.ts';
import { listBookings, type Booking } from '../data/bookings.ts';
import { insertCancellation, releaseBooking } from '../data/booking-edits.ts';
import { listChildrenById } from '../data/children.ts';
import { addCurtailment, countCurtailments, shortenBooking } from '../data/curtailments.ts';
import type { Reading } from '../data/database.ts';
import { insertEvent } from '../data/events.ts';
import { recountDays } from '../data/day-counts.ts';
import { findDays, type StoredDay } from '../data/group-days.ts';
import type { Group } from '../data/groups.ts';
import { listWorkdaysOfChild } from '../data/workdays.ts';
import { groupToAdminister } from './administration.ts';
import { tellFamilies } from './families.ts';
import { keepForMatching, type Freed } from './matching.ts';
import { authorOf, todayOf, type Work } from './perform.ts';
import { lockScope } from './reopen-days.ts';

/** For so long a family that was cut comes after an equal one that was not. */
const REMEMBERED_DAYS = 90;

export interface ProposedCut extends StayCut {
  readonly childName: string;
  readonly booking: Booking;
  /** Whether any adult of the family has entered a workday. */
  readonly workKnown: boolean;
}

export interface Curtailment extends Omit<LeastHarm, 'cuts'> {
  readonly cuts: readonly ProposedCut[];
  /** What was shown: another proposal has another token. */
  readonly token: string;
  readonly day: StoredDay;
  /** Weight over what staff can look after per half-hour, before anything is cut. */
  readonly deficit: readonly number[];
}

/** The adults' workdays as they are stored; of a pattern nobody can read any more nothing is known. */
async function workdaysOf(tx: Reading, childId: number, date: PlainDate): Promise<Workday[]> {
  return (await listWorkdaysOfChild(tx, childId, date, 0)).flatMap(({ pattern, commuteMinutes }) => {
    const parsed = parsePattern(pattern);
    return 'pattern' in parsed ? [{ pattern: parsed.pattern, commuteMinutes }] : [];
  });
}

const tokenOf = (cuts: readonly ProposedCut[]): string =>
  createHash('sha256')
    .update(
      cuts
        .map(
          ({ booking: { id, from, to }, kept }) =>
            `${id} ${from}-${to} ${kept ? `${kept.from}-${kept.to}` : 'gone'}`,
        )
        .toSorted()
        .join('\n'),
    )
    .digest('hex')
    .slice(0, 32);

/** Whose stays of a published day would be cut, so that everybody who still comes is looked after, at the least harm. */
export async function proposeCurtailment(
  tx: Reading,
  { groupId, date, now }: { readonly groupId: number; readonly date: PlainDate; readonly now: Instant },
): Promise<Curtailment | undefined> {
  const [day] = await findDays(tx, { groupId, from: date, to: date });
  if (!day || day.capacity === null) return undefined;
  const open = firstOpenHalfHour(date, now);
  const bookings = (
    await listBookings(tx, { groupIds: [groupId], from: date, to: date, occupying: true })
  ).filter((booking) => booking.departedAt === null && booking.releasedFrom === null && booking.to > open);
  const childIds = bookings.map((booking) => booking.childId);
  const children = new Map((await listChildrenById(tx, childIds)).map((child) => [child.id, child]));
  const before = { from: addDays(date, -REMEMBERED_DAYS), to: date };
  const cuts = await countCurtailments(tx, childIds, before);
  const known = new Map<number, boolean>();
  const stays: CuttableStay[] = [];
  for (const { id, childId, from, to, weight, arrivedAt } of bookings) {
    const works = await workdaysOf(tx, childId, date);
    known.set(id, works.length > 0);
    const skills = children.get(childId)?.skillsNeeded ?? [];
    stays.push({
      bookingId: id,
      childId,
      from,
      to,
      weight,
      withoutSkill: Array.from({ length: to - from }, (_, at) => from + at).filter((at) =>
        skills.some((skill) => day.skillsOnDuty?.[skill]?.[at] !== true),
      ),
      needed: neededOn(works, date),
      cutsBefore: cuts.get(childId) ?? 0,
      arrived: arrivedAt !== null,
    });
  }
  const capacity = Array.from({ length: HALF_HOURS }, (_, at) => leastCapacity(day.capacity, at) ?? 0);
  const short: ShortDay = { stays, capacity, open };
  const found = leastHarm(short);
  const proposed = found.cuts
    .map((cut): ProposedCut => ({
      ...cut,
      childName: children.get(cut.childId)?.name ?? '',
      booking: bookings.find((booking) => booking.id === cut.bookingId)!,
      workKnown: known.get(cut.bookingId) ?? false,
    }))
    .toSorted((a, b) => a.booking.from - b.booking.from || a.bookingId - b.bookingId);
  return { ...found, cuts: proposed, token: tokenOf(proposed), day, deficit: deficitOf(short) };
}

/** Hours that a cut frees where staff suffice: they may be somebody else's. */
function freedOf({ booking, kept }: ProposedCut, { deficit, day }: Curtailment, open: number): Freed[] {
  const gone = Array.from({ length: booking.to - booking.from }, (_, at) => booking.from + at).filter(
    (at) => at >= open && (deficit[at] ?? 0) === 0 && !(kept && kept.from <= at && at < kept.to),
  );
  const { weight, childId } = booking;
  return stretches(gone).map((slot) => ({ groupId: day.groupId, date: day.date, ...slot, weight, childId }));
}

async function makeCut(work: Work, group: Group, each: ProposedCut, open: number): Promise<void> {
  const { tx, now, actor } = work;
  const { booking, kept, lostMinutes, lostWorkMinutes } = each;
  const by = authorOf(actor);
  if (kept === null) {
    await releaseBooking(tx, booking.id, releaseAt(booking, open));
    await insertCancellation(tx, { bookingId: booking.id, at: now, by, source: 'centre', closureId: null });
  } else await shortenBooking(tx, booking.id, kept);
  await addCurtailment(tx, {
    bookingId: booking.id,
    childId: booking.childId,
    groupId: group.id,
    date: booking.date,
    lostMinutes,
    lostWorkMinutes,
    at: now,
    by,
  });
  await insertEvent(tx, {
    at: now,
    by,
    kind: kept === null ? 'booking.cancelled' : 'booking.changed',
    centreId: group.centreId,
    groupId: group.id,
    childId: booking.childId,
    bookingId: booking.id,
    data: { source: 'centre', why: 'staff', from: { from: booking.from, to: booking.to }, to: kept },
  });
}

/**
 * Cancels and shortens exactly the stays that were shown, as the centre's, and remembers what each family lost: for want
 * of staff, once nothing else helps. Only these families are told, each with a way to other hours. Refuses `stale` when
 * the proposal is another one by now (somebody took the shift, a family cancelled, a colleague confirmed first), `past`
 * for a day that is over.
 */
export async function curtailStays(
  work: Work,
  input: { readonly groupId: number; readonly date: PlainDate; readonly token: string },
): Promise<{ cancelled: number; shortened: number; told: number }> {
  const { tx, now } = work;
  const { groupId, date, token } = input;
  const group = await groupToAdminister(work, groupId);
  if (date < todayOf(work)) refuse('past');
  const { days } = await lockScope(work, { centreId: group.centreId, groupId, from: date, to: date });
  const proposal = await proposeCurtailment(tx, { groupId, date, now });
  if (!proposal || proposal.cuts.length === 0 || proposal.token !== token) refuse('stale');
  const { cuts } = proposal;
  const open = firstOpenHalfHour(date, now);
  for (const each of cuts) await makeCut(work, group, each, open);
  await keepForMatching(
    work,
    cuts.flatMap((each) => freedOf(each, proposal, open)),
  );
  await recountDays(tx, days);
  const claims = cuts.map((each) => ({
    childId: each.childId,
    childName: each.childName,
    centreId: group.centreId,
    date,
    arrived: each.booking.arrivedAt !== null,
    left: each.kept ? formatSlot(each.kept) : '–',
  }));
  const told = await tellFamilies<(typeof claims)[number]>(work, claims, (own, seen) => {
    const child = own.find((each) => seen.has(each.childId));
    return {
      kind: 'curtailed',
      data: {
        left: own.map((each) => `${initials(each.childName)}: ${each.left}`).join('; '),
        // Other hours of the same day, at this centre or near by.
        path: child ? `/children/${child.childId}/hours?from=${date}` : '/bookings',
        night: date === todayOf(work) ? 1 : 0,
      },
    };
  });
  const cancelled = cuts.filter((each) => each.kept === null).length;
  const counts = { cancelled, shortened: cuts.length - cancelled, told };
  await insertEvent(tx, {
    at: now,
    by: authorOf(work.actor),
    kind: 'stays.curtailed',
    centreId: group.centreId,
    groupId,
    data: { date, harm: proposal.harm, ...counts },
  });
  return counts;
}
