import { addDays, type PlainDate } from '../../domain/calendar.ts';
import { administers } from '../../domain/people.ts';
import { isWarning } from '../../domain/working-time.ts';
import type { Context } from '../context.ts';
import { dateOf, formatPeriod } from '../dates.ts';
import type { FieldError } from '../form.ts';
import { hoursOf, percent, tenths, whole } from '../figures.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import type { Key, T } from '../../i18n/translate.ts';
import { centreRoster } from './own-roster.ts';
import { readScene, type RosterScene } from './roster-scene.ts';
import { dayShown, rosterStrip } from './roster-strip.ts';
import { rosterTable, shortHalfHours } from './roster-table.ts';
import { findingWords, gapWords, idleWords } from './roster-words.ts';

const MOST_FINDINGS = 60;

/** What is told above the board: an edit under way, what was wrong with it, what a colleague saved. */
export interface BoardNews {
  readonly week?: PlainDate;
  readonly day?: PlainDate;
  readonly editor?: (scene: RosterScene) => object;
  readonly errors?: readonly FieldError[];
  readonly values?: Readonly<Record<string, string | readonly string[]>>;
  readonly status?: number;
}

export const rosterTitle = ({ startsOn, endsOn }: RosterScene['roster'], t: T) =>
  t('roster.title', { period: formatPeriod(startsOn, endsOn) });

/** What a roster is to its days: a draft, what holds, or what another has taken the place of. */
export function rosterState({ publishedAt }: RosterScene['roster'], heldDays: number, t: T) {
  if (publishedAt === null) return { tone: 'info', text: t('roster.state.draft') };
  return heldDays > 0
    ? { tone: 'good', text: t('roster.state.holds', { n: heldDays }) }
    : { tone: 'off', text: t('roster.state.superseded') };
}

/** Whether other rosters or shifts hold on a draft's days than when it was made: then it can no longer be published. */
export function overtaken({ roster, basis }: Pick<RosterScene, 'roster' | 'basis'>): boolean {
  return roster.publishedAt === null && basis.join(' ') !== roster.basis.join(' ');
}

const range = (counts: readonly number[]) => {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return counts.length === 0 ? '–' : least === most ? `${most}` : `${least}–${most}`;
};

/** Coverage, law and fairness in figures: what every edit is answered with. */
function figuresOf(scene: RosterScene, table: ReturnType<typeof rosterTable>, t: T) {
  const short = [...scene.coverage.values()].reduce((sum, day) => sum + shortHalfHours(day), 0);
  const broken = scene.findings.filter((finding) => !isWarning(finding)).length;
  const overtime = table.rows.reduce((sum, row) => sum + row.overtimeMinutes, 0);
  const at = new Set(scene.shifts.map((shift) => shift.staffId));
  const busy = table.rows.filter((row) => at.has(row.staffId));
  return [
    { term: t('roster.figure.short'), value: whole(short, t.language), tone: short > 0 ? 'bad' : '' },
    { term: t('roster.figure.broken'), value: whole(broken, t.language), tone: broken > 0 ? 'bad' : '' },
    { term: t('roster.figure.overtime'), value: hoursOf(overtime, t.language), tone: '' },
    { term: t('roster.figure.early'), value: range(busy.map((row) => row.early)), tone: '' },
    { term: t('roster.figure.late'), value: range(busy.map((row) => row.late)), tone: '' },
  ];
}

const TERMS = ['legal', 'quality', 'overtime', 'underContract', 'preference', 'surplus', 'fairness'] as const;

/** The same roster by week, on its board, and by two weeks and month, as it is printed. */
export function rosterViews(
  { centre, roster }: Pick<RosterScene, 'roster'> & { readonly centre: { readonly id: number } },
  from: PlainDate,
  current: 'week' | 'two_weeks' | 'month',
  t: T,
) {
  const print = (span: string) => paths.rosterPrint(centre.id, roster.id, { from, span });
  return (['week', 'two_weeks', 'month'] as const).map((span) => ({
    text: t(`roster.${span}`),
    href: span === 'week' ? paths.roster(centre.id, roster.id, { week: from }) : print(span),
    current: span === current,
  }));
}

/** What the solver said of its draft: cost by term, how far it may be from the best, what stays open and why. */
function outcomeOf({ roster, staff }: RosterScene, t: T) {
  const { outcome } = roster;
  if (!outcome) return undefined;
  const names = new Map(staff.map((each) => [each.id, each.name]));
  const { language } = t;
  return {
    lead: outcome.proved
      ? t('roster.outcome_proved')
      : t('roster.outcome_gap', { gap: percent(outcome.gap, language) }),
    facts: [
      { term: t('roster.cost.total'), value: tenths(outcome.cost['total'] ?? 0, language) },
      { term: t('roster.cost.bound'), value: tenths(outcome.bound, language) },
      ...TERMS.map((term) => ({
        term: t.say({ key: `roster.cost.${term}` as Key }),
        value: tenths(outcome.cost[term] ?? 0, language),
      })),
      ...(outcome.continuity === null
        ? []
        : [{ term: t('roster.continuity'), value: percent(outcome.continuity, language) }]),
    ],
    gaps: outcome.uncovered.map((gap) => gapWords(gap, names, t)),
    idle: (outcome.idle ?? []).map((each) => idleWords(each, names, t)),
    edited: roster.version > 1,
  };
}

/** What the pointer and the keys do on the board, for those who use them. */
const waysOf = (t: T) => [
  { keys: '', text: t('board.way_drag') },
  { keys: '', text: t('board.way_grip') },
  { keys: 'Shift + ← → ↑ ↓', text: t('board.way_arrows') },
  { keys: '+ −', text: t('board.way_length') },
  { keys: ', .', text: t('board.way_time') },
  { keys: 'X', text: t('board.way_swap') },
  { keys: 'C, V', text: t('board.way_copy') },
];

function actsOf(scene: RosterScene, editable: boolean, administering: boolean, now: PlainDate) {
  const { centre, roster, monday } = scene;
  const inTime = roster.endsOn >= now;
  const editing = editable && inTime;
  return {
    publish: editing ? paths.rosterPublication(centre.id, roster.id) : '',
    published: roster.publishedAt === null ? '' : paths.rosterPublication(centre.id, roster.id),
    shortages: roster.publishedAt !== null && inTime ? paths.shortages(centre.id) : '',
    copyWeek: editing ? paths.rosterWeekCopy(centre.id, roster.id) : '',
    again: editing ? paths.centreRosters(centre.id) : '',
    move: editing ? paths.shifts(centre.id, roster.id) : '',
    change: administering && roster.publishedAt !== null && inTime ? paths.rosterCopies(centre.id) : '',
    print: paths.rosterPrint(centre.id, roster.id, { from: monday }),
    history: paths.rosterHistory(centre.id, roster.id),
  };
}

/** The board of a week, with the form of a shift above it where one is being edited. */
export async function showRoster(context: Context, news: BoardNews = {}): Promise<void> {
  const { t, today, actor } = context;
  const [centreId, rosterId] = [context.id('centreId'), context.id('rosterId')];
  const week = news.week ?? dateOf(context.query('week'));
  const scene = await context.database.read((tx) => readScene(tx, { centreId, rosterId, week, today }));
  const { roster, monday, sunday } = scene;
  const administering = administers(actor, centreId);
  const editable = administering && roster.publishedAt === null;
  const day = dayShown(scene, news.day ?? dateOf(context.query('day')));
  const table = rosterTable(scene, editable, day, t);
  const names = new Map(scene.staff.map((each) => [each.id, each.name]));
  const held = [...scene.holding.values()].filter((id) => id === rosterId).length;
  const at = (date: PlainDate) => paths.roster(centreId, rosterId, { week: date });
  page(
    context.res,
    'centre/roster',
    {
      title: rosterTitle(roster, t),
      back: paths.centreRosters(centreId),
      state: rosterState(roster, held, t),
      overtaken: overtaken(scene),
      version: String(roster.version),
      rosterId: String(roster.id),
      from: roster.startsOn,
      to: roster.endsOn,
      week: monday,
      ways: waysOf(t),
      weekTitle: formatPeriod(monday, sunday),
      previous: monday > roster.startsOn ? at(addDays(monday, -7)) : '',
      next: sunday < roster.endsOn ? at(addDays(monday, 7)) : '',
      acts: actsOf(scene, editable, administering, today),
      views: rosterViews(scene, monday, 'week', t),
      figures: figuresOf(scene, table, t),
      table,
      strip: rosterStrip(scene, day, Number(context.query('group')) || undefined, t),
      findings: scene.findings.slice(0, MOST_FINDINGS).map((finding) => findingWords(finding, names, t)),
      outcome: outcomeOf(scene, t),
      editor: editable ? news.editor?.(scene) : undefined,
      swapped: context.req.get('hx-request-type') === 'partial',
      values: news.values ?? {},
      errors: news.errors,
    },
    {
      width: 'wide',
      fragment: { board: 'centre/_roster' },
      ...(editable && { script: 'board.js' as const }),
      address: paths.roster(centreId, rosterId, { week: monday, day }),
      ...(news.status !== undefined && { status: news.status }),
    },
  );
}

export const roster = routes('/centres/:centreId/rosters/:rosterId').get('', centreRoster, (context) =>
  showRoster(context),
);
