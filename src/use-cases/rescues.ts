import { firstOpenHalfHour } from '../domain/admittance.ts';
import { isBeforehand, sharedMinutes } from '../domain/rescue.ts';
import { Refusal, refuse } from '../domain/refusal.ts';
import { formatTime, type Slot } from '../domain/slots.ts';
import { compareScores } from '../domain/waiting-list.ts';
import { lockChildren } from '../data/claims.ts';
import { insertEvent } from '../data/events.ts';
import { recountDays } from '../data/day-counts.ts';
import { lockDayKeys } from '../data/group-days.ts';
import {
  deleteRescueHolds,
  endRescue,
  findRescue,
  hastenRescue,
  listOpenRescues,
  listRescueAnswers,
  setRescueAnswer,
  type Rescue,
} from '../data/rescues.ts';
import { endStandBysOfDay, findStandBy, listStandingById, type StandingBy } from '../data/stand-bys.ts';
import { bookSlot, lockChildToBook } from './bookings.ts';
import { tellFamilies, type Concerned } from './families.ts';
import { authorOf, type Work } from './perform.ts';
import { stayOf } from './rescue-eligibility.ts';

/**
 * A family says yes or no to freed hours, as often as it likes until the window closes; it counts for everything of the
 * group and the day that is open. Once everybody has answered nothing more is waited for. Refused: `missing` for another
 * family's, `expired` once the window is closed, `not_waiting` when the family no longer stands by.
 */
export async function answerRescue(
  work: Work,
  { rescueId, standById, answer }: { rescueId: number; standById: number; answer: 'yes' | 'no' },
): Promise<{ id: number }> {
  const { tx, now, actor } = work;
  const asked = (await listRescueAnswers(tx, [rescueId])).find((each) => each.standById === standById);
  if (!asked) refuse('missing');
  await lockChildToBook(work, asked.childId);
  // Read again: the window may have been closed while this waited for the child.
  const rescue = (await findRescue(tx, rescueId)) ?? refuse('missing');
  if (rescue.closedAt !== null || now >= rescue.closesAt) refuse('expired');
  if ((await findStandBy(tx, standById))?.endedAt !== null) refuse('not_waiting');
  const open = (await listOpenRescues(tx, rescue.groupId, rescue.date)).filter((each) => now < each.closesAt);
  const ids = open.map((each) => each.id);
  await setRescueAnswer(tx, ids, standById, { at: now, by: authorOf(actor), answer });
  const answers = Map.groupBy(await listRescueAnswers(tx, ids), (each) => each.rescueId);
  for (const [id, all] of answers)
    if (all.every((each) => each.answer !== null)) await hastenRescue(tx, id, now);
  return { id: rescueId };
}

interface Outcome {
  readonly bookingId: number | null;
  readonly stand: StandingBy | undefined;
  readonly slot: Slot | undefined;
}

const NOBODY: Outcome = { bookingId: null, stand: undefined, slot: undefined };

/** Books for the first, best rank first, whom the ordinary rules let in now. */
async function bookBest(work: Work, rescue: Rescue, ranked: readonly StandingBy[]): Promise<Outcome> {
  for (const stand of ranked) {
    const planned = await stayOf(work.tx, stand, rescue.closesAt);
    // The runner was late: what has begun meanwhile is not offered any more.
    const late = planned !== undefined && planned.from < firstOpenHalfHour(stand.date, work.now);
    const slot = late ? await stayOf(work.tx, stand, work.now) : planned;
    if (!slot) continue;
    const { childId, groupId, date } = stand;
    try {
      const { id } = await bookSlot(work, { childId, groupId, date, slot, source: 'rescue' });
      return { bookingId: id, stand, slot };
    } catch (error) {
      // Booked elsewhere meanwhile, grown too old, closed by now: the next one may fit. Nothing has been written.
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return NOBODY;
}

/**
 * Closes a window that is over: among those who said yes, now or beforehand, the best rank gets a booking in this
 * transaction; what it does not use is everybody's from here on. False when somebody else has closed it, or it is not
 * over yet. Locks every asked child, then the day: an answer comes before or after, never in between.
 */
export async function closeRescue(work: Work, { rescueId }: { rescueId: number }): Promise<boolean> {
  const { tx, now } = work;
  const seen = await findRescue(tx, rescueId);
  if (!seen || seen.closedAt !== null || now < seen.closesAt) return false;
  const childIds = (await listRescueAnswers(tx, [rescueId])).map((each) => each.childId);
  await lockChildren(tx, [...new Set(childIds)]);
  const days = await lockDayKeys(tx, [seen]);
  const rescue = (await findRescue(tx, rescueId))!;
  if (rescue.closedAt !== null || now < rescue.closesAt) return false;

  await deleteRescueHolds(tx, rescueId);
  await recountDays(tx, days);
  const yes = (await listRescueAnswers(tx, [rescueId]))
    .filter(({ answer }) => answer === 'yes' || answer === 'beforehand')
    .toSorted((a, b) => compareScores(a.score, b.score) || a.standById - b.standById);
  const stands = new Map(
    (
      await listStandingById(
        tx,
        yes.map((each) => each.standById),
      )
    ).map((stand) => [stand.id, stand]),
  );
  const standing = yes.flatMap(({ standById, answer }): StandingBy[] => {
    const stand = stands.get(standById);
    if (!stand || stand.endedAt !== null) return [];
    // A runner that was down too long: the family's own time is over, it is not sent out unawares.
    return answer === 'beforehand' && !isBeforehand(stand, now) ? [] : [stand];
  });
  const outcome = await bookBest(work, rescue, standing);
  const { bookingId, stand: winner, slot } = outcome;
  const rescuedMinutes = slot ? sharedMinutes(slot, rescue) : 0;
  await endRescue(tx, rescueId, { closedAt: now, bookingId, rescuedMinutes });
  if (winner) await endStandBysOfDay(tx, winner.childId, winner.date, now);
  await insertEvent(tx, {
    at: now,
    by: null,
    kind: 'rescue.closed',
    centreId: rescue.centreId,
    groupId: rescue.groupId,
    data: { rescueId, asked: childIds.length, yes: yes.length, rescuedMinutes },
  });
  await tell(work, rescue, standing, outcome);
  return true;
}

/** The winner and those who said yes in vain; whoever is still asked for other hours of the day waits for these. */
async function tell(
  work: Work,
  rescue: Rescue,
  standing: readonly StandingBy[],
  { bookingId, stand: winner, slot }: Outcome,
): Promise<void> {
  const { tx } = work;
  const others = await listRescueAnswers(
    tx,
    (await listOpenRescues(tx, rescue.groupId, rescue.date)).map((each) => each.id),
  );
  const asked = new Set(others.map((each) => each.standById));
  const claimOf = (stand: StandingBy): Concerned & { stand: StandingBy } => ({
    childId: stand.childId,
    childName: stand.child.name,
    centreId: rescue.centreId,
    date: stand.date,
    arrived: false,
    stand,
  });
  // Whoever accepts beforehand until a time has asked to be told until then, at night too.
  const night = ({ takeUntilMinute }: StandingBy) => (takeUntilMinute === null ? 0 : 1);
  if (winner && slot)
    await tellFamilies(work, [claimOf(winner)], {
      kind: 'rescue_won',
      data: {
        path: `/bookings/${bookingId}`,
        from: formatTime(slot.from),
        to: formatTime(slot.to),
        night: night(winner),
      },
    });
  const losers = standing.filter((stand) => stand !== winner && !asked.has(stand.id));
  await tellFamilies(work, losers.map(claimOf), ([first]) => ({
    kind: 'rescue_lost',
    data: { path: `/children/${first!.childId}/stand-by` },
  }));
}
