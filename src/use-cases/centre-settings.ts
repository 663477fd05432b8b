import { cleanName, searchName } from '../domain/names.ts';
import type { WeeklyHours } from '../domain/opening.ts';
import { refuse } from '../domain/refusal.ts';
import { REGION_CODES } from '../domain/regions.ts';
import { centreErrors } from '../domain/settings.ts';
import { findCentre, type Centre } from '../data/centres.ts';
import { lockCentres } from '../data/claims.ts';
import { insertEvent } from '../data/events.ts';
import { insertCentre, updateCentre } from '../data/settings.ts';
import { centreToAdminister, mustAdministerSystem, refuseErrors } from './administration.ts';
import { authorOf, type Work } from './perform.ts';

/** What a centre says of itself. */
export interface CentreSettings {
  readonly nameRu: string;
  readonly nameKk: string;
  readonly address: string;
  readonly district: string;
  readonly hours: WeeklyHours;
  /** Changes for a week are in time until this weekday (1 = Monday) and half-hour of the week before. */
  readonly deadlineWeekday: number;
  readonly deadlineHalfHour: number;
  readonly lateChanges: 'accepted' | 'staff_only';
}

function settingsOf(centre: Centre): CentreSettings & { version: number } {
  const {
    version,
    nameRu,
    nameKk,
    address,
    district,
    hours,
    deadlineWeekday,
    deadlineHalfHour,
    lateChanges,
  } = centre;
  return {
    version,
    nameRu,
    nameKk,
    address,
    district,
    hours,
    deadlineWeekday,
    deadlineHalfHour,
    lateChanges,
  };
}

/** The settings as they are stored: names without stray spaces, and the form they are found by. */
function rowOf(settings: CentreSettings) {
  const nameRu = cleanName(settings.nameRu)!;
  const nameKk = cleanName(settings.nameKk)!;
  return {
    nameRu,
    nameKk,
    searchName: searchName(nameRu === nameKk ? nameRu : `${nameRu} ${nameKk}`),
    address: cleanName(settings.address)!,
    district: cleanName(settings.district)!,
    hours: settings.hours,
    deadlineWeekday: settings.deadlineWeekday,
    deadlineHalfHour: settings.deadlineHalfHour,
    lateChanges: settings.lateChanges,
  };
}

/**
 * Saves a centre's settings. The deadline holds for changes from now on; the hours are the centre's own, its groups have
 * theirs. Refused as `stale` with what somebody else saved meanwhile.
 */
export async function changeCentre(
  work: Work,
  {
    centreId,
    version,
    ...settings
  }: CentreSettings & { readonly centreId: number; readonly version: number },
): Promise<{ version: number }> {
  const { tx, now, actor } = work;
  await centreToAdminister(work, centreId);
  refuseErrors(centreErrors(settings));
  await lockCentres(tx, [centreId]);
  const before = settingsOf((await findCentre(tx, centreId)) ?? refuse('missing'));
  if (before.version !== version) refuse('stale', { current: before });
  const row = rowOf(settings);
  await updateCentre(tx, centreId, row);
  const data = { from: before, to: row };
  await insertEvent(tx, { at: now, by: authorOf(actor), kind: 'centre.changed', centreId, data });
  return { version: version + 1 };
}

export interface NewCentreWish extends CentreSettings {
  readonly regionCode: string;
  /** Degrees; null where not known. */
  readonly lat: number | null;
  readonly lon: number | null;
}

/** Makes a centre, without groups yet: for administrators of the system. */
export async function createCentre(
  work: Work,
  { regionCode, lat, lon, ...settings }: NewCentreWish,
): Promise<{ id: number }> {
  const { tx, now, actor } = work;
  mustAdministerSystem(work);
  const known = (REGION_CODES as readonly string[]).includes(regionCode);
  const somewhere =
    (lat === null) === (lon === null) && Math.abs(lat ?? 0) <= 90 && Math.abs(lon ?? 0) <= 180;
  refuseErrors([
    ...centreErrors(settings),
    ...(known ? [] : [{ field: 'regionCode', reason: 'invalid' } as const]),
    ...(somewhere ? [] : [{ field: 'lat', reason: 'invalid' } as const]),
  ]);
  const id = await insertCentre(tx, { ref: null, ...rowOf(settings), regionCode, lat, lon });
  const data = { created: true };
  await insertEvent(tx, { at: now, by: authorOf(actor), kind: 'centre.changed', centreId: id, data });
  return { id };
}
