import { searchName } from '../../domain/names.ts';
import type { WeeklyHours } from '../../domain/opening.ts';
import { isRegionCode } from '../../domain/regions.ts';
import { updateRow, insertAll } from '../../data/import.ts';
import type { Tables } from '../../data/database.ts';
import { Fields, shown } from './fields.ts';
import { readGroup, type GroupRow } from './groups.ts';
import { changesOf, Tally, type ImportWork } from './matching.ts';
import type { Problems } from './problems.ts';
import type { CentreJson } from './shape.ts';

type Centre = Tables['centre']['$inferSelect'];

export interface CentreRow {
  readonly ref: string;
  readonly at: Fields;
  readonly values: Pick<Centre, 'nameRu' | 'nameKk' | 'searchName' | 'regionCode' | 'hours'> &
    Partial<Pick<Centre, 'district' | 'address' | 'lat' | 'lon'>>;
}

/** Monday 18:00 for the following week. */
const DEADLINE = { deadlineWeekday: 1, deadlineHalfHour: 36, lateChanges: 'accepted' } as const;

function readCentre(json: CentreJson, at: Fields): CentreRow {
  const { name, region, district, address, lat, lon } = json;
  const [ru, kk] = [name.ru ?? name.kk, name.kk ?? name.ru];
  if (ru === undefined || kk === undefined) at.bad('name', 'has neither ru nor kk');
  const nameRu = at.name('name.ru', ru ?? 'x');
  const nameKk = at.name('name.kk', kk ?? 'x');
  if (!isRegionCode(region)) at.bad('region', `${shown(region)} is not the KATO code of a region`);
  const [hasLat, hasLon] = [typeof lat === 'number', typeof lon === 'number'];
  if (hasLat !== hasLon) at.bad(hasLat ? 'lon' : 'lat', 'is missing beside the other');
  return {
    ref: json.ref,
    at,
    values: {
      nameRu,
      nameKk,
      searchName: searchName(`${nameKk} ${nameRu}`),
      regionCode: region,
      hours: at.hours('hours', json.hours, true),
      ...(district === undefined ? {} : { district: at.words('district', district) }),
      ...(address === undefined ? {} : { address: at.words('address', address) }),
      ...(lat === undefined ? {} : { lat }),
      ...(lon === undefined ? {} : { lon }),
    },
  };
}

/** Centres and their groups, which are a sheet of their own, numbered through all centres. */
export function readCentres(
  json: readonly CentreJson[],
  problems: Problems,
): { centres: CentreRow[]; groups: GroupRow[] } {
  const centres: CentreRow[] = [];
  const groups: GroupRow[] = [];
  for (const each of json) {
    const centre = readCentre(each, new Fields(problems, 'centres', centres.length + 1));
    const hours: WeeklyHours = centre.values.hours;
    centres.push(centre);
    for (const group of each.groups) {
      groups.push(readGroup(group, each.ref, hours, new Fields(problems, 'groups', groups.length + 1)));
    }
  }
  return { centres, groups };
}

export async function writeCentres(
  { tx }: ImportWork,
  rows: readonly CentreRow[],
  known: ReadonlyMap<string, Centre>,
): Promise<Tally> {
  const tally = new Tally();
  for (const { ref, values } of rows) {
    const stored = known.get(ref);
    if (!stored) continue;
    const changes = changesOf(stored, values);
    if (changes) await updateRow(tx, tx.t.centre, stored.id, { ...changes, version: stored.version + 1 });
    tally.count(changes ? 'updated' : 'unchanged', ref, stored.id);
  }
  const fresh = rows.filter(({ ref }) => !known.has(ref));
  const ids = await insertAll(
    tx,
    tx.t.centre,
    fresh.map(({ ref, values }) => ({
      ref,
      district: '',
      address: '',
      lat: null,
      lon: null,
      ...values,
      ...DEADLINE,
      version: 1,
    })),
  );
  fresh.forEach(({ ref }, at) => tally.count('created', ref, ids[at]));
  return tally;
}
