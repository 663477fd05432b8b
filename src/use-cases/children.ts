import { ageInYears, type Instant, type PlainDate } from '../domain/calendar.ts';
import { parseIin } from '../domain/iin.ts';
import { signsIn } from '../domain/guardianship.ts';
import { searchName } from '../domain/names.ts';
import { worksAt, type Category } from '../domain/people.ts';
import { refuse, type FieldRefusal } from '../domain/refusal.ts';
import { findCentrePlace } from '../data/centres.ts';
import { lockChild } from '../data/children.ts';
import { findContact } from '../data/contacts.ts';
import { insertEvent } from '../data/events.ts';
import {
  assignGuardian,
  findChildByIin,
  insertChild,
  insertGuardianship,
  isGuardianOf,
  putRegistration,
} from '../data/registration.ts';
import { adultOfCentre, type FoundAdult, type NamedAdult } from './adults.ts';
import { inviteAdult } from './invitations.ts';
import { authorOf, todayOf, type Work } from './perform.ts';

/** An adult who cares for the child. */
export type NewGuardian = NamedAdult;

export interface Registration {
  readonly centreId: number;
  readonly name: string;
  readonly birthDate: PlainDate;
  /** As typed; null with a reason where there is none. */
  readonly iin: string | null;
  readonly iinMissingReason: string | null;
  readonly category: Category;
  /** Hundredths. */
  readonly supportWeight: number;
  readonly skillsNeeded: readonly string[];
  /** At least one. */
  readonly guardians: readonly NewGuardian[];
}

export interface Registered {
  readonly id: number;
  /** Whether the country's register had the child already. */
  readonly known: boolean;
  /** How many adults were sent an invitation. */
  readonly invited: number;
}

/** What is wrong with a registration, as the form names its fields; `detail` tells the page which words to say. */
export type RegistrationProblem =
  | 'required'
  | 'iin_shape'
  | 'iin_date'
  | 'iin_check'
  | 'iin_other_date'
  | 'iin_known'
  | 'not_born'
  | 'too_old_to_be_true'
  | 'contact_required'
  | 'contact_of_another'
  | 'same_adult_twice';

export function wrong(field: string, detail: RegistrationProblem): never {
  const error: FieldRefusal = { field, reason: 'invalid', detail };
  return refuse('invalid', { errors: [error] });
}

const OLDEST_YEARS = 120;

type Born = Pick<Registration, 'birthDate' | 'iin' | 'iinMissingReason'>;

/** Refuses a date of birth that cannot be; gives the number in its stored form. */
export function checkBirth(born: Born, today: PlainDate): string | null {
  if (born.birthDate > today) wrong('birthDate', 'not_born');
  if (ageInYears(born.birthDate, today) > OLDEST_YEARS) wrong('birthDate', 'too_old_to_be_true');
  return iinOf(born);
}

/** The number in its stored form, once its date and check digit and the date of birth agree. */
function iinOf({ iin, iinMissingReason, birthDate }: Born): string | null {
  if (iin === null || iin.trim() === '') {
    if (iinMissingReason === null) wrong('iin', 'required');
    return null;
  }
  const parsed = parseIin(iin);
  if ('error' in parsed) wrong('iin', `iin_${parsed.error}`);
  if (parsed.birthDate !== birthDate) wrong('iin', 'iin_other_date');
  return parsed.iin;
}

async function adultOf(work: Work, guardian: NewGuardian, at: number): Promise<FoundAdult> {
  // The first can be reached; another, a grandmother who only collects, need not have a phone.
  if (at === 1 && guardian.phone === null && guardian.email === null)
    wrong('guardian1Phone', 'contact_required');
  return await adultOfCentre(work, guardian, { phone: `guardian${at}Phone`, email: `guardian${at}Email` });
}

/** Locks and gives the child of this number, which some centre has registered before. */
async function knownChild(work: Work, input: Registration, iin: string): Promise<number | undefined> {
  const known = await findChildByIin(work.tx, iin);
  if (!known) return undefined;
  if (known.searchName !== searchName(input.name)) wrong('iin', 'iin_known');
  await lockChild(work.tx, known.id);
  return known.id;
}

/**
 * Takes a child into a centre's register, with the adults who care for it; they may sign in once they have a password.
 * Who signs in and has no password is invited.
 * An adult known by phone or e-mail and name is the same person. A child known by its number is registered here as well,
 * under the same name and by one of its guardians only; its file and its guardians' rights are left as they are.
 * Refuses as `invalid`, naming the field, and as `missing` outside one's own centre.
 */
export async function registerChild(work: Work, input: Registration): Promise<Registered> {
  const { tx, now, actor } = work;
  const { centreId } = input;
  if (!worksAt(actor, centreId) || !(await findCentrePlace(tx, centreId))) refuse('missing');
  const today = todayOf(work);
  const iin = checkBirth(input, today);
  if (input.guardians.length === 0) wrong('guardian1Name', 'required');
  const knownId = iin === null ? undefined : await knownChild(work, input, iin);
  const adults: { id: number; isNew: boolean; guardian: NewGuardian }[] = [];
  for (const [index, guardian] of input.guardians.entries()) {
    const adult = await adultOf(work, guardian, index + 1);
    if (adults.some((other) => other.id === adult.id)) wrong(`guardian${index + 1}Name`, 'same_adult_twice');
    adults.push({ ...adult, guardian });
  }

  if (knownId !== undefined) {
    for (const adult of adults)
      if (!(await isGuardianOf(tx, adult.id, knownId, today))) wrong('iin', 'iin_known');
    await register(work, knownId, centreId, now);
    return { id: knownId, known: true, invited: 0 };
  }

  const { name, birthDate, category, supportWeight } = input;
  const childId = await insertChild(tx, {
    name,
    searchName: searchName(name),
    iin,
    iinMissingReason: iin === null ? input.iinMissingReason : null,
    birthDate,
    category,
    supportWeight,
    skillsNeeded: [...input.skillsNeeded],
    priority: 0,
    createdAt: now,
  });
  for (const { id: personId, isNew, guardian } of adults) {
    const { may } = guardian;
    if (signsIn(may)) await assignGuardian(tx, personId, today);
    await insertGuardianship(tx, {
      childId,
      personId,
      startsOn: today,
      maySee: may.see,
      mayBook: may.book,
      mayCollect: may.collect,
      mayBeTold: may.told,
    });
    if (isNew)
      await insertEvent(tx, {
        at: now,
        by: authorOf(actor),
        kind: 'account.created',
        centreId,
        childId,
        data: { personId },
      });
  }
  await register(work, childId, centreId, now);
  return {
    id: childId,
    known: false,
    invited: await inviteAdults(work, { childId, centreId }, name, adults),
  };
}

/** Invites those who sign in and have no password yet; gives how many. */
async function inviteAdults(
  work: Work,
  which: { childId: number; centreId: number },
  childName: string,
  adults: readonly { id: number; guardian: NewGuardian }[],
): Promise<number> {
  let invited = 0;
  for (const { id, guardian } of adults) {
    const contact = await findContact(work.tx, id);
    const reachable = contact !== undefined && (contact.phone !== null || contact.login !== null);
    if (!signsIn(guardian.may) || !reachable || contact.hasPassword) continue;
    await inviteAdult(work, which, id, childName);
    invited++;
  }
  return invited;
}

async function register(work: Work, childId: number, centreId: number, at: Instant): Promise<void> {
  const registeredBy = authorOf(work.actor);
  await putRegistration(work.tx, { childId, centreId, registeredAt: at, registeredBy });
  await insertEvent(work.tx, { at, by: registeredBy, kind: 'child.registered', centreId, childId });
}
