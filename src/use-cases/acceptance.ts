import { maxOf, type PlainDate } from '../domain/calendar.ts';
import { eligibilityReason } from '../domain/eligibility.ts';
import { searchName } from '../domain/names.ts';
import type { Actor } from '../domain/people.ts';
import { refuse } from '../domain/refusal.ts';
import { insertDecision, insertEnrolment, type Application } from '../data/applications.ts';
import { findCentre } from '../data/centres.ts';
import { findChild, lockChild, type Child } from '../data/children.ts';
import { findContact, isLoginTaken } from '../data/contacts.ts';
import { listLikelyAdults, listLikelyChildren } from '../data/duplicates.ts';
import { insertEvent } from '../data/events.ts';
import { findGroup } from '../data/groups.ts';
import { insertMessages } from '../data/messages.ts';
import {
  assignGuardian,
  insertAdult,
  insertChild,
  insertGuardianship,
  isGuardianOf,
  putRegistration,
} from '../data/registration.ts';
import { applicationToDecide } from './applications.ts';
import { invite } from './codes.ts';
import { authorOf, todayOf, type Work } from './perform.ts';

export interface Acceptance {
  readonly centreId: number;
  readonly applicationId: number;
  /** A known child that this one is; null = a new one. */
  readonly childId: number | null;
  /** A known adult who is the applicant; null = a new one. */
  readonly personId: number | null;
  /** The group of enrolled children that takes the child; null = none, it books in open groups. */
  readonly groupId: number | null;
  readonly startsOn: PlainDate;
}

function wrong(field: string, detail: string): never {
  return refuse('invalid', { errors: [{ field, reason: 'invalid', detail }] });
}

/** The applicant: one of the people who have this phone or e-mail, as staff chose, else somebody new. */
async function personOf({ tx, now }: Work, application: Application, chosen: number | null): Promise<number> {
  const { phone, email, guardianName: name, language } = application;
  if (chosen !== null) {
    const likely = await listLikelyAdults(tx, { phone, email });
    return likely.find(({ id }) => id === chosen)?.id ?? wrong('personId', 'not_likely');
  }
  // A number or address that another person signs in with stays theirs.
  const free = async (login: string | null) => login !== null && !(await isLoginTaken(tx, login, 0));
  const login = (await free(email)) ? email : (await free(phone)) ? phone : null;
  return await insertAdult(tx, {
    name,
    searchName: searchName(name),
    phone,
    login,
    language,
    createdAt: now,
  });
}

/**
 * The child: a known one as staff chose, else a new one. Who is found by an IIN must be chosen. A child that only other
 * centres know is taken over with one of its guardians only: an application must not hand a stranger rights over it.
 */
async function childOf(
  work: Work,
  application: Application,
  chosen: number | null,
  personId: number,
): Promise<{ child: Child; isNew: boolean }> {
  const { tx, now, actor } = work;
  const today = todayOf(work);
  const { childName: name, birthDate, iin, category, centreId } = application;
  const likely = await listLikelyChildren(tx, { name, birthDate, iin });
  const sameIin = likely.find((each) => iin !== null && each.iin === iin);
  if (sameIin && chosen !== sameIin.id) wrong('childId', 'same_iin');
  if (chosen !== null) {
    if (!likely.some(({ id }) => id === chosen)) wrong('childId', 'not_likely');
    const child = (await lockChild(tx, chosen)) ?? refuse('missing');
    const asCentre: Actor = { ...actor, role: 'centre_staff', centreId };
    const knownHere = (await findChild(tx, asCentre, chosen, today)) !== undefined;
    if (!knownHere && !(await isGuardianOf(tx, personId, chosen, today))) wrong('childId', 'known_elsewhere');
    return { child, isNew: false };
  }
  const facts = { name, birthDate, category, supportWeight: 100, skillsNeeded: [] };
  const id = await insertChild(tx, {
    ...facts,
    searchName: searchName(name),
    iin,
    iinMissingReason: null,
    priority: 0,
    createdAt: now,
  });
  return { child: { id, ref: null, ...facts }, isNew: true };
}

async function enrol(work: Work, child: Child, { centreId, groupId, startsOn }: Acceptance): Promise<void> {
  if (groupId === null) return;
  const { tx, now, actor } = work;
  const group = await findGroup(tx, groupId);
  if (!group || group.centreId !== centreId || group.admission !== 'enrolled')
    wrong('groupId', 'not_of_centre');
  const from = maxOf([startsOn, group.startsOn]);
  const reason = eligibilityReason(child, group, [{ startsOn: from, endsOn: null }], from);
  if (reason) refuse(reason);
  await insertEnrolment(tx, {
    childId: child.id,
    groupId,
    startsOn: from,
    ground: 'application',
    createdAt: now,
    createdBy: authorOf(actor),
  });
}

/** Tells the applicant: by an invitation while there is no password, else that the child is taken. */
async function tell(work: Work, personId: number, centreId: number, child: Child): Promise<void> {
  const { tx, now } = work;
  const centre = (await findCentre(tx, centreId)) ?? refuse('missing');
  const data = { centreRu: centre.nameRu, centreKk: centre.nameKk };
  const contact = await findContact(tx, personId);
  if (contact?.hasPassword) {
    await insertMessages(tx, [
      { personId, kind: 'accepted', data: { ...data, childId: child.id }, createdAt: now },
    ]);
  } else await invite(work, { personId, data });
}

/**
 * Turns an application into guardian, child, guardianship, registration and, where a group of enrolled children is
 * chosen, an enrolment. Refuses `stale` when it was decided meanwhile, `invalid` with the field that is wrong, and what
 * speaks against the group.
 */
export async function acceptApplication(work: Work, input: Acceptance): Promise<{ childId: number }> {
  const { tx, now, actor } = work;
  const today = todayOf(work);
  const application = await applicationToDecide(work, input);
  const { centreId, applicationId } = input;
  const personId = await personOf(work, application, input.personId);
  const { child, isNew } = await childOf(work, application, input.childId, personId);
  await assignGuardian(tx, personId, today);
  if (!(await isGuardianOf(tx, personId, child.id, today))) {
    const rights = { maySee: true, mayBook: true, mayCollect: true, mayBeTold: true };
    await insertGuardianship(tx, { childId: child.id, personId, startsOn: today, ...rights });
  }
  const by = authorOf(actor);
  await putRegistration(tx, { childId: child.id, centreId, registeredAt: now, registeredBy: by });
  await enrol(work, child, input);
  await insertDecision(tx, {
    applicationId,
    at: now,
    by,
    outcome: 'accepted',
    reason: '',
    childId: child.id,
    personId,
  });
  await insertEvent(tx, {
    at: now,
    by,
    kind: 'application.accepted',
    centreId,
    childId: child.id,
    data: { applicationId, personId, newChild: isNew },
  });
  await tell(work, personId, centreId, child);
  return { childId: child.id };
}
