import { and, between, desc, eq, inArray, isNotNull } from '../../src/data/sql.ts';
import { addDays, addMinutes, instantAt } from '../../src/domain/calendar.ts';
import { sharedMinutes } from '../../src/domain/rescue.ts';
import { MINUTES_PER_HALF_HOUR } from '../../src/domain/slots.ts';
import { addWorkingDays } from '../../src/domain/working-days.ts';
import { insertAll } from '../../src/data/import.ts';
import type { WrittenChild } from './families.ts';
import type { Stage, WrittenCentre } from './stage.ts';
import { STATEMENTS } from './words.ts';

/** Days back in which hours were rescued. */
const RESCUED_WITHIN = 14;

/**
 * This morning, or on one of the last, a child fell ill and another, whose family stood by, came instead: told at 07:05, asked,
 * taken within the ten minutes of the window. A booking that was kept becomes the one that was rescued.
 */
export async function writeRescue(
  { tx, now, today }: Stage,
  { groups, staffId }: WrittenCentre,
): Promise<void> {
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
export async function writeCandidacies(
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
