import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { clockOf, readConfig } from '../src/config.ts';

describe('configuration', () => {
  test('has defaults for everything; an empty variable is as good as none', () => {
    expect(readConfig({ PORT: '', SMTP_URL: '' })).toEqual({
      processes: Math.min(4, availableParallelism()),
      port: 3000,
      host: '127.0.0.1',
      database: { dialect: 'sqlite', file: resolve('data/kundiz.db') },
      baseUrl: 'http://localhost:3000',
      demo: true,
      smtpUrl: undefined,
      smsReplySecret: undefined,
      quietHours: { fromMinute: 21 * 60, toMinute: 7 * 60 },
      unusedWeeks: 4,
      startsAt: undefined,
      limits: true,
      environment: 'development',
    });
  });

  test('reads what is said', () => {
    const env = {
      PORT: '8080',
      HOST: '0.0.0.0',
      KUNDIZ_PROCESSES: '2',
      DATABASE_URL: 'postgres://kundiz@db/kundiz',
      BASE_URL: 'https://kundiz.example/',
      KUNDIZ_DEMO: '0',
      SMTP_URL: 'smtp://mail.example:25',
      SMS_REPLY_SECRET: 'sixteen letters!',
      QUIET_HOURS: '22:30-06:00',
      UNUSED_WEEKS: '6',
    };
    expect(readConfig(env)).toMatchObject({
      port: 8080,
      host: '0.0.0.0',
      processes: 2,
      database: { dialect: 'postgres', url: 'postgres://kundiz@db/kundiz' },
      baseUrl: 'https://kundiz.example',
      demo: false,
      smtpUrl: 'smtp://mail.example:25',
      smsReplySecret: 'sixteen letters!',
      quietHours: { fromMinute: 1350, toMinute: 360 },
      unusedWeeks: 6,
    });
    expect(readConfig({ PORT: '8080' }).baseUrl).toBe('http://localhost:8080');
    expect(readConfig({ NODE_ENV: 'production' }).demo).toBe(false);
  });

  test('in tests the clock may start elsewhere and limits may be off', () => {
    const config = readConfig({
      NODE_ENV: 'test',
      KUNDIZ_NOW: '2027-02-03T10:00:00+05:00',
      KUNDIZ_LIMITS: 'off',
    });
    expect(config).toMatchObject({
      startsAt: '2027-02-03T05:00:00.000Z',
      limits: false,
      environment: 'test',
    });
    expect(clockOf(config)()).toMatch(/^2027-02-03T05:0/);
  });

  test.each([
    [{ PORT: 'http' }, /^PORT must be a whole number/],
    [{ PORT: '70000' }, /^PORT must be a whole number/],
    [{ DATABASE_URL: 'mysql://x' }, /^DATABASE_URL must be file:PATH or postgres/],
    [{ BASE_URL: 'kundiz.example' }, /^BASE_URL must be an address/],
    [{ SMTP_URL: 'https://mail' }, /^SMTP_URL must be an address/],
    [{ KUNDIZ_DEMO: 'yes' }, /^KUNDIZ_DEMO must be 0 or 1$/],
    [{ SMS_REPLY_SECRET: 'short' }, /^SMS_REPLY_SECRET must have at least 16 characters$/],
    [{ QUIET_HOURS: 'night' }, /^QUIET_HOURS must be two times/],
    [{ KUNDIZ_PROCESSES: '0' }, /^KUNDIZ_PROCESSES must be a whole number 1…64$/],
    [{ UNUSED_WEEKS: '1' }, /^UNUSED_WEEKS must be a whole number 2…26$/],
    [{ UNUSED_WEEKS: '99' }, /^UNUSED_WEEKS must be a whole number/],
    [{ NODE_ENV: 'staging' }, /^NODE_ENV must be/],
    [{ NODE_ENV: 'test', KUNDIZ_NOW: 'yesterday' }, /^KUNDIZ_NOW must be an instant/],
    [{ KUNDIZ_NOW: '2027-02-03T05:00:00Z' }, /^KUNDIZ_NOW is for tests/],
    [{ NODE_ENV: 'production', KUNDIZ_LIMITS: 'off' }, /^KUNDIZ_LIMITS=off is for tests/],
    [{ NODE_ENV: 'production', KUNDIZ_DEMO: '1' }, /^KUNDIZ_DEMO=1 is not accepted/],
  ])('%o is refused in one line that names the variable', (env, line) => {
    expect(() => readConfig(env)).toThrow(line);
  });

  test('every wrong variable has its line', () => {
    expect(() => readConfig({ PORT: 'x', BASE_URL: 'y' })).toThrow(/^PORT .*\nBASE_URL /);
  });
});
