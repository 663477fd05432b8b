import { administers, worksAt, type Actor } from '../../domain/people.ts';
import { findRoster } from '../../data/rosters.ts';
import { allow, STAFF, type Check } from '../access.ts';

const rosterOf =
  (rule: (actor: Actor, centreId: number) => boolean): Check =>
  async (context, actor) => {
    const roster = await context.database.read((tx) => findRoster(tx, context.id('rosterId')));
    return roster?.centreId === context.id('centreId') && rule(actor, roster.centreId);
  };

/** A roster in an address of its centre: looked at by who works there, changed by who administers it. */
export const centreRoster = allow('centreRoster', STAFF, rosterOf(worksAt));
export const centreRosterAdmin = allow(
  'centreRosterAdmin',
  ['centre_admin', 'system_admin'],
  rosterOf(administers),
);
