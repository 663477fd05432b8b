import type { PlainDate } from '../domain/calendar.ts';
import { newlyBroken } from '../domain/broken-rules.ts';
import { refuse } from '../domain/refusal.ts';
import type { StretchedShift } from '../domain/shift.ts';
import type { HalfHour } from '../domain/slots.ts';
import { isWarning, type RosterFinding } from '../domain/working-time.ts';
import { stretchesOf, type ShiftPlan } from '../domain/shift-parts.ts';
import { insertEvent } from '../data/events.ts';
import { listGroups } from '../data/groups.ts';
import { countEdit, findRoster, lockRoster, type StoredRoster } from '../data/rosters.ts';
import { deleteShifts, insertShifts, listShifts, type NewShift, type StoredShift } from '../data/shifts.ts';
import { rewriteShift } from '../data/shift-edits.ts';
import { listStaff, type Staff } from '../data/staff.ts';
import { centreToAdminister, mustAdminister, refuseErrors } from './administration.ts';
import { authorOf, todayOf, type Work } from './perform.ts';
import { findingsOf } from './roster-findings.ts';

/** A draft as its editor saw it. */
export interface SeenRoster {
  readonly rosterId: number;
  /** Counts edits; another one than the draft's refuses as `stale`. */
  readonly version: number;
}

/** A shift as the form says it. */
export interface ShiftWish extends ShiftPlan {
  readonly staffId: number;
  readonly date: PlainDate;
  readonly from: HalfHour;
  readonly to: HalfHour;
  readonly breakFrom: HalfHour | null;
  readonly fixed: boolean;
}

export interface Edited {
  readonly rosterId: number;
  readonly version: number;
  /** Rules about the persons concerned that the draft still breaks, and had broken before. */
  readonly findings: readonly RosterFinding[];
}

/** A draft under its lock, with what edits need to know of it. */
export interface OpenDraft {
  readonly roster: StoredRoster;
  readonly shifts: readonly StoredShift[];
  readonly staff: readonly Staff[];
}

/** Locks a draft that the actor may change. Refuses `stale` when somebody edited or published it since it was seen. */
export async function openDraft(work: Work, { rosterId, version }: SeenRoster): Promise<OpenDraft> {
  const { tx } = work;
  mustAdminister(work);
  const seen = (await findRoster(tx, rosterId)) ?? refuse('missing');
  await centreToAdminister(work, seen.centreId);
  await lockRoster(tx, rosterId);
  const roster = (await findRoster(tx, rosterId)) ?? refuse('missing');
  if (roster.publishedAt !== null || roster.version !== version)
    refuse('stale', { current: { version: roster.version, published: roster.publishedAt !== null } });
  return { roster, shifts: await listShifts(tx, rosterId), staff: await listStaff(tx, roster.centreId) };
}

/** What the shifts of some staff break in a draft. */
export async function findingsFor(
  work: Work,
  { roster, staff }: Pick<OpenDraft, 'roster' | 'staff'>,
  shifts: readonly StretchedShift[],
  staffIds: readonly number[],
): Promise<RosterFinding[]> {
  const days = { centreId: roster.centreId, from: roster.startsOn, to: roster.endsOn };
  return await findingsOf(work.tx, {
    ...days,
    shifts: shifts.filter((shift) => staffIds.includes(shift.staffId)),
    staff: staff.filter((each) => staffIds.includes(each.id)),
    today: todayOf(work),
  });
}

/**
 * Refuses `illegal_shifts` with the hard rules that an edit would break; what was broken before and is no worse may stay.
 * A warning is told on the board and stops nothing.
 */
async function keepLaw(work: Work, draft: OpenDraft, after: readonly StretchedShift[], staffIds: number[]) {
  const before = await findingsFor(work, draft, draft.shifts, staffIds);
  const now = await findingsFor(work, draft, after, staffIds);
  const broken = newlyBroken(before, now);
  if (broken.length > 0) refuse('illegal_shifts', { findings: broken });
  return now.filter((finding) => !isWarning(finding));
}

async function done(
  { tx, now, actor }: Work,
  { roster }: OpenDraft,
  what: { edit: string; findings: readonly RosterFinding[]; data?: Record<string, unknown> },
): Promise<Edited> {
  await countEdit(tx, roster.id);
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'roster.edited',
    centreId: roster.centreId,
    data: { rosterId: roster.id, edit: what.edit, ...what.data },
  });
  return { rosterId: roster.id, version: roster.version + 1, findings: what.findings };
}

/** A wish as it is stored, once its person, day, times and groups are of this draft. */
async function shiftOf(work: Work, { roster, staff }: OpenDraft, wish: ShiftWish): Promise<NewShift> {
  const { staffId, date, from, to, breakFrom, fixed, parts, groupId } = wish;
  const groups = new Set((await listGroups(work.tx, roster.centreId)).map((group) => group.id));
  const errors: { field: string; reason: 'invalid' | 'past'; detail: string }[] = [];
  const wrong = (field: string, detail: string) => errors.push({ field, reason: 'invalid', detail });
  if (!staff.some((each) => each.id === staffId)) wrong('staff', 'staff');
  if (date < roster.startsOn || date > roster.endsOn) wrong('date', 'date');
  if (to <= from) wrong('to', 'order');
  else if (breakFrom !== null && (breakFrom <= from || breakFrom + 1 >= to)) wrong('breakFrom', 'break');
  if (groupId !== null && !groups.has(groupId)) wrong('group', 'group');
  parts.forEach((part, number) => {
    if (part.groupId !== null && !groups.has(part.groupId)) wrong(`part.${number}.group`, 'group');
    else if (part.to <= part.from) wrong(`part.${number}.to`, 'order');
    else if (part.from < from || part.to > to) wrong(`part.${number}.from`, 'part');
  });
  refuseErrors(errors);
  const stretches = stretchesOf({ from, to }, { groupId, parts });
  return { staffId, date, from, to, breakFrom, fixed, stretches };
}

/** What the roster's history says of an edit. */
const aboutOf = ({ staffId, date, from, to }: NewShift) => ({ staffId, date, slot: [from, to] });

/** Puts a shift into a draft under its lock, or another one in the place of `old`. Refuses as placeShift does. */
export async function saveShift(
  work: Work,
  draft: OpenDraft,
  wish: SeenRoster & ShiftWish,
  old?: StoredShift,
): Promise<Edited> {
  const shift = await shiftOf(work, draft, wish);
  const after = [...draft.shifts.filter((each) => each.id !== old?.id), shift];
  const concerned = [...new Set([...(old ? [old.staffId] : []), shift.staffId])];
  const findings = await keepLaw(work, draft, after, concerned);
  if (old) await rewriteShift(work.tx, old.id, shift);
  else await insertShifts(work.tx, draft.roster.id, [shift]);
  const passed = old && old.staffId !== shift.staffId ? [old.staffId] : [];
  const data = { ...aboutOf(shift), staffIds: passed };
  return await done(work, draft, { edit: old ? 'changed' : 'placed', findings, data });
}

/** Puts a shift into a draft. Refuses `stale`, `invalid` by field, and `illegal_shifts` with the rules it would break. */
export async function placeShift(work: Work, wish: SeenRoster & ShiftWish): Promise<Edited> {
  return await saveShift(work, await openDraft(work, wish), wish);
}

const shiftIn = ({ shifts }: OpenDraft, shiftId: number): StoredShift =>
  shifts.find((shift) => shift.id === shiftId) ?? refuse('missing');

/** Lengthens, shortens, moves a shift, or gives it to somebody else. Refuses as placeShift does. */
export async function changeShift(
  work: Work,
  wish: SeenRoster & ShiftWish & { readonly shiftId: number },
): Promise<Edited> {
  const draft = await openDraft(work, wish);
  return await saveShift(work, draft, wish, shiftIn(draft, wish.shiftId));
}

/** Takes a shift out of a draft: no rule of working time is broken by it. */
export async function deleteShift(
  work: Work,
  wish: SeenRoster & { readonly shiftId: number },
): Promise<Edited> {
  const draft = await openDraft(work, wish);
  const gone = shiftIn(draft, wish.shiftId);
  const { id, staffId } = gone;
  const after = draft.shifts.filter((each) => each.id !== id);
  const findings = (await findingsFor(work, draft, after, [staffId])).filter((each) => !isWarning(each));
  await deleteShifts(work.tx, [id]);
  return await done(work, draft, { edit: 'deleted', findings, data: aboutOf(gone) });
}

/** Two people take each other's shifts, hours and groups with them; both are then set by hand. Refuses as placeShift does. */
export async function swapShifts(
  work: Work,
  wish: SeenRoster & { readonly shiftId: number; readonly withShiftId: number },
): Promise<Edited> {
  const draft = await openDraft(work, wish);
  const [mine, theirs] = [shiftIn(draft, wish.shiftId), shiftIn(draft, wish.withShiftId)];
  if (mine.staffId === theirs.staffId)
    refuse('invalid', { errors: [{ field: 'with', reason: 'invalid', detail: 'swap' }] });
  const swapped = [
    { ...mine, staffId: theirs.staffId, fixed: true },
    { ...theirs, staffId: mine.staffId, fixed: true },
  ];
  const others = draft.shifts.filter((each) => each.id !== mine.id && each.id !== theirs.id);
  const findings = await keepLaw(work, draft, [...others, ...swapped], [mine.staffId, theirs.staffId]);
  for (const shift of swapped) await rewriteShift(work.tx, shift.id, shift);
  return await done(work, draft, {
    edit: 'swapped',
    findings,
    data: { date: mine.date, staffIds: [mine.staffId, theirs.staffId] },
  });
}
