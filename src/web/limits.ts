import cluster from 'node:cluster';
import { RateLimiterCluster, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

const QUARTER_HOUR = 15 * 60;
const HOUR = 60 * 60;
const DAY = 24 * HOUR;

/** What else is counted: so many tries in so many seconds, by a key (an address, or a telephone as it was typed). */
const NAMED = {
  /** Applications from one address; a whole reception may share one. */
  application: { points: 30, duration: HOUR },
  /** Questions how an application stands. */
  applicationStatus: { points: 60, duration: QUARTER_HOUR },
  /** Codes sent to one telephone: each has five tries, of a million. */
  codeByAccount: { points: 10, duration: DAY },
  codeByAddress: { points: 60, duration: HOUR },
  /** Codes, slips and links tried. */
  entryByAccount: { points: 20, duration: HOUR },
  entryByAddress: { points: 120, duration: HOUR },
  /** Calendars fetched from one address: a provider fetches those of many families. */
  feed: { points: 3000, duration: HOUR },
  /** SMS from one telephone, and answers to those that say nothing. */
  smsReply: { points: 30, duration: HOUR },
  smsUnknown: { points: 3, duration: HOUR },
} as const;
export type LimitName = keyof typeof NAMED;

/** Too many tries: come back after so many seconds. */
export class TooMany extends Error {
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super('too_many');
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export interface Limits {
  /** Counts a try to sign in; throws TooMany when the account or the address had too many that failed. */
  trySignIn(login: string, address: string): Promise<void>;
  /** A right password takes the account's failures back. */
  signedIn(login: string): Promise<void>;
  /** Counts one of the named; throws TooMany when there were too many. */
  take(name: LimitName, key: string): Promise<void>;
}

type Limiter = RateLimiterMemory | RateLimiterCluster;

/** Several processes that serve pages count together, in the process that started them. */
function limiterOf(keyPrefix: string, limit: { points: number; duration: number }): Limiter {
  return cluster.isWorker
    ? new RateLimiterCluster({ ...limit, keyPrefix })
    : new RateLimiterMemory({ ...limit, keyPrefix });
}

async function consume(limiter: Limiter, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (error instanceof RateLimiterRes) throw new TooMany(Math.max(1, Math.ceil(error.msBeforeNext / 1000)));
    throw error;
  }
}

export function createLimits(enabled: boolean): Limits {
  if (!enabled)
    return { trySignIn: async () => undefined, signedIn: async () => undefined, take: async () => undefined };
  const perAccount = limiterOf('signInByAccount', { points: 10, duration: QUARTER_HOUR });
  const perAddress = limiterOf('signInByAddress', { points: 100, duration: QUARTER_HOUR });
  const named = new Map(Object.entries(NAMED).map(([name, limit]) => [name, limiterOf(name, limit)]));
  return {
    async trySignIn(login, address) {
      await consume(perAddress, address);
      await consume(perAccount, login.trim().toLowerCase());
    },
    async signedIn(login) {
      await perAccount.delete(login.trim().toLowerCase());
    },
    async take(name, key) {
      await consume(named.get(name)!, key);
    },
  };
}
