import { addDays, dateAt, minuteOfDay } from '../../src/domain/calendar.ts';
import { readShortages } from '../../src/use-cases/shortages.ts';
import type { Walk } from './walk.ts';

interface Stay {
  readonly id: number;
  readonly childId: number;
  readonly groupId: number;
  readonly date: string;
  readonly fromHalfHour: number;
  readonly toHalfHour: number;
  readonly releasedFrom: number | null;
}

const until = ({ releasedFrom, toHalfHour }: Stay) => releasedFrom ?? toHalfHour;
const times = ({ groupId, date, fromHalfHour, toHalfHour }: Stay) =>
  `group ${groupId} ${date} ${fromHalfHour}-${toHalfHour}`;

/** Ends of an offer as the event log tells them: one at most. */
const ENDS = ['offer.accepted', 'offer.refused', 'offer.expired', 'offer.withdrawn'];

/** What must never be, counted from the raw rows and sharing no code with the rules; remembers what it saw before. */
export class Oracle {
  #stays = new Map<number, Stay>();
  #events = 0;

  async findings(walk: Walk): Promise<string[]> {
    return [
      ...(await this.#rooms(walk)),
      ...(await this.#stories(walk)),
      ...(await offers(walk)),
      ...(await queues(walk)),
      ...(await skills(walk)),
      ...(await leaves(walk)),
      ...walk.failedJobs.splice(0).map((text) => `job: ${text}`),
    ];
  }

  /** Heads of every half-hour, by the rows of bookings and holds, and the room by the rows of terms. */
  async #rooms(walk: Walk): Promise<string[]> {
    const found: string[] = [];
    const stays = (await walk.rows('booking')).filter((each) => until(each) > each.fromHalfHour);
    const holds = await walk.rows('hold');
    const terms = await walk.rows('groupTerms');
    const groups = new Map((await walk.rows('careGroup')).map((each) => [each.id, each]));
    const places = new Map<string, { childId: number | null; at: Set<number> }[]>();
    const put = (key: string, childId: number | null, from: number, to: number) => {
      const at = new Set(Array.from({ length: to - from }, (_, n) => from + n));
      const here = places.get(key) ?? [];
      // One child takes one place however many rows keep it.
      const own = childId === null ? undefined : here.find((each) => each.childId === childId);
      if (own) for (const half of at) own.at.add(half);
      else here.push({ childId, at });
      places.set(key, here);
    };
    for (const stay of stays)
      put(`${stay.groupId} ${stay.date}`, stay.childId, stay.fromHalfHour, until(stay));
    for (const hold of holds)
      put(`${hold.groupId} ${hold.date}`, hold.childId, hold.fromHalfHour, hold.toHalfHour);
    for (const [key, here] of places) {
      const [groupId, date] = key.split(' ') as [string, string];
      const own = terms.filter((each) => each.groupId === Number(groupId) && each.startsOn <= date);
      const room = own.toSorted((a, b) => (a.startsOn < b.startsOn ? 1 : -1))[0]?.room ?? 0;
      if (date < walk.today) continue;
      for (let half = 0; half < 48; half++) {
        const heads = here.filter(({ at }) => at.has(half)).length;
        if (heads > room) found.push(`overbooked: group ${key} at ${half}: ${heads} of ${room}`);
      }
    }
    const seen = new Set<string>();
    for (const stay of stays) {
      const key = `child ${stay.childId} ${stay.date}`;
      if (seen.has(key)) found.push(`twice: ${key}`);
      seen.add(key);
      const ends = groups.get(stay.groupId)?.endsOn;
      if (ends && stay.date > ends && stay.date > walk.today)
        found.push(`booking ${stay.id} after the end of its group`);
    }
    return found;
  }

  /** What was booked stays as it was unless a row says why; the log tells of every move. */
  async #stories(walk: Walk): Promise<string[]> {
    const found: string[] = [];
    const [cancelled, absent] = [await walk.rows('cancellation'), await walk.rows('absence')];
    const reasons = new Set([...cancelled, ...absent].map(({ bookingId }) => bookingId));
    const came = new Map((await walk.rows('attendance')).map((row) => [row.bookingId, row]));
    const events = await walk.rows('event');
    const fresh = events.filter(({ id }) => id > this.#events);
    const changed = new Set(
      fresh.flatMap(({ kind, bookingId }) => (kind === 'booking.changed' ? [bookingId] : [])),
    );
    const everChanged = new Set(
      events.flatMap(({ kind, bookingId }) => (kind === 'booking.changed' ? [bookingId] : [])),
    );
    this.#events = events.at(-1)?.id ?? 0;
    const now = new Map<number, Stay>((await walk.rows('booking')).map((row) => [row.id, row]));
    for (const [id, before] of this.#stays) {
      const after = now.get(id);
      if (!after) found.push(`booking ${id} is gone`);
      else if (times(after) !== times(before) && !changed.has(id))
        found.push(`booking ${id} moved from ${times(before)} to ${times(after)} and nobody said so`);
      else if (before.releasedFrom !== null && (after.releasedFrom ?? 99) > before.releasedFrom)
        found.push(`booking ${id} takes again what was given up`);
    }
    for (const [id, stay] of now) {
      const left = came.get(id)?.departedAt ?? null;
      const cut = came.has(id) && everChanged.has(id);
      if (stay.releasedFrom !== null && !reasons.has(id) && left === null && !cut)
        found.push(`booking ${id} was given up without a reason`);
      if (reasons.has(id) && stay.releasedFrom === null)
        found.push(`booking ${id} ended and takes its place`);
    }
    this.#stays = now;
    return found;
  }
}

async function offers(walk: Walk): Promise<string[]> {
  const found: string[] = [];
  const rows = await walk.rows('offer');
  const ends = new Map((await walk.rows('offerEnd')).map((row) => [row.offerId, row]));
  const holds = await walk.rows('hold');
  const told = new Map<number, string[]>();
  for (const { kind, data } of await walk.rows('event')) {
    if (!ENDS.includes(kind)) continue;
    const { offerId } = data as { offerId: number };
    told.set(offerId, [...(told.get(offerId) ?? []), kind]);
  }
  const live = new Set<number>();
  for (const offer of rows) {
    const { id, childId, endedAt } = offer;
    if ((endedAt === null) === ends.has(id)) found.push(`offer ${id} is live and ended, or neither`);
    if ((told.get(id)?.length ?? 0) !== (endedAt === null ? 0 : 1))
      found.push(`offer ${id} ended as ${String(told.get(id))}`);
    if (endedAt === null && live.has(childId)) found.push(`child ${childId} has two live offers`);
    if (endedAt === null) live.add(childId);
    const kept = holds.some(({ source, sourceId }) => source === 'offer' && sourceId === id);
    if (kept && endedAt !== null) found.push(`offer ${id} ended and still holds`);
    const end = ends.get(id);
    if (end && (end.outcome === 'accepted') !== (end.enrolmentId !== null))
      found.push(`offer ${id}: ${end.outcome} and enrolment ${String(end.enrolmentId)}`);
  }
  return found;
}

async function queues(walk: Walk): Promise<string[]> {
  const found: string[] = [];
  const over = (await walk.rows('waitingListEnd')).filter(({ restoredAt }) => restoredAt === null);
  const ended = new Map(over.map((end) => [end.entryId, end]));
  const refused = new Set(
    (await walk.rows('waitingListChoice')).flatMap((each) =>
      each.refusedAt === null ? [] : [`${each.entryId} ${each.groupId}`],
    ),
  );
  const choices = new Map<string, number>();
  const entries = new Map((await walk.rows('waitingListEntry')).map((entry) => [entry.id, entry]));
  const ranks = new Map((await walk.rows('waitingListRank')).map((r) => [`${r.entryId} ${r.groupId}`, r]));
  for (const { entryId, groupId, refusedAt } of await walk.rows('waitingListChoice')) {
    if (refusedAt !== null || ended.has(entryId)) continue;
    const key = `child ${entries.get(entryId)!.childId} waits for group ${groupId}`;
    if (choices.has(key)) found.push(`${key} twice`);
    choices.set(key, entryId);
    if (!ranks.has(`${entryId} ${groupId}`)) found.push(`entry ${entryId} has no rank at group ${groupId}`);
  }
  for (const key of ranks.keys()) {
    const [entryId] = key.split(' ').map(Number) as [number];
    if (ended.has(entryId) || refused.has(key))
      found.push(`entry and group ${key} wait no more and are ranked`);
  }
  for (const offer of await walk.rows('offer')) {
    const end = ended.get(offer.entryId);
    if (offer.endedAt === null && end)
      found.push(`offer ${offer.id} is live, its entry ended: ${end.reason}`);
  }
  const stands = new Map<string, number>();
  for (const stand of await walk.rows('standBy')) {
    if (stand.endedAt !== null) continue;
    const key = `child ${stand.childId} stands by in group ${stand.groupId} on ${stand.date}`;
    if (stands.has(key)) found.push(`${key} twice`);
    stands.set(key, stand.id);
  }
  const openRescues = new Set(
    (await walk.rows('rescue')).filter(({ closedAt }) => closedAt === null).map(({ id }) => id),
  );
  for (const { id, source, sourceId } of await walk.rows('hold'))
    if (source === 'rescue' && !openRescues.has(sourceId!)) found.push(`hold ${id} of a closed rescue`);
  return found;
}

/** Nobody is away twice on a day, and whoever is told of a decision keeps it: only what was approved is taken back. */
async function leaves(walk: Walk): Promise<string[]> {
  const found: string[] = [];
  const told = new Map<number, string[]>();
  for (const { kind, data } of await walk.rows('event')) {
    if (kind !== 'leave.decided') continue;
    const { leaveId, outcome } = data as { leaveId: number; outcome: string };
    told.set(leaveId, [...(told.get(leaveId) ?? []), outcome]);
  }
  for (const [id, outcomes] of told)
    if (outcomes.length > 1 && outcomes.join() !== 'approved,withdrawn')
      found.push(`leave ${id} was decided as ${outcomes.join()}`);
  const rows = await walk.rows('staffLeave');
  const standing = rows.filter(({ id }) => ['approved', undefined].includes(told.get(id)?.at(-1)));
  for (const [at, one] of standing.entries())
    for (const two of standing.slice(at + 1))
      if (one.staffId === two.staffId && one.startsOn <= two.endsOn && two.startsOn <= one.endsOn)
        found.push(`leaves ${one.id} and ${two.id} are of the same days`);
  return found;
}

/** Half-hours of children who need a skill, on published days ahead: the skill is there or the board says it is short. */
async function skills(walk: Walk): Promise<string[]> {
  const found: string[] = [];
  const { now } = walk.world;
  const needs = new Map((await walk.rows('child')).map((child) => [child.id, child.skillsNeeded]));
  const groups = new Map((await walk.rows('careGroup')).map((each) => [each.id, each.centreId]));
  const holding = new Map((await walk.rows('rosterDay')).map((d) => [`${d.centreId} ${d.date}`, d.rosterId]));
  const staff = new Map((await walk.rows('staff')).map((each) => [each.id, each]));
  const decided = new Map(
    (await walk.rows('staffLeaveDecision')).map((each) => [each.leaveId, each.outcome]),
  );
  const leave = (await walk.rows('staffLeave')).filter(
    (each) => decided.get(each.id) === 'approved' || (each.requestedAt === null && !decided.has(each.id)),
  );
  const shifts = await walk.rows('shift');
  const boards = new Map(
    await Promise.all(
      walk.country.centreIds.map(
        async (centreId) =>
          [centreId, (await walk.read((tx) => readShortages(tx, { centreId, now }))).rows] as const,
      ),
    ),
  );
  const current = Math.ceil(minuteOfDay(now) / 30);
  for (const stay of await walk.rows('booking')) {
    const needed = needs.get(stay.childId)!;
    if (needed.length === 0 || stay.date < walk.today || stay.date > addDays(dateAt(now), 13)) continue;
    const centreId = groups.get(stay.groupId)!;
    const rosterId = holding.get(`${centreId} ${stay.date}`);
    if (rosterId === undefined) continue;
    const there = shifts.filter((each) => {
      const who = staff.get(each.staffId)!;
      const works = who.startsOn <= stay.date && (who.endsOn === null || stay.date <= who.endsOn);
      const away = leave.some(
        (own) => own.staffId === who.id && own.startsOn <= stay.date && stay.date <= own.endsOn,
      );
      return each.rosterId === rosterId && each.date === stay.date && works && !away;
    });
    const row = boards
      .get(centreId)!
      .find(({ groupId, date }) => groupId === stay.groupId && date === stay.date);
    const first = stay.date === walk.today ? current : 0;
    for (let half = Math.max(first, stay.fromHalfHour); half < until(stay); half++) {
      const on = there.filter((each) => each.fromHalfHour <= half && half < each.toHalfHour);
      const missing = needed.filter(
        (skill) => !on.some((each) => staff.get(each.staffId)!.skills.includes(skill)),
      );
      if (missing.length > 0 && !row?.halfHours.includes(half))
        found.push(`booking ${stay.id}: nobody brings ${missing.join()} at ${half}, and no list says so`);
    }
  }
  return found;
}
