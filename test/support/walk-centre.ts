import { addDays, plainDate } from '../../src/domain/calendar.ts';
import type { WeeklyHours } from '../../src/domain/opening.ts';
import { formatPattern } from '../../src/domain/pattern.ts';
import { parsePhone } from '../../src/domain/phone.ts';
import { START_TERMS } from '../../src/domain/waiting-list.ts';
import { findChildFile } from '../../src/data/registration.ts';
import { acceptApplication } from '../../src/use-cases/acceptance.ts';
import { submitApplication } from '../../src/use-cases/applications.ts';
import { changeChild, markOf } from '../../src/use-cases/child-changes.ts';
import { closeNow, liftClosure, planClosure } from '../../src/use-cases/closures.ts';
import { DISCHARGE_GROUNDS, dischargeChild } from '../../src/use-cases/discharge.ts';
import { changeGroup, closeGroup, createGroup } from '../../src/use-cases/group-settings.ts';
import { changeTerms } from '../../src/use-cases/group-terms.ts';
import { withdrawRights } from '../../src/use-cases/guardianships.ts';
import { changeCalendar, removeOverride } from '../../src/use-cases/national-calendar.ts';
import { changeOrder } from '../../src/use-cases/order-rules.ts';
import type { Verb, Walk } from './walk.ts';

const MOST_GROUPS = 7;
const MOST_CHILDREN = 14;

async function groupOf(walk: Walk) {
  const group = walk.pick(await walk.rows('careGroup'));
  return { group, admin: walk.admin(group.centreId) };
}

function hoursOf(walk: Walk): WeeklyHours {
  const { random } = walk;
  const day = (): [number, number] => [random.pick([16, 16, 17, 18]), random.pick([30, 34, 37, 37])];
  const hours: WeeklyHours = { mon: day(), tue: day(), wed: day(), thu: day() };
  return random.chance(0.8) ? { ...hours, fri: day() } : { ...hours, sat: day() };
}

/** A centre, or one of its groups, for some days. */
async function spanOf(walk: Walk) {
  const { group, admin } = await groupOf(walk);
  const startsOn = walk.date();
  const groupId = walk.random.chance(0.7) ? group.id : null;
  const endsOn = addDays(startsOn, walk.random.int(0, 3));
  return { admin, wish: { centreId: group.centreId, groupId, startsOn, endsOn, reason: 'Repairs' } };
}

async function enrol(walk: Walk): Promise<unknown> {
  const { random, today, country } = walk;
  const centreId = walk.pick(country.centreIds);
  const number = (await walk.rows('application')).length + 1;
  await walk.act(country.guardians[0]!, submitApplication, {
    centreId,
    childName: `Synthetic applicant ${number}`,
    birthDate: plainDate('2019-03-03'),
    iin: null,
    category: 'child_psychoneurological',
    need: '',
    pattern: formatPattern({ kind: 'weekly', days: { mon: [18, 26] } }),
    startsOn: today,
    guardianName: `Synthetic parent ${number}`,
    phone: parsePhone(`+7701${String(number).padStart(7, '0')}`)!,
    email: null,
    language: 'ru',
    documents: [],
  });
  const application = (await walk.rows('application')).at(-1)!;
  const groups = (await walk.rows('careGroup')).filter((each) => each.centreId === centreId);
  const groupId = random.chance(0.6) ? walk.pick(groups).id : null;
  const startsOn = addDays(today, random.int(0, 10));
  const input = { centreId, applicationId: application.id, childId: null, personId: null, groupId, startsOn };
  return await walk.act(walk.admin(centreId), acceptApplication, input);
}

export const CENTRE_VERBS: readonly Verb[] = [
  {
    name: 'closure',
    weight: 1.5,
    try: async (walk) => {
      const { admin, wish } = await spanOf(walk);
      return await walk.act(admin, planClosure, wish);
    },
  },
  {
    name: 'emergency',
    weight: 0.5,
    try: async (walk) => {
      const { admin, wish } = await spanOf(walk);
      const { startsOn: _, ...rest } = wish;
      const fromHalfHour = walk.random.chance(0.5) ? walk.random.int(18, 40) : null;
      return await walk.act(admin, closeNow, {
        ...rest,
        fromHalfHour,
        endsOn: addDays(walk.today, walk.random.int(0, 2)),
      });
    },
  },
  {
    name: 'lift closure',
    weight: 3,
    try: async (walk) => {
      const closures = await walk.rows('closure');
      const closure = walk.pick(closures.filter((each) => each.liftedAt === null));
      return await walk.act(walk.admin(closure.centreId), liftClosure, { closureId: closure.id });
    },
  },
  {
    name: 'terms',
    weight: 5,
    try: async (walk) => {
      const { group, admin } = await groupOf(walk);
      const { random } = walk;
      const terms = (await walk.rows('groupTerms')).filter((each) => each.groupId === group.id);
      return await walk.act(admin, changeTerms, {
        groupId: group.id,
        version: group.version,
        startsOn: walk.date(),
        room: random.int(1, 3),
        hours: random.chance(0.7) ? terms.at(-1)!.hours : hoursOf(walk),
      });
    },
  },
  {
    name: 'group ends',
    weight: 1,
    try: async (walk) => {
      const { group, admin } = await groupOf(walk);
      const endsOn = walk.random.chance(0.6) ? null : addDays(walk.today, walk.random.int(0, 25));
      return await walk.act(admin, closeGroup, { groupId: group.id, endsOn });
    },
  },
  {
    name: 'group changes',
    weight: 1,
    try: async (walk) => {
      const { group, admin } = await groupOf(walk);
      const { id: groupId, version, name, toAgeMonths } = group;
      return await walk.act(admin, changeGroup, {
        groupId,
        version,
        name,
        admission: walk.random.chance(0.3) ? 'enrolled' : 'open',
        skills: walk.random.chance(0.3) ? ['nurse'] : null,
        fromAgeMonths: walk.random.chance(0.2) ? 100 : 18,
        toAgeMonths,
      });
    },
  },
  {
    name: 'new group',
    weight: 0.2,
    try: async (walk) => {
      const { group, admin } = await groupOf(walk);
      const number = (await walk.rows('careGroup')).length + 1;
      if (number > MOST_GROUPS) return walk.pick([]);
      return await walk.act(admin, createGroup, {
        centreId: group.centreId,
        name: `Топ ${number}`,
        category: 'child_psychoneurological',
        admission: 'open',
        skills: null,
        fromAgeMonths: 18,
        toAgeMonths: 216,
        startsOn: walk.date(),
        room: walk.random.int(1, 2),
        hours: hoursOf(walk),
      });
    },
  },
  {
    name: 'enrolment',
    weight: 1,
    try: async (walk) => {
      if ((await walk.rows('child')).length >= MOST_CHILDREN) return walk.pick([]);
      return await enrol(walk);
    },
  },
  {
    name: 'discharge',
    weight: 1,
    try: async (walk) => {
      const centreId = walk.pick(walk.country.centreIds);
      return await walk.act(walk.admin(centreId), dischargeChild, {
        centreId,
        childId: walk.pick(await walk.rows('child')).id,
        lastDay: walk.date(),
        ground: walk.random.pick(DISCHARGE_GROUNDS),
        order: '1-Ж',
      });
    },
  },
  {
    name: 'child changes',
    weight: 2,
    try: async (walk) => {
      const centreId = walk.pick(walk.country.centreIds);
      const child = walk.pick(await walk.rows('child'));
      const file = (await walk.read((tx) => findChildFile(tx, child.id, centreId)))!;
      const { name, birthDate, category } = child;
      return await walk.act(walk.admin(centreId), changeChild, {
        centreId,
        childId: child.id,
        mark: markOf({ ...child, ...file }),
        name,
        birthDate,
        iin: null,
        iinMissingReason: 'Abroad',
        category,
        supportWeight: walk.random.pick([100, 150, 200, 300]),
        skillsNeeded: walk.random.pick([child.skillsNeeded, [], ['nurse']]),
        priority: walk.random.int(0, 1),
      });
    },
  },
  {
    name: 'rights withdrawn',
    weight: 0.4,
    try: async (walk) => {
      const row = walk.pick(await walk.rows('guardianship'));
      const rights = walk.random.pick([['book'], ['see', 'book']] as const);
      const input = { centreId: null, childId: row.childId, guardianshipId: row.id, rights };
      return await walk.act(await walk.for(row.childId), withdrawRights, input);
    },
  },
  {
    name: 'calendar',
    weight: 0.7,
    try: async (walk) =>
      await walk.act(walk.country.system, changeCalendar, {
        date: walk.date(),
        working: walk.random.chance(0.4),
        standsFor: walk.random.chance(0.3) ? walk.date() : null,
        name: null,
      }),
  },
  {
    name: 'calendar back',
    weight: 1,
    try: async (walk) => {
      const { date } = walk.pick(await walk.rows('calendarOverride'));
      return await walk.act(walk.country.system, removeOverride, { date });
    },
  },
  {
    name: 'order rule',
    weight: 0.4,
    try: async (walk) =>
      await walk.act(walk.pick(walk.country.managers), changeOrder, {
        regionCode: '75',
        startsOn: walk.date(3),
        terms: {
          ...START_TERMS,
          outOfTurn: walk.random.chance(0.5),
          lotSeed: `seed ${walk.random.int(1, 9)}`,
          answerWorkingDays: walk.random.int(1, 3),
          reserveAfter: walk.random.int(1, 4),
        },
      }),
  },
];

/** Time goes on, mostly a little: the days of a walk are for meeting each other. */
export const TIME_VERBS: readonly Verb[] = [
  { name: 'minutes pass', weight: 8, try: (walk) => walk.pass(walk.random.int(1, 40)) },
  { name: 'hours pass', weight: 4, try: (walk) => walk.pass(walk.random.int(1, 8) * 60) },
  { name: 'days pass', weight: 2.5, try: (walk) => walk.pass(walk.random.int(1, 4) * 1440 - 180) },
  { name: 'jobs', weight: 16, try: (walk) => walk.runJobs() },
];
