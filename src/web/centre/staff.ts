import { z } from 'zod';
import { formatDate } from '../../domain/calendar-words.ts';
import { FIRST_BARRING, PAPERS } from '../../domain/lapses.ts';
import { alphabetical } from '../../domain/names.ts';
import { administers } from '../../domain/people.ts';
import { findCentre } from '../../data/centres.ts';
import { leaveHolds, listLeaveOf, listQualifications, listStaff } from '../../data/staff.ts';
import { changeRosterSettings } from '../../use-cases/staff-register.ts';
import { centreAdmin, centreStaff } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { manyOf, numberField, ticked } from '../shapes.ts';
import { WITHIN_VALUES, withinOfForm, withinOptions } from './replacement-words.ts';
import { leaveState, leaveWords, warningTags } from './staff-words.ts';

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

async function showStaff(context: Context, problem?: Problem): Promise<void> {
  const { t, today } = context;
  const centreId = context.id('centreId');
  const { centre, staff, leave, qualifications } = await context.database.read(async (tx) => {
    const rows = await listStaff(tx, centreId);
    const ids = rows.map((row) => row.id);
    return {
      centre: (await findCentre(tx, centreId))!,
      staff: rows.toSorted(alphabetical(t.language)),
      leave: await listLeaveOf(tx, ids),
      qualifications: Map.groupBy(await listQualifications(tx, ids), (each) => each.staffId),
    };
  });
  const away = new Map(
    leave
      .filter((each) => leaveHolds(each) && each.startsOn <= today && today <= each.endsOn)
      .map((each) => [each.staffId, each]),
  );
  const names = new Map(staff.map((each) => [each.id, each.name]));
  const values = problem ? typed(context.req.body) : {};
  page(
    context.res,
    'centre/staff',
    {
      title: t('staff.title'),
      administers: administers(context.actor, centreId),
      newHref: paths.centreNewStaff(centreId),
      vacancies: paths.centreVacancies(centreId),
      staff: staff.map((each) => {
        const gone = each.endsOn !== null && each.endsOn < today;
        const onLeave = away.get(each.id);
        return {
          href: paths.centreStaffMember(centreId, each.id),
          name: each.name,
          post: t(`post.${each.post}`),
          week: t('staff.week', {
            hours: Math.round((each.weeklyMinutes / 60) * 10) / 10,
            days: each.daysPerWeek,
          }),
          skills: each.skills.map((skill) => t.say({ key: `skill.${skill}` as 'skill.nurse' })).join(', '),
          state: gone
            ? t('staff.left', { date: formatDate(each.endsOn!) })
            : onLeave
              ? t('staff.on_leave', { date: formatDate(onLeave.endsOn) })
              : '',
          warnings: gone ? [] : warningTags(each, qualifications.get(each.id) ?? [], today, t),
        };
      }),
      requests: leave
        .filter((each) => leaveState(each) === 'open' && each.endsOn >= today)
        .map((each) => ({
          ...leaveWords(each, t),
          name: names.get(each.staffId) ?? '',
          href: paths.centreStaffMember(centreId, each.staffId),
        })),
      settingsAction: paths.centreStaffSettings(centreId),
      settingsOpen: problem !== undefined,
      papers: PAPERS.map((value) => ({ value, text: t(`paper.${value}`) })),
      barring: problem ? [] : (centre.barringPapers ?? FIRST_BARRING),
      parent: centre.parentInOwnGroup,
      reserve: String(centre.rosterReserve),
      withins: [{ value: '', text: t('staff.ask_usual') }, ...withinOptions(t)],
      within: centre.askMinutes === null ? '' : String(centre.askMinutes || 'evening'),
      values,
      errors: problem?.errors,
    },
    {
      address: paths.centreStaff(centreId),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

const settings = z.strictObject({
  barringPapers: manyOf(PAPERS),
  parentInOwnGroup: ticked(),
  rosterReserve: numberField(),
  askWithin: z
    .enum(['', ...WITHIN_VALUES], { error: 'form.choose_one' })
    .default('')
    .transform((value) => (value === '' ? null : withinOfForm(value))),
});

async function saveSettings(context: Context): Promise<void> {
  const centreId = context.id('centreId');
  const form = parseForm(settings, context.req.body);
  if (form.errors) return await showStaff(context, form);
  const { refused } = await attempt(context.perform(changeRosterSettings, { centreId, ...form.values }));
  if (refused) {
    const known = refused.details.errors?.some((error) => error.field === 'rosterReserve');
    const error: FieldError = known
      ? { field: 'rosterReserve', key: 'staff.reserve_bounds' }
      : { field: '', key: `refusal.${refused.reason}` };
    return await showStaff(context, { errors: [error], status: statusOf(refused.reason) });
  }
  context.done(paths.centreStaff(centreId), { key: 'form.saved' });
}

/** Who works at a centre, whose papers run out, and who may be rostered. */
export const staff = routes('/centres/:centreId/staff')
  .get('', centreStaff, (context) => showStaff(context))
  .post('/settings', centreAdmin, saveSettings);
