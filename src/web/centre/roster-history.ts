import { formatDate } from '../../domain/calendar-words.ts';
import { dateAt } from '../../domain/calendar.ts';
import { refuse } from '../../domain/refusal.ts';
import { formatSlot } from '../../domain/slots.ts';
import { listRosterEvents, type RosterEvent } from '../../data/roster-history.ts';
import { findRoster } from '../../data/rosters.ts';
import { listRosterDays } from '../../data/standing-shifts.ts';
import { listStaff } from '../../data/staff.ts';
import { isKey, type T } from '../../i18n/translate.ts';
import type { Context } from '../context.ts';
import { formatPeriod } from '../dates.ts';
import { clockTime } from '../figures.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { centreRoster } from './own-roster.ts';
import { rosterState, rosterTitle } from './roster.ts';
import { dayWords, type Names } from './roster-words.ts';

/** So many events are told; the latest first. */
const MOST = 300;

/** Whose shift, which day, which hours: as much of it as was written down. */
function aboutWords({ data }: RosterEvent, names: Names, t: T): string {
  const { date, staffId, staffIds = [], slot } = data;
  const who = [...(staffId === undefined ? [] : [staffId]), ...staffIds].map((id) => names.get(id) ?? '–');
  const when = [
    ...(date === undefined ? [] : [dayWords(date, t.language)]),
    ...(slot ? [formatSlot({ from: slot[0], to: slot[1] })] : []),
  ];
  return [...who, ...when].join(', ');
}

function whatWords(event: RosterEvent, rosterId: number, t: T): string {
  const { kind, data } = event;
  if (kind === 'roster.drafted') return t('history.drafted');
  if (kind === 'roster.published') {
    if (data.rosterId !== rosterId) return t('history.superseded');
    return t('history.published', { told: data.told ?? 0, short: data.short ?? 0 });
  }
  const key = `history.edit.${data.edit}`;
  return t.say({ key: isKey(key) ? key : 'history.edited', params: { n: data.shifts ?? 0 } });
}

/** What became of a roster: drafted, edited, published, changed after that, taken over; who did it and when. */
async function showHistory(context: Context): Promise<void> {
  const { t } = context;
  const [centreId, rosterId] = [context.id('centreId'), context.id('rosterId')];
  const seen = await context.database.read(async (tx) => {
    const roster = (await findRoster(tx, rosterId)) ?? refuse('missing');
    const { startsOn: from, endsOn: to } = roster;
    return {
      roster,
      events: await listRosterEvents(tx, { centreId, rosterId, since: roster.madeAt }),
      names: new Map((await listStaff(tx, centreId)).map((each) => [each.id, each.name])),
      held: [...(await listRosterDays(tx, { centreId, from, to })).values()].filter((id) => id === rosterId),
    };
  });
  const { roster, names, held } = seen;
  const published = roster.publishedAt;
  page(context.res, 'centre/roster-history', {
    title: t('history.title'),
    back: paths.roster(centreId, rosterId),
    backText: rosterTitle(roster, t),
    state: rosterState(roster, held.length, t),
    events: seen.events.slice(0, MOST).map((event) => {
      const other = event.data.rosterId !== rosterId ? event.data.rosterId : undefined;
      const { from, to } = event.data;
      const period = typeof from === 'string' && typeof to === 'string' ? formatPeriod(from, to) : undefined;
      return {
        when: `${formatDate(dateAt(event.at))} ${clockTime(event.at)}`,
        by: event.byName ?? '–',
        what: whatWords(event, rosterId, t),
        about: period ?? aboutWords(event, names, t),
        href: other === undefined ? '' : paths.roster(centreId, other),
        /** After publication an edit is news to families and staff. */
        after: published !== null && event.kind === 'roster.edited' && event.at > published,
      };
    }),
  });
}

export const rosterHistory = routes('/centres/:centreId/rosters/:rosterId/history').get(
  '',
  centreRoster,
  showHistory,
);
