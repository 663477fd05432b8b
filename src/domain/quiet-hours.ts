import { addDays, dateAt, instantAt, minuteOfDay, type Instant } from './calendar.ts';

/** Minutes of the day, [from, to), over midnight where from is later; the same minute twice means none. */
export interface QuietHours {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** 21:00–07:00, until a deployment says otherwise (QUIET_HOURS). */
export const START_QUIET: QuietHours = { fromMinute: 21 * 60, toMinute: 7 * 60 };

/** Whether families sleep, or may: nothing rings then that can wait. */
export function isQuiet(at: Instant, { fromMinute, toMinute }: QuietHours): boolean {
  const minute = minuteOfDay(at);
  if (fromMinute <= toMinute) return minute >= fromMinute && minute < toMinute;
  return minute >= fromMinute || minute < toMinute;
}

/** The next moment, later than this one, at which clocks show a minute of the day. */
function next(at: Instant, minute: number): Instant {
  const today = instantAt(dateAt(at), minute);
  return today > at ? today : instantAt(addDays(dateAt(at), 1), minute);
}

/** When the quiet hours of a moment in them are over. */
export const quietUntil = (at: Instant, quiet: QuietHours): Instant => next(at, quiet.toMinute);

/** When the next quiet hours begin; undefined where there are none. */
export function quietFrom(at: Instant, { fromMinute, toMinute }: QuietHours): Instant | undefined {
  return fromMinute === toMinute ? undefined : next(at, fromMinute);
}

const SHAPE = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/;

/** '21:00-07:00' → quiet hours; undefined for anything else. */
export function parseQuietHours(text: string): QuietHours | undefined {
  const [, fromHour, fromMinute, toHour, toMinute] = SHAPE.exec(text) ?? [];
  if (toMinute === undefined) return undefined;
  return {
    fromMinute: Number(fromHour) * 60 + Number(fromMinute),
    toMinute: Number(toHour) * 60 + Number(toMinute),
  };
}
