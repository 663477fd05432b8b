import { z } from 'zod';
import type { Shortage } from '../../domain/draft.ts';
import { administers } from '../../domain/people.ts';
import { refuse, type Refusal } from '../../domain/refusal.ts';
import { formatSlot, stretches } from '../../domain/slots.ts';
import { isWarning } from '../../domain/working-time.ts';
import { listChildrenById } from '../../data/children.ts';
import { listGroups, type Group } from '../../data/groups.ts';
import { findRoster } from '../../data/rosters.ts';
import { listRosterDays } from '../../data/standing-shifts.ts';
import { listStaff } from '../../data/staff.ts';
import { publishRoster } from '../../use-cases/publication.ts';
import { basisOf } from '../../use-cases/roster-findings.ts';
import {
  previewPublication,
  type PlaceChange,
  type PlacesOfDay,
} from '../../use-cases/publication-preview.ts';
import type { Key, T } from '../../i18n/translate.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, type FieldError } from '../form.ts';
import { hoursOf, whole } from '../figures.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { numberField } from '../shapes.ts';
import { centreRoster, centreRosterAdmin } from './own-roster.ts';
import { overtaken, rosterState, rosterTitle } from './roster.ts';
import { dayWords, findingWords, skillWord } from './roster-words.ts';

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

const range = ({ least, most }: PlacesOfDay) => (least === most ? String(most) : `${least}–${most}`);

/** Groups × dates: places before and after, and whether they become fewer or more. */
function changeTable(changes: readonly PlaceChange[], groups: readonly Group[], centreId: number, t: T) {
  const dates = [...new Set(changes.map((change) => change.date))].toSorted();
  return {
    dates: dates.map((date) => ({
      text: dayWords(date, t.language),
      href: paths.centreDay(centreId, date),
    })),
    rows: groups
      .filter((group) => changes.some((change) => change.groupId === group.id))
      .map((group) => ({
        name: group.name,
        cells: dates.map((date) => {
          const change = changes.find((each) => each.groupId === group.id && each.date === date);
          if (!change) return { text: '–', tone: '', note: t('day.closed') };
          const { before, after } = change;
          const less = after.placeMinutes - before.placeMinutes;
          return {
            text: `${range(before)} → ${range(after)}`,
            tone: less < 0 ? 'bad' : less > 0 ? 'good' : '',
            note:
              less === 0
                ? t('roster.places_same')
                : t(less < 0 ? 'roster.places_fewer' : 'roster.places_more', {
                    hours: hoursOf(Math.abs(less), t.language),
                  }),
          };
        }),
      })),
  };
}

/** A shortage with its half-hours, skills, and the children of the centre who are touched by it. */
function shortageRows(
  shortages: readonly Shortage[],
  facts: { groups: readonly Group[]; children: ReadonlyMap<number, string>; centreId: number },
  t: T,
) {
  const { groups, children, centreId } = facts;
  return shortages.map(({ groupId, date, halfHours, childIds, skills }) => ({
    href: `${paths.centreDay(centreId, date)}#group-${groupId}`,
    where: `${dayWords(date, t.language)}, ${groups.find((group) => group.id === groupId)?.name ?? '–'}`,
    times: stretches(halfHours).map(formatSlot).join(', '),
    skills: skills.map((skill) => skillWord(skill, t)).join(', '),
    children: childIds.map((id) => ({
      name: children.get(id) ?? '–',
      href: paths.centreChild(centreId, id),
    })),
  }));
}

async function read(context: Context) {
  const [centreId, rosterId] = [context.id('centreId'), context.id('rosterId')];
  const { today, now } = context;
  return await context.database.read(async (tx) => {
    const roster = (await findRoster(tx, rosterId)) ?? refuse('missing');
    const groups = await listGroups(tx, centreId);
    const preview =
      roster.publishedAt === null && roster.endsOn >= today
        ? await previewPublication(tx, { roster, groups, today, now })
        : undefined;
    const shortages = preview?.shortages ?? roster.shortages ?? [];
    const ids = [...new Set(shortages.flatMap((each) => each.childIds))];
    const { startsOn: from, endsOn: to } = roster;
    return {
      roster,
      groups,
      preview,
      shortages,
      children: new Map((await listChildrenById(tx, ids)).map((child) => [child.id, child.name])),
      staff: await listStaff(tx, centreId),
      holding: await listRosterDays(tx, { centreId, from, to }),
      basis: await basisOf(tx, { centreId, from, to }),
    };
  });
}

function figuresOf({ preview }: Awaited<ReturnType<typeof read>>, t: T) {
  if (!preview) return [];
  const figure = (key: Key, value: number, tone = '') => ({
    term: t.say({ key }),
    value: whole(value, t.language),
    tone: value > 0 ? tone : '',
  });
  return [
    figure('roster.figure.booked', preview.booked),
    figure('roster.figure.at_risk', preview.atRisk, 'bad'),
    figure('roster.figure.relieved', preview.relieved),
    figure('roster.figure.short_days', preview.shortages.length, 'warn'),
  ];
}

/** Before: what publication changes. After: what it left short of staff. */
async function showPublication(context: Context, problem?: Problem): Promise<void> {
  const { t, today, actor } = context;
  const [centreId, rosterId] = [context.id('centreId'), context.id('rosterId')];
  const seen = await read(context);
  const { roster, groups, preview, shortages, children, holding, basis } = seen;
  const names = new Map(seen.staff.map((each) => [each.id, each.name]));
  const held = [...holding.values()].filter((id) => id === rosterId).length;
  const findings = preview?.findings ?? [];
  const illegal = findings.filter((finding) => !isWarning(finding));
  const ready = preview !== undefined && illegal.length === 0 && !overtaken({ roster, basis });
  page(
    context.res,
    'centre/publication',
    {
      title: t(roster.publishedAt === null ? 'roster.check_publish' : 'roster.publication'),
      back: paths.roster(centreId, rosterId),
      backText: rosterTitle(roster, t),
      state: rosterState(roster, held, t),
      shortageBoard: roster.publishedAt !== null && shortages.length > 0 ? paths.shortages(centreId) : '',
      overtaken: overtaken({ roster, basis }),
      over: roster.endsOn < today,
      begun: preview !== undefined && preview.from > roster.startsOn,
      first: preview?.changes.some(({ before }) => !before.published) ?? false,
      mend: illegal.length > 0,
      figures: figuresOf(seen, t),
      findings: findings.map((finding) => findingWords(finding, names, t)),
      table: preview && changeTable(preview.changes, groups, centreId, t),
      shortages: shortageRows(shortages, { groups, children, centreId }, t),
      action: ready && administers(actor, centreId) ? paths.rosterPublication(centreId, rosterId) : '',
      version: String(roster.version),
      errors: problem?.errors,
    },
    {
      width: 'wide',
      address: paths.rosterPublication(centreId, rosterId),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

const shape = z.strictObject({ version: numberField() });

function problemOf(refused: Refusal): Problem {
  return { errors: [{ field: '', key: `refusal.${refused.reason}` }], status: statusOf(refused.reason) };
}

async function publish(context: Context): Promise<void> {
  const [centreId, rosterId] = [context.id('centreId'), context.id('rosterId')];
  const form = parseForm(shape, context.req.body);
  if (form.errors) return await showPublication(context, { errors: [{ field: '', key: 'form.invalid' }] });
  const { refused, answer } = await attempt(
    context.perform(publishRoster, { rosterId, version: form.values.version }),
  );
  if (refused) return await showPublication(context, problemOf(refused));
  context.done(paths.rosterPublication(centreId, rosterId), {
    key: 'roster.published',
    params: { days: answer.days, told: answer.told },
  });
}

/** The publication of a roster: its check before, its result after. */
export const publication = routes('/centres/:centreId/rosters/:rosterId/publication')
  .get('', centreRoster, (context) => showPublication(context))
  .post('', centreRosterAdmin, publish);
