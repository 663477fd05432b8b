import { DISTRICTS } from '../../src/domain/districts.ts';
import type { Random } from '../../src/domain/random.ts';
import { regionOf, REGIONS, type RegionCode } from '../../src/domain/regions.ts';
import { DEMO_REGION } from './accounts.ts';
import { planGroups, planSpecialGroups, type PlannedGroup } from './groups.ts';
import { CENTRE_NAMES, STREETS } from './words.ts';

/**
 * What a centre is an example of: the one of the demo accounts, the real shapes found in public reports, one that
 * everybody wants, one that lost its light in the middle of a day.
 */
export type CentreKind = 'demo' | 'two_shifts' | 'large' | 'overfull' | 'emergency' | 'department' | 'ngo';

export interface PlannedCentre {
  readonly kind: CentreKind;
  /** 1… in the order of the country, for refs and logins. */
  readonly number: number;
  readonly nameKk: string;
  readonly nameRu: string;
  readonly regionCode: RegionCode;
  readonly district: string;
  readonly address: string;
  readonly lat: number;
  readonly lon: number;
  readonly groups: readonly PlannedGroup[];
}

/** The first centres of the country, so that a small country has them too. */
const SPECIAL: readonly (readonly [CentreKind, RegionCode])[] = [
  ['demo', DEMO_REGION],
  ['two_shifts', '71'],
  ['large', '79'],
  ['overfull', '71'],
  ['emergency', '35'],
];

/** Where more people live there are more centres: 120 = 5 a region and 20 more. */
const MORE: readonly RegionCode[] = [
  '75',
  '71',
  '79',
  '61',
  '19',
  '75',
  '71',
  '79',
  '61',
  '19',
  '75',
  '71',
  '79',
  '61',
  '35',
  '75',
  '71',
  '63',
  '31',
  '55',
];

/** Regions of the ordinary centres: round and round, with the big ones in between. */
function regionAt(place: number): RegionCode {
  const codes = REGIONS.map((region) => region.code);
  return place < codes.length
    ? codes[place]!
    : [...MORE, ...codes][(place - codes.length) % (MORE.length + codes.length)]!;
}

function regionOfNumber(number: number): RegionCode {
  return SPECIAL[number - 1]?.[1] ?? regionAt(number - SPECIAL.length - 1);
}

/** No name stands twice in a region. */
function nameOf(number: number, regionCode: RegionCode): readonly [kk: string, ru: string] {
  let earlier = 0;
  for (let other = 1; other < number; other++) if (regionOfNumber(other) === regionCode) earlier++;
  return CENTRE_NAMES[(Number(regionCode) * 7 + earlier) % CENTRE_NAMES.length]!;
}

const DISTRICT_SPREAD = 0.35;
const TOWN_SPREAD = 0.06;

function kindOf(number: number, random: Random): CentreKind {
  const special = SPECIAL[number - 1];
  if (special) return special[0];
  return random.chance(0.62) ? 'department' : 'ngo';
}

function namesOf(kind: CentreKind, [kk, ru]: readonly [string, string]): { nameKk: string; nameRu: string } {
  if (kind === 'ngo')
    return { nameKk: `«${kk}» ҚБ күндізгі болу тобы`, nameRu: `Группа дневного пребывания ОО «${ru}»` };
  if (kind === 'department') {
    return { nameKk: `«${kk}» күндізгі болу бөлімшесі`, nameRu: `Отделение дневного пребывания «${ru}»` };
  }
  return { nameKk: `«${kk}» күндізгі болу орталығы`, nameRu: `Центр дневного пребывания «${ru}»` };
}

/** Plans the centre with this number: where it stands, what it is called, its groups. */
export function planCentre(number: number, random: Random): PlannedCentre {
  const kind = kindOf(number, random);
  const regionCode = regionOfNumber(number);
  const districts = DISTRICTS[regionCode];
  const inTown = random.chance(0.6);
  const district = inTown ? districts[0]! : random.pick(districts);
  const { town } = regionOf(regionCode);
  const spread = district === districts[0] ? TOWN_SPREAD : DISTRICT_SPREAD;
  const jitter = () => (random.next() * 2 - 1) * spread;
  const round = (degrees: number) => Math.round(degrees * 10_000) / 10_000;
  const special = SPECIAL.some(([each]) => each === kind);
  return {
    kind,
    number,
    ...namesOf(kind, nameOf(number, regionCode)),
    regionCode,
    district: `${district.kk} / ${district.ru}`,
    address: `${random.pick(STREETS)}, ${random.int(1, 120)}`,
    lat: round(town.lat + jitter()),
    lon: round(town.lon + jitter()),
    groups: special ? planSpecialGroups(kind, random) : planGroups(kind, random),
  };
}
