import { administers } from '../domain/people.ts';
import { refuse, type FieldRefusal } from '../domain/refusal.ts';
import { findCentre, type Centre } from '../data/centres.ts';
import { findGroup, type Group } from '../data/groups.ts';
import type { Work } from './perform.ts';

/** Settings are for the administrators of the centre and of the system; everybody else is `forbidden`. */
export function mustAdminister({ actor }: Work): void {
  if (actor.role !== 'centre_admin' && actor.role !== 'system_admin') refuse('forbidden');
}

/** What concerns the whole country is for the system's administrators. */
export function mustAdministerSystem({ actor }: Work): void {
  if (actor.role !== 'system_admin') refuse('forbidden');
}

/** A centre whose settings the actor may change; another one is the same `missing` as an absent one. */
export async function centreToAdminister(work: Work, centreId: number): Promise<Centre> {
  mustAdminister(work);
  const centre = await findCentre(work.tx, centreId);
  if (!centre || !administers(work.actor, centre.id)) refuse('missing');
  return centre;
}

/** A group whose settings the actor may change. */
export async function groupToAdminister(work: Work, groupId: number): Promise<Group> {
  mustAdminister(work);
  const group = await findGroup(work.tx, groupId);
  if (!group || !administers(work.actor, group.centreId)) refuse('missing');
  return group;
}

/** Refuses with every field that is wrong. */
export function refuseErrors(errors: readonly FieldRefusal[]): void {
  if (errors.length > 0) refuse('invalid', { errors });
}
