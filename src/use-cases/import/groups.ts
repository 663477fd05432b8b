import { minOf, startOfMonth, type PlainDate } from '../../domain/calendar.ts';
import type { Category } from '../../domain/people.ts';
import { openingOn, termsOn, type WeeklyHours } from '../../domain/opening.ts';
import { countDay, type Claim, type DayTerms } from '../../domain/places.ts';
import { LARGEST_ROOM, OLDEST_MONTHS } from '../../domain/settings.ts';
import { contentsOfDays, lockDays, recountDays, type StoredDay } from '../../data/group-days.ts';
import { findOpeningFacts, type OpeningFacts } from '../../data/groups.ts';
import { insertAll, updateRow } from '../../data/import.ts';
import { putTerms } from '../../data/settings.ts';
import type { Tables } from '../../../db/schema/tables.ts';
import type { Fields } from './fields.ts';
import { changesOf, Tally, type ImportWork } from './matching.ts';
import type { GroupJson } from './shape.ts';

type CareGroup = Tables['careGroup']['$inferSelect'];

export interface GroupRow {
  readonly ref: string;
  readonly at: Fields;
  readonly centreRef: string;
  readonly values: Pick<CareGroup, 'name' | 'category' | 'fromAgeMonths' | 'toAgeMonths'>;
  readonly room: number;
  readonly hours: WeeklyHours;
  /** Whether the hours are the group's own, for naming the field. */
  readonly hoursField: string;
}

/** Children come from a year and a half (the law's own bound) until 18; adults from then on. */
function agesOf(category: Category): readonly [from: number, to: number] {
  return category.startsWith('child_') ? [18, 216] : [216, OLDEST_MONTHS];
}

export function readGroup(json: GroupJson, centreRef: string, centreHours: WeeklyHours, at: Fields): GroupRow {
  const { ref, category } = json;
  const [from, to] = agesOf(category);
  const fromAgeMonths = at.whole('fromAgeMonths', json.fromAgeMonths ?? from, 0, OLDEST_MONTHS);
  const toAgeMonths = at.whole('toAgeMonths', json.toAgeMonths ?? to, 0, OLDEST_MONTHS);
  if (toAgeMonths <= fromAgeMonths) at.bad('toAgeMonths', 'is not above fromAgeMonths');
  return {
    ref,
    at,
    centreRef,
    values: { name: at.name('name', json.name), category, fromAgeMonths, toAgeMonths },
    room: at.whole('places', json.places, 1, LARGEST_ROOM),
    hours: json.hours === undefined ? centreHours : at.hours('hours', json.hours, true),
    hoursField: json.hours === undefined ? 'places' : 'hours',
  };
}

/** A group as the bookings of the same file need it. */
export interface ImportedGroup extends CareGroup {
  /** Its days are still to be written. */
  readonly fresh: boolean;
}

/** Writes groups and, where they differ, their terms from today on; days of new groups come with their bookings. */
export async function writeGroups(
  work: ImportWork,
  rows: readonly GroupRow[],
  known: ReadonlyMap<string, CareGroup>,
  centreIds: ReadonlyMap<string, number>,
  firstDates: ReadonlyMap<string, PlainDate>,
): Promise<{ tally: Tally; groups: Map<string, ImportedGroup>; changed: GroupRow[] }> {
  const { tx, today } = work;
  const tally = new Tally();
  const groups = new Map<string, ImportedGroup>();
  const changed: GroupRow[] = [];
  const facts = await findOpeningFacts(tx, [...known.values()]);
  const changedTerms: (GroupRow & { stored: CareGroup })[] = [];
  for (const row of rows) {
    const stored = known.get(row.ref);
    if (!stored) continue;
    const changes = changesOf(stored, row.values);
    const inForce = termsOn(facts.terms.get(stored.id) ?? [], today);
    const terms = changesOf({ room: inForce?.room, hours: inForce?.hours }, { room: row.room, hours: row.hours });
    if (changes) {
      await updateRow(tx, tx.t.careGroup, stored.id, { ...changes, version: stored.version + 1 });
      changed.push(row);
    }
    if (terms) changedTerms.push({ ...row, stored });
    tally.count(changes || terms ? 'updated' : 'unchanged', row.ref, stored.id);
    groups.set(row.ref, { ...stored, ...changes, fresh: false });
  }

  const fresh = rows
    .filter(({ ref }) => !known.has(ref))
    .map((row) => {
      const first = firstDates.get(row.ref) ?? today;
      const startsOn = minOf([today, startOfMonth(first)]);
      const centreId = centreIds.get(row.centreRef)!;
      const { ref, values } = row;
      return { row, group: { ref, centreId, ...values, admission: 'open' as const, skills: null, startsOn, endsOn: null, version: 1 } };
    });
  const ids = await insertAll(tx, tx.t.careGroup, fresh.map(({ group }) => group));
  const terms = fresh.map(({ row: { room, hours }, group: { startsOn } }, at) => ({ groupId: ids[at]!, startsOn, room, hours }));
  await insertAll(tx, tx.t.groupTerms, terms);
  fresh.forEach(({ row, group }, at) => {
    const id = ids[at]!;
    tally.count('created', row.ref, id);
    groups.set(row.ref, { ...group, id, fresh: true });
  });
  for (const row of changedTerms) await changeTerms(work, row);
  return { tally, groups, changed };
}

function standsInTheWay(claim: Claim, { opensAt, closesAt }: DayTerms): boolean {
  return opensAt === null || closesAt === null || claim.from < opensAt || claim.to > closesAt;
}

/** New room and hours from today on: every day recounted, and refused where bookings or holds stand in the way. */
async function changeTerms(work: ImportWork, row: GroupRow & { stored: CareGroup }): Promise<void> {
  const { tx, today } = work;
  const { stored, room, hours } = row;
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
    const outside = [...claims.bookings, ...claims.holds].filter((claim) => standsInTheWay(claim, next)).length;
    const over = Math.max(0, countDay(next, claims).peakTaken - next.room);
    if (outside + over === 0) continue;
    inTheWay += Math.max(outside, over);
    first ??= day.date;
  }
  if (first === undefined) await recountDays(tx, reopened);
  else {
    const field = room < (days[0]?.room ?? room) ? 'places' : row.hoursField;
    row.at.bad(field, `${inTheWay} bookings are in the way, the first on ${first}: cancel or move them first`, 'in_the_way');
  }
}

function reopen(day: StoredDay, group: CareGroup, facts: OpeningFacts): StoredDay | undefined {
  const terms = facts.terms.get(group.id) ?? [];
  const opening = openingOn(terms, group.endsOn, facts.closures.get(group.id) ?? [], facts.overrides, day.date);
  return changesOf(day, opening) ? { ...day, ...opening } : undefined;
}

