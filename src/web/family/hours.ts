import { collator } from '../../domain/names.ts';
import { formatPattern, parsePattern } from '../../domain/pattern.ts';
import { REGIONS } from '../../domain/regions.ts';
import { LANGUAGES_OF_GROUPS } from '../../domain/settings.ts';
import { SKILLS } from '../../domain/staffing.ts';
import { MOST_CHOICES } from '../../domain/waiting-list.ts';
import { findHours, type FoundHours } from '../../data/hours-search.ts';
import { guardianWhoBooks } from '../access.ts';
import type { Context } from '../context.ts';
import { formatPeriod } from '../dates.ts';
import { page } from '../page.ts';
import { patternWords } from '../pattern-words.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { cardOf } from './hours-card.ts';
import { filtersOf, hoursQuestion, waitFor, type HoursQuestion } from './hours-wish.ts';

const MOST = 8;

function workLines({ workdays }: HoursQuestion, context: Context): string[] {
  const { t } = context;
  return workdays.flatMap(({ name, pattern, commuteMinutes }) => {
    const parsed = parsePattern(pattern);
    if (!('pattern' in parsed)) return [];
    return [t('find.work_of', { name, pattern: patternWords(parsed.pattern, t), minutes: commuteMinutes })];
  });
}

const unknownLast = (km: number | null) => km ?? Number.MAX_VALUE;

/** Of groups that cover as much and are as near, the one that admitted the child stands first, then who is free on most days. */
function byUse(a: FoundHours, b: FoundHours): number {
  const admitted = ({ group, eligibility }: FoundHours) =>
    group.admission === 'enrolled' && !eligibility ? 1 : 0;
  const bookable = (found: FoundHours) => (found.eligibility ? -1 : found.cover.freeDates.length);
  return (
    a.cover.uncoveredMinutesPerWeek - b.cover.uncoveredMinutesPerWeek ||
    unknownLast(a.distanceKm) - unknownLast(b.distanceKm) ||
    admitted(b) - admitted(a) ||
    bookable(b) - bookable(a)
  );
}

/** Where no group has every day free: one wish for all groups that offer the best one's hours. */
function waitForAll(found: readonly FoundHours[], question: HoursQuestion, { t }: Context) {
  const hours = ({ cover }: FoundHours) => cover.pattern && JSON.stringify(formatPattern(cover.pattern));
  const possible = found.filter(({ eligibility }) => eligibility !== 'skill_missing');
  const [best] = possible;
  if (!best || possible.some(({ cover, eligibility }) => cover.fullDates.length === 0 && !eligibility))
    return undefined;
  const same = possible.filter((each) => hours(each) === hours(best)).slice(0, MOST_CHOICES);
  if (same.length < 2) return undefined;
  const ids = same.map(({ group }) => group.id);
  return {
    href: paths.newEntry(question.child.id, waitFor(best, question, ids)),
    text: t('waiting.none_fits', { n: same.length }),
  };
}

function regionWords(code: string, { t, language }: Context): string {
  return REGIONS.find((region) => region.code === code)?.name[language] ?? t('find.all_regions');
}

/** Groups ranked by how much of the family's work they leave uncovered; the whole question is in the address. */
async function showHours(context: Context): Promise<void> {
  const { t, language } = context;
  const { question, found } = await context.database.read(async (tx) => {
    const asked = await hoursQuestion(context, tx);
    return { question: asked, found: asked.wish ? (await findHours(tx, asked.wish)).toSorted(byUse) : [] };
  });
  const { child, from, to, wish } = question;
  const filters = filtersOf(question);
  const here = paths.hours(child.id, { from, ...filters });
  const shown = found.slice(0, MOST);
  const { compare } = collator(language);
  page(
    context.res,
    'family/hours',
    {
      title: t('find.title'),
      child: t('find.for', { name: child.name }),
      back: paths.child(child.id),
      entered: wish !== undefined,
      workday: paths.workday(here),
      work: workLines(question, context),
      two: question.workdays.length > 1,
      period: formatPeriod(from, to),
      action: paths.hours(child.id),
      where: regionWords(filters.region, context),
      narrowed: filters.speaks !== undefined || filters.skill !== undefined || found.length === 0,
      from,
      regions: [
        { value: 'all', text: t('find.all_regions') },
        ...REGIONS.map(({ code, name }) => ({ value: code, text: name[language] })).toSorted((a, b) =>
          compare(a.text, b.text),
        ),
      ],
      speaks: [
        { value: '', text: t('find.any_language') },
        ...LANGUAGES_OF_GROUPS.map((each) => ({ value: each, text: t(`find.language_${each}`) })),
      ],
      helps: [
        { value: '', text: t('find.any_help') },
        ...SKILLS.map((skill) => ({ value: skill, text: t(`skill.${skill}`) })),
      ],
      values: { from, region: filters.region, speaks: filters.speaks ?? '', skill: filters.skill ?? '' },
      sayHome: wish?.home === null && shown.length > 0 ? paths.accountHome(wish.regionCode) : '',
      tooLong: found[0]?.cover.reason === 'too_long',
      cards: wish ? shown.map((each) => cardOf(each, question, wish.works, t)) : [],
      more: found.length > MOST ? t('find.more', { n: found.length - MOST }) : '',
      waitAll: waitForAll(found, question, context),
      join: paths.newEntry(child.id, { startsOn: from }),
      groups: paths.childGroups(child.id),
    },
    { address: here },
  );
}

export const hours = routes('/children/:childId/hours').get('', guardianWhoBooks, showHours);
