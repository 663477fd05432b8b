import { addDays, instantAt, type PlainDate } from '../../src/domain/calendar.ts';
import { searchName } from '../../src/domain/names.ts';
import type { Pattern } from '../../src/domain/pattern.ts';
import { insertAll } from '../../src/data/import.ts';
import { demoAccount } from './accounts.ts';
import {
  birthDateFor,
  givenName,
  needFor,
  sexOf,
  surname,
  workFor,
  type PlannedNeed,
  type PlannedWork,
} from './people.ts';
import { writePeople, type DemoPerson } from './persons.ts';
import type { Stage, WrittenCentre, WrittenGroup } from './stage.ts';
import { DEMO_FULL_DAYS, DEMO_MORNINGS, planPatterns } from './stays.ts';

/** A child in a group's eyes: whose it is, what it needs, when it comes (null: it waits). */
export interface WrittenChild extends PlannedNeed {
  readonly id: number;
  readonly guardianId: number;
  readonly birthDate: PlainDate;
  readonly group: WrittenGroup;
  readonly pattern: Pattern | null;
  readonly enrolmentId: number | null;
  /** Of the demo guardian. */
  readonly demo: boolean;
}

interface Wish {
  readonly group: WrittenGroup;
  readonly pattern: Pattern | null;
  readonly demo?: boolean;
}

interface Guardian extends DemoPerson {
  readonly work: PlannedWork | undefined;
  /** Whether only to see and to collect, as a grandmother. */
  readonly helps: boolean;
}

interface Family {
  readonly surname: string;
  readonly guardians: readonly Guardian[];
}

/** Within some kilometres of the centre. */
const HOME_SPREAD = 0.05;

function planFamily(stage: Stage, { plan, random }: WrittenCentre): Family {
  const name = surname(random);
  const near = (degrees: number) =>
    Math.round((degrees + (random.next() * 2 - 1) * HOME_SPREAD) * 10_000) / 10_000;
  const home = { region: plan.regionCode, district: plan.district, lat: near(plan.lat), lon: near(plan.lon) };
  const parent = (helps: boolean): Guardian => ({
    name: `${name} ${givenName(sexOf(random), random)}`,
    role: 'guardian',
    home,
    work: helps || random.chance(0.15) ? undefined : workFor(stage.today, random),
    helps,
  });
  return {
    surname: name,
    guardians: random.chance(0.55) ? [parent(false), parent(random.chance(0.2))] : [parent(false)],
  };
}

function demoFamily(stage: Stage, centre: WrittenCentre): Family {
  const { guardians } = planFamily(stage, centre);
  const day = ['09:00', '18:00'] as const;
  const work = { pattern: { mon: day, tue: day, wed: day, thu: day, fri: day }, commuteMinutes: 30 };
  const { name, ...account } = demoAccount('guardian');
  const mark = name.split(' ')[0]!;
  const father = { ...guardians[0]!, name: `${mark} Ерасыл` };
  return { surname: mark, guardians: [{ ...father, ...account, name, work }, father] };
}

/** Waiting families stand behind ten to thirty of a hundred places; behind the overfull centre's, one for each. */
function wishesOf(stage: Stage, centre: WrittenCentre): Wish[] {
  const { plan, groups, random } = centre;
  const wishes: Wish[] = [];
  if (plan.kind === 'demo') {
    wishes.push(
      { group: groups[1]!, pattern: DEMO_FULL_DAYS, demo: true },
      { group: groups[2]!, pattern: DEMO_MORNINGS, demo: true },
    );
  }
  for (const group of groups) {
    const { style, room } = group.plan;
    // Where the demo guardian's children come every second place is free: an offer of whole weeks comes to them.
    const roomy = wishes.some((wish) => wish.demo === true && wish.group === group);
    for (const [at, pattern] of planPatterns(style, room, stage.today, random).entries())
      if (!roomy || at % 2 === 0) wishes.push({ group, pattern });
    const queue = plan.kind === 'overfull' ? room : Math.round(room * (0.1 + 0.2 * random.next()));
    for (let at = 0; at < queue; at++) wishes.push({ group, pattern: null });
  }
  return wishes;
}

/** Some families have two children here. */
const SIBLINGS = 0.07;

/** Writes the families of a centre: guardians with their work, children, who may do what, and the centre's own file. */
export async function writeFamilies(stage: Stage, centre: WrittenCentre): Promise<WrittenChild[]> {
  const { tx, now, today } = stage;
  const { random } = centre;
  const families: Family[] = [];
  const planned = wishesOf(stage, centre).map((wish) => {
    const last = families.at(-1);
    const sibling =
      wish.demo === true ? last : random.chance(SIBLINGS) && families.length > 1 ? last : undefined;
    if (!sibling) families.push(wish.demo === true ? demoFamily(stage, centre) : planFamily(stage, centre));
    return { ...wish, family: families.length - 1 };
  });

  const guardians = families.flatMap((family, at) =>
    family.guardians.map((guardian) => ({ ...guardian, family: at })),
  );
  const guardianIds = await writePeople(stage, guardians);
  const ofFamily = Map.groupBy(
    guardians.map((guardian, at) => ({ ...guardian, id: guardianIds[at]! })),
    (guardian) => guardian.family,
  );
  const workdays = guardians.flatMap(({ work }, at) =>
    work ? [{ personId: guardianIds[at]!, startsOn: stage.from, ...work }] : [],
  );
  await insertAll(tx, tx.t.workday, workdays);

  const rows = planned.map(({ group, family, demo }) => {
    const birthDate = birthDateFor(group.plan, today, random);
    const sex = sexOf(random);
    const name = `${families[family]!.surname} ${givenName(sex, random)}`;
    const need: PlannedNeed =
      demo === true ? { supportWeight: 100, skillsNeeded: [] } : needFor(group.plan, random);
    const priority = random.chance(0.06) ? random.int(1, 2) : 0;
    const iin = stage.iins.issue(birthDate, sex);
    return {
      name,
      searchName: searchName(name),
      iin,
      birthDate,
      category: group.plan.category,
      ...need,
      priority,
      createdAt: now,
    };
  });
  const ids = await insertAll(tx, tx.t.child, rows);

  const startsOn = addDays(stage.from, -60);
  const guardianships = planned.flatMap(({ family }, at) =>
    ofFamily.get(family)!.map(({ id, helps }) => {
      const rights = { maySee: true, mayBook: !helps, mayCollect: true, mayBeTold: !helps };
      return { childId: ids[at]!, personId: id, startsOn, endsOn: null, ...rights };
    }),
  );
  await insertAll(tx, tx.t.guardianship, guardianships);
  const registeredAt = instantAt(startsOn, 10 * 60);
  const registrations = ids.map((childId) => ({
    childId,
    centreId: centre.id,
    registeredAt,
    registeredBy: centre.adminId,
  }));
  await insertAll(tx, tx.t.registration, registrations);

  const enrolled = planned.flatMap(({ group, pattern }, at) =>
    group.plan.admission === 'enrolled' && pattern !== null ? [{ at, groupId: group.id }] : [],
  );
  const enrolmentIds = await insertAll(
    tx,
    tx.t.enrolment,
    enrolled.map(({ at, groupId }) => {
      const ground = 'бұйрық / приказ';
      return {
        childId: ids[at]!,
        groupId,
        startsOn,
        endsOn: null,
        ground,
        createdAt: registeredAt,
        createdBy: centre.adminId,
      };
    }),
  );
  const enrolmentOf = new Map(enrolled.map(({ at }, index) => [at, enrolmentIds[index]!]));
  return planned.map(({ group, pattern, family }, at) => {
    const { birthDate, supportWeight, skillsNeeded } = rows[at]!;
    const guardianId = ofFamily.get(family)![0]!.id;
    const enrolmentId = enrolmentOf.get(at) ?? null;
    const demo = planned[at]!.demo === true;
    return {
      id: ids[at]!,
      guardianId,
      birthDate,
      supportWeight,
      skillsNeeded,
      group,
      pattern,
      enrolmentId,
      demo,
    };
  });
}
