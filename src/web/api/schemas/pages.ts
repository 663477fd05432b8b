import { z } from 'zod';
import { parsePlainDate, type PlainDate } from '../../../domain/calendar.ts';
import { refuse } from '../../../domain/refusal.ts';
import { named } from './named.ts';

export const SHORT_PAGE = 100;
const LONGEST_PAGE = 500;

const limit = z
  .string()
  .refine((text) => /^[1-9]\d{0,2}$/.test(text) && Number(text) <= LONGEST_PAGE)
  .meta({ type: 'integer', minimum: 1, maximum: LONGEST_PAGE, default: SHORT_PAGE })
  .transform(Number)
  .optional();

/** Where the page before ended: strings that sort as the list does. Opaque to clients. */
export type Place = readonly string[];

function decoded(text: string): Place | undefined {
  try {
    const place: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(place) && place.every((part) => typeof part === 'string') ? place : undefined;
  } catch {
    return undefined;
  }
}

const cursor = z
  .string()
  .max(200)
  .meta({ description: '`next` of the page before.' })
  .transform((text, context) => decoded(text) ?? (context.addIssue('not a cursor'), z.NEVER))
  .optional();

/** The parameters of every list. */
export const paging = { limit, cursor };

export interface Paging {
  readonly limit?: number | undefined;
  readonly cursor?: Place | undefined;
}

const badCursor = () => refuse('invalid', { errors: [{ field: 'cursor', reason: 'invalid' }] });

/** The id in a cursor, after which the page begins; 0 on the first. */
export function idAfter({ cursor: place }: Paging, at = 0): number {
  const number = place === undefined ? 0 : Number(place[at]);
  return Number.isInteger(number) && number >= 0 && number <= 2_147_483_647 ? number : badCursor();
}

/** The date in a cursor; undefined on the first page. */
export function dateAfter({ cursor: place }: Paging): PlainDate | undefined {
  return place === undefined ? undefined : (parsePlainDate(place[0] ?? '') ?? badCursor());
}

/** A page of a list of something. */
export function pageOf<Item extends z.ZodType>(name: string, item: Item) {
  const next = z.string().nullable().meta({ description: '`cursor` of the next page; null on the last.' });
  return named(name, z.strictObject({ items: z.array(item), next }));
}

/** Cuts a list that was read one item past the page. */
export function pageFrom<Row, Item>(
  rows: readonly Row[],
  { limit: size = SHORT_PAGE }: Paging,
  placeOf: (row: Row) => Place,
  show: (row: Row) => Item,
): { items: Item[]; next: string | null } {
  const last = rows.length > size ? rows[size - 1] : undefined;
  const next = last === undefined ? null : Buffer.from(JSON.stringify(placeOf(last))).toString('base64url');
  return { items: rows.slice(0, size).map(show), next };
}

/** A page of a short list that is known as a whole, in the order of its keys. */
export function pageWithin<Row, Item>(
  rows: readonly Row[],
  asked: Paging,
  keyOf: (row: Row) => string,
  show: (row: Row) => Item,
) {
  const after = asked.cursor?.[0] ?? '';
  const ahead = rows.filter((row) => keyOf(row) > after);
  return pageFrom(ahead, asked, (row) => [keyOf(row)], show);
}
