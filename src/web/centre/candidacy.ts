import { z } from 'zod';
import {
  CANDIDACY_STATES,
  CANDIDACY_TRANSITIONS,
  isComplete,
  lackingFor,
  mayFollow,
  papersHoldOn,
  stepBelongsTo,
} from '../../domain/candidacy.ts';
import { formatDate } from '../../domain/calendar-words.ts';
import { dateAt, instantAt } from '../../domain/calendar.ts';
import { formatPhone, type Phone } from '../../domain/phone.ts';
import { refuse } from '../../domain/refusal.ts';
import { MINUTES_PER_HALF_HOUR, parseTime } from '../../domain/slots.ts';
import { findCandidacy, listPapers, listSteps } from '../../data/candidacies.ts';
import { findCentre } from '../../data/centres.ts';
import { findContact } from '../../data/contacts.ts';
import { findVacancy } from '../../data/vacancies.ts';
import { LONGEST_NOTE, takeStep } from '../../use-cases/hiring.ts';
import { findVacancyFits } from '../../use-cases/vacancy-fits.ts';
import { centreCandidacyAdmin } from '../access/vacancy.ts';
import { attempt } from '../attempt.ts';
import {
  CANDIDACY_TONES,
  candidacyErrors,
  heldWords,
  historyRows,
  lackingWords,
  paperRows,
  ruleWords,
} from '../candidacy-words.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { optional, optionalDate } from '../shapes.ts';
import { timeOptions } from '../times.ts';

/** Competitions are held by day. */
const EARLIEST = 16;
const LATEST = 38;

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

/** A candidate's file: papers against the post's rule, every step, and the next one. Nothing of the family. */
async function showCandidacy(context: Context, problem?: Problem): Promise<void> {
  const { t, today } = context;
  const [centreId, vacancyId] = [context.id('centreId'), context.id('vacancyId')];
  const candidacyId = context.id('candidacyId');
  const seen = await context.database.read(async (tx) => {
    const candidacy = (await findCandidacy(tx, candidacyId)) ?? refuse('missing');
    const vacancy = (await findVacancy(tx, vacancyId))!;
    const asked = { personId: candidacy.personId, children: [], vacancies: [vacancy], today };
    return {
      candidacy,
      vacancy,
      centre: (await findCentre(tx, centreId))!,
      contact: (await findContact(tx, candidacy.personId))!,
      steps: await listSteps(tx, [candidacyId]),
      papers: await listPapers(tx, [candidacyId]),
      fits: await findVacancyFits(tx, asked),
    };
  });
  const { candidacy, vacancy, contact, steps, papers } = seen;
  const last = steps.at(-1)!;
  const on = papersHoldOn(vacancy.startsOn, today);
  const lacking = lackingFor(vacancy.post, papers, on);
  const choices = CANDIDACY_TRANSITIONS[last.state].filter(
    (state) => stepBelongsTo(state) === 'centre' && state !== 'hired',
  );
  // The groups of this centre where the own child is: what rosters go by, and no more of the family.
  const groups = (seen.fits.ownGroups.get(vacancyId) ?? []).map((group) => group.name).join(', ');
  const barred = groups !== '' && !seen.centre.parentInOwnGroup;
  page(
    context.res,
    'centre/candidacy',
    {
      title: contact.name,
      back: paths.centreVacancy(centreId, vacancyId),
      post: t(`post.${vacancy.post}`),
      tone: CANDIDACY_TONES[last.state],
      state: t(`candidacy_state.${last.state}`),
      held: last.state === 'invited' ? heldWords(last) : '',
      facts: [
        { term: t('candidacy.reference'), value: candidacy.reference },
        { term: t('candidacy.sent_at'), value: formatDate(dateAt(candidacy.submittedAt)) },
        {
          term: t('child.phone'),
          value: contact.phone === null ? '–' : formatPhone(contact.phone as Phone),
        },
        ...(contact.login?.includes('@') ? [{ term: t('child.email'), value: contact.login }] : []),
        { term: t('candidacy.statement'), value: candidacy.statement || t('candidacy.nothing') },
        ...(barred ? [{ term: t('candidacy.rosters'), value: t('candidacy.barred_from', { groups }) }] : []),
      ],
      papers: paperRows(papers, on, t),
      complete: isComplete(lacking),
      lacking: lackingWords(lacking, t),
      rule: ruleWords(vacancy.post, t),
      history: historyRows(steps, t),
      from: last.state,
      invites: choices.includes('invited'),
      choices: choices.map((value) => ({
        value,
        text: t(`candidacy.step_${value}`),
        ...(value === 'papers_complete' && !isComplete(lacking) && { hint: t('candidacy.step_lacks') }),
      })),
      hire: mayFollow(last.state, 'hired') ? paths.centreHiring(centreId, vacancyId, candidacyId) : '',
      staff: last.staffId === null ? '' : paths.centreStaffMember(centreId, last.staffId),
      action: paths.centreCandidacySteps(centreId, vacancyId, candidacyId),
      times: timeOptions(EARLIEST, LATEST),
      today,
      longest: LONGEST_NOTE,
      values: problem ? typed(context.req.body) : {},
      errors: problem?.errors,
    },
    {
      address: paths.centreCandidacy(centreId, vacancyId, candidacyId),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

const shape = z.strictObject({
  from: z.enum(CANDIDACY_STATES),
  step: z.enum(CANDIDACY_STATES, { error: 'form.choose_one' }),
  note: z
    .string()
    .optional()
    .transform((text) => (text ?? '').replaceAll('\r\n', '\n').trim())
    .pipe(z.string().max(LONGEST_NOTE)),
  heldOn: optionalDate(),
  heldTime: optional(parseTime, 'form.invalid_time'),
});

async function step(context: Context): Promise<void> {
  const [centreId, candidacyId] = [context.id('centreId'), context.id('candidacyId')];
  const form = parseForm(shape, context.req.body);
  if (form.errors) return await showCandidacy(context, form);
  const { from, step: to, note, heldOn, heldTime } = form.values;
  if (to === 'invited' && heldOn !== null && heldTime === null)
    return await showCandidacy(context, { errors: [{ field: 'heldTime', key: 'form.required' }] });
  const heldAt =
    heldOn === null || heldTime === null ? null : instantAt(heldOn, heldTime * MINUTES_PER_HALF_HOUR);
  const input = { centreId, candidacyId, from, to, note, heldAt };
  const { refused } = await attempt(context.perform(takeStep, input));
  if (refused)
    return await showCandidacy(context, {
      errors: candidacyErrors(refused),
      status: statusOf(refused.reason),
    });
  context.done(paths.centreCandidacy(centreId, context.id('vacancyId'), candidacyId), {
    key: 'candidacy.step_taken',
  });
}

export const candidacy = routes('/centres/:centreId/vacancies/:vacancyId/candidacies/:candidacyId')
  .get('', centreCandidacyAdmin, (context) => showCandidacy(context))
  .post('/steps', centreCandidacyAdmin, step);
