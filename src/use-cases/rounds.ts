import type { PlainDate } from '../domain/calendar.ts';
import { cleanName } from '../domain/names.ts';
import { refuse, type Reason } from '../domain/refusal.ts';
import { isRegionCode } from '../domain/regions.ts';
import { mayManageRound, roundErrors, type RoundProblem } from '../domain/rounds.ts';
import { findCentrePlace, listCentres } from '../data/centres.ts';
import { lockCentres } from '../data/claims.ts';
import { planJob } from '../data/planned-jobs.ts';
import { findPreview, insertApproval } from '../data/round-previews.ts';
import {
  findOpenRival,
  findRound,
  insertPublication,
  insertRound,
  listRoundGroups,
  lockRound,
  markRoundClosed,
  type Round,
} from '../data/rounds.ts';
import { planMatching } from './matching.ts';
import { authorOf, todayOf, type Work } from './perform.ts';
import { readMarket } from './round-market.ts';
import type { RoundResult } from './round-preview.ts';

/** Things that changed since they were looked at; everything else is wrong in itself. */
const OVERTAKEN: readonly RoundProblem[] = ['queue_changed', 'approved', 'published', 'ended', 'another'];

/** Refuses with what is the matter with the round: `why` has a sentence of its own on the page. */
export function refuseRound(why: RoundProblem): never {
  const reason: Reason = OVERTAKEN.includes(why) ? 'stale' : 'invalid';
  return refuse(reason, { why });
}

/** A round that the actor decides on; another's is the same `missing` as an absent one. */
export async function mustManageRound({ tx, actor }: Work, roundId: number): Promise<Round> {
  const round = await findRound(tx, roundId);
  if (!round || !mayManageRound(actor, round)) refuse('missing');
  return round;
}

export interface RoundWish {
  readonly regionCode: string;
  /** Null: every centre of the region. */
  readonly centreId: number | null;
  readonly name: string;
  readonly startsOn: PlainDate;
  readonly wishesUntil: PlainDate;
}

/**
 * Opens a round. Wishes for its start and later wait for it from now on: ordinary matching leaves them alone until it is
 * published or ended. Refused: `another` while one is open for some of the same groups.
 */
export async function openRound(work: Work, wish: RoundWish): Promise<{ id: number }> {
  const { tx, now, actor } = work;
  const { regionCode, centreId, startsOn, wishesUntil } = wish;
  if (!isRegionCode(regionCode) || !mayManageRound(actor, wish)) refuse('missing');
  if (centreId !== null && (await findCentrePlace(tx, centreId))?.regionCode !== regionCode)
    refuse('missing');
  const errors = roundErrors(wish, todayOf(work));
  const name = cleanName(wish.name);
  if (!name) errors.unshift({ field: 'name', reason: 'invalid' });
  if (!name || errors.length > 0) refuse('invalid', { errors });
  // Of two opened at once the second waits here, and finds the first.
  await lockCentres(
    tx,
    (await listCentres(tx, { regionCode })).map((centre) => centre.id),
  );
  if (await findOpenRival(tx, wish)) refuseRound('another');
  const row = { regionCode, centreId, name, startsOn, wishesUntil, createdAt: now };
  return { id: await insertRound(tx, { ...row, createdBy: authorOf(actor) }) };
}

/** The round under its lock, if something may still be decided about it. */
async function lockUndecided(work: Work, roundId: number): Promise<Round> {
  await mustManageRound(work, roundId);
  await lockRound(work.tx, roundId);
  const round = await mustManageRound(work, roundId);
  if (round.publishedAt !== null) refuseRound('published');
  if (round.closedAt !== null) refuseRound('ended');
  return round;
}

/** Ends a round without places: everybody waits in the ordinary queue again. */
export async function endRound(work: Work, { roundId }: { roundId: number }): Promise<{ id: number }> {
  const { tx, now } = work;
  const round = await lockUndecided(work, roundId);
  await markRoundClosed(tx, roundId, now);
  for (const { id } of await listRoundGroups(tx, round)) planMatching(tx, now, id);
  return { id: roundId };
}

interface Chosen {
  readonly roundId: number;
  readonly previewId: number;
}

/** A preview of the round that still says what the queue is; wishes must be over. */
async function findCurrentPreview(work: Work, { roundId, previewId }: Chosen) {
  const round = await lockUndecided(work, roundId);
  const preview = await findPreview(work.tx, previewId);
  if (!preview || preview.roundId !== roundId) refuse('missing');
  if (todayOf(work) <= round.wishesUntil) refuseRound('wishes_open');
  return { round, preview, result: preview.result as RoundResult };
}

async function mustBeCurrent({ tx, now }: Work, round: Round, { fingerprint }: RoundResult): Promise<void> {
  if ((await readMarket(tx, round, now)).fingerprint !== fingerprint) refuseRound('queue_changed');
}

/**
 * A second person agrees with a preview. Refused: `same_person` who made it, `approved` already, `wishes_open` until the
 * families' last day is over, `queue_changed` since it was made.
 */
export async function approvePreview(work: Work, chosen: Chosen): Promise<{ id: number }> {
  const { tx, now, actor } = work;
  const { round, preview, result } = await findCurrentPreview(work, chosen);
  if (preview.approvedAt !== null) refuseRound('approved');
  if (preview.madeBy === authorOf(actor)) refuseRound('same_person');
  await mustBeCurrent(work, round, result);
  await insertApproval(tx, { previewId: preview.id, at: now, by: authorOf(actor) });
  return { id: preview.id };
}

/**
 * Publishes an approved preview: the row that says so and one job for each group that gives places, in one transaction.
 * The jobs write the offers, each group in a transaction of its own; whatever dies in between is taken up again.
 */
export async function publishRound(work: Work, chosen: Chosen): Promise<{ groups: number; offers: number }> {
  const { tx, now, actor } = work;
  const { round, preview, result } = await findCurrentPreview(work, chosen);
  if (preview.approvedAt === null) refuseRound('not_approved');
  await mustBeCurrent(work, round, result);
  await insertPublication(tx, {
    roundId: round.id,
    previewId: preview.id,
    at: now,
    by: authorOf(actor),
  });
  const offers = result.placed.filter((place) => !place.stays);
  const groupIds = [...new Set(offers.map((place) => place.groupId))].toSorted((a, b) => a - b);
  for (const groupId of groupIds) planJob(tx, { kind: 'publish', key: `${round.id} ${groupId}`, runAt: now });
  if (groupIds.length === 0) await markRoundClosed(tx, round.id, now);
  return { groups: groupIds.length, offers: offers.length };
}
