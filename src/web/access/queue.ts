import { worksAt, type Actor } from '../../domain/people.ts';
import { findChild, type Right } from '../../data/children.ts';
import type { Reading } from '../../data/database.ts';
import { findGroup } from '../../data/groups.ts';
import { findOffer } from '../../data/offers.ts';
import { findEntry, listChoices } from '../../data/waiting-list.ts';
import { allow, STAFF, type Check } from '../access.ts';

/** Whether a child waits for a group of the actor's centre. */
async function waitsAt(tx: Reading, actor: Actor, entryId: number): Promise<boolean> {
  for (const { groupId } of await listChoices(tx, entryId)) {
    const group = await findGroup(tx, groupId);
    if (group && worksAt(actor, group.centreId)) return true;
  }
  return false;
}

const entryCheck =
  (right: Right): Check =>
  (context, actor) =>
    context.database.read(async (tx) => {
      const entry = await findEntry(tx, context.id('entryId'));
      if (!entry) return false;
      return actor.role === 'guardian'
        ? (await findChild(tx, actor, entry.childId, context.today, right)) !== undefined
        : await waitsAt(tx, actor, entry.id);
    });

/** The family of a wish, and the centres whose groups it names. */
export const entrySeen = allow('entrySeen', ['guardian', ...STAFF], entryCheck('maySee'));
export const entryChanged = allow('entryChanged', ['guardian', ...STAFF], entryCheck('mayBook'));

const offerCheck =
  (right: Right): Check =>
  (context, actor) =>
    context.database.read(async (tx) => {
      const offer = await findOffer(tx, context.id('offerId'));
      if (!offer) return false;
      return actor.role === 'guardian'
        ? (await findChild(tx, actor, offer.childId, context.today, right)) !== undefined
        : worksAt(actor, offer.centreId);
    });

/** The family of an offer, and the centre that makes it. */
export const offerSeen = allow('offerSeen', ['guardian', ...STAFF], offerCheck('maySee'));
export const offerAnswered = allow('offerAnswered', ['guardian', ...STAFF], offerCheck('mayBook'));

/** The queue of a group, by the staff of its centre. */
export const groupQueue = allow('groupQueue', STAFF, (context, actor) =>
  context.database.read(async (tx) => {
    const group = await findGroup(tx, context.id('groupId'));
    return group !== undefined && worksAt(actor, group.centreId);
  }),
);

/** A wish in an address of its child: both must belong together. */
const entryOfChild =
  (right: Right): Check =>
  (context, actor) =>
    context.database.read(async (tx) => {
      const entry = await findEntry(tx, context.id('entryId'));
      if (!entry || entry.childId !== context.id('childId')) return false;
      return (await findChild(tx, actor, entry.childId, context.today, right)) !== undefined;
    });
export const familyEntrySeen = allow('familyEntrySeen', ['guardian'], entryOfChild('maySee'));
export const familyEntryChanged = allow('familyEntryChanged', ['guardian'], entryOfChild('mayBook'));

/** An offer by the family alone: putting an arrival off is its own matter. */
export const familyOfferAnswered = allow('familyOfferAnswered', ['guardian'], offerCheck('mayBook'));

/** A wish that names a group of the centre in the address. */
export const centreEntry = allow('centreEntry', STAFF, (context, actor) =>
  context.database.read(async (tx) => {
    const centreId = context.id('centreId');
    if (!worksAt(actor, centreId)) return false;
    for (const { groupId } of await listChoices(tx, context.id('entryId')))
      if ((await findGroup(tx, groupId))?.centreId === centreId) return true;
    return false;
  }),
);

/** An offer in an address of its centre. */
export const centreOffer = allow('centreOffer', STAFF, (context, actor) =>
  context.database.read(async (tx) => {
    const offer = await findOffer(tx, context.id('offerId'));
    return offer?.centreId === context.id('centreId') && worksAt(actor, offer.centreId);
  }),
);

/** A group in an address of its centre, by all who work there. */
export const centreGroupStaff = allow('centreGroupStaff', STAFF, (context, actor) =>
  context.database.read(async (tx) => {
    const group = await findGroup(tx, context.id('groupId'));
    return group?.centreId === context.id('centreId') && worksAt(actor, group.centreId);
  }),
);
