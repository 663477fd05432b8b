import { findCentre, type Centre } from '../../data/centres.ts';
import type { Reading } from '../../data/database.ts';
import { findGroup } from '../../data/groups.ts';
import type { Places } from './stay-line.ts';

/** Loads the groups and centres that some bookings are at. */
export async function placesOf(
  tx: Reading,
  bookings: readonly { readonly groupId: number; readonly centreId: number }[],
): Promise<Places> {
  const groups = new Map<number, NonNullable<Awaited<ReturnType<typeof findGroup>>>>();
  for (const groupId of new Set(bookings.map((booking) => booking.groupId))) {
    const group = await findGroup(tx, groupId);
    if (group) groups.set(groupId, group);
  }
  const centres = new Map<number, Centre>();
  for (const centreId of new Set(bookings.map((booking) => booking.centreId))) {
    const centre = await findCentre(tx, centreId);
    if (centre) centres.set(centreId, centre);
  }
  return { groups, centres };
}
