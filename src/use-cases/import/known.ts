import { findRows, listRoles, type RefTable } from '../../data/import.ts';
import type { PlainDate } from '../../domain/calendar.ts';
import { lockChildren } from '../../data/claims.ts';
import type { Reading, Writing } from '../../data/database.ts';
import { matchChildren } from './children.ts';
import type { Fields } from './fields.ts';
import { byRef } from './matching.ts';
import { matchPeople, type Identity } from './people.ts';
import type { Rows } from './rows.ts';

type Named = Iterable<string>;

async function byRefs<Table extends RefTable>(tx: Reading, table: Table, refs: Named) {
  return byRef(await findRows(tx, table, 'ref', [...refs]));
}

/** Every ref of a sheet, of its own rows and of those that name them. */
function refsOf(rows: Rows) {
  const all = {
    centres: new Set<string>(),
    groups: new Set<string>(),
    people: new Set<string>(),
    children: new Set<string>(),
  };
  for (const row of rows.centres) all.centres.add(row.ref);
  for (const row of rows.groups) all.groups.add(row.ref);
  for (const row of rows.people) {
    all.people.add(row.ref);
    if (row.role.startsWith('centre_') && row.scope !== undefined) all.centres.add(row.scope);
  }
  for (const row of rows.children) {
    all.children.add(row.ref);
    for (const { ref } of row.guardians ?? []) all.people.add(ref);
  }
  for (const row of rows.staff) all.centres.add(row.centreRef);
  for (const row of rows.waitingList) {
    all.children.add(row.childRef);
    for (const ref of row.choices) all.groups.add(ref);
  }
  for (const row of rows.bookings) {
    all.children.add(row.childRef);
    all.groups.add(row.groupRef);
  }
  return all;
}

/** What the database knows of the things a file names. Children are locked: the first lock of every operation. */
export async function findKnown(tx: Writing, rows: Rows, identities: readonly Identity[], today: PlainDate) {
  const { t } = tx;
  const refs = refsOf(rows);
  const iins = rows.children.flatMap((row) => row.values.iin ?? []);
  const found = [
    ...(await findRows(tx, t.child, 'ref', [...refs.children])),
    ...(await findRows(tx, t.child, 'iin', iins)),
  ];
  await lockChildren(tx, [...new Set(found.map((child) => child.id))]);
  // Read under the locks: they may have changed while this import waited for them.
  const childrenByRef = await byRefs(tx, t.child, refs.children);
  const holders = await findRows(tx, t.child, 'iin', iins);
  const children = matchChildren(
    rows.children,
    childrenByRef,
    new Map(holders.map((child) => [child.iin!, child])),
  );
  for (const [ref, child] of childrenByRef) children.set(ref, child);

  const people = await byRefs(tx, t.person, refs.people);
  const logins = rows.people.flatMap((row) => row.values.login ?? []);
  const accounts = await findRows(tx, t.person, 'login', logins);
  const roles = await listRoles(
    tx,
    [...people.values(), ...accounts].map((person) => person.id),
    today,
  );
  const guardians = new Set(roles.filter((role) => role.role === 'guardian').map((role) => role.personId));
  matchPeople(identities, people, new Map(accounts.map((person) => [person.login!, person])), guardians);
  return {
    centres: await byRefs(tx, t.centre, refs.centres),
    groups: await byRefs(tx, t.careGroup, refs.groups),
    people,
    guardians,
    children,
    staff: await byRefs(
      tx,
      t.staff,
      rows.staff.map((row) => row.ref),
    ),
  };
}

export type Known = Awaited<ReturnType<typeof findKnown>>;

/** Names every ref that stands neither in the file nor in the database. */
export function checkReferences(rows: Rows, known: Known): void {
  const { problems } = rows;
  const centres = new Set([...known.centres.keys(), ...rows.centres.map((row) => row.ref)]);
  const groups = new Set([...known.groups.keys(), ...rows.groups.map((row) => row.ref)]);
  const children = new Set([...known.children.keys(), ...rows.children.map((row) => row.ref)]);
  const guardians = new Set(rows.people.filter((row) => row.role === 'guardian').map((row) => row.ref));
  for (const [ref, person] of known.people) if (known.guardians.has(person.id)) guardians.add(ref);
  const check = (at: Fields, field: string, ref: string, refs: ReadonlySet<string>, what: string) => {
    if (!refs.has(ref)) at.bad(field, `there is no ${what} ${JSON.stringify(ref)}`, 'missing');
  };
  for (const { at, role, scope } of rows.people) {
    if (role.startsWith('centre_') && scope !== undefined) check(at, 'scope', scope, centres, 'centre');
  }
  for (const { at, guardians: named = [] } of rows.children) {
    named.forEach(({ ref }, index) => check(at, `guardians.${index}`, ref, guardians, 'guardian'));
  }
  for (const { at, centreRef } of rows.staff) check(at, 'centre', centreRef, centres, 'centre');
  for (const { at, childRef, choices } of rows.waitingList) {
    check(at, 'child', childRef, children, 'child');
    choices.forEach((ref, index) => check(at, `choices.${index}`, ref, groups, 'group'));
  }
  for (const { row, childRef, groupRef } of rows.bookings) {
    const missing = (field: string, ref: string) => {
      problems.add({
        sheet: 'bookings',
        row,
        field,
        reason: 'missing',
        detail: `there is no ${field} ${JSON.stringify(ref)}`,
      });
    };
    if (!children.has(childRef)) missing('child', childRef);
    if (!groups.has(groupRef)) missing('group', groupRef);
  }
  for (const { at, ref, centreRef } of rows.groups) {
    const stored = known.groups.get(ref);
    if (stored && stored.centreId !== known.centres.get(centreRef)?.id)
      at.bad('ref', 'is a group of another centre');
  }
}
