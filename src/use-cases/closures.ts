import { firstOpenHalfHour } from '../domain/admittance.ts';
import { addDays, addMonths, maxOf, type PlainDate } from '../domain/calendar.ts';
import { cleanName } from '../domain/names.ts';
import { refuse } from '../domain/refusal.ts';
import { formatTime, type HalfHour } from '../domain/slots.ts';
import { listCancelledBy } from '../data/claims.ts';
import { insertEvent, type EventKind } from '../data/events.ts';
import { findClosure, insertClosure, listClosures, markLifted, type Closure } from '../data/settings.ts';
import { centreToAdminister, groupToAdminister, mustAdminister, refuseErrors } from './administration.ts';
import { listInTheWay, type Confirmation } from './confirmation.ts';
import { tellFamilies } from './families.ts';
import { authorOf, todayOf, type Work } from './perform.ts';
import { lockScope, reopenDays, type Reopened } from './reopen-days.ts';

/** One closure lasts at most so long; a longer one is two. */
const LONGEST_MONTHS = 12;

interface ClosureWish {
  readonly centreId: number;
  /** Null closes every group of the centre. */
  readonly groupId: number | null;
  readonly startsOn: PlainDate;
  /** The last closed day. */
  readonly endsOn: PlainDate;
  /** Told to the families as it stands. */
  readonly reason: string;
}

async function checkWish(work: Work, wish: ClosureWish): Promise<void> {
  const { startsOn, endsOn } = wish;
  await centreToAdminister(work, wish.centreId);
  const group = wish.groupId === null ? undefined : await groupToAdminister(work, wish.groupId);
  if (group && group.centreId !== wish.centreId) refuse('missing');
  if (startsOn < todayOf(work)) refuse('past', { errors: [{ field: 'startsOn', reason: 'past' }] });
  const unreadable = cleanName(wish.reason) === undefined;
  refuseErrors([
    ...(endsOn < startsOn ? [{ field: 'endsOn', reason: 'invalid' } as const] : []),
    ...(endsOn > addMonths(startsOn, LONGEST_MONTHS)
      ? [{ field: 'endsOn', reason: 'too_wide' } as const]
      : []),
    ...(unreadable ? [{ field: 'reason', reason: 'invalid' } as const] : []),
  ]);
}

function rowOf(work: Work, wish: ClosureWish, rest: Pick<Closure, 'kind' | 'fromHalfHour'>) {
  const { centreId, groupId, startsOn, endsOn } = wish;
  const reason = cleanName(wish.reason)!;
  return {
    centreId,
    groupId,
    startsOn,
    endsOn,
    reason,
    ...rest,
    createdAt: work.now,
    createdBy: authorOf(work.actor),
    liftedAt: null,
  };
}

async function remember(
  work: Work,
  kind: EventKind,
  closure: { centreId: number; groupId: number | null },
  data: unknown,
) {
  const { tx, now, actor } = work;
  const { centreId, groupId } = closure;
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind,
    centreId,
    ...(groupId === null ? {} : { groupId }),
    data,
  });
}

const newsData = ({ startsOn, endsOn, reason }: Pick<Closure, 'startsOn' | 'endsOn' | 'reason'>) => ({
  startsOn,
  endsOn,
  reason,
});

/**
 * Closes a centre or one of its groups for whole days, from today on (what has elapsed of today stays as it was).
 * Refused as `in_the_way` until the bookings of these days are confirmed, as `stale` where somebody has just planned the
 * same closure.
 */
export async function planClosure(
  work: Work,
  wish: ClosureWish & { readonly confirm?: Confirmation },
): Promise<{ id: number } & Reopened> {
  const { tx } = work;
  const { centreId, groupId, startsOn, endsOn } = wish;
  await checkWish(work, wish);
  const locked = await lockScope(work, { centreId, groupId, from: startsOn, to: endsOn });
  const same = (await listClosures(tx, { centreId, from: startsOn, to: endsOn })).find(
    (each) => each.groupId === groupId && each.startsOn === startsOn && each.endsOn === endsOn,
  );
  if (same)
    refuse('stale', { current: { id: same.id, startsOn, endsOn, reason: same.reason, kind: same.kind } });
  const current = firstOpenHalfHour(startsOn, work.now);
  const row = rowOf(work, wish, { kind: 'planned', fromHalfHour: current === 0 ? null : current });
  const id = await insertClosure(tx, row);
  const done = await reopenDays(work, locked, {
    confirm: wish.confirm,
    list: listInTheWay,
    cut: 'whole',
    closureId: id,
    news: { kind: 'closure', data: newsData(row) },
  });
  await remember(work, 'closure.made', row, { closureId: id, kind: row.kind, startsOn, endsOn, ...done });
  return { id, ...done };
}

export interface Emergency {
  readonly centreId: number;
  readonly groupId: number | null;
  /** From this half-hour of today on; by default the first that has not begun. */
  readonly fromHalfHour?: HalfHour | null;
  readonly endsOn: PlainDate;
  readonly reason: string;
}

/**
 * Closes at once, from a half-hour of today on: a power cut, a quarantine. Every booking of the days is cut there and
 * cancelled as the centre's, with the closure; a child who has already come stays attended and only the rest of the stay
 * is given up. Asks nothing further.
 */
export async function closeNow(
  work: Work,
  wish: Emergency,
): Promise<{ id: number; fromHalfHour: HalfHour } & Reopened> {
  const { tx } = work;
  const { centreId, groupId, endsOn } = wish;
  const startsOn = todayOf(work);
  const current = firstOpenHalfHour(startsOn, work.now);
  const fromHalfHour = wish.fromHalfHour ?? current;
  await checkWish(work, { ...wish, startsOn });
  if (!Number.isInteger(fromHalfHour) || fromHalfHour > 48) {
    refuseErrors([{ field: 'fromHalfHour', reason: 'invalid' }]);
  }
  if (fromHalfHour < current) refuse('past', { errors: [{ field: 'fromHalfHour', reason: 'past' }] });
  const locked = await lockScope(work, { centreId, groupId, from: startsOn, to: endsOn });
  const row = rowOf(work, { ...wish, startsOn }, { kind: 'emergency', fromHalfHour });
  const id = await insertClosure(tx, row);
  const done = await reopenDays(work, locked, {
    confirm: 'at_once',
    list: listInTheWay,
    cut: 'rest',
    closureId: id,
    news: { kind: 'emergency', data: { ...newsData(row), from: formatTime(fromHalfHour) } },
  });
  await remember(work, 'closure.made', row, {
    closureId: id,
    kind: row.kind,
    startsOn,
    fromHalfHour,
    endsOn,
    ...done,
  });
  return { id, fromHalfHour, ...done };
}

/**
 * Takes back the rest of a closure: today, whole, and the days ahead open again as the terms and the calendar say. What
 * it cancelled stays cancelled; those families are told that they can book again. The days already closed are kept as a
 * closure of their own, so that past days still follow from the facts. A repeat changes nothing.
 */
export async function liftClosure(
  work: Work,
  { closureId }: { closureId: number },
): Promise<{ id: number; told: number }> {
  const { tx, now } = work;
  mustAdminister(work);
  const seen = (await findClosure(tx, closureId)) ?? refuse('missing');
  await centreToAdminister(work, seen.centreId);
  const today = todayOf(work);
  const { centreId, groupId, startsOn, endsOn } = seen;
  const locked = await lockScope(work, { centreId, groupId, from: maxOf([today, startsOn]), to: endsOn });
  const closure = (await findClosure(tx, closureId)) ?? refuse('missing');
  if (closure.liftedAt !== null) return { id: closureId, told: 0 };
  if (endsOn < today) refuse('past');
  await markLifted(tx, closureId, now);
  if (startsOn < today) {
    const { id: _, ...row } = closure;
    await insertClosure(tx, { ...row, endsOn: addDays(today, -1) });
  }
  const news = { kind: 'reopened', data: { startsOn: maxOf([today, startsOn]), endsOn } } as const;
  await reopenDays(work, locked, {
    confirm: undefined,
    list: listInTheWay,
    cut: 'whole',
    closureId: null,
    news,
  });
  const lost = await listCancelledBy(tx, closureId, today);
  const ahead = lost.filter((claim) => claim.to > firstOpenHalfHour(claim.date, now));
  const told = await tellFamilies(work, ahead, news);
  await remember(work, 'closure.lifted', closure, { closureId, startsOn, endsOn, told });
  return { id: closureId, told };
}
