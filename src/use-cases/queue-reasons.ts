import { dateAt, type Instant, type PlainDate } from '../domain/calendar.ts';
import { horizonOf } from '../domain/horizon.ts';
import { answerBy } from '../domain/offer.ts';
import type { Reading } from '../data/database.ts';
import { findDays } from '../data/group-days.ts';
import { findOverrides, type Group } from '../data/groups.ts';
import { listMatchingHolds } from '../data/offers.ts';
import { findOrderRule } from '../data/order-rules.ts';
import { chooseCandidate } from './candidate-choice.ts';
import { listReady, withoutMatching } from './ready-candidates.ts';

/**
 * Why an entry is not offered anything: days of its wish without room, days kept for those passed over too often, and
 * days on which only the place of an offer is left that the centre took back from it.
 */
export interface NotOffered {
  readonly entryId: number;
  readonly full: readonly PlainDate[];
  readonly kept: readonly PlainDate[];
  readonly withheld: readonly PlainDate[];
}

export interface QueueReasons {
  /** Entries that would be offered a place if somebody asked now. */
  readonly fits: readonly number[];
  readonly notOffered: readonly NotOffered[];
}

const datesOf = (halfHours: readonly (readonly [string, number])[]) =>
  [...new Set(halfHours.map(([date]) => date as PlainDate))].toSorted();

/** What matching would say of a group's queue now, changing nothing (matching.ts). */
export async function queueReasons(tx: Reading, now: Instant, group: Group): Promise<QueueReasons> {
  const today = dateAt(now);
  const rule = await findOrderRule(tx, group.regionCode, today);
  const expiresAt = answerBy(now, rule.terms.answerWorkingDays, await findOverrides(tx));
  const days = await findDays(tx, { groupId: group.id, from: today, to: horizonOf(today) });
  const ground = { group, days: withoutMatching(days, await listMatchingHolds(tx, group.id)) };
  const ready = await listReady(tx, ground, now, expiresAt);
  const { chosen, passedOver } = chooseCandidate(ground, ready, {}, rule.terms.reserveAfter);
  return {
    fits: chosen.map(({ entry }) => entry.id),
    notOffered: passedOver.map(({ child, full, reserved, withheld = [] }) => ({
      entryId: Number(child),
      full: datesOf(full),
      kept: datesOf(reserved),
      withheld: datesOf(withheld),
    })),
  };
}
