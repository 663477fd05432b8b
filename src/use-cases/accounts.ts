import { dateAt } from '../domain/calendar.ts';
import { parseLogin } from '../domain/login.ts';
import { cleanName, searchName } from '../domain/names.ts';
import type { Role } from '../domain/people.ts';
import { isRegionCode } from '../domain/regions.ts';
import { refuse, type FieldRefusal } from '../domain/refusal.ts';
import { findAccount } from '../data/accounts.ts';
import { insertMany } from '../data/bulk.ts';
import { findCentre } from '../data/centres.ts';
import { insertEvent } from '../data/events.ts';
import { findRows } from '../data/import.ts';
import { refuseErrors } from './administration.ts';
import { authorOf, type Work } from './perform.ts';

/** Roles that are given by hand, from the command line: the others come with an import or a centre's own pages. */
export type OfficeRole = Exclude<Role, 'guardian' | 'centre_staff'>;

export interface NewAccount {
  readonly name: string;
  /** E-mail or telephone. */
  readonly login: string;
  readonly passwordHash: string;
  readonly role: OfficeRole;
  /** A region's code, or a centre's id or ref, as the role asks. */
  readonly scope: string | undefined;
}

type Scope = { readonly regionCode: string | null; readonly centreId: number | null };

async function scopeOf(
  { tx }: Work,
  role: OfficeRole,
  scope: string | undefined,
): Promise<Scope | undefined> {
  if (role === 'system_admin') return scope === undefined ? { regionCode: null, centreId: null } : undefined;
  if (scope === undefined) return undefined;
  if (role === 'regional_manager')
    return isRegionCode(scope) ? { regionCode: scope, centreId: null } : undefined;
  const [byRef] = await findRows(tx, tx.t.centre, 'ref', [scope]);
  const centre = byRef ?? (/^[1-9]\d{0,8}$/.test(scope) ? await findCentre(tx, Number(scope)) : undefined);
  return centre && { regionCode: null, centreId: centre.id };
}

/** Makes an account with a role. Refuses `invalid` with the fields that are wrong; a login that somebody has is one. */
export async function createAccount(work: Work, account: NewAccount): Promise<{ id: number; login: string }> {
  const { tx, now, actor } = work;
  if (actor.role !== 'system_admin') refuse('forbidden');
  const name = cleanName(account.name);
  const login = parseLogin(account.login);
  const scope = await scopeOf(work, account.role, account.scope);
  const taken = login !== undefined && (await findAccount(tx, login.value)) !== undefined;
  const errors: FieldRefusal[] = [];
  if (name === undefined) errors.push({ field: 'name', reason: 'invalid' });
  if (login === undefined) errors.push({ field: 'login', reason: 'invalid' });
  if (taken) errors.push({ field: 'login', reason: 'invalid', detail: 'taken' });
  if (scope === undefined) errors.push({ field: 'scope', reason: 'invalid' });
  refuseErrors(errors);

  const person = {
    name: name!,
    searchName: searchName(name!),
    login: login!.value,
    passwordHash: account.passwordHash,
  };
  const phone = login!.kind === 'phone' ? login!.value : null;
  const [id] = await insertMany(tx, tx.t.person, [{ ...person, phone, language: 'ru', createdAt: now }]);
  const assignment = { personId: id!, role: account.role, ...scope!, startsOn: dateAt(now), endsOn: null };
  await insertMany(tx, tx.t.assignment, [assignment]);
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'account.created',
    data: { personId: id!, role: account.role },
  });
  return { id: id!, login: login!.value };
}
