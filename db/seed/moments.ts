import { and, between, desc, eq, inArray, isNotNull } from '../../src/data/sql.ts';
import {
  addDays,
  addMinutes,
  addMonths,
  instantAt,
  startOfMonth,
  type Instant,
} from '../../src/domain/calendar.ts';
import { randomFrom } from '../../src/domain/random.ts';
import { Refusal } from '../../src/domain/refusal.ts';
import { sharedMinutes } from '../../src/domain/rescue.ts';
import { MINUTES_PER_HALF_HOUR } from '../../src/domain/slots.ts';
import { addWorkingDays } from '../../src/domain/working-days.ts';
import type { Actor } from '../../src/domain/people.ts';
import { findGroup } from '../../src/data/groups.ts';
import { insertAll } from '../../src/data/import.ts';
import type { NewShift } from '../../src/data/shifts.ts';
import { openShift, type OpeningWish } from '../../src/use-cases/open-shifts.ts';
import { isLegal, listReplacements } from '../../src/use-cases/replacements.ts';
import { readShortage } from '../../src/use-cases/shortages.ts';
import { closeMonth } from '../../src/use-cases/timesheets.ts';
import { demoAccount } from './accounts.ts';
import type { WrittenChild } from './families.ts';
import { writePeople } from './persons.ts';
import type { Stage, WrittenCentre } from './stage.ts';
import { STATEMENTS } from './words.ts';

/** Days back in which hours were rescued. */
const RESCUED_WITHIN = 14;
/** Days ahead in which somebody is looked for, and how many are asked at once. */
const SHORT_WITHIN = 6;
const ASKED = 2;

/**
 * What the pages of the demo's own centre show besides plans: who came and went, hours that were rescued, a replacement
 * that is being looked for, parents who want to work here. None of it changes what other centres are made of.
 */
export async function writeMoments(
  stage: Stage,
  centre: WrittenCentre,
  families: readonly WrittenChild[],
  worked: readonly NewShift[],
): Promise<void> {
  await writeClockings(stage, centre, worked);
  await closeLastMonth(stage, centre, worked);
  await writeRescue(stage, centre);
  await writeCandidacies(stage, centre, families);
  await askForReplacement(stage, centre);
}

/** Comings and goings of days rostered: on time nearly always, a few come late; one forgot to clock out. */
async function writeClockings(
  { tx, now, today }: Stage,
  { staffId: recordedBy }: WrittenCentre,
  worked: readonly NewShift[],
): Promise<void> {
  const random = randomFrom('kundiz clockings');
  const lastDay = worked.findLast(({ date }) => date < today)?.date;
  const forgetful = worked.filter(({ date }) => date === lastDay)[2];
  const rows = worked.flatMap((shift) => {
    const { staffId, date, from, to } = shift;
    const late = random.chance(0.04) ? random.int(12, 35) : -random.int(1, 12);
    const came = instantAt(date, from * MINUTES_PER_HALF_HOUR + late);
    const left = instantAt(date, to * MINUTES_PER_HALF_HOUR + random.int(0, 9));
    const row = (direction: 'in' | 'out', at: Instant) => ({
      staffId,
      direction,
      at,
      recordedAt: at,
      recordedBy,
    });
    return [
      ...(came <= now ? [row('in', came)] : []),
      ...(left <= now && shift !== forgetful ? [row('out', left)] : []),
    ];
  });
  await insertAll(tx, tx.t.clocking, rows);
}

function adminOf({ id: centreId, adminId }: WrittenCentre): Actor {
  const { name } = demoAccount('centre_admin');
  return { personId: adminId, name, assignmentId: 0, role: 'centre_admin', regionCode: null, centreId };
}

/** The month before this one is closed where it was worked in and everybody clocked out. */
async function closeLastMonth(
  { tx, now, today }: Stage,
  centre: WrittenCentre,
  worked: readonly NewShift[],
): Promise<void> {
  const month = addMonths(startOfMonth(today), -1);
  if (!worked.some(({ date }) => startOfMonth(date) === month)) return;
  try {
    await closeMonth({ tx, now, actor: adminOf(centre) }, { centreId: centre.id, month });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

/**
 * This morning, or on one of the last, a child fell ill and another, whose family stood by, came instead: told at 07:05, asked,
 * taken within the ten minutes of the window. A booking that was kept becomes the one that was rescued.
 */
async function writeRescue({ tx, now, today }: Stage, { groups, staffId }: WrittenCentre): Promise<void> {
  const { booking: b, absence, attendance } = tx.t;
  const ofLately = and(
    inArray(
      b.groupId,
      groups.map((group) => group.id),
    ),
    between(b.date, addDays(today, -RESCUED_WITHIN), today),
  );
  const freed = await tx.db
    .select({ id: b.id, groupId: b.groupId, date: b.date, from: b.fromHalfHour, to: b.toHalfHour })
    .from(b)
    .innerJoin(absence, eq(absence.bookingId, b.id))
    .where(and(ofLately, eq(absence.kind, 'illness'), eq(b.releasedFrom, b.fromHalfHour)))
    .orderBy(desc(b.date), b.id);
  const kept = await tx.db
    .select({
      id: b.id,
      childId: b.childId,
      groupId: b.groupId,
      date: b.date,
      from: b.fromHalfHour,
      to: b.toHalfHour,
      bookedBy: b.bookedBy,
    })
    .from(b)
    .innerJoin(attendance, eq(attendance.bookingId, b.id))
    .where(and(ofLately, isNotNull(b.seriesId), isNotNull(b.bookedBy)))
    .orderBy(desc(b.date), b.id);
  for (const lost of freed) {
    const taken = kept.find(
      (each) => each.groupId === lost.groupId && each.date === lost.date && sharedMinutes(each, lost) >= 240,
    );
    if (!taken) continue;
    const openedAt = instantAt(lost.date, 7 * 60 + 5);
    const closesAt = addMinutes(openedAt, 10);
    if (closesAt > now) continue;
    await tx.db.update(absence).set({ at: openedAt }).where(eq(absence.bookingId, lost.id));
    await tx.db.update(b).set({ seriesId: null, bookedAt: closesAt, late: true }).where(eq(b.id, taken.id));
    const stood = { childId: taken.childId, groupId: lost.groupId, date: lost.date };
    const [standById] = await insertAll(tx, tx.t.standBy, [
      {
        ...stood,
        fromHalfHour: taken.from,
        toHalfHour: taken.to,
        takeUntilMinute: null,
        createdAt: instantAt(addDays(lost.date, -1), 19 * 60 + 20),
        createdBy: taken.bookedBy,
        endedAt: closesAt,
      },
    ]);
    const [rescueId] = await insertAll(tx, tx.t.rescue, [
      {
        groupId: lost.groupId,
        date: lost.date,
        fromHalfHour: lost.from,
        toHalfHour: lost.to,
        openedAt,
        closesAt,
        closedAt: closesAt,
        bookingId: taken.id,
        freedMinutes: (lost.to - lost.from) * MINUTES_PER_HALF_HOUR,
        rescuedMinutes: sharedMinutes(taken, lost),
      },
    ]);
    await tx.db.insert(tx.t.rescueAnswer).values({
      rescueId: rescueId!,
      standById: standById!,
      askedAt: openedAt,
      at: addMinutes(openedAt, 4),
      by: taken.bookedBy ?? staffId,
      answer: 'yes',
      score: [0],
    });
    return;
  }
}

/** The demo guardian is invited to a competition, another parent has just applied. */
async function writeCandidacies(
  { tx, today, overrides }: Stage,
  { id: centreId, adminId }: WrittenCentre,
  families: readonly WrittenChild[],
): Promise<void> {
  const [vacancy] = await tx.db.select().from(tx.t.vacancy).where(eq(tx.t.vacancy.centreId, centreId));
  const own = families.find((child) => child.demo);
  const other = families.find((child) => !child.demo && child.pattern !== null);
  if (!vacancy || !own || !other) return;
  const applied = [
    { child: own, at: instantAt(addDays(today, -5), 20 * 60 + 10) },
    { child: other, at: instantAt(addDays(today, -1), 21 * 60 + 35) },
  ];
  const [first, second] = await insertAll(
    tx,
    tx.t.candidacy,
    applied.map(({ child, at }, place) => ({
      reference: `DEMAKADR${['34', '67'][place]}`,
      vacancyId: vacancy.id,
      personId: child.guardianId,
      childId: child.id,
      submittedAt: at,
      statement: STATEMENTS[place]!,
    })),
  );
  const heldAt = instantAt(addWorkingDays(today, 4, 5, overrides), 10 * 60);
  const step = { note: '', heldAt: null, staffId: null };
  await insertAll(tx, tx.t.candidacyStep, [
    { ...step, candidacyId: first!, state: 'submitted', at: applied[0]!.at, by: own.guardianId },
    {
      ...step,
      candidacyId: first!,
      state: 'papers_complete',
      at: instantAt(addDays(today, -4), 11 * 60),
      by: adminId,
    },
    {
      ...step,
      candidacyId: first!,
      state: 'invited',
      at: instantAt(addDays(today, -3), 9 * 60 + 15),
      by: adminId,
      heldAt,
    },
    { ...step, candidacyId: second!, state: 'submitted', at: applied[1]!.at, by: other.guardianId },
  ]);
  const paper = (candidacyId: number, kind: string, ago: number, days: number | null) => ({
    candidacyId,
    kind,
    institution: 'Үлгі мекемесі / Учреждение-пример',
    issuedOn: addDays(today, -ago),
    validUntil: days === null ? null : addDays(today, days),
  });
  await insertAll(tx, tx.t.candidacyPaper, [
    paper(first!, 'basic_secondary', 6000, null),
    paper(first!, 'social_training', 200, null),
    paper(first!, 'medical_book', 60, 305),
    paper(first!, 'background_check', 30, 1065),
    paper(second!, 'education_pedagogical', 3000, null),
  ]);
}

/** On the first day ahead that is short, somebody is looked for: those who may take it are asked until the evening. */
async function askForReplacement(stage: Stage, centre: WrittenCentre): Promise<void> {
  const { tx, now, today } = stage;
  const { id: centreId, groups } = centre;
  const actor = adminOf(centre);
  await writeNurseAccount(stage, centre);
  let nobody: OpeningWish | undefined;
  for (let ahead = 1; ahead <= SHORT_WITHIN; ahead++)
    for (const { id: groupId } of groups) {
      const date = addDays(today, ahead);
      const group = (await findGroup(tx, groupId))!;
      const seen = await readShortage(tx, { group, date, now });
      const missed = seen?.shortage?.halfHours;
      if (!seen || !missed) continue;
      for (const proposal of seen.proposals) {
        const open = { ...proposal, groupId, date };
        const people = await listReplacements(tx, { centreId, open, missed, today });
        const asked = people.filter((each) => isLegal(each) && each.staff.personId !== null);
        const staffIds = asked.slice(0, ASKED).map((each) => each.staff.id);
        const wish: OpeningWish = { ...open, staffIds, inTurn: false, within: 'evening' };
        if (staffIds.length > 0) return void (await openShift({ tx, now, actor }, wish));
        nobody ??= wish;
      }
    }
  // Nobody may take any: one stands open for whoever comes forward.
  if (nobody) await openShift({ tx, now, actor }, nobody);
}

/** The nurse who is well has an account and has agreed to overtime: she is the one to ask. */
async function writeNurseAccount(stage: Stage, { id: centreId }: WrittenCentre): Promise<void> {
  const { tx, today } = stage;
  const { staff, staffLeave } = tx.t;
  const nurses = await tx.db
    .select({ id: staff.id, name: staff.name })
    .from(staff)
    .where(and(eq(staff.centreId, centreId), eq(staff.post, 'nurse')))
    .orderBy(staff.id);
  const ill = await tx.db
    .select({ staffId: staffLeave.staffId })
    .from(staffLeave)
    .where(
      inArray(
        staffLeave.staffId,
        nurses.map((each) => each.id),
      ),
    );
  const well = nurses.find((nurse) => !ill.some(({ staffId }) => staffId === nurse.id));
  if (!well) return;
  const person = { name: well.name, role: 'centre_staff', login: 'nurse@demo.kz', centreId } as const;
  const [personId] = await writePeople(stage, [person]);
  await tx.db
    .update(staff)
    .set({ personId: personId!, overtimeConsentOn: addDays(today, -200) })
    .where(eq(staff.id, well.id));
}
