import { part, query, type Id } from '../address.ts';

/** Which preview of a round is looked at, beside which, and where in its list. */
export type RoundQuery = { preview?: Id | undefined; beside?: Id | undefined; page?: Id | undefined };

/** What is done to a round. */
export type RoundDeed = 'previews' | 'approval' | 'publication' | 'end';

/** Addresses of the order of the queue and of allocation rounds. */
export const roundPaths = {
  regionOrder: (code: string) => `/regions/${part(code)}/order`,
  regionRounds: (code: string) => `/regions/${part(code)}/rounds`,
  regionNewRound: (code: string) => `/regions/${part(code)}/rounds/new`,
  regionRound: (code: string, roundId: Id, shown: RoundQuery = {}) =>
    `/regions/${part(code)}/rounds/${part(roundId)}${query(shown)}`,
  regionRoundDeed: (code: string, roundId: Id, deed: RoundDeed) =>
    `/regions/${part(code)}/rounds/${part(roundId)}/${deed}`,
  centreRounds: (centreId: Id) => `/centres/${part(centreId)}/rounds`,
  centreNewRound: (centreId: Id) => `/centres/${part(centreId)}/rounds/new`,
  centreRound: (centreId: Id, roundId: Id, shown: RoundQuery = {}) =>
    `/centres/${part(centreId)}/rounds/${part(roundId)}${query(shown)}`,
  centreRoundDeed: (centreId: Id, roundId: Id, deed: RoundDeed) =>
    `/centres/${part(centreId)}/rounds/${part(roundId)}/${deed}`,
} as const;
