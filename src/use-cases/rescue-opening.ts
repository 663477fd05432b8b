import { dayRefusal, firstOpenHalfHour } from '../domain/admittance.ts';
import { addDays, type Instant, type PlainDate } from '../domain/calendar.ts';
import { eligibilityReason } from '../domain/eligibility.ts';
import { SYSTEM, type Actor } from '../domain/people.ts';
import type { Claim } from '../domain/places.ts';
import type { QuietHours } from '../domain/quiet-hours.ts';
import {
  clockTime,
  isBeforehand,
  rescueWindow,
  sharedMinutes,
  standByScore,
  staySlot,
  type RescueWindow,
} from '../domain/rescue.ts';
import { formatTime, MINUTES_PER_HALF_HOUR, type Slot } from '../domain/slots.ts';
import type { QueueTerms } from '../domain/waiting-list.ts';
import { findOccupiedDates } from '../data/bookings.ts';
import { listEnrolments, mayBookFor } from '../data/children.ts';
import type { Reading } from '../data/database.ts';
import { insertEvent } from '../data/events.ts';
import type { StoredDay } from '../data/group-days.ts';
import type { Group } from '../data/groups.ts';
import { insertHolds } from '../data/offers.ts';
import {
  insertRescue,
  insertRescueAnswers,
  listOpenRescues,
  listRescueAnswers,
  type RescueAnswer,
} from '../data/rescues.ts';
import { findQueueScores, listStandingBy, type StandingBy } from '../data/stand-bys.ts';
import { listWorkdaysOfChild } from '../data/workdays.ts';
import { tellFamilies, type Concerned } from './families.ts';
import { todayOf, type Work } from './perform.ts';

/** Half-hours of a day that nobody was offered, as they were held for matching. */
export interface FreedHours extends Claim {
  readonly date: PlainDate;
}

export interface Freed {
  readonly group: Group;
  readonly terms: QueueTerms;
  /** The group's locked days by date, as if nothing were held for matching. */
  readonly days: ReadonlyMap<PlainDate, StoredDay>;
  readonly holds: readonly FreedHours[];
  readonly quiet: QuietHours;
}

/** The shortest way to the centre of the adults who book for a child, in minutes; 0 where nobody has said it. */
async function commuteOf(tx: Reading, childId: number, on: PlainDate): Promise<number> {
  const workdays = await listWorkdaysOfChild(tx, childId, on, 0);
  return workdays.length === 0 ? 0 : Math.min(...workdays.map((workday) => workday.commuteMinutes));
}

/** The stay that a family can be offered when the answer is known at an instant; undefined when it cannot come. */
export async function stayOf(tx: Reading, stand: StandingBy, known: Instant): Promise<Slot | undefined> {
  const beforehand = isBeforehand(stand, known);
  return staySlot(stand, known, beforehand ? 0 : await commuteOf(tx, stand.childId, stand.date), beforehand);
}

interface Eligible {
  readonly stand: StandingBy;
  readonly slot: Slot;
  readonly beforehand: boolean;
}

/** Whether the adult who accepted beforehand may still book for the child; if not, the family is asked. */
async function stillAccepts(
  tx: Reading,
  { createdBy, childId }: StandingBy,
  on: PlainDate,
): Promise<boolean> {
  if (createdBy === null) return false;
  const adult: Actor = { ...SYSTEM, personId: createdBy, role: 'guardian' };
  return await mayBookFor(tx, adult, childId, on);
}

/** Who could come in freed hours: of the group's category and age, with room, staff and skill, and no booking that day. */
async function listEligible(
  work: Work,
  { group }: Freed,
  day: StoredDay,
  freed: Slot,
  window: RescueWindow,
): Promise<Eligible[]> {
  const { tx, now } = work;
  const eligible: Eligible[] = [];
  for (const stand of await listStandingBy(tx, group.id, day.date)) {
    const { child } = stand;
    const beforehand = isBeforehand(stand, window.closesAt) && (await stillAccepts(tx, stand, todayOf(work)));
    if (!window.asks && !beforehand) continue;
    const slot = await stayOf(tx, stand, window.closesAt);
    if (!slot || sharedMinutes(slot, freed) === 0) continue;
    if (eligibilityReason(child, group, await listEnrolments(tx, child.id, group.id), day.date)) continue;
    const refused = dayRefusal(day, {
      date: day.date,
      slot,
      need: { weight: child.supportWeight, skills: child.skillsNeeded },
      now,
      booked: (await findOccupiedDates(tx, child.id, day.date, day.date)).size > 0,
      deadline: group,
      byStaff: true,
    });
    if (!refused) eligible.push({ stand, slot, beforehand });
  }
  return eligible;
}

interface Opened {
  readonly id: number;
  readonly hold: Claim;
}

/** Answers given already to other hours of the same day: whoever wants to come is not asked twice. */
async function answersOfDay(tx: Reading, groupId: number, date: PlainDate) {
  const open = await listOpenRescues(tx, groupId, date);
  const answers = await listRescueAnswers(
    tx,
    open.map((rescue) => rescue.id),
  );
  return new Map(answers.map((answer) => [answer.standById, answer]));
}

async function openRescue(
  work: Work,
  freed: Freed,
  hours: FreedHours,
  day: StoredDay,
): Promise<Opened | undefined> {
  const { tx, now } = work;
  const { group, terms, quiet } = freed;
  const slot = { from: Math.max(hours.from, firstOpenHalfHour(day.date, now)), to: hours.to };
  if (slot.from >= slot.to) return undefined;
  const window = rescueWindow(day.date, now, terms.rescueMinutes, quiet);
  const eligible = await listEligible(work, freed, day, slot, window);
  if (eligible.length === 0) return undefined;
  const before = await answersOfDay(tx, group.id, day.date);
  const scores = await findQueueScores(
    tx,
    group.id,
    eligible.map(({ stand }) => stand.childId),
  );
  const asked = eligible.map(({ stand, slot: stay, beforehand }) => {
    const earlier = before.get(stand.id);
    const answer: RescueAnswer | null = beforehand ? 'beforehand' : (earlier?.answer ?? null);
    const said = { at: answer === null ? null : (earlier?.at ?? now), by: earlier?.by ?? stand.createdBy };
    return {
      stand,
      stay,
      told: beforehand || earlier !== undefined,
      row: {
        standById: stand.id,
        askedAt: now,
        answer,
        at: said.at,
        by: answer === null ? null : said.by,
        score: scores.get(stand.childId) ?? standByScore(stand, terms),
      },
    };
  });
  // Nobody is left to be waited for: it is decided in the next round of the runner.
  const closesAt = asked.every(({ row }) => row.answer !== null) ? now : window.closesAt;
  const id = await insertRescue(tx, {
    groupId: group.id,
    date: day.date,
    fromHalfHour: slot.from,
    toHalfHour: slot.to,
    openedAt: now,
    closesAt,
    closedAt: null,
    bookingId: null,
    freedMinutes: (slot.to - slot.from) * MINUTES_PER_HALF_HOUR,
    rescuedMinutes: 0,
  });
  await insertRescueAnswers(
    tx,
    asked.map(({ row }) => ({ rescueId: id, ...row })),
  );
  const hold: Claim = {
    from: Math.max(slot.from, Math.min(...asked.map(({ stay }) => stay.from))),
    to: Math.min(slot.to, Math.max(...asked.map(({ stay }) => stay.to))),
    weight: hours.weight,
  };
  await insertHolds(tx, [
    {
      groupId: group.id,
      date: day.date,
      fromHalfHour: hold.from,
      toHalfHour: hold.to,
      childId: null,
      weight: hold.weight,
      source: 'rescue' as const,
      expiresAt: closesAt,
      sourceId: id,
    },
  ]);
  await insertEvent(tx, {
    at: now,
    by: null,
    kind: 'rescue.opened',
    centreId: group.centreId,
    groupId: group.id,
    data: { rescueId: id, date: day.date, ...slot, asked: asked.length },
  });
  await ask(
    work,
    group,
    id,
    closesAt,
    asked.filter(({ told }) => !told),
  );
  return { id, hold };
}

/** One message an adult: the hours, and until when to answer. */
async function ask(
  work: Work,
  group: Group,
  rescueId: number,
  closesAt: Instant,
  asked: readonly { readonly stand: StandingBy; readonly stay: Slot }[],
): Promise<void> {
  const claims = asked.map(({ stand, stay }) => ({
    childId: stand.childId,
    childName: stand.child.name,
    centreId: group.centreId,
    date: stand.date,
    arrived: false,
    stay,
  }));
  await tellFamilies<Concerned & { stay: Slot }>(work, claims, ([first]) => ({
    kind: 'rescue',
    data: {
      path: `/rescues/${rescueId}`,
      rescueId,
      from: formatTime(first!.stay.from),
      to: formatTime(first!.stay.to),
      until: clockTime(closesAt),
      closesAt,
    },
  }));
}

const added = (day: StoredDay, { from, to, weight }: Claim): StoredDay => {
  const more = (values: readonly number[], by: number) =>
    values.map((value, at) => (at >= from && at < to ? value + by : value));
  return { ...day, held: more(day.held, 1), load: more(day.load, weight) };
};

/**
 * Offers what is freed today or tomorrow to the families who stand by, each freed stay by itself, and keeps it for them
 * until the window closes; what nobody who stands by could take is not kept. The days are locked and recounted by the
 * caller; gives the ids.
 */
export async function openRescues(work: Work, freed: Freed): Promise<number[]> {
  const today = todayOf(work);
  const near = freed.holds.filter(({ date }) => date === today || date === addDays(today, 1));
  const days = new Map(freed.days);
  const ids: number[] = [];
  for (const hours of near) {
    const day = days.get(hours.date);
    const opened = day && (await openRescue(work, freed, hours, day));
    if (!opened) continue;
    ids.push(opened.id);
    days.set(hours.date, added(day, opened.hold));
  }
  return ids;
}
