import { addDays } from '../../domain/calendar.ts';
import { endDated, insertAll, listRoles, listWorkdays, putWorkday, updateRow } from '../../data/import.ts';
import type { Tables } from '../../data/database.ts';
import { changesOf, Tally, type ImportWork } from './matching.ts';
import type { Identity, PersonRow } from './people.ts';

type Assignment = Tables['assignment']['$inferSelect'];

/** Writes people, their roles and workdays. Passwords are set once and never changed. */
export async function writePeople(
  work: ImportWork,
  identities: readonly Identity[],
  centreIds: ReadonlyMap<string, number>,
  hashes: ReadonlyMap<string, string>,
): Promise<{ guardians: Tally; users: Tally }> {
  const { tx, now } = work;
  const hashOf = (identity: Identity) => {
    const password = identity.rows.map((row) => row.password).find((each) => each !== undefined);
    return password === undefined ? null : (hashes.get(password) ?? null);
  };
  const fresh = identities.filter((identity) => identity.stored === undefined);
  const freshIds = await insertAll(
    tx,
    tx.t.person,
    fresh.map((identity) => {
      const [{ ref, values }] = identity.rows;
      const passwordHash = hashOf(identity);
      return {
        ref,
        login: null,
        phone: null,
        language: 'ru' as const,
        ...values,
        passwordHash,
        createdAt: now,
      };
    }),
  );
  const idOf = new Map(fresh.map((identity, at) => [identity, freshIds[at]!]));
  const changed = new Set<Identity>();
  for (const identity of identities) {
    const { stored } = identity;
    if (!stored) continue;
    idOf.set(identity, stored.id);
    const [{ ref, values }] = identity.rows;
    const owns = stored.ref === null || identity.rows.some((row) => row.ref === stored.ref);
    const passwordHash = stored.passwordHash ?? hashOf(identity);
    const changes = owns ? changesOf(stored, { ...values, ref: stored.ref ?? ref, passwordHash }) : undefined;
    if (!changes) continue;
    await updateRow(tx, tx.t.person, stored.id, changes);
    changed.add(identity);
  }

  const storedIds = identities.flatMap(({ stored }) => (stored ? [stored.id] : []));
  const rolesChanged = await writeRoles(work, identities, idOf, centreIds, storedIds);
  const workChanged = await writeWorkdays(work, identities, idOf, storedIds);
  const tallies = { guardians: new Tally(), users: new Tally() };
  for (const identity of identities) {
    identity.rows.forEach((row, index) => {
      const isFresh = identity.stored === undefined && index === 0;
      const isChanged =
        (index === 0 && changed.has(identity)) || rolesChanged.has(row) || workChanged.has(row);
      const outcome = isFresh ? 'created' : isChanged ? 'updated' : 'unchanged';
      tallies[row.sheet].count(outcome, row.ref, idOf.get(identity));
    });
  }
  return tallies;
}

const scopeOf = ({ role, regionCode, centreId }: Pick<Assignment, 'role' | 'regionCode' | 'centreId'>) =>
  `${role} ${regionCode ?? ''} ${centreId ?? ''}`;

/**
 * Gives each row its role. Where somebody's role in an office is another than before, those that the file no longer
 * names end with yesterday: who moves to another centre leaves the old one.
 */
async function writeRoles(
  { tx, today }: ImportWork,
  identities: readonly Identity[],
  idOf: ReadonlyMap<Identity, number>,
  centreIds: ReadonlyMap<string, number>,
  storedIds: readonly number[],
): Promise<Set<PersonRow>> {
  const held = Map.groupBy(await listRoles(tx, storedIds, today), (role) => role.personId);
  const changed = new Set<PersonRow>();
  const fresh: Omit<Assignment, 'id'>[] = [];
  for (const identity of identities) {
    const personId = idOf.get(identity)!;
    const roles = held.get(personId) ?? [];
    const wanted = identity.rows.map((row) => ({
      row,
      personId,
      role: row.role,
      regionCode: row.role === 'regional_manager' ? (row.scope ?? null) : null,
      centreId: row.role.startsWith('centre_') ? centreIds.get(row.scope ?? '')! : null,
      startsOn: today,
      endsOn: null,
    }));
    const have = new Set(roles.map(scopeOf));
    let moved = false;
    for (const { row, ...assignment } of wanted) {
      if (have.has(scopeOf(assignment))) continue;
      have.add(scopeOf(assignment));
      fresh.push(assignment);
      changed.add(row);
      if (row.role !== 'guardian') moved = true;
    }
    if (!moved) continue;
    const named = new Set(wanted.map(scopeOf));
    for (const role of roles) {
      if (role.role !== 'guardian' && !named.has(scopeOf(role)))
        await endDated(tx, tx.t.assignment, role, today, addDays(today, -1));
    }
  }
  await insertAll(tx, tx.t.assignment, fresh);
  return changed;
}

async function writeWorkdays(
  { tx, today }: ImportWork,
  identities: readonly Identity[],
  idOf: ReadonlyMap<Identity, number>,
  storedIds: readonly number[],
): Promise<Set<PersonRow>> {
  const newest = new Map<number, Tables['workday']['$inferSelect']>();
  for (const workday of await listWorkdays(tx, storedIds)) {
    if (!newest.has(workday.personId)) newest.set(workday.personId, workday);
  }
  const changed = new Set<PersonRow>();
  const fresh: Omit<Tables['workday']['$inferInsert'], 'id'>[] = [];
  for (const identity of identities) {
    for (const row of identity.rows) {
      if (!row.work) continue;
      const personId = idOf.get(identity)!;
      const stored = newest.get(personId);
      if (stored && !changesOf(stored, row.work)) continue;
      changed.add(row);
      const workday = { personId, startsOn: today, ...row.work };
      if (stored) await putWorkday(tx, workday);
      else fresh.push(workday);
    }
  }
  await insertAll(tx, tx.t.workday, fresh);
  return changed;
}
