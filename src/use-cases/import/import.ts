import { dateAt, type Instant, type PlainDate } from '../../domain/calendar.ts';
import { SYSTEM } from '../../domain/people.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Database, Writing } from '../../data/database.ts';
import { isUniqueViolation } from '../../data/errors.ts';
import { insertEvent } from '../../data/events.ts';
import { lockRanges } from '../../data/import-bookings.ts';
import { listQueuedGroups } from '../../data/waiting-list.ts';
import { extendDays } from '../group-days.ts';
import { planMatching } from '../matching.ts';
import { refreshAllRanks } from '../ranks.ts';
import { restaffCentre } from '../restaff-centre.ts';
import { firstDates, leaveOutKnown, type BookingRow, type WantedBooking } from './bookings.ts';
import { writeCentres } from './centres.ts';
import { writeChildren, type ImportedChild } from './children.ts';
import { writeGroupDays } from './days.ts';
import { findChangedTerms, writeGroups, type ImportedGroup } from './groups.ts';
import { checkReferences, findKnown } from './known.ts';
import { Tally, type Counts, type ImportWork } from './matching.ts';
import { hashPasswords } from './passwords.ts';
import { identitiesOf } from './people.ts';
import { writePeople } from './people-writing.ts';
import { Problems, SHEETS, type Sheet } from './problems.ts';
import { readRows, type Rows } from './rows.ts';
import { readShape } from './shape.ts';
import { changeWeights, checkStanding, findWeightChanges } from './standing.ts';
import { writeStaff } from './staff.ts';
import { writeWaitingList } from './waiting-list.ts';

export { problemsOf, type Problem } from './problems.ts';

export interface ImportOptions {
  readonly now: Instant;
  /** Checks everything, rules of the database included, and writes nothing. */
  readonly dryRun?: boolean;
  readonly onProgress?: (done: number, of: number, what: string) => void;
}

export interface ImportAnswer {
  readonly counts: Readonly<Record<Sheet, Counts>>;
  /** By sheet and ref; bookings and waiting-list entries have no ref. Empty after a dry run. */
  readonly ids: Readonly<Partial<Record<Sheet, Readonly<Record<string, string>>>>>;
}

class DryRun extends Error {
  readonly answer: ImportAnswer;

  constructor(answer: ImportAnswer) {
    super('dry run');
    this.answer = answer;
  }
}

/**
 * Imports a file (docs/api.md, Import file), all or nothing. Refuses it as `invalid` with everything that is wrong
 * (problemsOf): first its shape, then what its values and refs tell, then what the rules of booking say. A second run
 * changes nothing.
 */
export async function importFile(
  database: Database,
  json: unknown,
  options: ImportOptions,
): Promise<ImportAnswer> {
  const { now, dryRun = false, onProgress = () => undefined } = options;
  const rows = readRows(readShape(json, new Problems()), now, new Problems());
  // What the file alone tells is named together with its missing refs, which only the database can tell.
  const hashes = rows.problems.any
    ? new Map<string, string>()
    : await hashPasswords(database, rows.people, (done, of) => onProgress(done, of, 'passwords'));
  const readProblems = rows.problems.total;
  try {
    return await database.write(async (tx) => {
      // After a lost connection the work runs again.
      rows.problems.rewind(readProblems);
      const answer = await writeFile(tx, { now, rows, hashes, onProgress });
      if (dryRun) throw new DryRun({ ...answer, ids: {} });
      return answer;
    });
  } catch (error) {
    if (error instanceof DryRun) return error.answer;
    if (!isUniqueViolation(error)) throw error;
    const detail = 'two rows exchange a login or an IIN: import the change in two steps';
    throw new Refusal('invalid', {
      problems: [{ sheet: 'file', row: 0, field: '', reason: 'invalid', detail }],
      total: 1,
    });
  }
}

interface Task {
  readonly now: Instant;
  readonly rows: Rows;
  readonly hashes: ReadonlyMap<string, string>;
  readonly onProgress: (done: number, of: number, what: string) => void;
}

async function writeFile(tx: Writing, { now, rows, hashes, onProgress }: Task): Promise<ImportAnswer> {
  const { problems } = rows;
  const work: ImportWork = { tx, now, today: dateAt(now), problems };
  const identities = identitiesOf(rows.people);
  const known = await findKnown(tx, rows, identities, work.today);
  checkReferences(rows, known);
  problems.settle();

  const changedTerms = await findChangedTerms(work, rows.groups, known.groups);
  const wanted = await leaveOutKnown(tx, rows.bookings, known.children, known.groups);
  const weightChanges = await findWeightChanges(work, rows.children, known.children);
  if (wanted.some(({ groupRef }) => known.groups.has(groupRef))) await extendDays(tx, now);
  await lockRanges(tx, [
    ...[...changedTerms].map(({ ref }) => ({
      groupId: known.groups.get(ref)!.id,
      from: work.today,
      to: END_OF_TIME,
    })),
    ...rangesOf(weightChanges.bookings.map(({ groupId, date }) => ({ groupId, date }))),
    ...rangesOf(
      wanted.flatMap(({ groupRef, date }) => {
        const group = known.groups.get(groupRef);
        return group ? [{ groupId: group.id, date }] : [];
      }),
    ),
  ]);

  const centres = await writeCentres(work, rows.centres, known.centres);
  const centreIds = idsOf(known.centres, centres);
  const {
    tally: groupTally,
    groups,
    changed,
  } = await writeGroups(work, rows.groups, known.groups, changedTerms, centreIds, firstDates(wanted));
  for (const [ref, group] of known.groups) if (!groups.has(ref)) groups.set(ref, { ...group, fresh: false });
  const { guardians, users } = await writePeople(work, identities, centreIds, hashes);
  const personIds = idsOf(known.people, users, guardians);
  const {
    tally: childTally,
    children,
    moved,
  } = await writeChildren(work, rows.children, known.children, personIds);
  for (const [ref, child] of known.children) if (!children.has(ref)) children.set(ref, child);
  const staff = await writeStaff(work, rows.staff, known.staff, centreIds);
  await changeWeights(work, weightChanges);
  await checkStanding(work, moved, children, changed, groups);
  const waitingList = await writeWaitingList(work, rows.waitingList, children, groups);
  const bookings = await writeBookings(work, rows, wanted, { children, groups }, onProgress);
  problems.settle();
  // Published days follow from who works there: at the centres of staff who were known and may have changed.
  const restaffed = new Set([...known.staff.values()].map(({ centreId }) => centreId));
  for (const centreId of restaffed)
    await restaffCentre({ tx, now, actor: SYSTEM }, { centreId }, async () => undefined);

  const tallies = {
    centres,
    groups: groupTally,
    guardians,
    children: childTally,
    staff,
    users,
    bookings,
    waitingList,
  };
  const answer = answerOf(tallies);
  if (Object.values(answer.counts).some(({ created, updated }) => created + updated > 0)) {
    // Classes, brothers and sisters and wishes may all have changed: every queue is ranked anew and looked at.
    await refreshAllRanks(tx, now);
    for (const groupId of await listQueuedGroups(tx)) planMatching(tx, now, groupId);
    await insertEvent(tx, { at: now, by: null, kind: 'import', data: answer.counts });
  }
  return answer;
}

const END_OF_TIME = '9999-12-31' as PlainDate;

/** Days of groups as one range a group. */
function rangesOf(days: readonly { groupId: number; date: PlainDate }[]) {
  const ranges = new Map<number, { groupId: number; from: PlainDate; to: PlainDate }>();
  for (const { groupId, date } of days) {
    const range = ranges.get(groupId);
    if (!range) ranges.set(groupId, { groupId, from: date, to: date });
    else if (date < range.from) range.from = date;
    else if (date > range.to) range.to = date;
  }
  return [...ranges.values()];
}

function idsOf(
  known: ReadonlyMap<string, { readonly id: number }>,
  ...tallies: readonly Tally[]
): Map<string, number> {
  const ids = new Map([...known].map(([ref, { id }]) => [ref, id]));
  for (const tally of tallies) for (const [ref, id] of tally.ids) ids.set(ref, id);
  return ids;
}

async function writeBookings(
  work: ImportWork,
  rows: Rows,
  wanted: readonly BookingRow[],
  {
    children,
    groups,
  }: { children: ReadonlyMap<string, ImportedChild>; groups: ReadonlyMap<string, ImportedGroup> },
  onProgress: Task['onProgress'],
): Promise<Tally> {
  const tally = new Tally();
  const byGroup = Map.groupBy(wanted, (row) => row.groupRef);
  let done = 0;
  for (const group of [...groups.values()].toSorted((a, b) => a.id - b.id)) {
    const own = (byGroup.get(group.ref ?? '') ?? []).map((row): WantedBooking => ({
      ...row,
      child: children.get(row.childRef)!,
    }));
    await writeGroupDays(work, group, own);
    done += own.length;
    if (own.length > 0) onProgress(done, wanted.length, 'bookings');
  }
  for (const _ of wanted) tally.count('created');
  for (let at = wanted.length; at < rows.bookings.length; at++) tally.count('unchanged');
  return tally;
}

function answerOf(tallies: Readonly<Record<Sheet, Tally>>): ImportAnswer {
  const ids = SHEETS.flatMap((sheet) => {
    const own = [...tallies[sheet].ids].map(([ref, id]) => [ref, String(id)] as const);
    return sheet === 'bookings' || sheet === 'waitingList' ? [] : [[sheet, Object.fromEntries(own)] as const];
  });
  const counts = Object.fromEntries(SHEETS.map((sheet) => [sheet, tallies[sheet].counts])) as Record<
    Sheet,
    Counts
  >;
  return { counts, ids: Object.fromEntries(ids) };
}
