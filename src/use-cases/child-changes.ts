import { createHash } from 'node:crypto';
import type { PlainDate } from '../domain/calendar.ts';
import { eligibilityReason, type EligibilityReason } from '../domain/eligibility.ts';
import { searchName } from '../domain/names.ts';
import { worksAt } from '../domain/people.ts';
import { refuse } from '../domain/refusal.ts';
import { listClaimed, setWeights, updateChild, type Claimed } from '../data/child-changes.ts';
import { findChild, lockChild, type Child } from '../data/children.ts';
import { insertEvent } from '../data/events.ts';
import { recountDays } from '../data/day-counts.ts';
import { lockDayKeys } from '../data/group-days.ts';
import { findGroup } from '../data/groups.ts';
import { findChildByIin, findChildFile, type ChildFile } from '../data/registration.ts';
import { listChoices, listEntriesOf } from '../data/waiting-list.ts';
import { checkBirth, wrong, type Registration } from './children.ts';
import { planMatching } from './matching.ts';
import { authorOf, todayOf, type Work } from './perform.ts';
import { refreshRanks } from './ranks.ts';

export interface ChildChange extends Omit<Registration, 'guardians'> {
  readonly childId: number;
  /** The class that the rules of order may put first; 0 = none. */
  readonly priority: number;
  /** What its file was when it was looked at (markOf). */
  readonly mark: string;
}

type Facts = Pick<Child, 'name' | 'birthDate' | 'category' | 'supportWeight' | 'skillsNeeded'> &
  Pick<ChildFile, 'iin' | 'iinMissingReason' | 'priority'>;

const FACTS = [
  'name',
  'birthDate',
  'iin',
  'iinMissingReason',
  'category',
  'supportWeight',
  'skillsNeeded',
  'priority',
] as const satisfies readonly (keyof Facts)[];

const textOf = (facts: Facts, field: (typeof FACTS)[number]) => JSON.stringify(facts[field]);

/** A mark of a child's file, so that nobody writes over what a colleague has changed meanwhile. */
export function markOf(facts: Facts): string {
  const text = FACTS.map((field) => textOf(facts, field)).join();
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/** The field whose change puts a booking out, by why it could not stand. */
const FIELDS: Readonly<Partial<Record<EligibilityReason, string>>> = {
  too_young: 'birthDate',
  too_old: 'birthDate',
  skill_missing: 'skills',
};

/** Refuses, with how many and the first, where bookings ahead could not have been made for the child as it is now. */
async function checkStanding({ tx }: Work, child: Facts, claimed: readonly Claimed[]): Promise<void> {
  const booked = claimed.filter((each) => !each.held);
  const out: { date: PlainDate; reason: EligibilityReason }[] = [];
  for (const [groupId, days] of Map.groupBy(booked, (each) => each.groupId)) {
    const group = (await findGroup(tx, groupId))!;
    for (const { date } of days) {
      // Admission was looked at when it was booked, and is no fact of the child.
      const reason = eligibilityReason(child, { ...group, admission: 'open' }, [], date);
      if (reason) out.push({ date, reason });
    }
  }
  const [first] = out.toSorted((a, b) => (a.date < b.date ? -1 : 1));
  if (!first) return;
  const error = {
    field: FIELDS[first.reason] ?? 'category',
    reason: 'in_the_way',
    detail: 'in_the_way',
  } as const;
  refuse('in_the_way', { errors: [error], count: out.length, first: first.date });
}

/** Groups for which the child waits. */
async function groupsWaitedFor({ tx }: Work, childId: number): Promise<number[]> {
  const waiting = (await listEntriesOf(tx, [childId])).filter((entry) => entry.endedAt === null);
  const groups: number[] = [];
  for (const { id } of waiting)
    for (const choice of await listChoices(tx, id))
      if (choice.refusedAt === null) groups.push(choice.groupId);
  return [...new Set(groups)];
}

/**
 * Corrects a child's file: by a centre that knows the child. A new support weight holds for what is booked and held from
 * today on, whose days are recounted: too few staff is told, nothing is cancelled. Queues are ranked anew. Refuses
 * `stale` where somebody else has changed it since, `in_the_way` where bookings ahead could not stand, and as
 * registerChild does.
 */
export async function changeChild(work: Work, change: ChildChange): Promise<{ changed: number }> {
  const { tx, now, actor } = work;
  const { centreId, childId, mark } = change;
  const today = todayOf(work);
  if (!worksAt(actor, centreId)) refuse('missing');
  const asCentre = { ...actor, role: 'centre_admin' as const, centreId };
  if (!(await findChild(tx, asCentre, childId, today))) refuse('missing');
  const stored = (await lockChild(tx, childId)) ?? refuse('missing');
  const before: Facts = { ...stored, ...(await findChildFile(tx, childId, centreId))! };
  if (markOf(before) !== mark) refuse('stale');

  const iin = checkBirth(change, today);
  const holder = iin === null ? undefined : await findChildByIin(tx, iin);
  if (holder && holder.id !== childId) wrong('iin', 'iin_known');
  const { name, birthDate, category, supportWeight, skillsNeeded, priority } = change;
  const iinMissingReason = iin === null ? change.iinMissingReason : null;
  const after = {
    name,
    birthDate,
    iin,
    iinMissingReason,
    category,
    supportWeight,
    priority,
    skillsNeeded: [...skillsNeeded],
  };
  const fields = FACTS.filter((field) => textOf(before, field) !== textOf(after, field));
  if (fields.length === 0) return { changed: 0 };

  const claimed = await listClaimed(tx, childId, today);
  const days = await lockDayKeys(tx, claimed);
  await checkStanding(work, after, claimed);
  await updateChild(tx, childId, { ...after, searchName: searchName(name) });
  if (supportWeight !== before.supportWeight) {
    await setWeights(tx, claimed, supportWeight);
    await recountDays(tx, days);
  }
  const groups = await groupsWaitedFor(work, childId);
  await refreshRanks(tx, now, groups, { reordered: 1 });
  for (const groupId of groups) planMatching(tx, now, groupId);
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'child.changed',
    centreId,
    childId,
    data: { fields },
  });
  return { changed: fields.length };
}
