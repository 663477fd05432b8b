import type { PlainDate } from '../domain/calendar.ts';
import { eligibilityReason } from '../domain/eligibility.ts';
import { horizonOf } from '../domain/horizon.ts';
import { minutesPerWeek, slotsBetween, type Pattern } from '../domain/pattern.ts';
import { refuse, type FieldRefusal } from '../domain/refusal.ts';
import { lengthReason } from '../domain/slots.ts';
import { MOST_CHOICES, type Tolerance } from '../domain/waiting-list.ts';
import type { Child } from '../data/children.ts';
import type { Reading } from '../data/database.ts';
import { findDays } from '../data/group-days.ts';
import { findGroup, type Group } from '../data/groups.ts';
import { listChoices, listEntriesOf } from '../data/waiting-list.ts';
import { todayOf, type Work } from './perform.ts';

/** Looking only: a page may ask the same questions before anything is written. */
type Look = Pick<Work, 'now'> & { readonly tx: Reading };

export interface Wish {
  readonly pattern: Pattern;
  readonly startsOn: PlainDate;
  /** Groups, the dearest first. */
  readonly choices: readonly number[];
  readonly minimumMinutesPerWeek: number | null;
  readonly tolerance: Tolerance | null;
}

export const wrong = (field: string, reason: FieldRefusal['reason']): never =>
  refuse(reason === 'invalid' ? 'invalid' : reason, { errors: [{ field, reason }] });

/** Open days that a wish is compared with: some weeks, so that a holiday or a closure is no reason. */
const LOOKED_AT_DAYS = 35;

/** Refuses what no offer could ever fulfil, saying why: lengths, category, age, hours, and when it begins. */
export async function checkWish(work: Look, child: Child, wish: Wish): Promise<void> {
  const { tx } = work;
  const today = todayOf(work);
  const { pattern, startsOn, choices, minimumMinutesPerWeek: minimum } = wish;
  if (choices.length === 0 || choices.length > MOST_CHOICES || new Set(choices).size < choices.length)
    wrong('choices', 'invalid');
  if (startsOn > horizonOf(today)) wrong('startsOn', 'beyond_horizon');
  if (minimum !== null && (minimum < 0 || minimum > minutesPerWeek(pattern)))
    wrong('minimumMinutesPerWeek', 'invalid');
  const from = startsOn > today ? startsOn : today;
  const slots = slotsBetween(pattern, from, horizonOf(today));
  if (slots.length === 0) wrong('pattern', 'past');
  for (const slot of slots) {
    const length = lengthReason(slot);
    if (length) wrong('pattern', length);
  }
  for (const [at, groupId] of choices.entries()) {
    const group = await groupToWaitFor(work, groupId);
    if (group.endsOn !== null && group.endsOn < from) wrong(`choices.${at}`, 'closed');
    const reason = eligibilityReason(child, { ...group, admission: 'open' }, [], from);
    if (reason) wrong(`choices.${at}`, reason);
    if (!(await liesInHours(tx, group, slots))) wrong(`choices.${at}`, 'outside_hours');
  }
}

async function groupToWaitFor(work: Look, groupId: number): Promise<Group> {
  const group = await findGroup(work.tx, groupId);
  if (!group || (group.endsOn !== null && group.endsOn < todayOf(work))) refuse('missing');
  return group;
}

/** Whether a group is ever open for the whole of each kind of stay: on some open day of the pattern it is. */
async function liesInHours(
  tx: Reading,
  group: Group,
  slots: ReturnType<typeof slotsBetween>,
): Promise<boolean> {
  const near = slots.slice(0, LOOKED_AT_DAYS);
  const first = near[0];
  const last = near.at(-1);
  if (!first || !last) return false;
  const days = new Map(
    (await findDays(tx, { groupId: group.id, from: first.date, to: last.date })).map((day) => [
      day.date,
      day,
    ]),
  );
  const open = near.filter(({ date }) => {
    const day = days.get(date);
    return day !== undefined && day.opensAt !== null && (day.closedReason ?? null) === null;
  });
  return open.every((slot) => {
    const day = days.get(slot.date)!;
    return slot.from >= day.opensAt! && slot.to <= day.closesAt!;
  });
}

/** Another entry of the child that waits for one of the same groups. */
export async function findRival(
  work: Look,
  childId: number,
  choices: readonly number[],
  besides?: number,
): Promise<boolean> {
  for (const entry of await listEntriesOf(work.tx, [childId])) {
    if (entry.endedAt !== null || entry.id === besides) continue;
    const named = (await listChoices(work.tx, entry.id)).filter((choice) => choice.refusedAt === null);
    if (named.some((choice) => choices.includes(choice.groupId))) return true;
  }
  return false;
}
