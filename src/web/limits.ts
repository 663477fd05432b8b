import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

const QUARTER_HOUR = 15 * 60;

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
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (error instanceof RateLimiterRes) throw new TooMany(Math.max(1, Math.ceil(error.msBeforeNext / 1000)));
    throw error;
  }
}

export function createLimits(enabled: boolean): Limits {
  if (!enabled) return { trySignIn: async () => undefined, signedIn: async () => undefined };
  const perAccount = new RateLimiterMemory({ points: 10, duration: QUARTER_HOUR });
  const perAddress = new RateLimiterMemory({ points: 100, duration: QUARTER_HOUR });
  return {
    async trySignIn(login, address) {
      await consume(perAddress, address);
      await consume(perAccount, login.trim().toLowerCase());
    },
    async signedIn(login) {
      await perAccount.delete(login.trim().toLowerCase());
    },
  };
}
