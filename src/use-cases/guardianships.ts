import { addDays, addMonths, type PlainDate } from '../domain/calendar.ts';
import {
  endsLater,
  firstDayWithout,
  mayOf,
  rightsOf,
  signsIn,
  type May,
  type RightName,
} from '../domain/guardianship.ts';
import { searchName } from '../domain/names.ts';
import { refuse } from '../domain/refusal.ts';
import type { Child } from '../data/children.ts';
import { findContact } from '../data/contacts.ts';
import {
  addGuardianship,
  listGivenNames,
  listGuardianships,
  updateGuardianship,
  type GivenName,
  type Guardianship,
} from '../data/guardianships.ts';
import { assignGuardian } from '../data/registration.ts';
import { findWorkday } from '../data/workdays.ts';
import { adultOfCentre, adultOfFamily, type NamedAdult } from './adults.ts';
import { lockChildToBook } from './bookings.ts';
import {
  mustBeDates,
  mustEndWithin,
  note,
  standing,
  tellOfRights,
  whole,
  wrong,
  type WhichChild,
} from './guardianship-rules.ts';
import { inviteAdult } from './invitations.ts';
import { todayOf, type Work } from './perform.ts';

/** Rows of one child that hold or will: more is a mistake, or somebody who writes to numbers. */
const MOST_ROWS = 20;
const MONTHS_AHEAD = 12;

export interface Gift extends WhichChild {
  readonly adult: NamedAdult;
  readonly startsOn: PlainDate;
  /** The last day; null = without an end. */
  readonly endsOn: PlainDate | null;
}

export interface Change extends WhichChild {
  readonly guardianshipId: number;
  /** Which of the row's rights; the others stay as they are. */
  readonly rights: readonly RightName[];
}

/**
 * Gives an adult rights over a child. A guardian with the right to book may, and the staff of a centre that knows the
 * child: to others the child is `missing`. Refuses as `invalid`, naming the field: no right, an adult who signs in but
 * cannot be reached, oneself, days gone by or too far, and by a guardian anything that outlasts their own right to book.
 * Rights that the adult has already, for as long, are left as they are. The answer tells nothing of the adult.
 */
export async function giveRights(work: Work, input: Gift): Promise<void> {
  const { tx, actor } = work;
  const today = todayOf(work);
  const child = await lockChildToBook(work, input.childId);
  const byFamily = actor.role === 'guardian';
  const may = whole(input.adult.may);
  const { startsOn, endsOn } = input;
  const adult = { ...input.adult, may };
  if (rightsOf(may).length === 0) wrong('may', 'right_required');
  if (signsIn(may) && adult.phone === null && adult.email === null) wrong('phone', 'contact_required');
  // A second self of one's own name would be a way to rights that one was not given.
  if (byFamily && searchName(adult.name) === searchName(actor.name)) wrong('name', 'oneself');
  if (startsOn < today) wrong('startsOn', 'gone_by');
  if (startsOn > addMonths(today, MONTHS_AHEAD)) wrong('startsOn', 'starts_too_far');
  mustBeDates(work, startsOn, endsOn);
  const rows = await listGuardianships(tx, child.id);
  mustEndWithin(work, rows, endsOn);
  if (byFamily && standing(rows, today).length >= MOST_ROWS) wrong('', 'too_many_adults');
  const { id: personId, isNew } = byFamily
    ? await adultOfFamily(work, adult)
    : await adultOfCentre(work, adult, { phone: 'phone', email: 'email' });
  if (byFamily && personId === actor.personId) wrong('phone', 'oneself');
  const contact = (await findContact(tx, personId)) ?? refuse('missing');
  const given = await listGivenNames(tx, child.id);
  const called = (row: Guardianship) => searchName(given.get(row.id)?.name ?? contact.name);
  // Under another name it is another row: that the number is on the list already is not told either.
  const has = rows.some(
    (row) =>
      (!byFamily || called(row) === searchName(adult.name)) &&
      row.personId === personId &&
      row.startsOn <= startsOn &&
      !endsLater(endsOn, row.endsOn) &&
      rightsOf(may).every((right) => row.may[right]),
  );
  if (has) return;

  const guardianshipId = await addGuardianship(tx, { childId: child.id, personId, startsOn, endsOn, may });
  if (signsIn(may)) await assignGuardian(tx, personId, today);
  if (isNew) await note(work, 'account.created', input, { personId });
  await note(work, 'guardianship.given', input, {
    guardianshipId,
    personId,
    rights: rightsOf(may),
    startsOn,
    endsOn,
    ...(byFamily && { called: await calledBy(work, adult.name, personId) }),
  });
  // Who has no password hears of it by the invitation.
  const invited = signsIn(may) && !contact.hasPassword;
  if (invited) await inviteAdult(work, input, personId, child.name);
  const concerned = invited ? [] : [personId];
  await tellOfRights(work, child, 'rights_given', adult.name, { may, startsOn, endsOn }, concerned, rows);
}

/** What the family's pages go on saying of the adult, whoever it is. */
async function calledBy(work: Work, name: string, personId: number): Promise<GivenName> {
  const workday = await findWorkday(work.tx, personId, todayOf(work));
  return { name, workdayBefore: workday?.startsOn ?? null };
}

/** The row of this child that still holds or will; another child's is as `missing` as none, a past one is `stale`. */
async function rowToChange(
  work: Work,
  input: Change,
): Promise<{ child: Child; rows: Guardianship[]; row: Guardianship }> {
  const child = await lockChildToBook(work, input.childId);
  const rows = await listGuardianships(work.tx, child.id);
  const row = rows.find((each) => each.id === input.guardianshipId) ?? refuse('missing');
  if (standing([row], todayOf(work)).length === 0) refuse('stale');
  return { child, rows, row };
}

/** The rights that are meant: without seeing a child nobody books for it. */
function meant(row: Guardianship, rights: readonly RightName[]): May {
  if (rights.length === 0) wrong('rights', 'right_required');
  if (rights.some((right) => !row.may[right])) refuse('stale');
  return { ...mayOf(rights), book: rights.includes('book') || (rights.includes('see') && row.may.book) };
}

/**
 * Gives some of a row's rights another last day; the rest of the row stays. What is left of days gone by is kept: rights
 * are ended, never rewritten.
 */
async function endRights(
  { tx }: Work,
  row: Guardianship,
  chosen: May,
  endsOn: PlainDate | null,
): Promise<{ changed: number }> {
  const rest = mayOf(rightsOf(row.may).filter((right) => !chosen[right]));
  if (rightsOf(rest).length === 0) {
    await updateGuardianship(tx, row.id, { may: row.may, endsOn });
    return { changed: row.id };
  }
  await updateGuardianship(tx, row.id, { may: rest, endsOn: row.endsOn });
  const { childId, personId, startsOn } = row;
  return { changed: await addGuardianship(tx, { childId, personId, startsOn, endsOn, may: chosen }) };
}

/** A family never leaves a child with fewer days on which somebody may book for it. */
async function mustKeepBooker(work: Work, before: readonly Guardianship[]): Promise<void> {
  const { tx, actor } = work;
  if (actor.role !== 'guardian') return;
  const today = todayOf(work);
  const was = firstDayWithout('book', before, today);
  const is = firstDayWithout('book', await listGuardianships(tx, before[0]!.childId), today);
  if (is !== null && (was === null || is < was)) wrong('', 'last_booker');
}

async function write(
  work: Work,
  input: Change,
  kind: 'changed' | 'withdrawn',
  found: { child: Child; rows: Guardianship[]; row: Guardianship },
  chosen: May,
  endsOn: PlainDate | null,
): Promise<void> {
  const { tx, actor } = work;
  const { child, rows, row } = found;
  const given = (await listGivenNames(tx, child.id)).get(row.id);
  const { changed } = await endRights(work, row, chosen, endsOn);
  await mustKeepBooker(work, rows);
  const { personId, startsOn } = row;
  const rights = rightsOf(chosen);
  // The name that the family typed goes with the rights.
  if (changed !== row.id && given)
    await note(work, 'guardianship.given', input, {
      guardianshipId: changed,
      personId,
      rights,
      startsOn,
      endsOn,
      called: given,
    });
  await note(work, `guardianship.${kind}`, input, { guardianshipId: changed, personId, rights, endsOn });
  const name = given?.name ?? (await findContact(tx, personId))?.name ?? '';
  const told = { may: chosen, startsOn, endsOn };
  const concerned = personId === actor.personId ? [] : [personId];
  await tellOfRights(work, child, `rights_${kind}`, name, told, concerned, rows);
}

/**
 * Gives rights another last day; null is without an end. A guardian may not lengthen their own, nor give what outlasts
 * their own right to book, nor leave nobody to book. Refuses as `invalid`, naming the field.
 */
export async function changeLastDay(
  work: Work,
  input: Change & { readonly endsOn: PlainDate | null },
): Promise<void> {
  const found = await rowToChange(work, input);
  const { row, rows } = found;
  const { endsOn } = input;
  const { personId, role } = work.actor;
  const lengthens = endsLater(endsOn, row.endsOn);
  const asked = meant(row, input.rights);
  // A right to book that is lengthened takes the sight of the child along; one that is cut short leaves it.
  const chosen = lengthens ? whole(asked) : asked;
  mustBeDates(work, row.startsOn, endsOn);
  if (endsOn === row.endsOn) return;
  if (role === 'guardian' && row.personId === personId && lengthens) wrong('endsOn', 'not_longer');
  if (lengthens) mustEndWithin(work, rows, endsOn);
  await write(work, input, 'changed', found, chosen, endsOn);
}

/** Ends rights from today on. A guardian may not end the last right to book. What has ended already is `stale`. */
export async function withdrawRights(work: Work, input: Change): Promise<void> {
  const found = await rowToChange(work, input);
  const chosen = meant(found.row, input.rights);
  // A row that begins today or later ends before it begins: it has never held.
  await write(work, input, 'withdrawn', found, chosen, addDays(todayOf(work), -1));
}

/** Sends a guardian without a password another invitation. Staff only; whoever cannot be invited is `invalid`. */
export async function sendInvitation(
  work: Work,
  input: WhichChild & { readonly personId: number },
): Promise<void> {
  const { tx, actor } = work;
  if (actor.role === 'guardian') refuse('missing');
  const child = await lockChildToBook(work, input.childId);
  const today = todayOf(work);
  const rows = standing(await listGuardianships(tx, child.id), today);
  const own = rows.filter((row) => row.personId === input.personId);
  if (own.length === 0) refuse('missing');
  const contact = (await findContact(tx, input.personId)) ?? refuse('missing');
  const reachable = contact.phone !== null || contact.login !== null;
  if (contact.hasPassword || !reachable || !own.some((row) => signsIn(row.may))) refuse('invalid');
  await assignGuardian(tx, input.personId, today);
  await inviteAdult(work, input, input.personId, child.name);
}
