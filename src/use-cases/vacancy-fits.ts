import { addDays, datesBetween, startOfWeek, type PlainDate } from '../domain/calendar.ts';
import { eligibilityReason } from '../domain/eligibility.ts';
import { occupied } from '../domain/places.ts';
import { fitOf, type Fit, type PossibleDay } from '../domain/vacancy.ts';
import { workingDay, type Overrides } from '../domain/working-days.ts';
import { listBookings, type Booking } from '../data/bookings.ts';
import type { Child } from '../data/children.ts';
import { listEnrolments } from '../data/enrolments.ts';
import type { Reading } from '../data/database.ts';
import { listDaysOf, type StoredDay } from '../data/group-days.ts';
import { findOverrides, listGroups, listGroupsById, type Group } from '../data/groups.ts';
import { listOwnGroups } from '../data/staff.ts';
import type { Vacancy } from '../data/vacancies.ts';

const WEEKS = 4;

export interface ChildFit extends Fit {
  readonly childId: number;
}

export interface VacancyFits {
  /** The days that were counted: four whole weeks from next Monday on. */
  readonly from: PlainDate;
  readonly to: PlainDate;
  /** By vacancy; a line a child. */
  readonly fits: ReadonlyMap<number, readonly ChildFit[]>;
  /** Groups of each vacancy's centre in which an own child is: by the rule of own children nobody is rostered there. */
  readonly ownGroups: ReadonlyMap<number, readonly Group[]>;
}

/** The child's own part of a day of a group. */
function ownPart(bookings: readonly Booking[], groupId: number): PossibleDay['own'] {
  const own = bookings.find((booking) => booking.groupId === groupId);
  const part = own && occupied(own);
  return part && { ...part, weight: own.weight };
}

/** A holiday is nobody's working day; the days of the week are the post's own. */
function worksOn(vacancy: Vacancy, date: PlainDate, overrides: Overrides): boolean {
  const day = workingDay(date, vacancy.hours.sat ? 6 : 5, overrides);
  return day.working || day.reason === 'weekend';
}

/**
 * How vacancies go with the hours of somebody's own children: booked, and free to be booked in the groups that the child
 * goes to and those of the vacancy's centre. The way to work is not counted.
 */
export async function findVacancyFits(
  tx: Reading,
  asked: {
    readonly personId: number;
    readonly children: readonly Child[];
    readonly vacancies: readonly Vacancy[];
    readonly today: PlainDate;
  },
): Promise<VacancyFits> {
  const { personId, children, vacancies, today } = asked;
  const from = addDays(startOfWeek(today), 7);
  const to = addDays(from, 7 * WEEKS - 1);
  const dates = datesBetween(from, to);
  const own = (await listOwnGroups(tx, [personId], { from: today, to })).map((each) => each.groupId);
  const ownGroups = await listGroupsById(tx, [...new Set(own)]);
  const atCentre = new Map<number, Group[]>();
  for (const centreId of new Set(vacancies.map((each) => each.centreId)))
    atCentre.set(centreId, await listGroups(tx, centreId));
  const groups = new Map([...ownGroups, ...[...atCentre.values()].flat()].map((group) => [group.id, group]));
  const days = new Map<string, StoredDay>();
  if (children.length > 0)
    for (const day of await listDaysOf(tx, { groupIds: [...groups.keys()], from, to }))
      days.set(`${day.groupId} ${day.date}`, day);
  const overrides = await findOverrides(tx);
  const booked = Map.groupBy(
    await listBookings(tx, { childIds: children.map((child) => child.id), from, to }),
    ({ childId, date }) => `${childId} ${date}`,
  );

  const fits = new Map<number, ChildFit[]>(vacancies.map((each) => [each.id, []]));
  for (const child of children) {
    const enrolments = new Map<number, Awaited<ReturnType<typeof listEnrolments>>>();
    for (const group of groups.values())
      if (group.admission === 'enrolled')
        enrolments.set(group.id, await listEnrolments(tx, child.id, group.id));
    const admits = (group: Group, date: PlainDate) =>
      eligibilityReason(child, group, enrolments.get(group.id) ?? [], date) === undefined;
    const need = { weight: child.supportWeight, skills: child.skillsNeeded };
    for (const vacancy of vacancies) {
      const near = new Set([...ownGroups, ...(atCentre.get(vacancy.centreId) ?? [])].map(({ id }) => id));
      const counted = dates
        .filter((date) => worksOn(vacancy, date, overrides))
        .map((date) => {
          const bookings = booked.get(`${child.id} ${date}`) ?? [];
          const possible = [...near].flatMap((groupId): PossibleDay[] => {
            const day = days.get(`${groupId} ${date}`);
            if (!day || !admits(groups.get(groupId)!, date)) return [];
            return [{ day, own: ownPart(bookings, groupId) }];
          });
          return { date, booked: bookings.flatMap((booking) => occupied(booking) ?? []), possible };
        });
      fits.get(vacancy.id)!.push({ childId: child.id, ...fitOf(vacancy.hours, counted, need) });
    }
  }
  return {
    from,
    to,
    fits,
    ownGroups: new Map(
      vacancies.map(({ id, centreId }) => [id, ownGroups.filter((group) => group.centreId === centreId)]),
    ),
  };
}
