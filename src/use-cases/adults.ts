import type { Language } from '../domain/language.ts';
import { signsIn, type May } from '../domain/guardianship.ts';
import { searchName } from '../domain/names.ts';
import { refuse, type FieldRefusal } from '../domain/refusal.ts';
import { isLoginTaken } from '../data/contacts.ts';
import { listAdultsOfPhone, updateLogin } from '../data/guardianships.ts';
import { insertAdult, listAdultsBy, type KnownAdult } from '../data/registration.ts';
import type { Work } from './perform.ts';

/** An adult as somebody names them. The name is clean, the phone in its stored form, the e-mail in lower case. */
export interface NamedAdult {
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly language: Language;
  readonly may: May;
}

type Contactable = Pick<KnownAdult, 'id' | 'searchName' | 'login'>;

export interface FoundAdult {
  readonly id: number;
  readonly isNew: boolean;
}

function wrong(field: string, detail: string): never {
  const error: FieldRefusal = { field, reason: 'invalid', detail };
  return refuse('invalid', { errors: [error] });
}

/**
 * The person with this telephone or e-mail, if it is the same person by name. A contact that belongs to somebody else is
 * refused without saying to whom: a wrong digit must not hand a stranger's rights over.
 */
async function knownAdult(
  { tx }: Work,
  { name, phone, email }: NamedAdult,
  fields: { phone: string; email: string },
): Promise<Contactable | undefined> {
  const namesake = (each: Contactable) => each.searchName === searchName(name);
  // Somebody who only collects a child has named a number, and it does not become theirs by that.
  const holders = phone === null ? [] : await listAdultsOfPhone(tx, phone);
  const byPhone = holders.find(namesake);
  if (!byPhone && holders.some((each) => each.hasAccount)) wrong(fields.phone, 'contact_of_another');
  const [byEmail] = email === null ? [] : await listAdultsBy(tx, { phone: null, email });
  if (byEmail && (byPhone ? byEmail.id !== byPhone.id : !namesake(byEmail)))
    wrong(fields.email, 'contact_of_another');
  return byPhone ?? byEmail;
}

async function insertNamed({ tx, now }: Work, adult: NamedAdult, login: string | null): Promise<FoundAdult> {
  const { name, phone, language } = adult;
  const row = { name, searchName: searchName(name), phone, login, language, createdAt: now };
  return { id: await insertAdult(tx, row), isNew: true };
}

/** Somebody known only as a name with a number signs in with that number from now on. */
async function openLogin({ tx }: Work, personId: number, phone: string | null): Promise<void> {
  if (phone !== null && !(await isLoginTaken(tx, phone, personId))) await updateLogin(tx, personId, phone);
}

/**
 * The adult whom a centre names: somebody known by phone or e-mail and name, else somebody new. Refuses as `invalid`,
 * at the named fields, a contact of somebody else. Who only collects is given no login by a telephone.
 */
export async function adultOfCentre(
  work: Work,
  adult: NamedAdult,
  fields: { phone: string; email: string },
): Promise<FoundAdult> {
  const { phone, email, may } = adult;
  const known = await knownAdult(work, adult, fields);
  if (!known) return await insertNamed(work, adult, email ?? (signsIn(may) ? phone : null));
  if (known.login === null && signsIn(may)) await openLogin(work, known.id, phone);
  return { id: known.id, isNew: false };
}

/**
 * The adult whom a family names. Nothing in the outcome may tell whether the telephone is known. Who only collects is
 * who the family says: at the door a document is asked for, so a number of somebody else changes nobody. Who signs in is
 * the owner of the telephone, since that is where the code goes, whatever name the family knows them by.
 */
export async function adultOfFamily(work: Work, adult: NamedAdult): Promise<FoundAdult> {
  const { name, phone, may } = adult;
  const holders = phone === null ? [] : await listAdultsOfPhone(work.tx, phone);
  const namesakes = holders.filter((each) => each.searchName === searchName(name));
  if (!signsIn(may)) {
    return namesakes[0] ? { id: namesakes[0].id, isNew: false } : await insertNamed(work, adult, null);
  }
  const accounts = holders.filter((each) => each.hasAccount);
  const owner =
    accounts.find((each) => each.login === phone) ??
    accounts.find((each) => namesakes.includes(each)) ??
    (accounts.length === 1 ? accounts[0] : undefined) ??
    namesakes[0];
  if (!owner) return await insertNamed(work, adult, phone);
  if (owner.login === null) await openLogin(work, owner.id, phone);
  return { id: owner.id, isNew: false };
}
