import { addDays, addMonths, ageInYears, type PlainDate } from '../domain/calendar.ts';
import type { DocumentKind } from '../domain/application.ts';
import { parseIin } from '../domain/iin.ts';
import type { Language } from '../domain/language.ts';
import type { PatternJson } from '../domain/pattern.ts';
import { worksAt, type Category } from '../domain/people.ts';
import type { Phone } from '../domain/phone.ts';
import { refuse, type FieldRefusal } from '../domain/refusal.ts';
import {
  findApplicationByReference,
  insertApplication,
  insertDecision,
  lockApplication,
  type Application,
  type DecidedApplication,
} from '../data/applications.ts';
import { findCentrePlace } from '../data/centres.ts';
import type { Reading } from '../data/database.ts';
import { insertEvent } from '../data/events.ts';
import { newReference } from './codes.ts';
import { refuseErrors } from './administration.ts';
import { authorOf, todayOf, type Work } from './perform.ts';

export interface Submission {
  readonly centreId: number;
  readonly childName: string;
  readonly birthDate: PlainDate;
  /** As typed; null where it is brought later. */
  readonly iin: string | null;
  readonly category: Category;
  readonly need: string;
  readonly pattern: PatternJson;
  readonly startsOn: PlainDate;
  readonly guardianName: string;
  readonly phone: Phone;
  readonly email: string | null;
  readonly language: Language;
  readonly documents: readonly {
    readonly kind: DocumentKind;
    readonly number: string;
    readonly expiresOn: PlainDate | null;
  }[];
}

const OLDEST_YEARS = 120;
const MONTHS_AHEAD = 12;

/** What the rules say of an application, by the names of its fields. */
export function applicationErrors(input: Submission, today: PlainDate): FieldRefusal[] {
  const errors: FieldRefusal[] = [];
  const wrong = (field: string, detail: string) => errors.push({ field, reason: 'invalid', detail });
  if (input.birthDate > today) wrong('birthDate', 'not_born');
  else if (ageInYears(input.birthDate, today) > OLDEST_YEARS) wrong('birthDate', 'too_old_to_be_true');
  if (input.iin !== null) {
    const parsed = parseIin(input.iin);
    if ('error' in parsed) wrong('iin', `iin_${parsed.error}`);
    else if (parsed.birthDate !== input.birthDate) wrong('iin', 'iin_other_date');
  }
  if (input.startsOn < today || input.startsOn > addMonths(today, MONTHS_AHEAD))
    wrong('startsOn', 'starts_too_far');
  for (const { kind, expiresOn } of input.documents) {
    if (expiresOn !== null && expiresOn < addDays(today, 1)) wrong(`${kind}ExpiresOn`, 'expired');
  }
  return errors;
}

/** Takes an application from anybody; gives its reference, by which alone with the phone it is found again. */
export async function submitApplication(work: Work, input: Submission): Promise<{ reference: string }> {
  const { tx, now } = work;
  if (!(await findCentrePlace(tx, input.centreId))) refuse('missing');
  refuseErrors(applicationErrors(input, todayOf(work)));
  const reference = newReference();
  const { documents, iin, ...facts } = input;
  const id = await insertApplication(
    tx,
    { ...facts, iin: iin === null ? null : iin.trim(), reference, submittedAt: now },
    documents.map((each) => ({ ...each, issuedOn: null })),
  );
  await insertEvent(tx, {
    at: now,
    by: null,
    kind: 'application.received',
    centreId: input.centreId,
    data: { applicationId: id },
  });
  return { reference };
}

/** How an application stands, for whoever knows both its reference and its phone. */
export async function findOwnApplication(
  tx: Reading,
  asked: { readonly reference: string; readonly phone: string },
): Promise<DecidedApplication | undefined> {
  const found = await findApplicationByReference(tx, asked.reference);
  return found?.application.phone === asked.phone ? found : undefined;
}

/** An application of a centre where the actor works, locked and not yet decided; a decided one is `stale`. */
export async function applicationToDecide(
  { tx, actor }: Work,
  { centreId, applicationId }: { centreId: number; applicationId: number },
): Promise<Application> {
  if (!worksAt(actor, centreId)) refuse('missing');
  const found = (await lockApplication(tx, applicationId, centreId)) ?? refuse('missing');
  return found.decision === null ? found.application : refuse('stale');
}

/** Declines an application; its applicant reads the reason. */
export async function declineApplication(
  work: Work,
  input: { readonly centreId: number; readonly applicationId: number; readonly reason: string },
): Promise<void> {
  const { tx, now, actor } = work;
  const { centreId, applicationId, reason } = input;
  await applicationToDecide(work, input);
  const by = authorOf(actor);
  await insertDecision(tx, { applicationId, at: now, by, outcome: 'declined', reason });
  await insertEvent(tx, { at: now, by, kind: 'application.declined', centreId, data: { applicationId } });
}
