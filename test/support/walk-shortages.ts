import { addDays } from '../../src/domain/calendar.ts';
import { findGroup, type Group } from '../../src/data/groups.ts';
import type { StoredShift } from '../../src/data/shifts.ts';
import { listStandingShifts } from '../../src/data/standing-shifts.ts';
import { curtailStays, proposeCurtailment } from '../../src/use-cases/curtailments.ts';
import { lendShift, listLendings } from '../../src/use-cases/lendings.ts';
import {
  answerOpenShift,
  askForShift,
  openShift,
  settleOpenShift,
  withdrawOpenShift,
} from '../../src/use-cases/open-shifts.ts';
import { answerSwap, askSwap, withdrawSwap } from '../../src/use-cases/shift-swaps.ts';
import { readShortage, readShortages } from '../../src/use-cases/shortages.ts';
import { confirmSwap, refuseSwap } from '../../src/use-cases/swap-decisions.ts';
import { staffAt, workerOf } from './walk-rosters.ts';
import type { Verb, Walk } from './walk.ts';

const standing = async (walk: Walk, centreId: number): Promise<StoredShift[]> =>
  await walk.read((tx) =>
    listStandingShifts(tx, { centreId, from: walk.today, to: addDays(walk.today, 12) }),
  );

/** A day of a group that falls short of staff. */
async function shortOf(walk: Walk) {
  const { now } = walk.world;
  const centreId = walk.pick(walk.country.centreIds);
  const board = await walk.read((tx) => readShortages(tx, { centreId, now }));
  const { groupId, date } = walk.pick(board.rows);
  const group: Group = (await walk.read((tx) => findGroup(tx, groupId)))!;
  const seen = (await walk.read((tx) => readShortage(tx, { group, date, now })))!;
  return { group, date, seen, admin: walk.admin(centreId) };
}

async function askOf(walk: Walk, centreId: number) {
  const people = walk.random.shuffle(await staffAt(walk, centreId));
  return {
    staffIds: people.slice(0, walk.random.int(0, 3)).map(({ id }) => id),
    inTurn: walk.random.chance(0.5),
    within: walk.random.pick([15, 60, 'evening'] as const),
  };
}

async function openOf(walk: Walk) {
  const ended = new Set((await walk.rows('openShiftEnd')).map((each) => each.openShiftId));
  const open = walk.pick((await walk.rows('openShift')).filter((each) => !ended.has(each.id)));
  const group = (await walk.rows('careGroup')).find(({ id }) => id === open.groupId)!;
  return { open, centreId: group.centreId, admin: walk.admin(group.centreId) };
}

async function swapOf(walk: Walk) {
  const swap = walk.pick((await walk.rows('shiftSwap')).filter(({ endedAt }) => endedAt === null));
  const staff = await walk.rows('staff');
  const colleague = staff.find(({ id }) => id === swap.withStaffId)!;
  return { swap, colleague };
}

export const STAFF_VERBS: readonly Verb[] = [
  {
    name: 'open shift',
    weight: 5,
    try: async (walk) => {
      const { group, date, seen, admin } = await shortOf(walk);
      const { from, to, level, skill } = walk.pick(seen.proposals);
      const ask = await askOf(walk, group.centreId);
      return await walk.act(admin, openShift, { groupId: group.id, date, from, to, level, skill, ...ask });
    },
  },
  {
    name: 'ask for shift',
    weight: 2,
    try: async (walk) => {
      const { open, centreId, admin } = await openOf(walk);
      return await walk.act(admin, askForShift, { openShiftId: open.id, ...(await askOf(walk, centreId)) });
    },
  },
  {
    name: 'answer shift',
    weight: 5,
    try: async (walk) => {
      const { open, centreId, admin } = await openOf(walk);
      const staff = walk.pick(await staffAt(walk, centreId));
      const actor = walk.random.chance(0.3) ? admin : workerOf(walk, staff.personId);
      const answer = walk.random.pick(['yes', 'yes', 'no'] as const);
      return await walk.act(actor, answerOpenShift, { openShiftId: open.id, staffId: staff.id, answer });
    },
  },
  {
    name: 'withdraw shift',
    weight: 0.5,
    try: async (walk) => {
      const { open, admin } = await openOf(walk);
      return await walk.act(admin, withdrawOpenShift, { openShiftId: open.id });
    },
  },
  {
    name: 'settle shift',
    weight: 0.5,
    try: async (walk) => {
      const { open, admin } = await openOf(walk);
      return await walk.act(admin, settleOpenShift, { openShiftId: open.id });
    },
  },
  {
    name: 'lend',
    weight: 3,
    try: async (walk) => {
      const { group, date, seen, admin } = await shortOf(walk);
      const halfHours = seen.shortage?.halfHours ?? [];
      const lending = walk.pick(await walk.read((tx) => listLendings(tx, { group, date, halfHours })));
      const { shiftId, from, to } = lending;
      return await walk.act(admin, lendShift, { groupId: group.id, date, shiftId, from, to });
    },
  },
  {
    name: 'least harm',
    weight: 2,
    try: async (walk) => {
      const { group, date, admin } = await shortOf(walk);
      const at = { groupId: group.id, date, now: walk.world.now };
      const proposal = await walk.read((tx) => proposeCurtailment(tx, at));
      const { token } = walk.pick(proposal ? [proposal] : []);
      return await walk.act(admin, curtailStays, { groupId: group.id, date, token });
    },
  },
  {
    name: 'ask swap',
    weight: 4,
    try: async (walk) => {
      const centreId = walk.pick(walk.country.centreIds);
      const shifts = await standing(walk, centreId);
      const given = walk.pick(shifts);
      const staff = await staffAt(walk, centreId);
      const own = staff.find(({ id }) => id === given.staffId)!;
      const colleague = walk.pick(staff.filter(({ id }) => id !== own.id));
      const theirs = shifts.filter((each) => each.staffId === colleague.id);
      const back = theirs.length > 0 && walk.random.chance(0.5) ? walk.pick(theirs).id : null;
      const wish = { shiftId: given.id, withStaffId: colleague.id, returnShiftId: back };
      return await walk.act(workerOf(walk, own.personId), askSwap, wish);
    },
  },
  {
    name: 'answer swap',
    weight: 4,
    try: async (walk) => {
      const { swap, colleague } = await swapOf(walk);
      const agrees = walk.random.chance(0.8);
      return await walk.act(workerOf(walk, colleague.personId), answerSwap, { swapId: swap.id, agrees });
    },
  },
  {
    name: 'withdraw swap',
    weight: 0.5,
    try: async (walk) => {
      const { swap } = await swapOf(walk);
      return await walk.act(workerOf(walk, swap.askedBy), withdrawSwap, { swapId: swap.id });
    },
  },
  {
    name: 'decide swap',
    weight: 3,
    try: async (walk) => {
      const { swap, colleague } = await swapOf(walk);
      const { centreId } = colleague;
      const verb = walk.random.chance(0.8) ? confirmSwap : refuseSwap;
      return await walk.act(walk.admin(centreId), verb, { centreId, swapId: swap.id });
    },
  },
];
