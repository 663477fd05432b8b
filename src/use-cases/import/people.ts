import { searchName } from '../../domain/names.ts';
import type { PatternJson } from '../../domain/pattern.ts';
import type { Role } from '../../domain/people.ts';
import { isRegionCode } from '../../domain/regions.ts';
import type { Tables } from '../../data/database.ts';
import { Fields, shown } from './fields.ts';
import type { Problems } from './problems.ts';
import type { GuardianJson, UserJson } from './shape.ts';

type Person = Tables['person']['$inferSelect'];

/** Guardians and users are both people who act under a role; one person may be both. */
export interface PersonRow {
  readonly sheet: 'guardians' | 'users';
  readonly ref: string;
  readonly at: Fields;
  readonly values: Pick<Person, 'name' | 'searchName'> &
    Partial<Pick<Person, 'login' | 'phone' | 'language'>>;
  readonly password: string | undefined;
  readonly role: Role;
  /** A centre's ref or a region's code, as the role asks. */
  readonly scope: string | undefined;
  readonly work: { readonly pattern: PatternJson; readonly commuteMinutes: number } | undefined;
}

function readPerson(
  json: GuardianJson | UserJson,
  at: Fields,
): Pick<PersonRow, 'ref' | 'at' | 'values' | 'password'> {
  const name = at.name('name', json.name);
  const { login, phone, language, password } = json;
  return {
    ref: json.ref,
    at,
    values: {
      name,
      searchName: searchName(name),
      ...(login === undefined ? {} : { login: at.login('login', login) }),
      ...(phone === undefined ? {} : { phone: at.phone('phone', phone) }),
      ...(language === undefined ? {} : { language }),
    },
    password,
  };
}

export function readGuardians(json: readonly GuardianJson[], problems: Problems): PersonRow[] {
  return json.map((each, index) => {
    const at = new Fields(problems, 'guardians', index + 1);
    const work = each.work && {
      pattern: at.pattern('work.pattern', each.work.pattern),
      commuteMinutes: each.work.commuteMinutes,
    };
    return { sheet: 'guardians', ...readPerson(each, at), role: 'guardian', scope: undefined, work };
  });
}

export function readUsers(json: readonly UserJson[], problems: Problems): PersonRow[] {
  return json.map((each, index) => {
    const at = new Fields(problems, 'users', index + 1);
    const { role } = each;
    const scope = each.scope ?? undefined;
    const wanted = role === 'regional_manager' ? 'region' : role.startsWith('centre_') ? 'centre' : undefined;
    if (wanted === undefined && scope !== undefined) at.bad('scope', `a ${role} has none`);
    if (wanted === 'centre' && scope === undefined) at.bad('scope', 'is missing: the ref of a centre');
    if (wanted === 'region' && !isRegionCode(scope ?? ''))
      at.bad('scope', `${shown(scope ?? '')} is not the KATO code of a region`);
    return { sheet: 'users', ...readPerson(each, at), role, scope, work: undefined };
  });
}

/** Rows of one file that are the same person: by ref, or by login where the names agree. The first row holds the person's fields. */
export interface Identity {
  readonly rows: [PersonRow, ...PersonRow[]];
  stored: Person | undefined;
}

const sameName = (a: Pick<Person, 'searchName'>, b: Pick<Person, 'searchName'>) =>
  a.searchName === b.searchName;

export function identitiesOf(rows: readonly PersonRow[]): Identity[] {
  const identities: Identity[] = [];
  const byKey = new Map<string, Identity>();
  for (const row of rows) {
    const { at, ref, values } = row;
    const [refKey, loginKey] = [`ref ${ref}`, values.login ? `login ${values.login}` : undefined];
    const same = byKey.get(refKey);
    const alike = loginKey === undefined ? undefined : byKey.get(loginKey);
    const identity = same ?? alike;
    if (!identity) {
      const fresh: Identity = { rows: [row], stored: undefined };
      identities.push(fresh);
      byKey.set(refKey, fresh);
      if (loginKey !== undefined) byKey.set(loginKey, fresh);
      continue;
    }
    const [first] = identity.rows;
    const where = `row ${first.at.row} of ${first.sheet}`;
    if (same && alike !== same && loginKey !== undefined)
      at.bad('login', `is not the login of ${where}, which has the same ref`);
    else if (!same && row.role === 'guardian') at.bad('login', `is also the login of ${where}`);
    else if (!sameName(values, first.values))
      at.bad('name', `is not the name in ${where}, which is the same person`);
    identity.rows.push(row);
    byKey.set(refKey, identity);
  }
  return identities;
}

/** Finds who of a file is known already: by ref, else by login where the names agree. Another person's login is a problem. */
export function matchPeople(
  identities: readonly Identity[],
  byRef: ReadonlyMap<string, Person>,
  byLogin: ReadonlyMap<string, Person>,
  guardianIds: ReadonlySet<number>,
): void {
  for (const identity of identities) {
    const [{ at, values, role }] = identity.rows;
    const own = identity.rows.map((row) => byRef.get(row.ref)).find((person) => person !== undefined);
    const holder = values.login ? byLogin.get(values.login) : undefined;
    if (own) {
      if (holder && holder.id !== own.id) at.bad('login', 'belongs to another person');
      identity.stored = own;
    } else if (holder) {
      const anotherGuardian = role === 'guardian' && holder.ref !== null && guardianIds.has(holder.id);
      if (anotherGuardian || !sameName(values, holder)) at.bad('login', 'belongs to another person');
      identity.stored = holder;
    }
  }
}
