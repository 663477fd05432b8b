import { administers } from '../../domain/people.ts';
import { refuse } from '../../domain/refusal.ts';
import { formatSlot, stretches } from '../../domain/slots.ts';
import type { Reading } from '../../data/database.ts';
import { listPeopleToTell } from '../../data/adults.ts';
import { findCentre } from '../../data/centres.ts';
import { findGroup } from '../../data/groups.ts';
import { proposeCurtailment } from '../../use-cases/curtailments.ts';
import { listLendings } from '../../use-cases/lendings.ts';
import { listReplacements } from '../../use-cases/replacements.ts';
import { readShortage, type SeenShortage } from '../../use-cases/shortages.ts';
import { centreGroupStaff } from '../access/queue.ts';
import type { Context } from '../context.ts';
import { dateOfAddress, dayTitle } from '../dates.ts';
import { tenths } from '../figures.ts';
import { typed, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { askForm, openingWords } from './replacement-words.ts';
import { skillWord } from './roster-words.ts';
import { curtailmentWords, lendingRows } from './shortage-ways.ts';

export interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

/** Families of the children touched: those with the same first adult are one. */
async function countFamilies(tx: Reading, { touched }: SeenShortage, context: Context): Promise<number> {
  const ids = [...new Set(touched.map((stay) => stay.childId))];
  const family = new Map<number, string>(ids.map((id) => [id, `child ${id}`]));
  const pairs = await listPeopleToTell(tx, ids, context.today);
  for (const { childId, personId } of pairs.toSorted((a, b) => b.personId - a.personId))
    family.set(childId, `adult ${personId}`);
  return new Set(family.values()).size;
}

async function read(context: Context) {
  const { today, now, actor } = context;
  const date = dateOfAddress(context.text('date'));
  return await context.database.read(async (tx) => {
    const group = (await findGroup(tx, context.id('groupId'))) ?? refuse('missing');
    const { centreId } = group;
    const seen = (await readShortage(tx, { group, date, now })) ?? refuse('missing');
    const halfHours = seen.shortage?.halfHours ?? [];
    const families = await countFamilies(tx, seen, context);
    const decides = administers(actor, centreId);
    const wanted = Number(context.query('stretch'));
    const proposal = seen.proposals[wanted] ?? seen.proposals[0];
    const { askMinutes } = (await findCentre(tx, centreId))!;
    if (!decides || !seen.shortage) return { date, group, seen, families, decides, proposal, askMinutes };
    const open = proposal && { ...proposal, groupId: group.id, date };
    return {
      date,
      group,
      seen,
      families,
      decides,
      proposal,
      askMinutes,
      replacements: open && (await listReplacements(tx, { centreId, open, missed: halfHours, today })),
      lendings: await listLendings(tx, { group, date, halfHours }),
      curtailment: await proposeCurtailment(tx, { groupId: group.id, date, now }),
    };
  });
}

/** What is short, whom it touches, and the three ways out in their order. */
export async function showShortage(context: Context, problem?: Problem): Promise<void> {
  const { t, now, language, today } = context;
  const { date, group, seen, families, decides, proposal, askMinutes, ...ways } = await read(context);
  const { shortage, touched, lost, openShifts, proposals } = seen;
  const { id: groupId, centreId } = group;
  const hours = (halfHours: number) => t('shortage.hours', { hours: tenths(halfHours / 2, language) });
  const instead = (shiftId: number | null) => {
    const who = lost.find((each) => each.shift.id === shiftId)?.staff.name;
    return who ? t('shortage.instead', { name: who }) : '';
  };
  page(
    context.res,
    'centre/shortage',
    {
      title: t('shortage.title', { group: group.name }),
      day: dayTitle(date, language, today),
      back: paths.shortages(centreId),
      board: `${paths.centreDay(centreId, date)}#group-${groupId}`,
      short: shortage !== undefined,
      decides,
      facts: shortage
        ? [
            {
              term: t('shortage.times'),
              value: stretches(shortage.halfHours).map(formatSlot).join(', '),
              more: hours(shortage.halfHours.length),
            },
            { term: t('shortage.children'), value: String(shortage.childIds.length), more: '' },
            { term: t('shortage.families'), value: String(families), more: '' },
            ...(shortage.skills.length > 0
              ? [
                  {
                    term: t('shortage.skills'),
                    value: shortage.skills.map((skill) => skillWord(skill, t)).join(', '),
                    more: '',
                  },
                ]
              : []),
          ]
        : [],
      away: lost.map(({ staff, shift }) => ({ name: staff.name, time: formatSlot(shift) })),
      children: touched.map((stay) => ({
        name: stay.childName,
        href: paths.centreChild(centreId, stay.childId),
        time: formatSlot(stay),
        weight:
          stay.weight === 100 ? '' : t('shortage.weight', { weight: tenths(stay.weight / 100, language) }),
        skills:
          stay.skills.length === 0
            ? ''
            : t('shortage.needs', { skills: stay.skills.map((skill) => skillWord(skill, t)).join(', ') }),
      })),
      openShifts: openShifts
        .filter((open) => open.closedAt === null)
        .map((open) => ({
          href: paths.openShift(centreId, open.id),
          text: t('shortage.stretch', { time: formatSlot(open), what: openingWords(open, t) }),
          instead: instead(open.lostShiftId),
        })),
      stretches: proposals.map((each, at) => ({
        href: paths.shortage(centreId, date, groupId, { stretch: at === 0 ? undefined : String(at) }),
        text: t('shortage.stretch', { time: formatSlot(each), what: openingWords(each, t) }),
        instead: instead(each.lostShiftId),
        current: each === proposal,
      })),
      ask:
        proposal && ways.replacements
          ? {
              action: paths.shortageAsks(centreId, date, groupId),
              fields: [
                { name: 'from', value: String(proposal.from) },
                { name: 'to', value: String(proposal.to) },
                { name: 'level', value: String(proposal.level) },
                { name: 'skill', value: proposal.skill ?? '' },
              ],
              openToAll: true,
              ...askForm(ways.replacements, new Set(), { date, now, askMinutes, t }),
            }
          : undefined,
      lendAction: paths.shortageLendings(centreId, date, groupId),
      lendings: ways.lendings && lendingRows(ways.lendings),
      cutAction: paths.shortageCurtailment(centreId, date, groupId),
      cut: curtailmentWords(ways.curtailment, centreId, t),
      values: problem ? typed(context.req.body) : {},
      errors: problem?.errors,
    },
    {
      address: paths.shortage(centreId, date, groupId),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

export const shortage = routes('/centres/:centreId/shortages/:date/:groupId').get(
  '',
  centreGroupStaff,
  (context) => showShortage(context),
);
