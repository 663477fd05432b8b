import { administers, worksAt, type Actor } from '../../domain/people.ts';
import { findRoster } from '../../data/rosters.ts';
import { findStaff } from '../../data/staff.ts';
import { allow, STAFF, type Check } from '../access.ts';

const rosterOf =
  (rule: (actor: Actor, centreId: number) => boolean): Check =>
  async (context, actor) => {
    const roster = await context.database.read((tx) => findRoster(tx, context.id('rosterId')));
    return roster !== undefined && rule(actor, roster.centreId);
  };

/** A roster by those who work at its centre; published and changed by who administers it. */
export const rosterSeen = allow('rosterSeen', STAFF, rosterOf(worksAt));
export const rosterAdmin = allow('rosterAdmin', ['centre_admin', 'system_admin'], rosterOf(administers));

const staffOf =
  (rule: (actor: Actor, centreId: number) => boolean): Check =>
  async (context, actor) => {
    const centreId = context.id('centreId');
    const staff = await context.database.read((tx) => findStaff(tx, context.id('staffId')));
    return staff?.centreId === centreId && rule(actor, centreId);
  };

/** Those who have stays or shifts to look at in a calendar of their own. */
export const feedOwner = allow('feedOwner', ['guardian', 'centre_staff', 'centre_admin']);

/** A member of staff in an address of the centre. */
export const staffMemberSeen = allow('staffMemberSeen', STAFF, staffOf(worksAt));
export const staffMemberAdmin = allow(
  'staffMemberAdmin',
  ['centre_admin', 'system_admin'],
  staffOf(administers),
);
