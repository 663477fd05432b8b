import { initials } from '../domain/names.ts';
import { findCentre } from '../data/centres.ts';
import { insertEvent } from '../data/events.ts';
import { invite } from './codes.ts';
import { authorOf, type Work } from './perform.ts';

/**
 * Sends an adult a link with which they choose a password for the child's sake, in place of those sent before: from the
 * centre where it is registered, or from the family that gave them rights.
 */
export async function inviteAdult(
  work: Work,
  { childId, centreId }: { readonly childId: number; readonly centreId: number | null },
  personId: number,
  childName: string,
): Promise<void> {
  const { tx, now, actor } = work;
  const centre = centreId === null ? undefined : await findCentre(tx, centreId);
  const kind = centre ? 'invitation_registered' : 'invitation_rights';
  const data = {
    children: initials(childName),
    ...(centre && { centreRu: centre.nameRu, centreKk: centre.nameKk }),
  };
  await invite(work, { personId, kind, data });
  const at = centreId === null ? {} : { centreId };
  const event = { at: now, by: authorOf(actor), kind: 'invitation.sent', childId, ...at } as const;
  await insertEvent(tx, { ...event, data: { personId } });
}
