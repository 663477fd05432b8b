/** The half-hour grid: a day is half-hours 0…47; times of day are indexes 0…48 (48 is midnight at the day's end). */
export type HalfHour = number;

/** A stay, half-open: [from, to) in half-hours of one day. */
export interface Slot {
  readonly from: HalfHour;
  readonly to: HalfHour;
}

export const HALF_HOURS = 48;
export const MINUTES_PER_HALF_HOUR = 30;

/** Length of a stay, 4 to 10 hours: the Prime Minister's letter of 11.06.2020 on semi-stationary centres. */
export const SHORTEST_STAY: HalfHour = 8;
export const LONGEST_STAY: HalfHour = 20;

const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** Whether the text is a well-formed time of day, 00:00…24:00, on the grid or not. */
export function timeShape(text: string): boolean {
  return text === '24:00' || TIME.test(text);
}

/** 'HH:MM' on the grid → index 0…48; undefined when malformed or off the grid. */
export function parseTime(text: string): HalfHour | undefined {
  if (text === '24:00') return HALF_HOURS;
  const match = TIME.exec(text);
  if (!match) return undefined;
  const minutes = Number(match[2]);
  if (minutes % MINUTES_PER_HALF_HOUR !== 0) return undefined;
  return Number(match[1]) * 2 + minutes / MINUTES_PER_HALF_HOUR;
}

/** Index 0…48 → 'HH:MM'. */
export function formatTime(halfHour: HalfHour): string {
  return `${String(Math.floor(halfHour / 2)).padStart(2, '0')}:${halfHour % 2 === 0 ? '00' : '30'}`;
}

export function formatSlot(slot: Slot): string {
  return `${formatTime(slot.from)}–${formatTime(slot.to)}`;
}

export type LengthReason = 'too_short' | 'too_long';

/** Why a stay of this length is not allowed, if it is not. A slot that ends before it starts is too short. */
export function lengthReason(slot: Slot): LengthReason | undefined {
  const length = slot.to - slot.from;
  if (length < SHORTEST_STAY) return 'too_short';
  if (length > LONGEST_STAY) return 'too_long';
  return undefined;
}

/** The first half-hour that has not begun at this minute of the day (0…1440): a running half-hour counts as elapsed. */
export function nextHalfHour(minuteOfDay: number): HalfHour {
  return Math.ceil(minuteOfDay / MINUTES_PER_HALF_HOUR);
}

/** Joins sorted half-hour indexes into slots: [16,17,20] → [16,18) [20,21). */
export function stretches(halfHours: readonly HalfHour[]): Slot[] {
  const slots: Slot[] = [];
  for (const at of halfHours) {
    const last = slots.at(-1);
    if (last && last.to === at) slots[slots.length - 1] = { from: last.from, to: at + 1 };
    else slots.push({ from: at, to: at + 1 });
  }
  return slots;
}
