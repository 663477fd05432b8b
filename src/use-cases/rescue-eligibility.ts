import { dayRefusal } from '../domain/admittance.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import { eligibilityReason } from '../domain/eligibility.ts';
import { SYSTEM, type Actor } from '../domain/people.ts';
import { isBeforehand, sharedMinutes, staySlot, type RescueWindow } from '../domain/rescue.ts';
import type { Slot } from '../domain/slots.ts';
import { findOccupiedDates } from '../data/bookings.ts';
import { mayBookFor } from '../data/children.ts';
import { listEnrolments } from '../data/enrolments.ts';
import type { Reading } from '../data/database.ts';
import type { StoredDay } from '../data/group-days.ts';
import type { Group } from '../data/groups.ts';
import { listStandingBy, type StandingBy } from '../data/stand-bys.ts';
import { listWorkdaysOfChild } from '../data/workdays.ts';
import { todayOf, type Work } from './perform.ts';

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

export interface Eligible {
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
export async function listEligible(
  work: Work,
  group: Group,
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
