import { z } from 'zod';
import { parsePlainDate } from '../../../domain/calendar.ts';
import type { Reason } from '../../../domain/refusal.ts';
import { formatTime, parseTime, timeShape, type HalfHour } from '../../../domain/slots.ts';

/** The issue of a field with one of our reasons; the others are `invalid`. */
export function issue(reason: Reason, ...path: string[]) {
  return { code: 'custom' as const, params: { reason }, path };
}

const DATE = { type: 'string', format: 'date', pattern: String.raw`^\d{4}-\d{2}-\d{2}$` } as const;
const TIME = String.raw`^(([01]\d|2[0-3]):[0-5]\d|24:00)$`;
const GRID_TIME = String.raw`^(([01]\d|2[0-3]):[03]0|24:00)$`;

/** A day that exists, as asked for. */
export const dateAsked = z
  .string()
  .meta(DATE)
  .transform((text, context) => parsePlainDate(text) ?? (context.addIssue('no such date'), z.NEVER));

/** A time of day as asked for. Off the grid it is well formed still: that is told later, after access (`off_grid`). */
export interface TimeAsked {
  readonly halfHour: HalfHour | undefined;
}
export const timeAsked = z
  .string()
  .refine(timeShape)
  .meta({ pattern: TIME, examples: ['08:30'] })
  .transform((text): TimeAsked => ({ halfHour: parseTime(text) }));

const ID = /^[1-9]\d{0,9}$/;

/** An id as asked for. Ids are opaque to clients: one that is none of ours is 0, which no record has. */
export const idAsked = z
  .string()
  .min(1)
  .max(100)
  .transform((text) => (ID.test(text) && Number(text) <= 2_147_483_647 ? Number(text) : 0));

export const regionAsked = z.string().regex(/^\d{2}$/);

export const id = z.string().meta({ examples: ['17'] });
export const ref = z.string().nullable().meta({ description: 'The name under which it was imported.' });
export const date = z.string().meta(DATE);
export const time = z.string().meta({ pattern: GRID_TIME });
export const instant = z.string().meta({ format: 'date-time', pattern: 'Z$' });
export const count = z.int().min(0);

export const timeOf = (halfHour: HalfHour): string => formatTime(halfHour);
