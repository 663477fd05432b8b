import { minOf, startOfMonth, type PlainDate } from '../../domain/calendar.ts';
import { cleanName } from '../../domain/names.ts';
import type { Category } from '../../domain/people.ts';
import { openingOn, termsOn, type WeeklyHours } from '../../domain/opening.ts';
import { countDay, type Claim, type DayTerms } from '../../domain/places.ts';
import { groupErrors, termsErrors } from '../../domain/settings.ts';
import { contentsOfDays, recountDays } from '../../data/day-counts.ts';
import { lockDays, type StoredDay } from '../../data/group-days.ts';
import { findOpeningFacts, type OpeningFacts } from '../../data/groups.ts';
import { insertAll, updateRow } from '../../data/import.ts';
import { putTerms } from '../../data/settings.ts';
import type { Tables } from '../../data/database.ts';
import type { Fields } from './fields.ts';
import { changesOf, Tally, type ImportWork } from './matching.ts';
import type { GroupJson } from './shape.ts';

type CareGroup = Tables['careGroup']['$inferSelect'];

type Ages = Pick<CareGroup, 'fromAgeMonths' | 'toAgeMonths'>;

export interface GroupRow {
  readonly ref: string;
  readonly at: Fields;
  readonly centreRef: string;
  readonly values: Pick<CareGroup, 'name' | 'category'> & Partial<Ages>;
  /** Of a new group, where the file leaves them out. */
  readonly usual: Ages;
  readonly room: number;
  readonly hours: WeeklyHours;
  /** Whether the hours are the group's own, for naming the field. */
  readonly hoursField: string;
}

/** Children come from a year and a half (the law's own bound) until 18; adults from then on. */
function agesOf(category: Category): Ages {
  const child = category.startsWith('child_');
  return { fromAgeMonths: child ? 18 : 216, toAgeMonths: child ? 216 : 1500 };
}

const WORDS: Readonly<Record<string, string>> = {
  name: 'is empty or too long',
  places: 'is not a whole number 1…999',
  fromAgeMonths: 'is not a whole number of months',
  toAgeMonths: 'is not a whole number of months above fromAgeMonths',
};

export function readGroup(
  json: GroupJson,
  centreRef: string,
  centreHours: WeeklyHours,
  at: Fields,
): GroupRow {
  const { ref, name, category, places, fromAgeMonths, toAgeMonths } = json;
  const given = {
    ...(fromAgeMonths === undefined ? {} : { fromAgeMonths }),
    ...(toAgeMonths === undefined ? {} : { toAgeMonths }),
  };
  const usual = agesOf(category);
  const hours = json.hours === undefined ? centreHours : at.hours('hours', json.hours, true);
  const wrong = [
    ...groupErrors({ name, skills: null, ...usual, ...given }),
    ...termsErrors({ room: places, hours }),
  ]
    .map((error) => (error.field === 'room' ? 'places' : error.field))
    // The hours have been named where they are read.
    .filter((field) => !field.startsWith('hours'));
  for (const field of wrong) at.bad(field, WORDS[field] ?? 'is wrong');
  return {
    ref,
    at,
    centreRef,
    values: { name: cleanName(name) ?? '', category, ...given },
    usual,
    room: places,
    hours,
    hoursField: json.hours === undefined ? 'places' : 'hours',
  };
}

/** A group as the bookings of the same file need it. */
export interface ImportedGroup extends Pick<CareGroup, 'id' | 'ref' | 'category'> {
  /** Its days are still to be written. */
  readonly fresh: boolean;
}

/** The rows whose room or hours are not those in force today. */
export async function findChangedTerms(
  { tx, today }: ImportWork,
  rows: readonly GroupRow[],
  known: ReadonlyMap<string, CareGroup>,
): Promise<Set<GroupRow>> {
  const facts = await findOpeningFacts(tx, [...known.values()]);
  const differ = ({ ref, room, hours }: GroupRow) => {
    const stored = known.get(ref);
    const inForce = stored && termsOn(facts.terms.get(stored.id) ?? [], today);
    return (
      stored !== undefined &&
      changesOf({ room: inForce?.room, hours: inForce?.hours }, { room, hours }) !== undefined
    );
  };
  return new Set(rows.filter(differ));
}

/** Writes groups and, where they differ, their terms from today on; days of new groups come with their bookings. */
export async function writeGroups(
  work: ImportWork,
  rows: readonly GroupRow[],
  known: ReadonlyMap<string, CareGroup>,
  changedTerms: ReadonlySet<GroupRow>,
  centreIds: ReadonlyMap<string, number>,
  firstDates: ReadonlyMap<string, PlainDate>,
): Promise<{ tally: Tally; groups: Map<string, ImportedGroup>; changed: GroupRow[] }> {
  const { tx, today } = work;
  const tally = new Tally();
  const groups = new Map<string, ImportedGroup>();
  const changed: GroupRow[] = [];
  for (const row of rows) {
    const stored = known.get(row.ref);
    if (!stored) continue;
    const changes = changesOf(stored, row.values);
    if (changes || changedTerms.has(row)) {
      await updateRow(tx, tx.t.careGroup, stored.id, { ...changes, version: stored.version + 1 });
    }
    if (changes) changed.push(row);
    if (changedTerms.has(row)) await changeTerms(work, row, stored);
    tally.count(changes || changedTerms.has(row) ? 'updated' : 'unchanged', row.ref, stored.id);
    groups.set(row.ref, { ...stored, ...changes, fresh: false });
  }

  const fresh = rows
    .filter(({ ref }) => !known.has(ref))
    .map((row) => {
      const first = firstDates.get(row.ref) ?? today;
      const startsOn = minOf([today, startOfMonth(first)]);
      const centreId = centreIds.get(row.centreRef)!;
      const { ref, values, usual } = row;
      return {
        row,
        group: {
          ref,
          centreId,
          ...usual,
          ...values,
          admission: 'open' as const,
          skills: null,
          startsOn,
          endsOn: null,
          version: 1,
        },
      };
    });
  const ids = await insertAll(
    tx,
    tx.t.careGroup,
    fresh.map(({ group }) => group),
  );
  const terms = fresh.map(({ row: { room, hours }, group: { startsOn } }, at) => ({
    groupId: ids[at]!,
    startsOn,
    room,
    hours,
  }));
  await insertAll(tx, tx.t.groupTerms, terms);
  fresh.forEach(({ row, group }, at) => {
    const id = ids[at]!;
    tally.count('created', row.ref, id);
    groups.set(row.ref, { ...group, id, fresh: true });
  });
  return { tally, groups, changed };
}

function standsInTheWay(claim: Claim, { opensAt, closesAt }: DayTerms): boolean {
  return opensAt === null || closesAt === null || claim.from < opensAt || claim.to > closesAt;
}

/** New room and hours from today on: every day recounted, and refused where bookings or holds stand in the way. */
async function changeTerms({ tx, today }: ImportWork, row: GroupRow, stored: CareGroup): Promise<void> {
  const { room, hours } = row;
  await putTerms(tx, { groupId: stored.id, startsOn: today, room, hours });
  const facts = await findOpeningFacts(tx, [stored]);
  const range = { groupId: stored.id, from: today, to: '9999-12-31' as PlainDate };
  const days = await lockDays(tx, range);
  const contents = await contentsOfDays(tx, range);
  const reopened: StoredDay[] = [];
  let inTheWay = 0;
  let first: PlainDate | undefined;
  for (const day of days) {
    const next = reopen(day, stored, facts);
    if (!next) continue;
    reopened.push(next);
    const claims = contents.get(day.date);
    if (!claims) continue;
    const outside = [...claims.bookings, ...claims.holds].filter((claim) =>
      standsInTheWay(claim, next),
    ).length;
    const over = Math.max(0, countDay(next, claims).peakTaken - next.room);
    if (outside + over === 0) continue;
    inTheWay += Math.max(outside, over);
    first ??= day.date;
  }
  if (first === undefined) await recountDays(tx, reopened);
  else {
    const field = room < (days[0]?.room ?? room) ? 'places' : row.hoursField;
    row.at.bad(
      field,
      `${inTheWay} bookings are in the way, the first on ${first}: cancel or move them first`,
      'in_the_way',
    );
  }
}

function reopen(day: StoredDay, group: CareGroup, facts: OpeningFacts): StoredDay | undefined {
  const terms = facts.terms.get(group.id) ?? [];
  const opening = openingOn(
    terms,
    group.endsOn,
    facts.closures.get(group.id) ?? [],
    facts.overrides,
    day.date,
  );
  return changesOf(day, opening) ? { ...day, ...opening } : undefined;
}
