import { isRegionCode } from '../../domain/regions.ts';
import type { RoundScope } from '../../domain/rounds.ts';
import { findCentrePlace } from '../../data/centres.ts';
import type { Round } from '../../data/rounds.ts';
import type { Context } from '../context.ts';
import { paths } from '../paths.ts';

type Deed = Parameters<typeof paths.regionRoundDeed>[2];
type Shown = NonNullable<Parameters<typeof paths.regionRound>[2]>;

/** From where a round is looked at: its region, or a centre that takes part. */
export interface RoundSide extends RoundScope {
  readonly folder: 'region' | 'centre';
  readonly rounds: string;
  readonly newRound: string;
  round(roundId: number, shown?: Shown): string;
  deed(roundId: number, deed: Deed): string;
  /** Whether whoever looks from here decides on the round. */
  decides(round: Round): boolean;
}

function regionSide(code: string): RoundSide {
  return {
    regionCode: code,
    centreId: null,
    folder: 'region',
    rounds: paths.regionRounds(code),
    newRound: paths.regionNewRound(code),
    round: (roundId, shown) => paths.regionRound(code, roundId, shown),
    deed: (roundId, deed) => paths.regionRoundDeed(code, roundId, deed),
    decides: () => true,
  };
}

/** The side of this address. */
export async function sideOf(context: Context): Promise<RoundSide> {
  const code = context.text('regionCode');
  if (isRegionCode(code)) return regionSide(code);
  const centreId = context.id('centreId');
  const place = (await context.database.read((tx) => findCentrePlace(tx, centreId)))!;
  return {
    regionCode: place.regionCode,
    centreId,
    folder: 'centre',
    rounds: paths.centreRounds(centreId),
    newRound: paths.centreNewRound(centreId),
    round: (roundId, shown) => paths.centreRound(centreId, roundId, shown),
    deed: (roundId, deed) => paths.centreRoundDeed(centreId, roundId, deed),
    decides: (round) => round.centreId === centreId,
  };
}
