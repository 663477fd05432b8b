import { dateAt } from '../domain/calendar.ts';
import { formatPattern, minutesPerWeek, parsePattern } from '../domain/pattern.ts';
import { worksAt } from '../domain/people.ts';
import { refuse } from '../domain/refusal.ts';
import { grows, restorableUntil, type EndReason } from '../domain/waiting-list.ts';
import { lockChild, mayBookFor, type Child } from '../data/children.ts';
import { lockChildren } from '../data/claims.ts';
import { insertEvent, type EventKind } from '../data/events.ts';
import { findGroup } from '../data/groups.ts';
import { listOffers } from '../data/offers.ts';
import { findEntry, listChoices, listEnds, listTogether, type Entry } from '../data/waiting-list.ts';
import {
  endPause,
  insertEnd,
  insertEntry,
  insertPause,
  markRestored,
  replaceWish,
  setTogether,
} from '../data/waiting-list-edits.ts';
import { lockChildToBook } from './bookings.ts';
import { planMatching } from './matching.ts';
import { withdrawOffer } from './offers.ts';
import { authorOf, todayOf, type Work } from './perform.ts';
import { refreshRanks } from './ranks.ts';
import { checkWish, findRival, wrong, type Wish } from './wishes.ts';

async function tellStory(
  work: Work,
  kind: EventKind,
  entry: { id: number; childId: number },
  data: object = {},
): Promise<void> {
  const { tx, now, actor } = work;
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind,
    childId: entry.childId,
    data: { entryId: entry.id, ...data },
  });
}

/**
 * Puts a child on the waiting list of up to ten groups. Staff do it for families of their centre. Refused besides what
 * no group could fulfil: `already_waiting`.
 */
export async function joinWaitingList(
  work: Work,
  wish: Wish & { readonly childId: number },
): Promise<{ id: number }> {
  const { tx, now, actor } = work;
  const child = await lockChildToBook(work, wish.childId);
  await checkWish(work, child, wish);
  if (await findRival(work, child.id, wish.choices)) refuse('already_waiting');
  const { pattern, startsOn, choices, minimumMinutesPerWeek, tolerance } = wish;
  const id = await insertEntry(
    tx,
    {
      childId: child.id,
      pattern: formatPattern(pattern),
      startsOn,
      minimumMinutesPerWeek,
      tolerance,
      registeredAt: now,
      registeredBy: authorOf(actor),
    },
    choices,
  );
  await tellStory(work, 'waiting.joined', { id, childId: child.id }, { choices });
  await refreshRanks(tx, now, choices, { joined: 1 });
  for (const groupId of choices) planMatching(tx, now, groupId);
  return { id };
}

/** The entry under its child's lock for somebody who may change it; everybody else gets `missing`. */
export async function lockEntry(work: Work, entryId: number): Promise<Entry & { child: Child }> {
  const { tx } = work;
  const seen = await findEntry(tx, entryId);
  if (!seen) refuse('missing');
  const child = (await lockChild(tx, seen.childId)) ?? refuse('missing');
  if (!(await mayChange(work, seen))) refuse('missing');
  const entry = (await findEntry(tx, entryId)) ?? refuse('missing');
  return { ...entry, child };
}

/** Guardians who book for the child, and the centres whose groups it waits for. */
async function mayChange(work: Work, entry: Entry): Promise<boolean> {
  const { tx, actor } = work;
  if (actor.role === 'guardian') return await mayBookFor(tx, actor, entry.childId, todayOf(work));
  for (const { groupId } of await listChoices(tx, entry.id)) {
    const group = await findGroup(tx, groupId);
    if (group && worksAt(actor, group.centreId)) return true;
  }
  return false;
}

/** Changes a wish. Its date of registration is kept unless it grows: more minutes a week, or groups it did not name. */
export async function changeEntry(
  work: Work,
  { entryId, ...wish }: Wish & { readonly entryId: number },
): Promise<{ id: number; kept: boolean }> {
  const { tx, now } = work;
  const entry = await lockEntry(work, entryId);
  if (entry.endedAt !== null) refuse('not_waiting');
  if ((await listOffers(tx, { entryId, live: true })).length > 0)
    refuse('stale', { errors: [{ field: 'pattern', reason: 'stale' }] });
  await checkWish(work, entry.child, wish);
  if (await findRival(work, entry.childId, wish.choices, entryId)) refuse('already_waiting');
  const before = (await listChoices(tx, entryId)).map((choice) => choice.groupId);
  const old = parsePattern(entry.pattern);
  const minutes = 'pattern' in old ? minutesPerWeek(old.pattern) : 0;
  const grown = grows(
    { minutesPerWeek: minutes, choices: before },
    { minutesPerWeek: minutesPerWeek(wish.pattern), choices: wish.choices },
  );
  await replaceWish(
    tx,
    entryId,
    {
      pattern: formatPattern(wish.pattern),
      startsOn: wish.startsOn,
      minimumMinutesPerWeek: wish.minimumMinutesPerWeek,
      tolerance: wish.tolerance,
      changedAt: now,
      ...(grown ? { registeredAt: now } : {}),
    },
    wish.choices,
  );
  await tellStory(work, 'waiting.changed', entry, { grown });
  await refreshRanks(tx, now, [...before, ...wish.choices], { reordered: 1 });
  for (const groupId of wish.choices) planMatching(tx, now, groupId);
  return { id: entryId, kept: !grown };
}

async function waitedFor(work: Work, entryId: number): Promise<number[]> {
  return (await listChoices(work.tx, entryId)).map((choice) => choice.groupId);
}

/** Asks for no offers for a while; the rank is kept. A repeat changes nothing. */
export async function pauseEntry(work: Work, { entryId }: { entryId: number }): Promise<{ id: number }> {
  const entry = await lockEntry(work, entryId);
  if (entry.endedAt !== null) refuse('not_waiting');
  if (entry.pausedAt === null) {
    await insertPause(work.tx, entryId, work.now, authorOf(work.actor));
    await tellStory(work, 'waiting.paused', entry);
  }
  return { id: entryId };
}

/** Offers may come again. */
export async function resumeEntry(work: Work, { entryId }: { entryId: number }): Promise<{ id: number }> {
  const { tx, now } = work;
  const entry = await lockEntry(work, entryId);
  if (entry.endedAt !== null) refuse('not_waiting');
  if (entry.pausedAt !== null) {
    await endPause(tx, entryId, now);
    await tellStory(work, 'waiting.resumed', entry);
    for (const groupId of await waitedFor(work, entryId)) planMatching(tx, now, groupId);
  }
  return { id: entryId };
}

/** Waits no more; a live offer of it is let go. A repeat changes nothing. */
export async function withdrawEntry(work: Work, { entryId }: { entryId: number }): Promise<{ id: number }> {
  const { tx, now } = work;
  const entry = await lockEntry(work, entryId);
  if (entry.endReason === 'withdrawn') return { id: entryId };
  if (entry.endedAt !== null) refuse('not_waiting');
  await letOffersGo(work, entryId);
  await endEntry(work, entry, 'withdrawn');
  await refreshRanks(tx, now, await waitedFor(work, entryId), { withdrawn: 1 });
  return { id: entryId };
}

async function letOffersGo(work: Work, entryId: number): Promise<void> {
  const system = { ...work, actor: { ...work.actor, role: 'system_admin' as const } };
  for (const offer of await listOffers(work.tx, { entryId, live: true }))
    await withdrawOffer(system, { offerId: offer.id, reason: 'withdrawn' });
}

async function endEntry(work: Work, entry: Entry, reason: EndReason): Promise<void> {
  const { tx, now, actor } = work;
  await insertEnd(tx, { entryId: entry.id, at: now, by: authorOf(actor), reason });
  await tellStory(work, 'waiting.withdrawn', entry, { reason });
}

/** Takes a lapsed entry back at its old date of registration: once, within 28 days. Else `not_waiting`. */
export async function restoreEntry(work: Work, { entryId }: { entryId: number }): Promise<{ id: number }> {
  const { tx, now, actor } = work;
  const entry = await lockEntry(work, entryId);
  if (entry.endedAt === null) return { id: entryId };
  const ends = await listEnds(tx, entryId);
  const last = ends.find((end) => end.restoredAt === null);
  const restoredBefore = ends.some((end) => end.restoredAt !== null);
  if (!last || last.reason !== 'lapsed' || restoredBefore || dateAt(now) > restorableUntil(last.at))
    refuse('not_waiting');
  const choices = await waitedFor(work, entryId);
  if (await findRival(work, entry.childId, choices, entryId)) refuse('already_waiting');
  await markRestored(tx, last.id, now, authorOf(actor));
  await tellStory(work, 'waiting.restored', entry);
  await refreshRanks(tx, now, choices, { joined: 1 });
  for (const groupId of choices) planMatching(tx, now, groupId);
  return { id: entryId };
}

/**
 * Brothers and sisters come together or not at all: their entries, each of another child, are offered places in the
 * same group at once. One entry alone, or an empty list, comes on its own again.
 */
export async function joinTogether(
  work: Work,
  { entryId, withIds }: { entryId: number; withIds: readonly number[] },
): Promise<{ ids: number[] }> {
  const { tx, now } = work;
  const seen = (await findEntry(tx, entryId)) ?? refuse('missing');
  const others: Entry[] = [];
  for (const id of withIds) others.push((await findEntry(tx, id)) ?? refuse('missing'));
  await lockChildren(
    tx,
    [seen, ...others].map((entry) => entry.childId),
  );
  const entries = [];
  for (const id of [entryId, ...withIds]) entries.push(await lockEntry(work, id));
  if (entries.some((entry) => entry.endedAt !== null)) refuse('not_waiting');
  if (new Set(entries.map((entry) => entry.childId)).size < entries.length) wrong('withIds', 'invalid');
  const { togetherKey } = entries[0]!;
  const before = togetherKey === null ? [] : await listTogether(tx, togetherKey);
  await setTogether(
    tx,
    before.map((entry) => entry.id),
    null,
  );
  const ids = entries.map((entry) => entry.id);
  if (ids.length > 1) await setTogether(tx, ids, `${Math.min(...ids)} ${now}`);
  for (const entry of entries) await tellStory(work, 'waiting.changed', entry, { together: ids.length });
  const groups = new Set<number>();
  for (const id of ids) for (const groupId of await waitedFor(work, id)) groups.add(groupId);
  for (const groupId of groups) planMatching(tx, now, groupId);
  return { ids };
}
