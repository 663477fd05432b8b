import type { Point } from '../domain/distance.ts';
import { districtsOf } from '../domain/home.ts';
import type { RegionCode } from '../domain/regions.ts';
import { refuse } from '../domain/refusal.ts';
import { insertEvent } from '../data/events.ts';
import { updateHome } from '../data/workdays.ts';
import { authorOf, type Work } from './perform.ts';

export interface Home {
  readonly region: RegionCode;
  /** One of the region's, or none. */
  readonly district: string | null;
  /** Where nothing is told the distance to every centre is unknown. */
  readonly point: Point | null;
}

/**
 * Keeps where one lives, for the distance to centres; null forgets all of it. Refuses as `invalid` a district of
 * another region. The event does not say where.
 */
export async function setHome({ tx, now, actor }: Work, { home }: { home: Home | null }): Promise<void> {
  if (home?.district && !districtsOf(home.region).includes(home.district))
    refuse('invalid', { errors: [{ field: 'district', reason: 'invalid' }] });
  await updateHome(tx, actor.personId, {
    homeRegion: home?.region ?? null,
    homeDistrict: home?.district ?? null,
    homeLat: home?.point?.lat ?? null,
    homeLon: home?.point?.lon ?? null,
  });
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'home.changed',
    data: { personId: actor.personId },
  });
}
