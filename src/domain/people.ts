import type { PlainDate } from './calendar.ts';

/** Who centres look after. Each is its own kind of group; children are never mixed with adults. */
export const CATEGORIES = [
  'child_psychoneurological',
  'child_musculoskeletal',
  'adult_psychoneurological',
  'adult_disability',
  'older_people',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** Open: anyone of the category and age may book. Enrolled: only while an enrolment in the group holds. */
export type Admission = 'open' | 'enrolled';

export const ROLES = [
  'guardian',
  'centre_staff',
  'centre_admin',
  'regional_manager',
  'system_admin',
] as const;
export type Role = (typeof ROLES)[number];

/** Who acts: a person under one of their roles. */
export interface Actor {
  readonly personId: number;
  readonly name: string;
  readonly assignmentId: number;
  readonly role: Role;
  /** The region of a regional manager. */
  readonly regionCode: string | null;
  /** The centre of its staff and administrators. */
  readonly centreId: number | null;
}

/** The system itself, from a job or the command line. */
export const SYSTEM: Actor = {
  personId: 0,
  name: 'Kundiz',
  assignmentId: 0,
  role: 'system_admin',
  regionCode: null,
  centreId: null,
};

/** Where something stands: enough to say whether a scope covers it. */
export interface Place {
  readonly centreId: number;
  readonly regionCode: string;
}

export function isCentrePerson(actor: Actor): boolean {
  return actor.role === 'centre_staff' || actor.role === 'centre_admin';
}

/** Whether the actor's scope covers this centre, for reading figures and its plain facts. */
export function covers(actor: Actor, place: Place): boolean {
  if (actor.role === 'system_admin') return true;
  if (actor.role === 'regional_manager') return actor.regionCode === place.regionCode;
  return isCentrePerson(actor) && actor.centreId === place.centreId;
}

/** Whether the actor works at this centre (the system administrator works everywhere). */
export function worksAt(actor: Actor, centreId: number): boolean {
  return actor.role === 'system_admin' || (isCentrePerson(actor) && actor.centreId === centreId);
}

/** Whether the actor may change the settings of this centre. */
export function administers(actor: Actor, centreId: number): boolean {
  return actor.role === 'system_admin' || (actor.role === 'centre_admin' && actor.centreId === centreId);
}

/** Whether a dated thing holds on a day; endsOn is the last day on which it does. */
export function holdsOn(
  dated: { readonly startsOn: PlainDate; readonly endsOn: PlainDate | null },
  on: PlainDate,
): boolean {
  return dated.startsOn <= on && (dated.endsOn === null || on <= dated.endsOn);
}
