import { addDays, type PlainDate } from '../../domain/calendar.ts';
import { parseIin, type IinError } from '../../domain/iin.ts';
import { searchName } from '../../domain/names.ts';
import { endDated, insertAll, listGuardianships, updateRights, updateRow } from '../../data/import.ts';
import type { Tables } from '../../data/database.ts';
import { Fields } from './fields.ts';
import { changesOf, Tally, type ImportWork } from './matching.ts';
import type { Problems } from './problems.ts';
import { RIGHTS, type ChildJson } from './shape.ts';

type Child = Tables['child']['$inferSelect'];

export interface GuardianRef {
  readonly ref: string;
  readonly may: readonly (typeof RIGHTS)[number][];
}

/** What a row may leave out: in a child that is known it stays as it is, a new one has these. */
const USUAL: Pick<Child, 'iin' | 'iinMissingReason' | 'supportWeight' | 'skillsNeeded' | 'priority'> = {
  iin: null,
  iinMissingReason: 'not stated',
  supportWeight: 100,
  skillsNeeded: [],
  priority: 0,
};

type Optional = typeof USUAL;

export interface ChildRow {
  readonly ref: string;
  readonly at: Fields;
  readonly values: Pick<Child, 'name' | 'searchName' | 'birthDate' | 'category'> & Partial<Optional>;
  /** Undefined leaves the guardians as they are. */
  readonly guardians: readonly GuardianRef[] | undefined;
}

const IIN_WORDS: Readonly<Record<IinError, string>> = {
  shape: 'is not twelve digits',
  date: 'does not begin with a date of birth',
  check: 'has a wrong check digit',
};

/** The largest weight of one child: ten ordinary ones. */
const HEAVIEST = 10;

function readIin(json: ChildJson, birthDate: PlainDate, at: Fields): Partial<Optional> {
  if (json.iin === undefined || json.iin === null) {
    const reason = at.words('iinMissingReason', json.iinMissingReason ?? '');
    if (json.iin === undefined && reason === '') return {};
    return { iin: null, iinMissingReason: reason || USUAL.iinMissingReason };
  }
  const parsed = parseIin(json.iin);
  if ('error' in parsed) at.bad('iin', IIN_WORDS[parsed.error]);
  else if (parsed.birthDate !== birthDate) at.bad('iin', 'does not agree with birthDate');
  else return { iin: parsed.iin, iinMissingReason: null };
  return {};
}

export function readChildren(json: readonly ChildJson[], today: PlainDate, problems: Problems): ChildRow[] {
  const rows = json.map((each, index): ChildRow => {
    const at = new Fields(problems, 'children', index + 1);
    const name = at.name('name', each.name);
    const birthDate = at.date('birthDate', each.birthDate);
    if (birthDate > today) at.bad('birthDate', 'is in the future');
    const { skillsNeeded, priority } = each;
    const supportWeight = each.supportWeight === undefined ? undefined : Math.round(each.supportWeight * 100);
    if (supportWeight !== undefined && (supportWeight <= 0 || supportWeight > HEAVIEST * 100))
      at.bad('supportWeight', `is not above 0 and at most ${HEAVIEST}`);
    return {
      ref: each.ref,
      at,
      values: {
        name,
        searchName: searchName(name),
        ...readIin(each, birthDate, at),
        birthDate,
        category: each.category,
        ...(supportWeight === undefined ? {} : { supportWeight }),
        ...(skillsNeeded === undefined ? {} : { skillsNeeded: at.names('skillsNeeded', skillsNeeded) }),
        ...(priority === undefined ? {} : { priority }),
      },
      guardians: each.guardians?.map((guardian) =>
        typeof guardian === 'string'
          ? { ref: guardian, may: RIGHTS }
          : { ref: guardian.ref, may: guardian.may ?? RIGHTS },
      ),
    };
  });
  checkTwice(rows);
  return rows;
}

function checkTwice(rows: readonly ChildRow[]): void {
  const byIin = new Map<string, number>();
  for (const { at, values, guardians } of rows) {
    const iin = values.iin ?? undefined;
    const earlier = iin === undefined ? undefined : byIin.get(iin);
    if (earlier !== undefined) at.bad('iin', `is also the IIN of row ${earlier}`);
    else if (iin !== undefined) byIin.set(iin, at.row);
    guardians?.forEach(({ ref }, index) => {
      if (guardians.findIndex((other) => other.ref === ref) < index)
        at.bad(`guardians.${index}`, 'is named twice');
    });
  }
}

/** Finds which rows are known: by ref, else by IIN where the other has no ref yet. Another child's IIN is a problem. */
export function matchChildren(
  rows: readonly ChildRow[],
  byRef: ReadonlyMap<string, Child>,
  byIin: ReadonlyMap<string, Child>,
): Map<string, Child> {
  const stored = new Map<string, Child>();
  for (const { ref, at, values } of rows) {
    const own = byRef.get(ref);
    const holder = values.iin ? byIin.get(values.iin) : undefined;
    if (holder && holder.id !== own?.id && (own || holder.ref !== null))
      at.bad('iin', 'belongs to another child');
    const known = own ?? holder;
    if (known) stored.set(ref, known);
  }
  return stored;
}

export type ImportedChild = Child;

/** Writes children and who may do what for them; `moved` differ from before in what decides where they may go. */
export async function writeChildren(
  work: ImportWork,
  rows: readonly ChildRow[],
  known: ReadonlyMap<string, Child>,
  personIds: ReadonlyMap<string, number>,
): Promise<{ tally: Tally; children: Map<string, ImportedChild>; moved: ChildRow[] }> {
  const { tx, now } = work;
  const children = new Map<string, ImportedChild>();
  const changed = new Set<string>();
  const moved: ChildRow[] = [];
  for (const row of rows) {
    const stored = known.get(row.ref);
    if (!stored) continue;
    const changes = changesOf(stored, { ...row.values, ref: row.ref });
    if (changes) {
      await updateRow(tx, tx.t.child, stored.id, changes);
      changed.add(row.ref);
    }
    if (changes?.category ?? changes?.birthDate ?? changes?.skillsNeeded) moved.push(row);
    children.set(row.ref, { ...stored, ...changes });
  }
  const fresh = rows.filter(({ ref }) => !known.has(ref));
  const ids = await insertAll(
    tx,
    tx.t.child,
    fresh.map(({ ref, values }) => ({ ref, ...USUAL, ...values, createdAt: now })),
  );
  fresh.forEach((row, at) => {
    children.set(row.ref, { id: ids[at]!, ref: row.ref, ...USUAL, ...row.values, createdAt: now });
  });
  for (const ref of await writeGuardians(work, rows, children, personIds)) changed.add(ref);
  const tally = new Tally();
  for (const { ref } of rows) {
    const outcome = !known.has(ref) ? 'created' : changed.has(ref) ? 'updated' : 'unchanged';
    tally.count(outcome, ref, children.get(ref)!.id);
  }
  return { tally, children, moved };
}

/**
 * Makes the guardians of each child those that the file names. Adults who came otherwise than by an import (a
 * grandmother whom the centre wrote down) stay; so does the past: what ends, ends with yesterday.
 */
async function writeGuardians(
  { tx, today }: ImportWork,
  rows: readonly ChildRow[],
  children: ReadonlyMap<string, ImportedChild>,
  personIds: ReadonlyMap<string, number>,
): Promise<Set<string>> {
  const named = rows.filter((row) => row.guardians !== undefined);
  const ids = named.map((row) => children.get(row.ref)!.id);
  const held = Map.groupBy(await listGuardianships(tx, ids, today), (guardianship) => guardianship.childId);
  const changed = new Set<string>();
  const fresh: Tables['guardianship']['$inferInsert'][] = [];
  for (const { ref, guardians = [] } of named) {
    const childId = children.get(ref)!.id;
    const before = held.get(childId) ?? [];
    const wanted = new Map(guardians.map((guardian) => [personIds.get(guardian.ref)!, rightsOf(guardian)]));
    for (const guardianship of before) {
      const rights = wanted.get(guardianship.personId);
      wanted.delete(guardianship.personId);
      if (rights && changesOf(guardianship, rights)) await updateRights(tx, guardianship.id, rights);
      else if (rights || guardianship.personRef === null) continue;
      else await endDated(tx, tx.t.guardianship, guardianship, today, addDays(today, -1));
      changed.add(ref);
    }
    for (const [personId, rights] of wanted) {
      fresh.push({ childId, personId, startsOn: today, endsOn: null, ...rights });
      changed.add(ref);
    }
  }
  await insertAll(tx, tx.t.guardianship, fresh);
  return changed;
}

function rightsOf({ may }: GuardianRef) {
  return {
    maySee: may.includes('see'),
    mayBook: may.includes('book'),
    mayCollect: may.includes('collect'),
    mayBeTold: may.includes('told'),
  };
}
