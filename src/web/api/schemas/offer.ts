import { z } from 'zod';
import type { Offer } from '../../../data/offers.ts';
import { named } from './named.ts';
import { pageOf, paging } from './pages.ts';
import { date, id, idAsked, instant } from './values.ts';

export const offer = named(
  'Offer',
  z.strictObject({
    id,
    entryId: id,
    childId: id,
    groupId: id,
    kind: z.enum(['whole', 'part']),
    state: z.enum(['live', 'accepted', 'refused', 'expired', 'withdrawn']),
    pattern: z.unknown().meta({ $ref: '#/components/schemas/Pattern' }),
    startsOn: date,
    endsOn: date,
    offeredAt: instant,
    expiresAt: instant.meta({ description: 'Answered before this instant, or not at all.' }),
    position: z.int().min(1),
    of: z.int().min(1),
  }),
);

export const offerPage = pageOf('OfferPage', offer);

export const offersAsked = z.strictObject({
  child: idAsked.optional(),
  group: idAsked.optional(),
  state: z.enum(['live']).optional(),
  ...paging,
});

export const accepted = named(
  'AcceptedOffer',
  z.strictObject({
    ...offer.shape,
    booked: z.array(date).meta({ description: 'Days booked, of all offers answered together.' }),
    left: z.array(date).meta({ description: 'Days that could not be booked any more.' }),
  }),
);

export const refusalAsked = z.strictObject({ reason: z.string().max(500).optional() });

export function showOffer(row: Offer): z.output<typeof offer> {
  return {
    id: String(row.id),
    entryId: String(row.entryId),
    childId: String(row.childId),
    groupId: String(row.groupId),
    kind: row.kind,
    state: row.outcome ?? 'live',
    pattern: row.pattern,
    startsOn: row.startsOn,
    endsOn: row.endsOn,
    offeredAt: row.offeredAt,
    expiresAt: row.expiresAt,
    position: row.position,
    of: row.of,
  };
}
