import { addDays, instantAt, type PlainDate } from '../../src/domain/calendar.ts';
import type { Attestation } from '../../src/domain/lapses.ts';
import { searchName } from '../../src/domain/names.ts';
import type { WeeklyHours } from '../../src/domain/opening.ts';
import type { Random } from '../../src/domain/random.ts';
import type { HalfHour } from '../../src/domain/slots.ts';
import { LEVEL_OF_POST } from '../../src/domain/staffing.ts';
import { insertAll } from '../../src/data/import.ts';
import { demoAccount } from './accounts.ts';
import { givenName, sexOf, surname } from './people.ts';
import type { Duty, PlannedPost } from './posts.ts';
import type { Member } from './shifts.ts';
import type { Stage, WrittenCentre } from './stage.ts';
import { COLLEGE, QUALIFICATIONS, VACANCY } from './words.ts';

const every = (from: HalfHour, to: HalfHour): WeeklyHours => {
  const day = [from, to] as const;
  return { mon: day, tue: day, wed: day, thu: day, fri: day };
};

/** From 07:30 to 19:00: before the doors open and after they close; helpers until 13:00 or from then on. */
const AVAILABLE = every(15, 38);
const AVAILABLE_AT: Partial<Record<Duty, WeeklyHours>> = {
  morning: every(15, 26),
  afternoon: every(26, 38),
};

const ATTESTATIONS: readonly Attestation[] = ['none', 'second', 'second', 'first', 'highest'];

/** Most papers hold for long; one medical book in twelve runs out soon, but not before the rosters end. */
function papersOf(today: PlainDate, random: Random) {
  const checkedOn = addDays(today, -random.int(40, 900));
  const attestation = random.pick(ATTESTATIONS);
  const attestedOn = addDays(today, -random.int(60, 1200));
  return {
    medicalBookUntil: addDays(today, random.chance(1 / 12) ? random.int(43, 58) : random.int(75, 330)),
    backgroundCheckedOn: checkedOn,
    backgroundCheckUntil: addDays(checkedOn, 1095),
    attestation,
    attestedOn: attestation === 'none' ? null : attestedOn,
    attestationDueOn: attestation === 'none' ? null : addDays(attestedOn, 1826),
    overtimeConsentOn: random.chance(0.3) ? addDays(today, -random.int(100, 600)) : null,
  };
}

/** Leave that is settled: of those whose turn a substitute can take, as nobody else has their skills. */
function leaveOf({ duty, skills, group }: PlannedPost, own: boolean, today: PlainDate, random: Random) {
  const needed = own || skills.length > 0 || group === null || (duty !== 'turn_a' && duty !== 'turn_b');
  if (needed || !random.chance(0.12)) return [];
  const startsOn = addDays(today, random.int(-20, 60));
  return [{ startsOn, endsOn: addDays(startsOn, random.pick([13, 23, 29])) }];
}

/**
 * Writes a centre's staff with their papers and leave, and the vacancies of posts that stand empty. The demo centre's first
 * is the account of its staff.
 */
export async function writeStaff(
  stage: Stage,
  { id, plan, adminId, staffId, random }: WrittenCentre,
  posts: readonly PlannedPost[],
): Promise<Member[]> {
  const { tx, today, from } = stage;
  const filled = posts.filter((post) => !post.vacant);
  const isOwn = (at: number) => plan.kind === 'demo' && at === 0;
  const rows = filled.map(({ post, duty, weeklyMinutes, skills }, at) => {
    const name = isOwn(at)
      ? demoAccount('centre_staff').name
      : `${surname(random)} ${givenName(sexOf(random), random)}`;
    return {
      ref: `demo-${plan.number}-staff-${at + 1}`,
      centreId: id,
      personId: isOwn(at) ? staffId : null,
      name,
      searchName: searchName(name),
      post,
      level: LEVEL_OF_POST[post],
      weeklyMinutes,
      skills: [...skills],
      availability: AVAILABLE_AT[duty] ?? AVAILABLE,
      startsOn: from,
      endsOn: null,
      ...papersOf(today, random),
    };
  });
  const ids = await insertAll(tx, tx.t.staff, rows);
  const qualifications = filled.map(({ post }, at) => ({
    staffId: ids[at]!,
    kind: QUALIFICATIONS[post],
    institution: COLLEGE,
    issuedOn: addDays(today, -random.int(700, 9000)),
    validUntil: null,
  }));
  await insertAll(tx, tx.t.staffQualification, qualifications);
  const members = filled.map((post, at): Member => ({
    ...post,
    id: ids[at]!,
    startsOn: from,
    leave: leaveOf(post, isOwn(at), today, random),
  }));
  await insertAll(
    tx,
    tx.t.staffLeave,
    members.flatMap((member) => member.leave.map((leave) => ({ staffId: member.id!, ...leave }))),
  );
  const vacant = posts.filter((post) => post.vacant);
  await insertAll(
    tx,
    tx.t.vacancy,
    vacant.map(({ post, weeklyMinutes }) => ({
      centreId: id,
      post,
      weeklyMinutes,
      hours: AVAILABLE,
      startsOn: addDays(today, 28),
      applyUntil: addDays(today, 21),
      details: VACANCY,
      createdAt: instantAt(addDays(today, -6), 10 * 60),
      createdBy: adminId,
      closedAt: null,
    })),
  );
  return [...members, ...vacant.map((post): Member => ({ ...post, id: null, startsOn: from, leave: [] }))];
}

/** Sick notes that came after the roster was published: approved, so that its days have fewer staff. */
export async function writeSickNotes(
  stage: Stage,
  { adminId }: WrittenCentre,
  notes: readonly { readonly staffId: number; readonly startsOn: PlainDate; readonly endsOn: PlainDate }[],
): Promise<void> {
  const { tx, now, today } = stage;
  // Told in the morning before; of days that are over, in their own.
  const toldAt = (startsOn: PlainDate) => {
    const at = instantAt(startsOn <= today ? startsOn : today, 7 * 60 + 20);
    return at < now ? at : now;
  };
  const ids = await insertAll(
    tx,
    tx.t.staffLeave,
    notes.map((note) => ({
      ...note,
      kind: 'sick' as const,
      requestedAt: toldAt(note.startsOn),
      requestedBy: adminId,
    })),
  );
  await insertAll(
    tx,
    tx.t.staffLeaveDecision,
    notes.map(({ startsOn }, at) => ({
      leaveId: ids[at]!,
      at: toldAt(startsOn),
      by: adminId,
      outcome: 'approved' as const,
      note: null,
    })),
  );
}
