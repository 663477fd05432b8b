import { maxOf, type PlainDate } from '../domain/calendar.ts';
import { coverOf, type Cover, type Workday } from '../domain/coverage.ts';
import { distanceKm, type Point } from '../domain/distance.ts';
import { eligibilityReason, type EligibilityReason } from '../domain/eligibility.ts';
import type { Pattern } from '../domain/pattern.ts';
import { listCentres, type Centre } from './centres.ts';
import type { Child } from './children.ts';
import { listEnrolments } from './enrolments.ts';
import type { Reading } from './database.ts';
import { listDaysOf } from './group-days.ts';
import { listAllGroups, type Group } from './groups.ts';

export interface HoursWish {
  readonly child: Child;
  /** Who is away when; with two, an hour is needed only when neither is free. */
  readonly works: readonly Workday[];
  /** Whose rhythm the answer keeps. */
  readonly frame: Pattern;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly today: PlainDate;
  readonly home: Point | null;
  readonly regionCode?: string | undefined;
  /** Only this group, wherever it stands. */
  readonly groupId?: number | undefined;
  /** Only groups that state this working language. */
  readonly language?: string | undefined;
  /** Only groups that state this help. */
  readonly skill?: string | undefined;
}

export interface FoundHours {
  readonly group: Group;
  readonly centre: Centre;
  readonly cover: Cover;
  readonly distanceKm: number | null;
  /** Why the child may not come at once, though age and category fit: a skill not stated, or no enrolment yet. */
  readonly eligibility: Extract<EligibilityReason, 'skill_missing' | 'not_enrolled'> | null;
  /** The first day that can be booked: of an enrolment that begins later, its first. */
  readonly bookableFrom: PlainDate;
}

const pointOf = (place: { lat: number | null; lon: number | null }): Point | null =>
  place.lat === null || place.lon === null ? null : { lat: place.lat, lon: place.lon };

/** Uncovered minutes first, then distance (unknown last), then group id: the rank of docs/api.md. */
function byFit(a: FoundHours, b: FoundHours): number {
  return (
    a.cover.uncoveredMinutesPerWeek - b.cover.uncoveredMinutesPerWeek ||
    (a.distanceKm ?? Number.MAX_VALUE) - (b.distanceKm ?? Number.MAX_VALUE) ||
    a.group.id - b.group.id
  );
}

/**
 * Groups of the child's category and age, ranked by how much of the family's workday they leave uncovered. Reads only
 * the groups' day rows. Groups without any hours on a wanted day are left out.
 */
export async function findHours(tx: Reading, wish: HoursWish): Promise<FoundHours[]> {
  const { child, from, to } = wish;
  const { regionCode, groupId } = wish;
  const wanted = await listAllGroups(tx, { categories: [child.category], regionCode, id: groupId });
  const some = groupId === undefined ? { regionCode } : { ids: wanted.map((group) => group.centreId) };
  const centres = new Map((await listCentres(tx, some)).map((centre) => [centre.id, centre]));
  const bookableFrom = maxOf([from, wish.today]) ?? from;
  const groups: Pick<FoundHours, 'group' | 'eligibility' | 'bookableFrom'>[] = [];
  for (const group of wanted) {
    if (wish.language !== undefined && !group.languages?.includes(wish.language)) continue;
    if (wish.skill !== undefined && !group.skills?.includes(wish.skill)) continue;
    const enrolments = group.admission === 'enrolled' ? await listEnrolments(tx, child.id, group.id) : [];
    const coming = enrolments
      .map(({ startsOn }) => startsOn)
      .filter((day) => day > bookableFrom && day <= to)
      .toSorted()[0];
    const now = eligibilityReason(child, group, enrolments, bookableFrom);
    const first = now === 'not_enrolled' && coming !== undefined ? coming : bookableFrom;
    const reason = first === bookableFrom ? now : eligibilityReason(child, group, enrolments, first);
    if (reason === undefined || reason === 'skill_missing' || reason === 'not_enrolled')
      groups.push({ group, eligibility: reason ?? null, bookableFrom: first });
  }

  const days = Map.groupBy(
    await listDaysOf(tx, { groupIds: groups.map(({ group }) => group.id), from, to }),
    (day) => day.groupId,
  );
  const need = { weight: child.supportWeight, skills: child.skillsNeeded };
  const found: FoundHours[] = [];
  for (const { group, eligibility, bookableFrom: first } of groups) {
    const ofGroup = new Map((days.get(group.id) ?? []).map((day) => [day.date, day]));
    const cover = coverOf(wish.works, wish.frame, ofGroup, need, { from, to, bookableFrom: first });
    if (cover.pattern === undefined) continue;
    const centre = centres.get(group.centreId)!;
    const distance = distanceKm(wish.home, pointOf(centre)) ?? null;
    found.push({ group, centre, cover, distanceKm: distance, eligibility, bookableFrom: first });
  }
  return found.toSorted(byFit);
}
