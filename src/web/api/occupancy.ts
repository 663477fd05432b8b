import { periodsBetween } from '../../domain/occupancy.ts';
import { covers, isCentrePerson, type Actor } from '../../domain/people.ts';
import { isRegionCode } from '../../domain/regions.ts';
import { refuse } from '../../domain/refusal.ts';
import { findCentrePlace } from '../../data/centres.ts';
import type { Reading } from '../../data/database.ts';
import { findGroup } from '../../data/groups.ts';
import { listOccupancy, listOccupancyKeys, type OccupancyFilter } from '../../data/occupancy.ts';
import { figures } from '../access.ts';
import { resource } from './resource.ts';
import { occupancy as answer, occupancyAsked, showOccupancy } from './schemas/occupancy.ts';

/** Rows an answer; more are refused as too wide, never slow. */
const MOST_ROWS = 200_000;

interface Wish {
  readonly region?: string | undefined;
  readonly centre?: number | undefined;
  readonly group?: number | undefined;
}

type Scope = Pick<OccupancyFilter, 'regionCode' | 'centreId' | 'groupId'>;

/** What is asked for, within the actor's own scope; anything beyond it is as `missing` as what does not exist. */
async function scopeOf(tx: Reading, actor: Actor, { region, centre, group }: Wish): Promise<Scope> {
  if (region !== undefined) {
    if (!isRegionCode(region) || !covers(actor, { centreId: 0, regionCode: region })) refuse('missing');
  }
  if (centre !== undefined) {
    const place = await findCentrePlace(tx, centre);
    if (!place || !covers(actor, place)) refuse('missing');
  }
  if (group !== undefined) {
    const found = await findGroup(tx, group);
    if (!found || !covers(actor, found)) refuse('missing');
  }
  const regionCode = region ?? (actor.role === 'regional_manager' ? (actor.regionCode ?? '') : undefined);
  const centreId = centre ?? (isCentrePerson(actor) ? (actor.centreId ?? 0) : undefined);
  return {
    ...(regionCode !== undefined && { regionCode }),
    ...(centreId !== undefined && { centreId }),
    ...(group !== undefined && { groupId: group }),
  };
}

export const occupancy = resource('/occupancy').read(
  '',
  figures,
  {
    summary: 'Occupancy of regions, centres or groups by day, week or month, within one’s own scope',
    query: occupancyAsked,
    answer,
    reasons: ['missing'],
  },
  async ({ context: { database, actor, now }, query: { region, centre, group, ...range } }) => {
    const rows = await database.read(async (tx) => {
      const filter = { ...(await scopeOf(tx, actor, { region, centre, group })), ...range };
      const periods = periodsBetween(range.from, range.to, range.by).length;
      if (periods * (await listOccupancyKeys(tx, filter)).length > MOST_ROWS) {
        refuse('invalid', { errors: [{ field: 'to', reason: 'too_wide' }] });
      }
      return await listOccupancy(tx, filter);
    });
    return { asAt: now, items: rows.map(showOccupancy) };
  },
);
