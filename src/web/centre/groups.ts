import { formatDate } from '../../domain/calendar-words.ts';
import { collator } from '../../domain/names.ts';
import { termsOn } from '../../domain/opening.ts';
import { administers } from '../../domain/people.ts';
import { findCentre } from '../../data/centres.ts';
import { findOpeningFacts, listGroups } from '../../data/groups.ts';
import { centreStaff } from '../access.ts';
import type { Context } from '../context.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { hoursWords } from './hours.ts';
import { centreName } from '../names.ts';
import { skillWords } from '../needs.ts';

/** The groups of a centre with what holds today; those that have ended come last. */
async function showGroups(context: Context): Promise<void> {
  const { t, today, actor } = context;
  const centreId = context.id('centreId');
  const mayChange = administers(actor, centreId);
  const { centre, groups, facts } = await context.database.read(async (tx) => {
    const all = await listGroups(tx, centreId);
    return { centre: (await findCentre(tx, centreId))!, groups: all, facts: await findOpeningFacts(tx, all) };
  });
  const { compare } = collator(t.language);
  const hasEnded = (endsOn: string | null) => endsOn !== null && endsOn < today;
  page(context.res, 'centre/groups', {
    title: t('nav.groups'),
    centre: centreName(centre, t.language),
    newGroup: mayChange ? paths.centreNewGroup(centreId) : '',
    groups: groups
      .toSorted((a, b) => Number(hasEnded(a.endsOn)) - Number(hasEnded(b.endsOn)) || compare(a.name, b.name))
      .map((group) => {
        const terms = facts.terms.get(group.id) ?? [];
        const held = termsOn(terms, today) ?? terms[0];
        return {
          name: group.name,
          href: mayChange ? paths.centreGroup(centreId, group.id) : '',
          category: t(`category.${group.category}`),
          places: held ? t('count.places', { n: held.room }) : '–',
          hours: held ? hoursWords(held.hours, t) : '',
          skills: (group.skills ?? []).map((skill) => skillWords(skill, t)).join(', '),
          tags: [
            ...(group.startsOn > today
              ? [{ tone: 'info', text: t('group.starts', { date: formatDate(group.startsOn) }) }]
              : []),
            ...(group.endsOn !== null
              ? [
                  {
                    tone: hasEnded(group.endsOn) ? 'off' : 'warn',
                    text: t('group.ends', { date: formatDate(group.endsOn) }),
                  },
                ]
              : []),
            ...(group.admission === 'enrolled' ? [{ tone: '', text: t('admission.enrolled') }] : []),
          ],
        };
      }),
  });
}

export const groups = routes('/centres/:centreId/groups').get('', centreStaff, showGroups);
