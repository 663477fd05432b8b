import { addDays, datesBetween, startOfWeek, type PlainDate } from '../../src/domain/calendar.ts';
import { LEAVE_KINDS } from '../../src/domain/lapses.ts';
import { listShifts } from '../../src/data/shifts.ts';
import { decideLeave, requestLeave } from '../../src/use-cases/leave.ts';
import { withdrawOwnLeave } from '../../src/use-cases/own-leave.ts';
import { publishRoster } from '../../src/use-cases/publication.ts';
import { copyLastWeek, copyPublished } from '../../src/use-cases/roster-copies.ts';
import { changeShift, deleteShift, placeShift, swapShifts } from '../../src/use-cases/roster-edits.ts';
import { changeStaff } from '../../src/use-cases/staff-register.ts';
import type { Verb, Walk } from './walk.ts';

export const workerOf = (walk: Walk, personId: number | null) =>
  walk.pick(walk.country.workers.filter((each) => each.personId === personId));

export const staffAt = async (walk: Walk, centreId: number) =>
  (await walk.rows('staff')).filter((each) => each.centreId === centreId);

/** A working day of somebody with one of the centre's groups, and perhaps a part with another. */
async function shiftWish(walk: Walk, centreId: number, staffId: number, date: PlainDate) {
  const { random } = walk;
  const groups = (await walk.rows('careGroup')).filter((each) => each.centreId === centreId);
  const from = random.pick([15, 16, 16, 16, 18, 20]);
  const to = from + random.pick([9, 13, 17, 17, 17]);
  const cut = random.int(from + 1, to - 1);
  const parts = random.chance(0.3) ? [{ groupId: random.pick(groups).id, from: cut, to }] : [];
  const breakFrom = to - from > 10 ? from + 8 : null;
  return { staffId, date, from, to, breakFrom, fixed: true, groupId: random.pick(groups).id, parts };
}

async function draftOf(walk: Walk) {
  const published = new Set((await walk.rows('rosterPublication')).map(({ rosterId }) => rosterId));
  const drafts = (await walk.rows('roster')).filter((each) => !published.has(each.id));
  const roster = walk.pick(drafts.slice(-3));
  return {
    roster,
    seen: { rosterId: roster.id, version: roster.version },
    admin: walk.admin(roster.centreId),
  };
}

/** A draft of some days with most people at work on most of them. */
async function draftByHand(walk: Walk): Promise<{ rosterId: number; centreId: number }> {
  const { random } = walk;
  const centreId = walk.pick(walk.country.centreIds);
  const admin = walk.admin(centreId);
  const from = walk.date(7);
  const to = addDays(from, random.int(0, 4));
  const { id } = await walk.act(admin, copyPublished, { centreId, from, to });
  const people = await staffAt(walk, centreId);
  for (const date of datesBetween(from, to))
    for (const { id: staffId } of people) {
      if (random.chance(0.3)) continue;
      const roster = (await walk.rows('roster')).find((each) => each.id === id)!;
      const wish = await shiftWish(walk, centreId, staffId, date);
      const seen = { rosterId: id, version: roster.version };
      await walk.allow(() => walk.act(admin, placeShift, { ...seen, ...wish }));
    }
  return { rosterId: id, centreId };
}

export const ROSTER_VERBS: readonly Verb[] = [
  { name: 'draft by hand', weight: 1, try: draftByHand },
  {
    name: 'roster',
    weight: 2,
    try: async (walk) => {
      const { rosterId, centreId } = await draftByHand(walk);
      return await walk.act(walk.admin(centreId), publishRoster, { rosterId });
    },
  },
  {
    name: 'publish roster',
    weight: 2,
    try: async (walk) => {
      const { roster, admin } = await draftOf(walk);
      return await walk.act(admin, publishRoster, { rosterId: roster.id });
    },
  },
  {
    name: 'edit draft',
    weight: 3,
    try: async (walk) => {
      const { roster, seen, admin } = await draftOf(walk);
      const shifts = await walk.read((tx) => listShifts(tx, roster.id));
      const { random } = walk;
      const kind = random.pick(['place', 'change', 'delete', 'swap'] as const);
      const { id: shiftId } = kind === 'place' ? { id: 0 } : walk.pick(shifts);
      const dates = datesBetween(roster.startsOn, roster.endsOn);
      const staffId = walk.pick(await staffAt(walk, roster.centreId)).id;
      const wish = await shiftWish(walk, roster.centreId, staffId, walk.pick(dates));
      if (kind === 'place') return await walk.act(admin, placeShift, { ...seen, ...wish });
      if (kind === 'change') return await walk.act(admin, changeShift, { ...seen, ...wish, shiftId });
      if (kind === 'delete') return await walk.act(admin, deleteShift, { ...seen, shiftId });
      return await walk.act(admin, swapShifts, { ...seen, shiftId, withShiftId: walk.pick(shifts).id });
    },
  },
  {
    name: 'copy week',
    weight: 1,
    try: async (walk) => {
      const { roster, seen, admin } = await draftOf(walk);
      return await walk.act(admin, copyLastWeek, { ...seen, week: startOfWeek(roster.endsOn) });
    },
  },
  {
    name: 'ask for leave',
    weight: 3,
    try: async (walk) => {
      const staff = walk.pick(await walk.rows('staff'));
      const startsOn = walk.date();
      const actor = walk.random.chance(0.5) ? walk.admin(staff.centreId) : workerOf(walk, staff.personId);
      return await walk.act(actor, requestLeave, {
        staffId: staff.id,
        startsOn,
        endsOn: addDays(startsOn, walk.random.int(0, 3)),
        kind: walk.random.pick(LEAVE_KINDS),
      });
    },
  },
  {
    name: 'decide leave',
    weight: 4,
    try: async (walk) => {
      const decided = new Map((await walk.rows('staffLeaveDecision')).map((row) => [row.leaveId, row]));
      const open = (await walk.rows('staffLeave')).filter(
        ({ id }) => (decided.get(id)?.outcome ?? 'approved') === 'approved',
      );
      const leave = walk.pick(open);
      const staff = (await walk.rows('staff')).find(({ id }) => id === leave.staffId)!;
      const outcome = walk.random.pick(['approved', 'approved', 'refused', 'withdrawn'] as const);
      return await walk.act(walk.admin(staff.centreId), decideLeave, {
        staffId: staff.id,
        leaveId: leave.id,
        outcome,
      });
    },
  },
  {
    name: 'own leave back',
    weight: 0.5,
    try: async (walk) => {
      const leave = walk.pick(await walk.rows('staffLeave'));
      const staff = (await walk.rows('staff')).find(({ id }) => id === leave.staffId)!;
      return await walk.act(workerOf(walk, staff.personId), withdrawOwnLeave, { leaveId: leave.id });
    },
  },
  {
    name: 'contract changes',
    weight: 0.7,
    try: async (walk) => {
      const { random } = walk;
      const { id: staffId, centreId, preferences, ...row } = walk.pick(await walk.rows('staff'));
      return await walk.act(walk.admin(centreId), changeStaff, {
        ...row,
        staffId,
        preferences: preferences ?? {},
        skills: random.pick([row.skills, ['nurse'], []]),
        endsOn: random.chance(0.25) ? addDays(walk.today, random.int(0, 20)) : null,
        annualLeaveDays: null,
        qualifications: [],
      });
    },
  },
];
