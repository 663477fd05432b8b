import { firstOpenHalfHour } from '../domain/admittance.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import { eligibilityReason } from '../domain/eligibility.ts';
import { holdsOn } from '../domain/people.ts';
import { refusalAt, without } from '../domain/places.ts';
import { parseTime, type Slot } from '../domain/slots.ts';
import { listChildrenById } from '../data/children.ts';
import type { Reading } from '../data/database.ts';
import type { StoredDay } from '../data/group-days.ts';
import { listGroups } from '../data/groups.ts';
import { nearestPattern, SHIFTS } from '../planning/allocation/nearest.ts';

/** A stay that staff may be too few for. Weight in hundredths. */
export interface DoubtfulStay extends Slot {
  readonly childId: number;
  readonly groupId: number;
  readonly date: PlainDate;
  readonly weight: number;
  readonly skills: readonly string[];
}

/** Hours of the same day that room and staff carry. */
export interface NearHours extends Slot {
  readonly groupId: number;
  readonly groupName: string;
  /** The group that the child is booked in. */
  readonly own: boolean;
}

/** Hours of one group's day that carry the stay, at most 2 hours away; of the same length only, where `whole` says so. */
function hoursIn(stay: DoubtfulStay, day: StoredDay, now: Instant, whole: boolean): Slot | undefined {
  const own = day.groupId === stay.groupId;
  const rest = own ? without(day, stay) : day;
  const first = firstOpenHalfHour(stay.date, now);
  const isFull = (_: number, at: number) =>
    at < first ||
    at < (rest.opensAt ?? Infinity) ||
    at >= (rest.closesAt ?? 0) ||
    refusalAt(rest, at, stay) !== undefined;
  const found = nearestPattern([{ day: stay.date, ...stay }], isFull, whole ? SHIFTS : undefined);
  const times = found && Object.values(found)[0];
  return times ? { from: parseTime(times[0])!, to: parseTime(times[1])! } : undefined;
}

function nearest(
  stay: DoubtfulStay,
  groups: readonly { readonly id: number; readonly name: string; readonly day: StoredDay }[],
  now: Instant,
): NearHours | undefined {
  for (const whole of [true, false])
    for (const { id, name, day } of groups) {
      const slot = hoursIn(stay, day, now, whole);
      if (slot) return { ...slot, groupId: id, groupName: name, own: id === stay.groupId };
    }
  return undefined;
}

/**
 * The nearest hours of the same day at the same centre for each stay, by child and group: first of the same length, in
 * the own group and then in others that would take the child without an enrolment, then shorter by at most 2 hours.
 * `days` are the centre's days of those dates as they are now. Nothing is held: what is told may be taken meanwhile.
 */
export async function findNearHours<Stay extends DoubtfulStay>(
  tx: Reading,
  centreId: number,
  stays: readonly Stay[],
  days: readonly StoredDay[],
  now: Instant,
): Promise<Map<Stay, NearHours>> {
  const found = new Map<Stay, NearHours>();
  if (stays.length === 0) return found;
  const groups = await listGroups(tx, centreId);
  const ids = [...new Set(stays.map((stay) => stay.childId))];
  const children = new Map((await listChildrenById(tx, ids)).map((child) => [child.id, child]));
  const ofDate = Map.groupBy(days, (day) => day.date);
  for (const stay of stays) {
    const child = children.get(stay.childId);
    const takes = groups
      .filter(
        (group) =>
          group.id === stay.groupId ||
          (child && holdsOn(group, stay.date) && !eligibilityReason(child, group, [], stay.date)),
      )
      .toSorted((a, b) => Number(b.id === stay.groupId) - Number(a.id === stay.groupId) || a.id - b.id);
    const here = takes.flatMap(({ id, name }) => {
      const day = ofDate.get(stay.date)?.find((each) => each.groupId === id);
      // A day without a roster promises nothing.
      return day && day.capacity !== null ? [{ id, name, day }] : [];
    });
    const hours = nearest(stay, here, now);
    if (hours) found.set(stay, hours);
  }
  return found;
}
