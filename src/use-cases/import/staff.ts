import type { PlainDate } from '../../domain/calendar.ts';
import { searchName } from '../../domain/names.ts';
import type { WeeklyHours } from '../../domain/opening.ts';
import { HALF_HOURS } from '../../domain/slots.ts';
import { LEVEL_OF_POST } from '../../domain/staffing.ts';
import { deleteLeave, insertAll, listLeave, updateRow } from '../../data/import.ts';
import type { Tables } from '../../data/database.ts';
import { Fields } from './fields.ts';
import { changesOf, Tally, type ImportWork } from './matching.ts';
import type { Problems } from './problems.ts';
import type { StaffJson } from './shape.ts';

type Staff = Tables['staff']['$inferSelect'];

const ALL_DAY = [0, HALF_HOURS] as const;
const ANY_TIME: WeeklyHours = {
  mon: ALL_DAY,
  tue: ALL_DAY,
  wed: ALL_DAY,
  thu: ALL_DAY,
  fri: ALL_DAY,
  sat: ALL_DAY,
  sun: ALL_DAY,
};

/** What a row may leave out: of somebody who is known it stays as it is, somebody new has these. */
const USUAL: Pick<Staff, 'skills' | 'availability'> = { skills: [], availability: ANY_TIME };

type Optional = typeof USUAL;

interface Leave {
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
}

export interface StaffRow {
  readonly ref: string;
  readonly at: Fields;
  readonly centreRef: string;
  readonly values: Pick<Staff, 'name' | 'searchName' | 'post' | 'level' | 'weeklyMinutes'> &
    Partial<Optional>;
  /** Undefined leaves it as it is. */
  readonly leave: readonly Leave[] | undefined;
}

function readLeave(json: NonNullable<StaffJson['leave']>, at: Fields): Leave[] {
  const leave = json.map(([from, to], index) => {
    const startsOn = at.date(`leave.${index}.0`, from);
    const endsOn = at.date(`leave.${index}.1`, to);
    if (endsOn < startsOn) at.bad(`leave.${index}`, 'ends before it starts');
    return { startsOn, endsOn };
  });
  const sorted = leave.toSorted((a, b) => (a.startsOn < b.startsOn ? -1 : 1));
  sorted.forEach((each, index) => {
    const next = sorted[index + 1];
    if (next && next.startsOn <= each.endsOn)
      at.bad('leave', `overlaps: ${each.startsOn} and ${next.startsOn}`);
  });
  return sorted;
}

export function readStaff(json: readonly StaffJson[], problems: Problems): StaffRow[] {
  return json.map((each, index) => {
    const at = new Fields(problems, 'staff', index + 1);
    const { ref, post, weeklyMinutes, skills, availability } = each;
    const name = at.name('name', each.name);
    return {
      ref,
      at,
      centreRef: each.centre,
      values: {
        name,
        searchName: searchName(name),
        post,
        level: LEVEL_OF_POST[post],
        weeklyMinutes,
        ...(skills === undefined ? {} : { skills: at.names('skills', skills) }),
        ...(availability === undefined ? {} : { availability: at.hours('availability', availability) }),
      },
      leave: each.leave && readLeave(each.leave, at),
    };
  });
}

export async function writeStaff(
  { tx, today }: ImportWork,
  rows: readonly StaffRow[],
  known: ReadonlyMap<string, Staff>,
  centreIds: ReadonlyMap<string, number>,
): Promise<Tally> {
  const tally = new Tally();
  const storedIds = rows.flatMap(({ ref }) => known.get(ref)?.id ?? []);
  const leaveOf = Map.groupBy(await listLeave(tx, storedIds), (leave) => leave.staffId);
  const freshLeave: Omit<Tables['staffLeave']['$inferInsert'], 'id'>[] = [];
  for (const { ref, values, centreRef, leave } of rows) {
    const stored = known.get(ref);
    if (!stored) continue;
    const changes = changesOf(stored, { ...values, centreId: centreIds.get(centreRef)! });
    if (changes) await updateRow(tx, tx.t.staff, stored.id, changes);
    const before = (leaveOf.get(stored.id) ?? []).map(({ startsOn, endsOn }) => ({ startsOn, endsOn }));
    const differs = leave !== undefined && changesOf({ leave: before }, { leave: [...leave] }) !== undefined;
    if (leave && differs) {
      await deleteLeave(tx, stored.id);
      for (const each of leave) freshLeave.push({ staffId: stored.id, ...each });
    }
    tally.count(changes || differs ? 'updated' : 'unchanged', ref, stored.id);
  }
  const fresh = rows.filter(({ ref }) => !known.has(ref));
  const ids = await insertAll(
    tx,
    tx.t.staff,
    fresh.map(({ ref, values, centreRef }) => {
      const centreId = centreIds.get(centreRef)!;
      return { ref, centreId, personId: null, ...USUAL, ...values, startsOn: today, endsOn: null };
    }),
  );
  fresh.forEach(({ ref, leave = [] }, at) => {
    tally.count('created', ref, ids[at]);
    for (const each of leave) freshLeave.push({ staffId: ids[at]!, ...each });
  });
  await insertAll(tx, tx.t.staffLeave, freshLeave);
  return tally;
}
