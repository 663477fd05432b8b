import { z } from 'zod';
import { mayFollow } from '../../domain/candidacy.ts';
import { maxOf } from '../../domain/calendar.ts';
import { searchName } from '../../domain/names.ts';
import { refuse } from '../../domain/refusal.ts';
import { LEVEL_OF_POST } from '../../domain/staffing.ts';
import { findCandidacy, listPapers, listStates, type StoredPaper } from '../../data/candidacies.ts';
import { findContact } from '../../data/contacts.ts';
import type { Qualification, Staff } from '../../data/staff.ts';
import { findVacancy, type Vacancy } from '../../data/vacancies.ts';
import type { T } from '../../i18n/translate.ts';
import { hireCandidate } from '../../use-cases/hiring.ts';
import { centreCandidacyAdmin } from '../access/vacancy.ts';
import { attempt } from '../attempt.ts';
import { paperName } from '../candidacy-words.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { staffForm } from './staff-form.ts';
import { entryOf, staffErrors, staffShape } from './staff-entry.ts';

const MOST_QUALIFICATIONS = 4;

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

/** The staff record as the vacancy and the papers would fill it; the administrator has the last word. */
function prefilled(vacancy: Vacancy, name: string, papers: readonly StoredPaper[], today: Staff['startsOn']) {
  const newest = (kind: StoredPaper['kind']) =>
    papers.filter((each) => each.kind === kind).toSorted((a, b) => (a.issuedOn < b.issuedOn ? 1 : -1))[0];
  const [medicalBook, background] = [newest('medical_book'), newest('background_check')];
  const staff: Staff = {
    id: 0,
    ref: null,
    centreId: vacancy.centreId,
    personId: null,
    name,
    searchName: searchName(name),
    post: vacancy.post,
    level: LEVEL_OF_POST[vacancy.post],
    weeklyMinutes: vacancy.weeklyMinutes,
    skills: vacancy.post === 'nurse' ? ['nurse'] : [],
    availability: vacancy.hours,
    startsOn: maxOf([vacancy.startsOn, today]),
    endsOn: null,
    daysPerWeek: Math.min(6, Object.keys(vacancy.hours).length),
    summedTime: false,
    overtimeConsentOn: null,
    overtimeBarred: false,
    preferences: null,
    medicalBookUntil: medicalBook?.validUntil ?? null,
    backgroundCheckedOn: background?.issuedOn ?? null,
    backgroundCheckUntil: background?.validUntil ?? null,
    attestation: null,
    attestedOn: null,
    attestationDueOn: null,
    annualLeaveDays: null,
    leaveCarriedDays: 0,
    version: 1,
  };
  return staff;
}

/** Education and certificates as the register keeps them, in the words of who hires. */
function qualificationsOf(papers: readonly StoredPaper[], t: T): Qualification[] {
  return papers
    .filter(({ kind }) => kind !== 'medical_book' && kind !== 'background_check')
    .slice(0, MOST_QUALIFICATIONS)
    .map(({ id, kind, institution, issuedOn, validUntil }) => ({
      id,
      staffId: 0,
      kind: paperName(kind, t),
      institution,
      issuedOn,
      validUntil,
    }));
}

async function showHiring(context: Context, problem?: Problem): Promise<void> {
  const { t, today } = context;
  const [centreId, vacancyId] = [context.id('centreId'), context.id('vacancyId')];
  const candidacyId = context.id('candidacyId');
  const back = paths.centreCandidacy(centreId, vacancyId, candidacyId);
  const seen = await context.database.read(async (tx) => {
    const candidacy = (await findCandidacy(tx, candidacyId)) ?? refuse('missing');
    return {
      vacancy: (await findVacancy(tx, vacancyId))!,
      contact: (await findContact(tx, candidacy.personId))!,
      papers: await listPapers(tx, [candidacyId]),
      last: (await listStates(tx, [candidacyId])).get(candidacyId)!,
    };
  });
  const values = problem ? typed(context.req.body) : {};
  const staff = prefilled(seen.vacancy, seen.contact.name, seen.papers, today);
  page(
    context.res,
    'centre/hiring',
    {
      title: t('candidacy.hire'),
      name: seen.contact.name,
      back,
      // Only who has passed the competition is hired: everybody else's page says so.
      ready: problem !== undefined || mayFollow(seen.last.state, 'hired'),
      action: paths.centreHiring(centreId, vacancyId, candidacyId),
      form: staffForm(staff, qualificationsOf(seen.papers, t), values, t),
      values,
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: paths.centreHiring(centreId, vacancyId, candidacyId),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

async function hire(context: Context): Promise<void> {
  const [centreId, candidacyId] = [context.id('centreId'), context.id('candidacyId')];
  const form = parseForm(z.strictObject(staffShape), context.req.body);
  if (form.errors) return await showHiring(context, form);
  const { entry, errors } = entryOf(form.values);
  if (errors.length > 0) return await showHiring(context, { errors });
  const { refused, answer } = await attempt(
    context.perform(hireCandidate, { ...entry, centreId, candidacyId }),
  );
  if (refused)
    return await showHiring(context, { errors: staffErrors(refused), status: statusOf(refused.reason) });
  context.done(paths.centreStaffMember(centreId, answer.staffId), { key: 'candidacy.hired' });
}

/** Whoever has passed enters the register, linked to the account they have. */
export const hiring = routes('/centres/:centreId/vacancies/:vacancyId/candidacies/:candidacyId/hiring')
  .get('', centreCandidacyAdmin, (context) => showHiring(context))
  .post('', centreCandidacyAdmin, hire);
