import { administers, covers, type Actor } from '../../domain/people.ts';
import { findCentrePlace } from '../../data/centres.ts';
import { findRound } from '../../data/rounds.ts';
import { allow } from '../access.ts';
import type { Context } from '../context.ts';

/** A round in an address of its region, by the region's manager. */
export const regionRound = allow(
  'regionRound',
  ['regional_manager', 'system_admin'],
  async (context, actor) => {
    const code = context.text('regionCode');
    if (!covers(actor, { centreId: 0, regionCode: code })) return false;
    return (await context.database.read((tx) => findRound(tx, context.id('roundId'))))?.regionCode === code;
  },
);

async function takesPart(context: Context, actor: Actor, alone: boolean): Promise<boolean> {
  const centreId = context.id('centreId');
  if (!administers(actor, centreId)) return false;
  return await context.database.read(async (tx) => {
    const round = await findRound(tx, context.id('roundId'));
    if (!round) return false;
    if (round.centreId !== null) return round.centreId === centreId;
    return !alone && (await findCentrePlace(tx, centreId))?.regionCode === round.regionCode;
  });
}

/** A round in which the centre of the address takes part: its own or the region's. */
export const centreRound = allow('centreRound', ['centre_admin', 'system_admin'], (context, actor) =>
  takesPart(context, actor, false),
);

/** A round of this centre alone. */
export const ownCentreRound = allow('ownCentreRound', ['centre_admin', 'system_admin'], (context, actor) =>
  takesPart(context, actor, true),
);
