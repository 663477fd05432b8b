import { afterEach, expect, test, vi } from 'vitest';
import { shiftedClock, systemClock } from '../src/clock.ts';
import { instant } from '../src/domain/calendar.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('the system clock tells the real time in UTC with milliseconds', () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 22, 4, 0, 0, 7) });
  expect(systemClock()()).toBe('2026-11-22T04:00:00.007Z');
});

test('a shifted clock starts at its instant and runs on', () => {
  vi.useFakeTimers({ now: Date.UTC(2030, 0, 1), toFake: ['Date', 'performance'] });
  const clock = shiftedClock(instant('2026-11-22T04:00:00Z'));
  expect(clock()).toBe('2026-11-22T04:00:00.000Z');
  vi.advanceTimersByTime(90_000);
  expect(clock()).toBe('2026-11-22T04:01:30.000Z');
});
