import { addDays, instantAt } from '../../src/domain/calendar.ts';
import { searchName } from '../../src/domain/names.ts';
import type { Random } from '../../src/domain/random.ts';
import { addWorkingDays } from '../../src/domain/working-days.ts';
import { insertAll } from '../../src/data/import.ts';
import type { Closure } from '../../src/domain/opening.ts';
import { demoAccount } from './accounts.ts';
import type { PlannedCentre } from './centres.ts';
import { FULL_DAY_HOURS } from './groups.ts';
import { givenName, sexOf, surname } from './people.ts';
import { writePeople, type DemoPerson } from './persons.ts';
import type { Emergency, Stage, WrittenCentre, WrittenGroup } from './stage.ts';
import { CLOSURE_REASONS, EMERGENCY_REASON } from './words.ts';

/** 11:00: from then on the emergency centre had no light. */
const EMERGENCY_FROM = 22;

function accountsOf(plan: PlannedCentre, centreId: number, random: Random): DemoPerson[] {
  const number = String(plan.number).padStart(3, '0');
  return (['centre_admin', 'centre_staff'] as const).map((role) => {
    if (plan.kind === 'demo') return { ...demoAccount(role), centreId };
    const name = `${surname(random)} ${givenName(sexOf(random), random)}`;
    return {
      name,
      role,
      centreId,
      login: `${role === 'centre_admin' ? 'admin' : 'staff'}-${number}@demo.kz`,
    };
  });
}

type NewClosure = Stage['tx']['t']['closure']['$inferInsert'];

/** Repairs and training days, one ahead in every eighth centre, one gone by in every tenth. */
function plannedClosures(stage: Stage, centreId: number, createdBy: number, random: Random): NewClosure[] {
  const closures: NewClosure[] = [];
  const plan = (workingDays: number) => {
    const startsOn = addWorkingDays(stage.today, workingDays, 5, stage.overrides);
    const endsOn = addDays(startsOn, random.int(0, 2));
    const createdAt = instantAt(addDays(stage.from, -random.int(20, 40)), 9 * 60);
    const reason = random.pick(CLOSURE_REASONS);
    closures.push({
      centreId,
      groupId: null,
      startsOn,
      endsOn,
      fromHalfHour: null,
      kind: 'planned',
      reason,
      createdAt,
      createdBy,
    });
  };
  if (random.chance(1 / 8)) plan(random.int(12, 40));
  if (random.chance(1 / 10)) plan(-random.int(8, 30));
  return closures;
}

function emergencyOf(stage: Stage, centreId: number, createdBy: number): NewClosure {
  const date = addWorkingDays(stage.today, -15, 5, stage.overrides);
  return {
    centreId,
    groupId: null,
    startsOn: date,
    endsOn: date,
    fromHalfHour: EMERGENCY_FROM,
    kind: 'emergency',
    reason: EMERGENCY_REASON,
    createdAt: instantAt(date, 10 * 60 + 52),
    createdBy,
  };
}

async function writeClosures(
  stage: Stage,
  plan: PlannedCentre,
  centreId: number,
  adminId: number,
  random: Random,
) {
  const { tx } = stage;
  const planned = plan.kind === 'demo' ? [] : plannedClosures(stage, centreId, adminId, random);
  const closures: Closure[] = planned.map((row) => ({ ...row, fromHalfHour: null }));
  await insertAll(tx, tx.t.closure, planned);
  let emergency: Emergency | undefined;
  if (plan.kind === 'emergency') {
    const row = emergencyOf(stage, centreId, adminId);
    const [id] = await insertAll(tx, tx.t.closure, [row]);
    emergency = { ...row, id: id!, at: row.createdAt, fromHalfHour: EMERGENCY_FROM };
  }
  return { closures, emergency };
}

/** Writes a centre with its accounts, closures and groups; nobody's days yet. */
export async function writeCentre(stage: Stage, plan: PlannedCentre, random: Random): Promise<WrittenCentre> {
  const { tx } = stage;
  const { nameKk, nameRu, regionCode, district, address, lat, lon } = plan;
  const [centreId] = await insertAll(tx, tx.t.centre, [
    {
      ref: `demo-${plan.number}`,
      nameKk,
      nameRu,
      searchName: searchName(`${nameKk} ${nameRu}`),
      regionCode,
      district,
      address,
      lat,
      lon,
      hours: FULL_DAY_HOURS,
      deadlineWeekday: 1,
      deadlineHalfHour: 36,
      lateChanges:
        random.chance(0.1) && plan.kind !== 'demo' ? ('staff_only' as const) : ('accepted' as const),
      version: 1,
    },
  ]);
  const id = centreId!;
  const [adminId, staffId] = (await writePeople(stage, accountsOf(plan, id, random))) as [number, number];
  const { closures, emergency } = await writeClosures(stage, plan, id, adminId, random);

  // Bookings begin with the groups: an empty week would look like one that nobody wanted.
  const startsOn = stage.from;
  const ids = await insertAll(
    tx,
    tx.t.careGroup,
    plan.groups.map(({ name, category, admission, skills, fromAgeMonths, toAgeMonths }, at) => ({
      ref: `demo-${plan.number}-${at + 1}`,
      centreId: id,
      name,
      category,
      admission,
      skills,
      languages: random.pick([['kk'], ['ru'], ['kk', 'ru'], ['kk', 'ru']]),
      fromAgeMonths,
      toAgeMonths,
      startsOn,
      endsOn: null,
      version: 1,
    })),
  );
  const terms = plan.groups.map(({ room, hours }, at) => ({ groupId: ids[at]!, startsOn, room, hours }));
  await insertAll(tx, tx.t.groupTerms, terms);
  const groups = plan.groups.map((group, at): WrittenGroup => ({
    id: ids[at]!,
    centreId: id,
    plan: group,
    startsOn,
    endsOn: null,
  }));
  const facts = {
    terms: Map.groupBy(terms, (each) => each.groupId),
    closures: new Map(ids.map((groupId) => [groupId, closures])),
    overrides: stage.overrides,
  };
  return { id, plan, adminId, staffId, groups, facts, emergency, random };
}
