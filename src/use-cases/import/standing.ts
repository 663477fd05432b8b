import { firstOpenHalfHour } from '../../domain/admittance.ts';
import { maxOf, minOf } from '../../domain/calendar.ts';
import { eligibilityReason, type EligibilityReason } from '../../domain/eligibility.ts';
import { recountDays } from '../../data/day-counts.ts';
import { lockDays } from '../../data/group-days.ts';
import { findRowsById } from '../../data/import.ts';
import { listStanding, updateWeights, type StandingBooking } from '../../data/import-bookings.ts';
import type { ChildRow, ImportedChild } from './children.ts';
import type { Fields } from './fields.ts';
import type { GroupRow, ImportedGroup } from './groups.ts';
import type { ImportWork } from './matching.ts';

/** The bookings ahead of children whose support weight changes; what has begun keeps the weight it had. */
export async function findWeightChanges(
  { tx, today, now }: ImportWork,
  rows: readonly ChildRow[],
  known: ReadonlyMap<string, ImportedChild>,
): Promise<{ weights: Map<number, number>; bookings: StandingBooking[] }> {
  const weights = new Map<number, number>();
  for (const { ref, values } of rows) {
    const stored = known.get(ref);
    const { supportWeight } = values;
    if (stored && supportWeight !== undefined && stored.supportWeight !== supportWeight) {
      weights.set(stored.id, supportWeight);
    }
  }
  const standing = await listStanding(tx, { childIds: [...weights.keys()] }, today);
  return { weights, bookings: standing.filter(({ date, from }) => from >= firstOpenHalfHour(date, now)) };
}

/** Gives bookings ahead the new weight of their child and recounts their days. */
export async function changeWeights(
  { tx }: ImportWork,
  { weights, bookings }: Awaited<ReturnType<typeof findWeightChanges>>,
): Promise<void> {
  for (const [childId, own] of Map.groupBy(bookings, (booking) => booking.childId)) {
    const ids = own.map((booking) => booking.id);
    await updateWeights(tx, ids, weights.get(childId)!);
  }
  for (const [groupId, own] of Map.groupBy(bookings, (booking) => booking.groupId)) {
    const dates = new Set(own.map((booking) => booking.date));
    const range = { groupId, from: minOf([...dates])!, to: maxOf([...dates])! };
    const days = await lockDays(tx, range);
    await recountDays(
      tx,
      days.filter((day) => dates.has(day.date)),
    );
  }
}

const ANY_TIME = [{ startsOn: '0000-01-01', endsOn: null }] as unknown as Parameters<
  typeof eligibilityReason
>[2];

/** The field whose change puts bookings out, by why they could not stand. */
const FIELDS: Readonly<Record<'children' | 'groups', Readonly<Partial<Record<EligibilityReason, string>>>>> =
  {
    children: { too_young: 'birthDate', too_old: 'birthDate', skill_missing: 'skillsNeeded' },
    groups: { too_young: 'fromAgeMonths', too_old: 'toAgeMonths' },
  };

/** Names the changes of children and groups after which bookings ahead may not stand: nobody is put out silently. */
export async function checkStanding(
  { tx, today }: ImportWork,
  movedChildren: readonly ChildRow[],
  children: ReadonlyMap<string, ImportedChild>,
  changedGroups: readonly GroupRow[],
  groups: ReadonlyMap<string, ImportedGroup>,
): Promise<void> {
  const rowOfChild = new Map(movedChildren.map((row) => [children.get(row.ref)!.id, row.at]));
  const rowOfGroup = new Map(changedGroups.map((row) => [groups.get(row.ref)!.id, row.at]));
  const standing = [
    ...(await listStanding(tx, { childIds: [...rowOfChild.keys()] }, today)),
    ...(await listStanding(tx, { groupIds: [...rowOfGroup.keys()] }, today)),
  ];
  const childOf = await findRowsById(
    tx,
    tx.t.child,
    standing.map((booking) => booking.childId),
  );
  const groupOf = await findRowsById(
    tx,
    tx.t.careGroup,
    standing.map((booking) => booking.groupId),
  );
  const blocked = new Map<Fields, { count: number; first: string; reason: EligibilityReason }>();
  for (const { childId, groupId, date } of standing) {
    const reason = eligibilityReason(childOf.get(childId)!, groupOf.get(groupId)!, ANY_TIME, date);
    const at = rowOfChild.get(childId) ?? rowOfGroup.get(groupId);
    if (!reason || !at) continue;
    const known = blocked.get(at);
    if (known) known.count++;
    else blocked.set(at, { count: 1, first: date, reason });
  }
  for (const [at, { count, first, reason }] of blocked) {
    const field = FIELDS[at.sheet === 'groups' ? 'groups' : 'children'][reason] ?? 'category';
    at.bad(
      field,
      `${count} bookings ahead could not stand, the first on ${first}: cancel or move them first`,
      'in_the_way',
    );
  }
}
