import { randomInt } from 'node:crypto';
import { addMinutes, dateAt, type Instant, type PlainDate } from '../domain/calendar.ts';
import { remindAt, type OfferKind } from '../domain/offer.ts';
import type { DatedSlot, PatternJson } from '../domain/pattern.ts';
import { insertEvent } from '../data/events.ts';
import type { Group } from '../data/groups.ts';
import type { MessageKind } from '../data/messages.ts';
import { insertHolds, insertOffer } from '../data/offers.ts';
import { tellFamilies } from './families.ts';
import { authorOf, type Work } from './perform.ts';

export interface NewOffer {
  readonly group: Group;
  readonly entryId: number;
  readonly child: { readonly id: number; readonly name: string; readonly supportWeight: number };
  readonly rank: {
    readonly position: number;
    readonly of: number;
    readonly score: readonly number[];
    readonly ruleId: number | null;
  };
  readonly kind: OfferKind;
  readonly pattern: PatternJson;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
  readonly slots: readonly DatedSlot[];
  readonly expiresAt: Instant;
  readonly bundle: string | null;
  readonly roundId: number | null;
}

/** Writes an offer with the half-hours it holds and tells the family. The child and the days are locked; who locked them recounts. */
export async function writeOffer(work: Work, offer: NewOffer): Promise<number> {
  const { tx, now, actor } = work;
  const { group, child, rank, slots, expiresAt } = offer;
  const id = await insertOffer(tx, {
    entryId: offer.entryId,
    childId: child.id,
    groupId: group.id,
    kind: offer.kind,
    pattern: offer.pattern,
    startsOn: offer.startsOn,
    endsOn: offer.endsOn,
    position: rank.position,
    of: rank.of,
    score: [...rank.score],
    ruleId: rank.ruleId,
    offeredAt: now,
    offeredBy: authorOf(actor),
    expiresAt,
    remindAt: remindAt(now, expiresAt),
    replyCode: String(randomInt(1000, 10_000)),
    bundle: offer.bundle,
    roundId: offer.roundId,
  });
  await insertHolds(
    tx,
    slots.map((slot) => ({
      groupId: group.id,
      date: slot.date,
      fromHalfHour: slot.from,
      toHalfHour: slot.to,
      childId: child.id,
      weight: child.supportWeight,
      source: 'offer' as const,
      expiresAt,
      sourceId: id,
    })),
  );
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'offer.made',
    centreId: group.centreId,
    groupId: group.id,
    childId: child.id,
    data: { offerId: id, entryId: offer.entryId, position: rank.position, of: rank.of },
  });
  return id;
}

/** An offer about which its family is told something. */
export interface Told {
  readonly id: number;
  readonly childId: number;
  readonly childName: string;
  readonly centreId: number;
  readonly startsOn: PlainDate;
  readonly expiresAt: Instant;
  readonly replyCode?: string;
}

export type OfferNews = 'offer' | 'offer_reminder' | 'offer_accepted' | 'offer_expired' | 'offer_withdrawn';

/** What an adult hears who is told about the child and may not open its pages: no question, no way to it. */
const TOLD_ONLY: Readonly<Record<OfferNews, MessageKind | undefined>> = {
  offer: 'offer_told',
  offer_reminder: undefined,
  offer_accepted: 'offer_told_accepted',
  offer_expired: 'offer_told_over',
  offer_withdrawn: 'offer_told_over',
};

/**
 * One message per adult, of one offer or of those of a bundle: the last day to answer, and where it stands. The way leads
 * to an offer whose child the adult may see; whoever sees none of them is told in other words, and not reminded.
 */
export async function tellAboutOffers(work: Work, offers: readonly Told[], kind: OfferNews): Promise<void> {
  const [first] = offers;
  if (!first) return;
  const claims = offers.map(({ childId, childName, centreId, startsOn }) => ({
    childId,
    childName,
    centreId,
    date: startsOn,
    arrived: false,
  }));
  const lastDay = dateAt(addMinutes(first.expiresAt, -1));
  await tellFamilies(work, claims, (_, seen) => {
    const offer = offers.find(({ childId }) => seen.has(childId));
    if (offer)
      return {
        kind,
        data: { path: `/offers/${offer.id}`, offerId: offer.id, lastDay, code: first.replyCode ?? '' },
      };
    const told = TOLD_ONLY[kind];
    return told && { kind: told, data: { lastDay } };
  });
}
