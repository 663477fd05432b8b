import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { systemClock, shiftedClock, type Clock } from './clock.ts';
import { parseInstant, type Instant } from './domain/calendar.ts';
import { parseQuietHours, START_QUIET, type QuietHours } from './domain/quiet-hours.ts';
import { START_UNUSED_WEEKS } from './domain/unused-hours.ts';
import { parseDatabaseUrl, type DatabaseUrl } from './data/open-database.ts';

export interface Config {
  readonly port: number;
  readonly host: string;
  /** How many processes serve pages. */
  readonly processes: number;
  readonly database: DatabaseUrl;
  /** Where people reach the server, without a slash at the end. */
  readonly baseUrl: string;
  /** Whether an empty database is filled with the demo country; never in production. */
  readonly demo: boolean;
  readonly smtpUrl: string | undefined;
  /** `file:PATH` or an http(s) address of an SMS gateway. */
  readonly smsUrl: string | undefined;
  /** What the SMS gateway must send to be believed; none: answers by SMS are not taken. */
  readonly smsReplySecret: string | undefined;
  /** When families are not asked anything, and no SMS goes out that can wait. */
  readonly quietHours: QuietHours;
  /** How many weeks are looked back on for hours that stay unused. */
  readonly unusedWeeks: number;
  /** Tests only: the instant at which the clock starts. */
  readonly startsAt: Instant | undefined;
  /** Whether sign-in and requests are limited per address; off in tests only. */
  readonly limits: boolean;
  readonly environment: 'production' | 'development' | 'test';
}

/** What is wrong with the environment, one line a variable. */
export class ConfigError extends Error {
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'ConfigError';
  }
}

const wholeNumber = (most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number 0…${most}`)
    .transform(Number)
    .refine((number) => number <= most, `must be a whole number 0…${most}`);

function url(protocols: readonly string[]) {
  const isOne = (text: string) => URL.canParse(text) && protocols.includes(new URL(text).protocol);
  return z
    .string()
    .refine(
      isOne,
      `must be an address that starts with ${protocols.map((each) => `${each}//`).join(' or ')}`,
    );
}

/** Where nobody says how many: one a core, and no more, since each takes its memory. */
const MOST_PROCESSES = 4;

/** An empty variable is as good as none. */
const Environment = z.object({
  NODE_ENV: z
    .enum(['production', 'development', 'test'], 'must be production, development or test')
    .default('development'),
  PORT: wholeNumber(65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  KUNDIZ_PROCESSES: wholeNumber(64)
    .refine((processes) => processes >= 1, 'must be a whole number 1…64')
    .default(() => Math.min(MOST_PROCESSES, availableParallelism())),
  DATABASE_URL: z
    .string()
    .default('file:data/kundiz.db')
    .transform((text, context) => {
      const parsed = parseDatabaseUrl(text);
      if (!parsed) context.addIssue({ code: 'custom', message: 'must be file:PATH or postgres://…' });
      return parsed ?? z.NEVER;
    }),
  BASE_URL: url(['http:', 'https:']).optional(),
  KUNDIZ_DEMO: z.enum(['0', '1'], 'must be 0 or 1').optional(),
  SMTP_URL: url(['smtp:', 'smtps:']).optional(),
  SMS_URL: url(['file:', 'http:', 'https:']).optional(),
  KUNDIZ_NOW: z
    .string()
    .transform((text, context) => {
      const parsed = parseInstant(text);
      if (!parsed)
        context.addIssue({ code: 'custom', message: 'must be an instant such as 2027-02-03T05:00:00Z' });
      return parsed ?? z.NEVER;
    })
    .optional(),
  SMS_REPLY_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  QUIET_HOURS: z
    .string()
    .transform((text, context) => {
      const parsed = parseQuietHours(text);
      if (!parsed) context.addIssue({ code: 'custom', message: 'must be two times such as 21:00-07:00' });
      return parsed ?? z.NEVER;
    })
    .default(START_QUIET),
  UNUSED_WEEKS: wholeNumber(26)
    .refine((weeks) => weeks >= 2, 'must be a whole number 2…26')
    .default(START_UNUSED_WEEKS),
  KUNDIZ_LIMITS: z.enum(['on', 'off'], 'must be on or off').default('on'),
});

/** Reads the environment once. Throws ConfigError with one clear line a wrong variable. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  }
  const read = parsed.data;
  const lines: string[] = [];
  if (read.NODE_ENV !== 'test') {
    if (read.KUNDIZ_NOW !== undefined)
      lines.push('KUNDIZ_NOW is for tests: it is accepted only with NODE_ENV=test');
    if (read.KUNDIZ_LIMITS === 'off')
      lines.push('KUNDIZ_LIMITS=off is for tests: it is accepted only with NODE_ENV=test');
  }
  if (read.NODE_ENV === 'production' && read.KUNDIZ_DEMO === '1') {
    lines.push(
      'KUNDIZ_DEMO=1 is not accepted with NODE_ENV=production: the demo country is never loaded there',
    );
  }
  if (lines.length > 0) throw new ConfigError(lines);
  return {
    port: read.PORT,
    host: read.HOST,
    processes: read.KUNDIZ_PROCESSES,
    database: read.DATABASE_URL,
    baseUrl: (read.BASE_URL ?? `http://localhost:${read.PORT}`).replace(/\/+$/, ''),
    demo: read.KUNDIZ_DEMO !== '0' && read.NODE_ENV !== 'production',
    smtpUrl: read.SMTP_URL,
    smsUrl: read.SMS_URL,
    smsReplySecret: read.SMS_REPLY_SECRET,
    quietHours: read.QUIET_HOURS,
    unusedWeeks: read.UNUSED_WEEKS,
    startsAt: read.KUNDIZ_NOW,
    limits: read.KUNDIZ_LIMITS === 'on',
    environment: read.NODE_ENV,
  };
}

/** The clock of server and command line; a shifted one starts `now` where that is given (a thread that starts later). */
export function clockOf(config: Config, now = config.startsAt): Clock {
  return config.startsAt === undefined || now === undefined ? systemClock() : shiftedClock(now);
}
