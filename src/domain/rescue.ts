import { firstOpenHalfHour } from './admittance.ts';
import {
  addMinutes,
  dateAt,
  instantAt,
  millisOf,
  minuteOfDay,
  type Instant,
  type PlainDate,
} from './calendar.ts';
import { isQuiet, quietFrom, type QuietHours } from './quiet-hours.ts';
import { lengthReason, type Slot } from './slots.ts';
import { lotOf, type QueueTerms } from './waiting-list.ts';

/** For the next day there is more time to answer in than a region gives for the same one. */
const TOMORROW_MINUTES = 60;

/** Whether families may be asked about freed hours now, and until when they answer. */
export interface RescueWindow {
  readonly asks: boolean;
  readonly closesAt: Instant;
}

/**
 * The window for hours freed on a day: the region's minutes for today, an hour for tomorrow, never into the quiet hours.
 * In them, or when they begin sooner than the region's minutes, nobody is asked: what was accepted beforehand is decided
 * at once.
 */
export function rescueWindow(
  date: PlainDate,
  now: Instant,
  rescueMinutes: number,
  quiet: QuietHours,
): RescueWindow {
  const silent = { asks: false, closesAt: now };
  if (isQuiet(now, quiet)) return silent;
  const minutes = date === dateAt(now) ? rescueMinutes : Math.max(rescueMinutes, TOMORROW_MINUTES);
  const [end, night] = [addMinutes(now, minutes), quietFrom(now, quiet)];
  if (night === undefined || end <= night) return { asks: true, closesAt: end };
  return addMinutes(now, rescueMinutes) <= night ? { asks: true, closesAt: night } : silent;
}

/** What a family would take: a stay of one day. */
export interface Stand extends Slot {
  readonly date: PlainDate;
  /** Accepted beforehand if it is known by this minute of the day; null: the family is asked. */
  readonly takeUntilMinute: number | null;
}

/** Whether a family has said yes beforehand to what is known at an instant. */
export function isBeforehand(stand: Stand, known: Instant): boolean {
  return stand.takeUntilMinute !== null && known <= instantAt(stand.date, stand.takeUntilMinute);
}

/**
 * The stay that can still be offered: from when the answer is known and the child can be brought, to the wished end;
 * undefined when less than the shortest stay is left. Who accepted beforehand may be on the way already.
 */
export function staySlot(
  stand: Stand,
  known: Instant,
  commuteMinutes: number,
  beforehand: boolean,
): Slot | undefined {
  const ready = beforehand ? known : addMinutes(known, commuteMinutes);
  const slot = { from: Math.max(stand.from, firstOpenHalfHour(stand.date, ready)), to: stand.to };
  return lengthReason(slot) === undefined ? slot : undefined;
}

/**
 * What ranks a family that does not wait for the group among those who do: class, no points, seconds since it stands by,
 * lot. Compared with stored ranks from left to right, higher first.
 */
export function standByScore(
  stand: { readonly id: number; readonly priority: number; readonly createdAt: Instant },
  terms: Pick<QueueTerms, 'outOfTurn' | 'lotSeed'>,
): number[] {
  return [
    terms.outOfTurn ? stand.priority : 0,
    0,
    -Math.floor(millisOf(stand.createdAt) / 1000),
    lotOf(`${terms.lotSeed} stand-by`, stand.id),
  ];
}

/** Minutes that two stays share. */
export function sharedMinutes(a: Slot, b: Slot): number {
  return Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from)) * 30;
}

/** Minutes of a day → 'HH:MM'. */
export function formatMinute(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** What clocks in the country show at an instant: 'HH:MM'. */
export const clockTime = (at: Instant): string => formatMinute(minuteOfDay(at));
