import { refuse } from '../../domain/refusal.ts';
import type { Reading } from '../../data/database.ts';
import { findRoster } from '../../data/rosters.ts';
import { listShifts } from '../../data/shifts.ts';
import { listStaffById } from '../../data/staff.ts';
import { makeDraft, saveDraft, type Draft, type DraftWish } from '../../use-cases/drafting.ts';
import { publishRoster } from '../../use-cases/publication.ts';
import { centreAdmin } from '../access.ts';
import type { Context } from '../context.ts';
import { rosterAdmin, rosterSeen } from '../access/roster.ts';
import { requireUnchanged } from './etag.ts';
import { resource } from './resource.ts';
import {
  publication,
  publicationAsked,
  roster,
  rosterAsked,
  showFinding,
  showRoster,
  showShortage,
} from './schemas/roster.ts';

/** Seconds that a draft may take unless the caller says otherwise. */
const SECONDS = 20;
/** Each draft has a thread of its own: more at a time would only make all of them worse. */
const MOST_AT_ONCE = 2;
const ID = /^[1-9]\d{0,8}$/;

let solving = 0;

async function shown(tx: Reading, rosterId: number) {
  const row = (await findRoster(tx, rosterId)) ?? refuse('missing');
  const shifts = await listShifts(tx, rosterId);
  const staff = await listStaffById(
    tx,
    shifts.map((shift) => shift.staffId),
  );
  return showRoster(row, shifts, staff);
}

async function solve({ database, today }: Context, wish: DraftWish, seconds: number): Promise<Draft> {
  if (solving >= MOST_AT_ONCE) refuse('too_many');
  solving++;
  try {
    return await makeDraft(database, wish, { today, seconds });
  } finally {
    solving--;
  }
}

export const centreRosters = resource('/centres/:centreId/rosters').prepared(
  '',
  centreAdmin,
  {
    summary:
      'A draft of the roster of these days, made by the solver: at most 28 days, the whole time limited',
    body: rosterAsked,
    answer: roster,
    reasons: ['past', 'too_wide', 'closed', 'too_many'],
  },
  async ({ context, body: { from, to, keep, seconds = SECONDS } }) => {
    const centreId = context.id('centreId');
    if (keep === undefined) return await solve(context, { centreId, from, to }, seconds);
    const kept = ID.test(keep)
      ? await context.database.read((tx) => findRoster(tx, Number(keep)))
      : undefined;
    if (kept?.centreId !== centreId) refuse('invalid', { errors: [{ field: 'keep', reason: 'missing' }] });
    return await solve(context, { centreId, from, to, keep: kept.id }, seconds);
  },
  async (work, draft) => {
    const { id } = await saveDraft(work, draft);
    return await shown(work.tx, id);
  },
);

export const rosters = resource('/rosters/:rosterId')
  .read(
    '',
    rosterSeen,
    {
      summary: 'A roster: its shifts, what stays open and why, and how near to the best it is',
      answer: roster,
    },
    ({ context }) => context.database.read((tx) => shown(tx, context.id('rosterId'))),
  )
  .write(
    '/publication',
    rosterAdmin,
    {
      summary:
        'Publishes a draft: its shifts set the places of its days from now on, and nothing is cancelled',
      body: publicationAsked,
      answer: publication,
      reasons: ['past', 'stale', 'illegal_shifts'],
      ifMatch: true,
    },
    async (work, { context, body: { version } }) => {
      const rosterId = context.id('rosterId');
      requireUnchanged(context, await shown(work.tx, rosterId));
      const done = await publishRoster(work, { rosterId, version });
      return {
        id: String(done.id),
        days: done.days,
        groupDays: done.groupDays,
        shortages: done.shortages.map(showShortage),
        warnings: done.warnings.map(showFinding),
        told: done.told,
      };
    },
  );
