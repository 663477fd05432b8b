import type { PlainDate } from '../domain/calendar.ts';
import { cleanName, LONGEST_NAME } from '../domain/names.ts';
import { refuse, type RefusalDetails } from '../domain/refusal.ts';
import { listCentres } from '../data/centres.ts';
import { insertEvent } from '../data/events.ts';
import { findOverrides } from '../data/groups.ts';
import { deleteOverride, putOverride } from '../data/settings.ts';
import { mustAdministerSystem, refuseErrors } from './administration.ts';
import type { Confirmation, Standing } from './confirmation.ts';
import { authorOf, todayOf, type Work } from './perform.ts';
import { lockScope, reopenDays, type Reopened } from './reopen-days.ts';

export interface CentreInTheWay {
  readonly centreId: number;
  readonly nameRu: string;
  readonly nameKk: string;
  readonly bookings: number;
  readonly holds: number;
}

/** How much stands in the way, centre by centre, those with most first: no child is named. */
async function listByCentre(work: Work, { bookings, holds }: Standing): Promise<RefusalDetails> {
  const booked = Map.groupBy(bookings, (each) => each.centreId);
  const held = Map.groupBy(holds, (each) => each.centreId);
  const ids = [...new Set([...booked.keys(), ...held.keys()])];
  const centres = (await listCentres(work.tx, { ids })).map(({ id, nameRu, nameKk }): CentreInTheWay => ({
    centreId: id,
    nameRu,
    nameKk,
    bookings: booked.get(id)?.length ?? 0,
    holds: held.get(id)?.length ?? 0,
  }));
  return { centres: centres.toSorted((a, b) => b.bookings - a.bookings || a.centreId - b.centreId) };
}

interface DayChange {
  readonly date: PlainDate;
  readonly name: string | null;
  readonly confirm: Confirmation | undefined;
  readonly write: () => Promise<void>;
  readonly data: Record<string, unknown>;
}

/** One day of every group in the country, brought in line with a calendar that has just been written. */
async function changeDay(work: Work, { date, name, confirm, write, data }: DayChange): Promise<Reopened> {
  const { tx, now, actor } = work;
  const locked = await lockScope(work, { centreId: null, groupId: null, from: date, to: date });
  await write();
  const done = await reopenDays(work, locked, {
    confirm,
    list: listByCentre,
    cut: 'whole',
    closureId: null,
    news: { kind: 'calendar_change', data: { date, name: name ?? '' } },
  });
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'calendar.changed',
    data: { date, ...data, ...done },
  });
  return done;
}

function mustBeAhead(work: Work, date: PlainDate): void {
  if (date < todayOf(work)) refuse('past', { errors: [{ field: 'date', reason: 'past' }] });
}

export interface CalendarWish {
  readonly date: PlainDate;
  readonly working: boolean;
  /** The other day of a swap, whose hours a working day keeps. */
  readonly standsFor: PlainDate | null;
  readonly name: string | null;
  readonly confirm?: Confirmation;
}

/**
 * Makes a date a working day or a day off in the whole country, whatever the rule says. Refused as `in_the_way` with the
 * number of bookings in each centre until confirmed. A swap is two changes.
 */
export async function changeCalendar(work: Work, wish: CalendarWish): Promise<Reopened> {
  mustAdministerSystem(work);
  const { date, working, standsFor } = wish;
  mustBeAhead(work, date);
  const name = wish.name === null ? null : cleanName(wish.name);
  if (name === undefined) refuseErrors([{ field: 'name', reason: 'invalid', detail: `1–${LONGEST_NAME}` }]);
  if (standsFor === date) refuseErrors([{ field: 'standsFor', reason: 'invalid' }]);
  const row = { date, working, standsFor, name: name ?? null };
  return await changeDay(work, {
    date,
    name: row.name,
    confirm: wish.confirm,
    write: () => putOverride(work.tx, row),
    data: { working, standsFor, name: row.name },
  });
}

/** Gives a date back to the rule; without an override it is `missing`. */
export async function removeOverride(
  work: Work,
  { date, confirm }: { readonly date: PlainDate; readonly confirm?: Confirmation },
): Promise<Reopened> {
  mustAdministerSystem(work);
  mustBeAhead(work, date);
  const override = (await findOverrides(work.tx)).get(date) ?? refuse('missing');
  return await changeDay(work, {
    date,
    name: override.name,
    confirm,
    write: () => deleteOverride(work.tx, date),
    data: { removed: true },
  });
}
