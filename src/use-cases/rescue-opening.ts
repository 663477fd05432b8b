import { firstOpenHalfHour } from '../domain/admittance.ts';
import { addDays, type Instant, type PlainDate } from '../domain/calendar.ts';
import type { Claim } from '../domain/places.ts';
import type { QuietHours } from '../domain/quiet-hours.ts';
import { clockTime, rescueWindow, standByScore } from '../domain/rescue.ts';
import { formatTime, MINUTES_PER_HALF_HOUR, type Slot } from '../domain/slots.ts';
import type { QueueTerms } from '../domain/waiting-list.ts';
import type { Reading } from '../data/database.ts';
import { insertEvent } from '../data/events.ts';
import type { StoredDay } from '../data/group-days.ts';
import type { Group } from '../data/groups.ts';
import { insertHolds } from '../data/offers.ts';
import {
  insertRescue,
  insertRescueAnswers,
  listOpenRescues,
  listRescueAnswers,
  type RescueAnswer,
} from '../data/rescues.ts';
import { findQueueScores, type StandingBy } from '../data/stand-bys.ts';
import { tellFamilies, type Concerned } from './families.ts';
import { todayOf, type Work } from './perform.ts';
import { listEligible } from './rescue-eligibility.ts';

/** Half-hours of a day that nobody was offered, as they were held for matching. */
export interface FreedHours extends Claim {
  readonly date: PlainDate;
}

export interface Freed {
  readonly group: Group;
  readonly terms: QueueTerms;
  /** The group's locked days by date, as if nothing were held for matching. */
  readonly days: ReadonlyMap<PlainDate, StoredDay>;
  readonly holds: readonly FreedHours[];
  readonly quiet: QuietHours;
}

interface Opened {
  readonly id: number;
  readonly hold: Claim;
}

/** Answers given already to other hours of the same day: whoever wants to come is not asked twice. */
async function answersOfDay(tx: Reading, groupId: number, date: PlainDate) {
  const open = await listOpenRescues(tx, groupId, date);
  const answers = await listRescueAnswers(
    tx,
    open.map((rescue) => rescue.id),
  );
  return new Map(answers.map((answer) => [answer.standById, answer]));
}

async function openRescue(
  work: Work,
  freed: Freed,
  hours: FreedHours,
  day: StoredDay,
): Promise<Opened | undefined> {
  const { tx, now } = work;
  const { group, terms, quiet } = freed;
  const slot = { from: Math.max(hours.from, firstOpenHalfHour(day.date, now)), to: hours.to };
  if (slot.from >= slot.to) return undefined;
  const window = rescueWindow(day.date, now, terms.rescueMinutes, quiet);
  const eligible = await listEligible(work, group, day, slot, window);
  if (eligible.length === 0) return undefined;
  const before = await answersOfDay(tx, group.id, day.date);
  const scores = await findQueueScores(
    tx,
    group.id,
    eligible.map(({ stand }) => stand.childId),
  );
  const asked = eligible.map(({ stand, slot: stay, beforehand }) => {
    const earlier = before.get(stand.id);
    const answer: RescueAnswer | null = beforehand ? 'beforehand' : (earlier?.answer ?? null);
    const said = { at: answer === null ? null : (earlier?.at ?? now), by: earlier?.by ?? stand.createdBy };
    return {
      stand,
      stay,
      told: beforehand || earlier !== undefined,
      row: {
        standById: stand.id,
        askedAt: now,
        answer,
        at: said.at,
        by: answer === null ? null : said.by,
        score: scores.get(stand.childId) ?? standByScore(stand, terms),
      },
    };
  });
  // Nobody is left to be waited for: it is decided in the next round of the runner.
  const closesAt = asked.every(({ row }) => row.answer !== null) ? now : window.closesAt;
  const id = await insertRescue(tx, {
    groupId: group.id,
    date: day.date,
    fromHalfHour: slot.from,
    toHalfHour: slot.to,
    openedAt: now,
    closesAt,
    closedAt: null,
    bookingId: null,
    freedMinutes: (slot.to - slot.from) * MINUTES_PER_HALF_HOUR,
    rescuedMinutes: 0,
  });
  await insertRescueAnswers(
    tx,
    asked.map(({ row }) => ({ rescueId: id, ...row })),
  );
  const hold: Claim = {
    from: Math.max(slot.from, Math.min(...asked.map(({ stay }) => stay.from))),
    to: Math.min(slot.to, Math.max(...asked.map(({ stay }) => stay.to))),
    weight: hours.weight,
  };
  await insertHolds(tx, [
    {
      groupId: group.id,
      date: day.date,
      fromHalfHour: hold.from,
      toHalfHour: hold.to,
      childId: null,
      weight: hold.weight,
      source: 'rescue' as const,
      expiresAt: closesAt,
      sourceId: id,
    },
  ]);
  await insertEvent(tx, {
    at: now,
    by: null,
    kind: 'rescue.opened',
    centreId: group.centreId,
    groupId: group.id,
    data: { rescueId: id, date: day.date, ...slot, asked: asked.length },
  });
  await ask(
    work,
    group,
    id,
    closesAt,
    asked.filter(({ told }) => !told),
  );
  return { id, hold };
}

/** One message an adult: the hours, and until when to answer. */
async function ask(
  work: Work,
  group: Group,
  rescueId: number,
  closesAt: Instant,
  asked: readonly { readonly stand: StandingBy; readonly stay: Slot }[],
): Promise<void> {
  const claims = asked.map(({ stand, stay }) => ({
    childId: stand.childId,
    childName: stand.child.name,
    centreId: group.centreId,
    date: stand.date,
    arrived: false,
    stay,
  }));
  await tellFamilies<Concerned & { stay: Slot }>(work, claims, ([first]) => ({
    kind: 'rescue',
    data: {
      path: `/rescues/${rescueId}`,
      rescueId,
      from: formatTime(first!.stay.from),
      to: formatTime(first!.stay.to),
      until: clockTime(closesAt),
      closesAt,
    },
  }));
}

const added = (day: StoredDay, { from, to, weight }: Claim): StoredDay => {
  const more = (values: readonly number[], by: number) =>
    values.map((value, at) => (at >= from && at < to ? value + by : value));
  return { ...day, held: more(day.held, 1), load: more(day.load, weight) };
};

/**
 * Offers what is freed today or tomorrow to the families who stand by, each freed stay by itself, and keeps it for them
 * until the window closes; what nobody who stands by could take is not kept. The days are locked and recounted by the
 * caller; gives the ids.
 */
export async function openRescues(work: Work, freed: Freed): Promise<number[]> {
  const today = todayOf(work);
  const near = freed.holds.filter(({ date }) => date === today || date === addDays(today, 1));
  const days = new Map(freed.days);
  const ids: number[] = [];
  for (const hours of near) {
    const day = days.get(hours.date);
    const opened = day && (await openRescue(work, freed, hours, day));
    if (!opened) continue;
    ids.push(opened.id);
    days.set(hours.date, added(day, opened.hold));
  }
  return ids;
}
