import { and, eq, inArray } from '../../src/data/sql.ts';
import { addDays, addMonths, instantAt, startOfMonth, type Instant } from '../../src/domain/calendar.ts';
import { randomFrom } from '../../src/domain/random.ts';
import { Refusal } from '../../src/domain/refusal.ts';
import { MINUTES_PER_HALF_HOUR } from '../../src/domain/slots.ts';
import type { Actor } from '../../src/domain/people.ts';
import { findGroup } from '../../src/data/groups.ts';
import { insertAll } from '../../src/data/import.ts';
import type { NewShift } from '../../src/data/shifts.ts';
import { openShift, type OpeningWish } from '../../src/use-cases/open-shifts.ts';
import { isLegal, listReplacements } from '../../src/use-cases/replacements.ts';
import { readShortage } from '../../src/use-cases/shortages.ts';
import { closeMonth } from '../../src/use-cases/timesheets.ts';
import { demoAccount } from './accounts.ts';
import { writePeople } from './persons.ts';
import type { Stage, WrittenCentre } from './stage.ts';

/** Days ahead in which somebody is looked for, and how many are asked at once. */
const SHORT_WITHIN = 6;
const ASKED = 2;

/** Comings and goings of days rostered: on time nearly always, a few come late; one forgot to clock out. */
export async function writeClockings(
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
export async function closeLastMonth(
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

/** On the first day ahead that is short, somebody is looked for: those who may take it are asked until the evening. */
export async function askForReplacement(stage: Stage, centre: WrittenCentre): Promise<void> {
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
