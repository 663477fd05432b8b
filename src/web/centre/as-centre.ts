import { isCentrePerson, type Actor } from '../../domain/people.ts';
import type { Context } from '../context.ts';

/** Who sees what the centre of the address sees: a system administrator there too, and no child of other centres. */
export function asCentre(context: Context): Actor {
  const { actor } = context;
  return isCentrePerson(actor) ? actor : { ...actor, role: 'centre_admin', centreId: context.id('centreId') };
}
