import type { Instant, PlainDate } from './calendar.ts';
import type { Finding } from './day-check.ts';
import type { OfferOutcome } from './offer.ts';
import { parsePattern, slotOn, type PatternJson } from './pattern.ts';
import { formatTime, type HalfHour } from './slots.ts';
import { rankOrder, scoreOf, type QueueTerms, type RankInputs } from './waiting-list.ts';

/** An offer with how it ended, raw. */
export interface CheckedOffer {
  readonly id: number;
  readonly childId: number;
  readonly groupId: number;
  readonly pattern: PatternJson;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
  readonly endedAt: Instant | null;
  readonly outcome: OfferOutcome | null;
  readonly enrolmentId: number | null;
  /** Bookings that it became, wherever they are by now. */
  readonly bookings: number;
}

export interface CheckedHold {
  readonly id: number;
  readonly groupId: number;
  readonly date: PlainDate;
  readonly from: HalfHour;
  readonly to: HalfHour;
  readonly childId: number | null;
  readonly source: string;
  readonly sourceId: number | null;
  readonly expiresAt: Instant;
}

/** How an offer stands must follow from its one end, and what became of it must exist. */
export function checkOffer(offer: CheckedOffer, holds: readonly CheckedHold[]): Finding[] {
  const findings: Finding[] = [];
  const found = (detail: string) => findings.push({ rule: 'offer', where: `offer ${offer.id}`, detail });
  const live = offer.endedAt === null;
  if (live !== (offer.outcome === null))
    found(live ? 'is live and has ended' : 'has ended and nothing says how');
  if (!live && holds.length > 0) found(`has ended and holds ${holds.length} days still`);
  if (offer.outcome === 'accepted' && offer.enrolmentId === null) found('is accepted without an enrolment');
  if (offer.outcome === 'accepted' && offer.bookings === 0) found('is accepted and booked nothing');
  if (offer.outcome !== 'accepted' && offer.enrolmentId !== null)
    found('has an enrolment and is not accepted');
  const parsed = parsePattern(offer.pattern);
  for (const hold of holds) {
    const slot = 'pattern' in parsed ? slotOn(parsed.pattern, hold.date) : undefined;
    const within = hold.date >= offer.startsOn && hold.date <= offer.endsOn;
    const same = slot !== undefined && slot.from === hold.from && slot.to === hold.to;
    if (!within || !same || hold.childId !== offer.childId || hold.groupId !== offer.groupId)
      found(`holds ${formatTime(hold.from)}–${formatTime(hold.to)} on ${hold.date}, which it does not offer`);
  }
  return findings;
}

/** Children with more than one live offer. */
export function checkLiveOffers(offers: readonly CheckedOffer[]): Finding[] {
  const live = Map.groupBy(
    offers.filter((offer) => offer.endedAt === null),
    (offer) => offer.childId,
  );
  return [...live].flatMap(([childId, own]): Finding[] =>
    own.length < 2
      ? []
      : [{ rule: 'offer', where: `child ${childId}`, detail: `has ${own.length} live offers` }],
  );
}

/** A hold names a live offer or is short-lived. */
export function checkHold(hold: CheckedHold, liveOffers: ReadonlySet<number>, overdue: Instant): Finding[] {
  const where = `hold ${hold.id}`;
  if (hold.source === 'offer' && (hold.sourceId === null || !liveOffers.has(hold.sourceId)))
    return [{ rule: 'hold', where, detail: 'is kept for no live offer' }];
  if (hold.source !== 'offer' && hold.expiresAt < overdue)
    return [{ rule: 'hold', where, detail: `was kept for ${hold.source} until ${hold.expiresAt}` }];
  return [];
}

export interface CheckedRank {
  readonly entryId: number;
  readonly position: number;
  readonly of: number;
  readonly score: readonly number[];
  readonly inputs: RankInputs;
  readonly terms: QueueTerms;
}

/** Every rank recomputed bit for bit from its stored inputs, the order from the scores, and nobody missing. */
export function checkQueue(
  groupId: number,
  ranks: readonly CheckedRank[],
  waiting: readonly number[],
): Finding[] {
  const where = `queue of group ${groupId}`;
  const findings: Finding[] = [];
  for (const rank of ranks) {
    const score = scoreOf(rank.inputs, rank.terms);
    if (score.length !== rank.score.length || score.some((value, at) => value !== rank.score[at]))
      findings.push({
        rule: 'rank',
        where,
        detail: `entry ${rank.entryId} has another score than its inputs give`,
      });
  }
  const ordered = rankOrder(ranks);
  const wrong = ordered.find((rank, at) => rank.position !== at + 1 || rank.of !== ranks.length);
  if (wrong)
    findings.push({
      rule: 'rank',
      where,
      detail: `entry ${wrong.entryId} stands at ${wrong.position} of ${wrong.of}`,
    });
  const ranked = new Set(ranks.map((rank) => rank.entryId));
  const missing = waiting.filter((entryId) => !ranked.has(entryId));
  if (missing.length > 0)
    findings.push({ rule: 'rank', where, detail: `${missing.length} entries wait without a rank` });
  const gone = ranks.filter((rank) => !waiting.includes(rank.entryId));
  if (gone.length > 0)
    findings.push({ rule: 'rank', where, detail: `${gone.length} entries have a rank and do not wait` });
  return findings;
}
