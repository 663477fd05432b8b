import { maxOf, type PlainDate } from '../domain/calendar.ts';
import { horizonOf } from '../domain/horizon.ts';
import { cleanName } from '../domain/names.ts';
import type { Terms, WeeklyHours } from '../domain/opening.ts';
import type { Admission, Category } from '../domain/people.ts';
import { refuse } from '../domain/refusal.ts';
import { groupErrors, termsErrors } from '../domain/settings.ts';
import { lockCentres } from '../data/claims.ts';
import type { Writing } from '../data/database.ts';
import { insertEvent } from '../data/events.ts';
import { findGroup, type Group } from '../data/groups.ts';
import { insertGroup, listTermsFrom, putTerms, updateGroup } from '../data/settings.ts';
import { listWaitingChildren } from '../data/waiting-list.ts';
import { centreToAdminister, groupToAdminister, refuseErrors } from './administration.ts';
import { listInTheWay, type Confirmation } from './confirmation.ts';
import { tellFamilies } from './families.ts';
import { openGroupDays } from './group-days.ts';
import { authorOf, todayOf, type Work } from './perform.ts';
import { lockScope, reopenDays, type Reopened } from './reopen-days.ts';

/** A group's settings as they stand, for whoever saved second. */
export interface GroupSettings {
  readonly version: number;
  readonly name: string;
  readonly category: Category;
  readonly admission: Admission;
  readonly skills: readonly string[] | null;
  readonly languages: readonly string[] | null;
  readonly fromAgeMonths: number;
  readonly toAgeMonths: number;
  readonly endsOn: PlainDate | null;
  /** In force on the day and later. */
  readonly terms: readonly Terms[];
}

async function settingsOf(tx: Writing, group: Group, on: PlainDate): Promise<GroupSettings> {
  const { version, name, category, admission, skills, languages, fromAgeMonths, toAgeMonths, endsOn } = group;
  const terms = await listTermsFrom(tx, group.id, on);
  return { version, name, category, admission, skills, languages, fromAgeMonths, toAgeMonths, endsOn, terms };
}

/** Under the centre's lock: refuses a save made from an older version, with what the other one saved. */
export async function checkVersion(work: Work, groupId: number, version: number): Promise<Group> {
  const group = (await findGroup(work.tx, groupId)) ?? refuse('missing');
  if (group.version !== version)
    refuse('stale', { current: await settingsOf(work.tx, group, todayOf(work)) });
  return group;
}

/** Writes down what became of a group's settings. */
export async function rememberGroup(work: Work, group: Group, data: Record<string, unknown>): Promise<void> {
  const { tx, now, actor } = work;
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'group.changed',
    centreId: group.centreId,
    groupId: group.id,
    data,
  });
}

export interface NewGroupWish {
  readonly centreId: number;
  readonly name: string;
  readonly category: Category;
  readonly admission: Admission;
  readonly skills: string[] | null;
  /** Null or left out where the group states none. */
  readonly languages?: string[] | null;
  readonly fromAgeMonths: number;
  readonly toAgeMonths: number;
  /** Today or later. */
  readonly startsOn: PlainDate;
  readonly room: number;
  readonly hours: WeeklyHours;
}

/** Makes a group with its first terms and its days. */
export async function createGroup(work: Work, wish: NewGroupWish): Promise<{ id: number }> {
  const { tx, now } = work;
  const { room, hours, ...words } = wish;
  const { centreId, startsOn } = words;
  await centreToAdminister(work, centreId);
  if (startsOn < todayOf(work)) refuse('past', { errors: [{ field: 'startsOn', reason: 'past' }] });
  refuseErrors([...groupErrors(words), ...termsErrors({ room, hours })]);
  // Closures and the calendar are read under this lock, or the new days might miss one that is being written.
  await lockCentres(tx, [centreId]);
  const id = await insertGroup(tx, { ...words, name: cleanName(words.name)!, endsOn: null });
  await putTerms(tx, { groupId: id, startsOn, room, hours });
  await openGroupDays(tx, now, [{ id, centreId, startsOn, endsOn: null }]);
  await rememberGroup(work, (await findGroup(tx, id))!, { created: true, startsOn, room, hours });
  return { id };
}

export interface GroupWish {
  readonly groupId: number;
  readonly version: number;
  readonly name: string;
  readonly category?: Category;
  readonly admission: Admission;
  readonly skills: string[] | null;
  /** They stay as they are where left out. */
  readonly languages?: string[] | null;
  readonly fromAgeMonths: number;
  readonly toAgeMonths: number;
}

/**
 * What a group is called and whom it admits. It holds for new bookings: what is booked stays. Only the category cannot
 * change while anything is booked or held ahead (`in_the_way` with the list): children are never mixed with adults.
 */
export async function changeGroup(work: Work, wish: GroupWish): Promise<{ version: number }> {
  const { tx } = work;
  const { groupId, version, admission, skills, fromAgeMonths, toAgeMonths } = wish;
  const seen = await groupToAdminister(work, groupId);
  refuseErrors(groupErrors(wish));
  const category = wish.category ?? seen.category;
  const today = todayOf(work);
  const changes = category !== seen.category;
  const locked = changes
    ? await lockScope(work, { centreId: seen.centreId, groupId, from: today, to: horizonOf(today) })
    : await lockCentres(tx, [seen.centreId]);
  const group = await checkVersion(work, groupId, version);
  if (locked && locked.bookings.length + locked.holds.length > 0) {
    refuse('in_the_way', {
      count: locked.bookings.length,
      held: locked.holds.length,
      ...(await listInTheWay(work, locked)),
    });
  }
  const name = cleanName(wish.name)!;
  const { languages = group.languages } = wish;
  const to = { name, category, admission, skills, languages, fromAgeMonths, toAgeMonths };
  await updateGroup(tx, groupId, to);
  await rememberGroup(work, group, { from: await settingsOf(tx, group, today), to });
  return { version: version + 1 };
}

export interface GroupEnd {
  readonly groupId: number;
  /** The last day, today or later; null takes the end back. */
  readonly endsOn: PlainDate | null;
  readonly confirm?: Confirmation;
}

/** Says until when a group exists; bookings after its last day go on confirmation. */
export async function closeGroup(work: Work, { groupId, endsOn, confirm }: GroupEnd): Promise<Reopened> {
  const group = await groupToAdminister(work, groupId);
  const today = todayOf(work);
  if (endsOn !== null && endsOn < maxOf([today, group.startsOn])) {
    refuse('past', { errors: [{ field: 'endsOn', reason: 'past' }] });
  }
  const locked = await lockScope(work, {
    centreId: group.centreId,
    groupId,
    from: today,
    to: horizonOf(today),
  });
  await updateGroup(work.tx, groupId, { endsOn });
  const done = await reopenDays(work, locked, {
    confirm,
    list: listInTheWay,
    cut: 'whole',
    closureId: null,
    news: { kind: 'group_closed', data: { group: group.name, endsOn: endsOn ?? '' } },
  });
  await rememberGroup(work, group, { endsOn, ...done });
  if (endsOn !== null && endsOn !== group.endsOn) await tellThoseWaiting(work, group, endsOn);
  return done;
}

/** Families who wait for a group hear until when it is there: they may choose another, and their date stays. */
async function tellThoseWaiting(work: Work, { id, centreId, name }: Group, endsOn: PlainDate): Promise<void> {
  const waiting = (await listWaitingChildren(work.tx, id)).map((each) => ({
    ...each,
    centreId,
    date: endsOn,
    arrived: false,
  }));
  await tellFamilies(work, waiting, (own, seen) => {
    const way = own.find(({ childId }) => seen.has(childId));
    const path = way && { path: `/children/${way.childId}/waiting-list/${way.entryId}` };
    return { kind: 'choice_ends', data: { group: name, endsOn, ...path } };
  });
}
