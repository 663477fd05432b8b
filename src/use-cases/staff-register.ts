import { addDays, plainDate, startOfWeek, type PlainDate } from '../domain/calendar.ts';
import { PAPERS, type Attestation, type Paper } from '../domain/lapses.ts';
import { searchName } from '../domain/names.ts';

import type { WeeklyHours } from '../domain/opening.ts';
import { refuse, type FieldRefusal } from '../domain/refusal.ts';
import { WITHIN, type AnswerWithin } from '../domain/replacements.ts';
import { WORKING_TIME_RULES } from '../domain/rosters.ts';
import { LEVEL_OF_POST, SKILLS, type Post } from '../domain/staffing.ts';
import { workTermsOn } from '../domain/work-terms.ts';
import type { RosterFinding, Worker } from '../domain/working-time.ts';
import { insertEvent } from '../data/events.ts';
import { listWorkTerms } from '../data/norms.ts';
import { listStandingShifts } from '../data/standing-shifts.ts';
import { updateCentre } from '../data/settings.ts';
import { lockCentres } from '../data/claims.ts';
import {
  findStaff,
  insertStaff,
  lockStaff,
  replaceQualifications,
  updateStaff,
  type Staff,
} from '../data/staff.ts';
import { centreToAdminister, mustAdminister, refuseErrors } from './administration.ts';
import { authorOf, todayOf, type Work } from './perform.ts';
import { restaffCentre, type Restaffed } from './restaff-centre.ts';
import { workersOf } from './roster-findings.ts';

/** What the register keeps of somebody, as a form sends it. */
export interface StaffEntry {
  readonly name: string;
  readonly post: Post;
  readonly weeklyMinutes: number;
  readonly daysPerWeek: number;
  readonly summedTime: boolean;
  readonly overtimeConsentOn: PlainDate | null;
  readonly overtimeBarred: boolean;
  readonly skills: readonly string[];
  readonly availability: WeeklyHours;
  readonly preferences: WeeklyHours;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate | null;
  readonly medicalBookUntil: PlainDate | null;
  readonly backgroundCheckedOn: PlainDate | null;
  readonly backgroundCheckUntil: PlainDate | null;
  readonly attestation: Attestation | null;
  readonly attestedOn: PlainDate | null;
  readonly attestationDueOn: PlainDate | null;
  /** Null = what the working-time settings say. */
  readonly annualLeaveDays?: number | null;
  readonly leaveCarriedDays?: number;
  readonly qualifications: readonly {
    readonly kind: string;
    readonly institution: string;
    readonly issuedOn: PlainDate;
    readonly validUntil: PlainDate | null;
  }[];
}

const LEAST_WEEK = 30;
const MOST_WEEK = 2400;

function hoursErrors(name: string, hours: WeeklyHours): FieldRefusal[] {
  return Object.entries(hours).flatMap(([day, [from, to]]) =>
    from < to ? [] : [{ field: `${name}.${day}`, reason: 'invalid' as const }],
  );
}

function checkEntry(entry: StaffEntry): void {
  const invalid = (field: string): FieldRefusal => ({ field, reason: 'invalid' });
  const before = (a: PlainDate | null, b: PlainDate | null): boolean => a !== null && b !== null && b < a;
  const { weeklyMinutes, daysPerWeek, availability, preferences } = entry;
  refuseErrors([
    ...(weeklyMinutes < LEAST_WEEK || weeklyMinutes > MOST_WEEK ? [invalid('weeklyMinutes')] : []),
    ...(daysPerWeek < 1 || daysPerWeek > 6 ? [invalid('daysPerWeek')] : []),
    ...(entry.skills.some((skill) => !(SKILLS as readonly string[]).includes(skill))
      ? [invalid('skills')]
      : []),
    ...(Object.keys(availability).length === 0 ? [invalid('availability')] : []),
    ...hoursErrors('availability', availability),
    ...hoursErrors('preferences', preferences),
    ...(before(entry.startsOn, entry.endsOn) ? [invalid('endsOn')] : []),
    ...(before(entry.backgroundCheckedOn, entry.backgroundCheckUntil)
      ? [invalid('backgroundCheckUntil')]
      : []),
    ...(before(entry.attestedOn, entry.attestationDueOn) ? [invalid('attestationDueOn')] : []),
    ...entry.qualifications.flatMap((each, at) =>
      before(each.issuedOn, each.validUntil) ? [invalid(`qualification${at + 1}.validUntil`)] : [],
    ),
  ]);
}

const MOST_LEAVE = 90;
const MOST_CARRIED = 365;

/** Leave is never less than the settings say: they are the law's least (Labour Code, art. 88; domain.md "leave"). */
async function checkLeave(work: Work, { annualLeaveDays, leaveCarriedDays }: StaffEntry): Promise<void> {
  const least = workTermsOn(await listWorkTerms(work.tx), todayOf(work)).leaveDays;
  const days = annualLeaveDays ?? least;
  refuseErrors([
    ...(days < least || days > MOST_LEAVE
      ? [{ field: 'annualLeaveDays', reason: 'invalid', detail: String(least) } as const]
      : []),
    ...((leaveCarriedDays ?? 0) > MOST_CARRIED
      ? [{ field: 'leaveCarriedDays', reason: 'invalid' } as const]
      : []),
  ]);
}

function rowOf(written: StaffEntry) {
  const { qualifications: _, ...entry } = written;
  return {
    ...entry,
    skills: [...entry.skills],
    preferences: Object.keys(entry.preferences).length === 0 ? null : entry.preferences,
    searchName: searchName(entry.name),
    level: LEVEL_OF_POST[entry.post],
  };
}

async function remember({ tx, now, actor }: Work, centreId: number, data: object): Promise<void> {
  await insertEvent(tx, { at: now, by: authorOf(actor), kind: 'staff.changed', centreId, data });
}

/** Takes somebody into a centre's register. Whoever administers the centre may. */
export async function addStaff(
  work: Work,
  input: StaffEntry & { centreId: number },
): Promise<{ id: number }> {
  const { centreId, ...entry } = input;
  await centreToAdminister(work, centreId);
  checkEntry(entry);
  await checkLeave(work, entry);
  const id = await insertStaff(work.tx, { ...rowOf(entry), centreId, personId: null });
  await replaceQualifications(work.tx, id, entry.qualifications);
  await remember(work, centreId, { staffId: id, added: true });
  return { id };
}

/** A member of staff whom the actor may change; another's is the same `missing` as an absent one. */
export async function staffToAdminister(work: Work, staffId: number): Promise<Staff> {
  mustAdminister(work);
  const staff = (await findStaff(work.tx, staffId)) ?? refuse('missing');
  await centreToAdminister(work, staff.centreId);
  return staff;
}

/** What a contract's published shifts ahead would break under other terms of it. */
async function brokenAhead(work: Work, staff: Staff, entry: StaffEntry): Promise<RosterFinding[]> {
  const { tx } = work;
  const today = todayOf(work);
  const [worker] = await workersOf(tx, [staff], { centreId: staff.centreId, from: today, to: today });
  const changed: Worker = {
    ...worker!,
    weeklyMinutes: entry.weeklyMinutes,
    daysPerWeek: entry.daysPerWeek,
    summedTime: entry.summedTime,
    overtimeConsentOn: entry.overtimeConsentOn,
    overtimeBarred: entry.overtimeBarred,
  };
  const from = plainDate(`${addDays(startOfWeek(today), -7).slice(0, 4)}-01-01`);
  const shifts = await listStandingShifts(tx, { staffIds: [staff.id], from, to: plainDate('2199-12-31') });
  const terms = workTermsOn(await listWorkTerms(tx), today);
  return WORKING_TIME_RULES.flatMap((rule) => rule(changed, shifts, terms)).filter(
    ({ date }) => date >= today,
  );
}

/**
 * Changes what the register keeps of somebody; published days ahead follow in the same transaction. Refuses `stale` with
 * what a colleague saved meanwhile, `illegal_shifts` where published shifts ahead would break the new contract: a roster
 * without them is published first.
 */
export async function changeStaff(
  work: Work,
  input: StaffEntry & { readonly staffId: number; readonly version: number },
): Promise<Restaffed> {
  const { staffId, version, ...entry } = input;
  const seen = await staffToAdminister(work, staffId);
  checkEntry(entry);
  await checkLeave(work, entry);
  return await restaffCentre(work, { centreId: seen.centreId }, async () => {
    const staff = (await lockStaff(work.tx, staffId)) ?? refuse('missing');
    if (staff.version !== version) refuse('stale', { current: { version: staff.version, name: staff.name } });
    const broken = await brokenAhead(work, staff, entry);
    if (broken.length > 0) refuse('illegal_shifts', { findings: broken });
    await updateStaff(work.tx, staffId, { ...rowOf(entry), version: version + 1 });
    await replaceQualifications(work.tx, staffId, entry.qualifications);
    await remember(work, seen.centreId, { staffId });
  });
}

export interface RosterSettings {
  readonly centreId: number;
  readonly barringPapers: readonly Paper[];
  readonly parentInOwnGroup: boolean;
  /** Ordinary children a group beyond what is booked. */
  readonly rosterReserve: number;
  /** How long somebody asked about a shift has to answer, unless the asker says otherwise; null = the house's usual. */
  readonly askWithin: AnswerWithin | null;
}

const MOST_RESERVE = 20;

/** What a centre's rosters go by: papers without which nobody is rostered, parents and their own child, the reserve, the time to answer. */
export async function changeRosterSettings(work: Work, input: RosterSettings): Promise<void> {
  const { centreId, barringPapers, parentInOwnGroup, rosterReserve, askWithin } = input;
  await centreToAdminister(work, centreId);
  refuseErrors([
    ...(barringPapers.some((paper) => !PAPERS.includes(paper))
      ? [{ field: 'barringPapers', reason: 'invalid' } as const]
      : []),
    ...(rosterReserve > MOST_RESERVE ? [{ field: 'rosterReserve', reason: 'invalid' } as const] : []),
    ...(askWithin !== null && !WITHIN.includes(askWithin)
      ? [{ field: 'askWithin', reason: 'invalid' } as const]
      : []),
  ]);
  await lockCentres(work.tx, [centreId]);
  await updateCentre(work.tx, centreId, {
    barringPapers: [...barringPapers],
    parentInOwnGroup,
    rosterReserve,
    askMinutes: askWithin === 'evening' ? 0 : askWithin,
  });
  await insertEvent(work.tx, {
    at: work.now,
    by: authorOf(work.actor),
    kind: 'centre.changed',
    centreId,
    data: { barringPapers, parentInOwnGroup, rosterReserve, askWithin },
  });
}
