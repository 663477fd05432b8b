import {
  addDays,
  datesBetween,
  daysBetween,
  maxOf,
  minOf,
  startOfWeek,
  type PlainDate,
} from '../domain/calendar.ts';
import { newlyBroken } from '../domain/broken-rules.ts';
import { refuse } from '../domain/refusal.ts';
import { lockCentres } from '../data/claims.ts';
import { insertEvent } from '../data/events.ts';
import { findDays } from '../data/group-days.ts';
import { listGroups } from '../data/groups.ts';
import { countEdit, insertRoster } from '../data/rosters.ts';
import { insertShifts, type NewShift, type StoredShift } from '../data/shifts.ts';
import { listStandingShifts } from '../data/standing-shifts.ts';
import { centreToAdminister } from './administration.ts';
import { MOST_DRAFT_DAYS } from './drafting.ts';
import { authorOf, todayOf, type Work } from './perform.ts';
import { findingsFor, openDraft, type OpenDraft, type SeenRoster } from './roster-edits.ts';
import { basisOf } from './roster-findings.ts';

const plain = ({ staffId, date, from, to, breakFrom, fixed, stretches }: StoredShift): NewShift => ({
  staffId,
  date,
  from,
  to,
  breakFrom,
  fixed,
  stretches,
});

/**
 * A draft of some days with the shifts that hold on them now, none where nothing is published: what is published is
 * changed by publishing another. Days gone are left out. Refuses `past` and `too_wide` (more than 28 days).
 */
export async function copyPublished(
  work: Work,
  input: { readonly centreId: number; readonly from: PlainDate; readonly to: PlainDate },
): Promise<{ id: number; shifts: number }> {
  const { tx, now, actor } = work;
  const { centreId, to } = input;
  await centreToAdminister(work, centreId);
  const from = maxOf([input.from, todayOf(work)]);
  if (to < from) refuse('past');
  if (daysBetween(from, to) >= MOST_DRAFT_DAYS) refuse('too_wide');
  const days = { centreId, from, to };
  // What holds and the shifts that are copied are of one moment: nothing is published in between.
  await lockCentres(tx, [centreId]);
  const shifts = (await listStandingShifts(tx, days)).map(plain);
  const id = await insertRoster(tx, {
    centreId,
    startsOn: from,
    endsOn: to,
    madeAt: now,
    madeBy: authorOf(actor),
    basis: await basisOf(tx, days),
    outcome: null,
  });
  await insertShifts(tx, id, shifts);
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'roster.drafted',
    centreId,
    data: { rosterId: id, from, to },
  });
  return { id, shifts: shifts.length };
}

export interface CopiedWeek {
  readonly rosterId: number;
  readonly version: number;
  /** Shifts copied, and those left out: the day is closed, a rule would be broken, or there is a shift already. */
  readonly copied: number;
  readonly left: number;
}

/** The shifts of a week as they stand in a draft, and where its days are not in it, as they are published. */
async function shiftsOfWeek({ tx }: Work, { roster, shifts }: OpenDraft, monday: PlainDate) {
  const sunday = addDays(monday, 6);
  const own = shifts.filter(({ date }) => date >= monday && date <= sunday);
  const standing = await listStandingShifts(tx, { centreId: roster.centreId, from: monday, to: sunday });
  return [...own, ...standing.filter(({ date }) => date < roster.startsOn || date > roster.endsOn)];
}

/** Dates on which some group of the centre is open. */
async function openDates({ tx }: Work, centreId: number, from: PlainDate, to: PlainDate) {
  const open = new Set<PlainDate>();
  for (const group of await listGroups(tx, centreId))
    for (const day of await findDays(tx, { groupId: group.id, from, to }))
      if (day.opensAt !== null) open.add(day.date);
  return open;
}

/**
 * Copies the week before into a week of a draft, weekday by weekday, as far as rules allow: whoever has a shift that day
 * keeps it, and a copy that breaks a hard rule is left out. Refuses `stale`.
 */
export async function copyLastWeek(
  work: Work,
  input: SeenRoster & { readonly week: PlainDate },
): Promise<CopiedWeek> {
  const draft = await openDraft(work, input);
  const { roster, shifts } = draft;
  const monday = startOfWeek(input.week);
  const from = maxOf([monday, roster.startsOn]);
  const to = minOf([addDays(monday, 6), roster.endsOn]);
  const before = await shiftsOfWeek(work, draft, addDays(monday, -7));
  const open = from <= to ? await openDates(work, roster.centreId, from, to) : new Set<PlainDate>();
  const dates = new Set(datesBetween(from, to).filter((date) => open.has(date)));
  const taken = new Set(shifts.map(({ staffId, date }) => `${staffId} ${date}`));
  const staff = new Set(draft.staff.map((each) => each.id));
  let copies = before
    .map((shift): NewShift => ({ ...plain(shift), date: addDays(shift.date, 7) }))
    .filter(({ staffId, date }) => dates.has(date) && staff.has(staffId) && !taken.has(`${staffId} ${date}`));
  const concerned = [...new Set(copies.map((copy) => copy.staffId))];
  const stood = await findingsFor(work, draft, shifts, concerned);
  // One more round for every copy that is left out: the last of a week goes first, as weekly rules tell it.
  for (let round = 0; copies.length > 0 && round < 8; round++) {
    const broken = newlyBroken(stood, await findingsFor(work, draft, [...shifts, ...copies], concerned));
    if (broken.length === 0) break;
    const guilty = new Set(broken.map(({ staffId, date }) => `${staffId} ${date}`));
    const kept = copies.filter(({ staffId, date }) => !guilty.has(`${staffId} ${date}`));
    // A rule told on a day without a copy of its own (the rest of the day after): all copies of that person go.
    const whose = new Set(broken.map((finding) => finding.staffId));
    copies = kept.length < copies.length ? kept : copies.filter(({ staffId }) => !whose.has(staffId));
    if (round === 7) copies = copies.filter(({ staffId }) => !whose.has(staffId));
  }
  await insertShifts(work.tx, roster.id, copies);
  await countEdit(work.tx, roster.id);
  await insertEvent(work.tx, {
    at: work.now,
    by: authorOf(work.actor),
    kind: 'roster.edited',
    centreId: roster.centreId,
    data: { rosterId: roster.id, edit: 'week_copied', week: monday, shifts: copies.length },
  });
  return {
    rosterId: roster.id,
    version: roster.version + 1,
    copied: copies.length,
    left: before.length - copies.length,
  };
}
