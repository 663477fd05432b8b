import { CANDIDATE_PAPERS, lackingFor, papersHoldOn } from '../../domain/candidacy.ts';
import { addDays, dateAt } from '../../domain/calendar.ts';
import { formatDate } from '../../domain/calendar-words.ts';
import { collator } from '../../domain/names.ts';
import { isRegionCode, REGIONS, type RegionCode } from '../../domain/regions.ts';
import { listBookings } from '../../data/bookings.ts';
import { listCandidaciesOf, listStates } from '../../data/candidacies.ts';
import { listCentres } from '../../data/centres.ts';
import { listChildren, type Child } from '../../data/children.ts';
import type { Reading } from '../../data/database.ts';
import { listOpenVacancies, listVacanciesById, type Vacancy } from '../../data/vacancies.ts';
import { findHome } from '../../data/workdays.ts';
import type { T } from '../../i18n/translate.ts';
import { findVacancyFits } from '../../use-cases/vacancy-fits.ts';
import { guardian } from '../access.ts';
import { CANDIDACY_TONES, lackingWords, paperName, ruleWords, vacancyFacts } from '../candidacy-words.ts';
import { hoursWords } from '../centre/hours.ts';
import type { Context } from '../context.ts';
import { formatPeriod } from '../dates.ts';
import { centreAddress, centreName } from '../names.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { fitLines, heldPapers, ownGroupWords, saidPapers } from './vacancy-fit.ts';

const PAGE = 20;
const FIRST_REGION: RegionCode = '75';

/** Where to look first: the family's own region, else that of the child's centres. */
async function regionOf(tx: Reading, context: Context, children: readonly Child[]): Promise<RegionCode> {
  const asked = context.query('region');
  if (isRegionCode(asked)) return asked;
  const home = await findHome(tx, context.actor.personId);
  if (home.region !== null && isRegionCode(home.region)) return home.region;
  const { today } = context;
  const near = { from: addDays(today, -90), to: addDays(today, 90) };
  const bookings = await listBookings(tx, { childIds: children.map(({ id }) => id), ...near });
  const [centre] = await listCentres(tx, { ids: bookings.slice(0, 1).map((each) => each.centreId) });
  return centre && isRegionCode(centre.regionCode) ? centre.regionCode : FIRST_REGION;
}

async function read(tx: Reading, context: Context, number: number) {
  const { actor, today } = context;
  const children = await listChildren(tx, actor, today);
  const region = await regionOf(tx, context, children);
  const own = await listCandidaciesOf(tx, actor.personId);
  const found = await listOpenVacancies(tx, region, today, { offset: (number - 1) * PAGE, limit: PAGE });
  const applied = await listVacanciesById(
    tx,
    own.map((each) => each.vacancyId),
  );
  const centreIds = [...found.vacancies, ...applied].map((each) => each.centreId);
  return {
    children,
    region,
    own,
    found,
    applied: new Map(applied.map((each) => [each.id, each])),
    states: await listStates(
      tx,
      own.map(({ id }) => id),
    ),
    centres: new Map(
      (await listCentres(tx, { ids: [...new Set(centreIds)] })).map((each) => [each.id, each]),
    ),
    held: await heldPapers(tx, context),
    fits: await findVacancyFits(tx, {
      personId: actor.personId,
      children,
      vacancies: found.vacancies,
      today,
    }),
  };
}

type Seen = Awaited<ReturnType<typeof read>>;

function vacancyCard(vacancy: Vacancy, seen: Seen, context: Context) {
  const { t, language, today } = context;
  const centre = seen.centres.get(vacancy.centreId)!;
  const running = seen.own.find((each) => each.vacancyId === vacancy.id && each.endedAt === null);
  const on = papersHoldOn(vacancy.startsOn, today);
  return {
    post: t(`post.${vacancy.post}`),
    centre: centreName(centre, language),
    address: centreAddress(centre, language),
    facts: vacancyFacts(vacancy, hoursWords(vacancy.hours, t), t),
    fits: fitLines(vacancy, seen.fits, seen.children, t),
    lacking: lackingWords(lackingFor(vacancy.post, seen.held, on), t),
    rule: ruleWords(vacancy.post, t),
    ownGroup: ownGroupWords(vacancy, centre, seen.fits, t),
    apply: running ? '' : paths.newCandidacy(vacancy.id, { have: saidPapers(context) }),
    applied: running ? paths.candidacy(running.id) : '',
  };
}

function ownRow(
  { id, vacancyId, submittedOn }: { id: number; vacancyId: number; submittedOn: string },
  seen: Seen,
  t: T,
) {
  const vacancy = seen.applied.get(vacancyId)!;
  const state = seen.states.get(id)?.state ?? 'submitted';
  return {
    href: paths.candidacy(id),
    post: t(`post.${vacancy.post}`),
    centre: centreName(seen.centres.get(vacancy.centreId)!, t.language),
    sent: t('candidacy.sent_on', { date: submittedOn }),
    tone: CANDIDACY_TONES[state],
    state: t(`candidacy_state.${state}`),
  };
}

async function showVacancies(context: Context): Promise<void> {
  const { t, language } = context;
  const asked = context.query('page');
  const number = /^[1-9]\d{0,3}$/.test(asked) ? Number(asked) : 1;
  const seen = await context.database.read((tx) => read(tx, context, number));
  const pages = Math.max(1, Math.ceil(seen.found.total / PAGE));
  const have = saidPapers(context);
  const at = (to: number) =>
    to >= 1 && to <= pages ? paths.vacancies({ region: seen.region, have, page: to }) : '';
  page(context.res, 'family/vacancies', {
    title: t('vacancy.work_with_us'),
    own: seen.own.map((each) =>
      ownRow({ ...each, submittedOn: formatDate(dateAt(each.submittedAt)) }, seen, t),
    ),
    action: paths.vacancies(),
    regions: REGIONS.map(({ code, name }) => ({ value: code, text: name[language] })).toSorted((a, b) =>
      collator(language).compare(a.text, b.text),
    ),
    papers: CANDIDATE_PAPERS.map((value) => ({ value, text: paperName(value, t) })),
    values: { region: seen.region, have },
    found: t('vacancy.found', { n: seen.found.total }),
    counted: t('vacancy.counted', { period: formatPeriod(seen.fits.from, seen.fits.to) }),
    vacancies: seen.found.vacancies.map((each) => vacancyCard(each, seen, context)),
    pages: pages > 1 && {
      previous: at(number - 1),
      next: at(number + 1),
      text: t('nav.page_of', { page: number, pages }),
    },
  });
}

export const vacancies = routes('/vacancies').get('', guardian, showVacancies);
