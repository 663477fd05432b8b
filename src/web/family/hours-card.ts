import { formatDate, weekdayName } from '../../domain/calendar-words.ts';
import { weekdayOf, type PlainDate } from '../../domain/calendar.ts';
import { neededOn, type Workday } from '../../domain/coverage.ts';
import { formatPattern, slotOn } from '../../domain/pattern.ts';
import { formatTime, MINUTES_PER_HALF_HOUR } from '../../domain/slots.ts';
import type { FoundHours } from '../../data/hours-search.ts';
import type { T } from '../../i18n/translate.ts';
import { centreAddress, centreName } from '../names.ts';
import { patternWords } from '../pattern-words.ts';
import { paths } from '../paths.ts';
import { languageWords } from '../public/language-words.ts';
import { filtersOf, waitFor, type HoursQuestion } from './hours-wish.ts';

/** The track shows 06:00–22:00: 32 half-hours. */
const TRACK_FROM = 12;
const TRACK_TO = 44;
const SHOWN_FULL_DATES = 8;

/** '1 сағ 30 мин'. */
function timeWords(minutes: number, t: T): string {
  const [h, m] = [Math.floor(minutes / 60), minutes % 60];
  if (h === 0) return t('find.time_m', { m });
  return m === 0 ? t('find.time_h', { h }) : t('find.time_hm', { h, m });
}

interface Part {
  readonly look: string;
}

/** A stretch of the track as step classes; undefined where nothing of it is on the track. */
function part(look: string, from: number, to: number): Part | undefined {
  const [start, end] = [Math.max(from, TRACK_FROM), Math.min(to, TRACK_TO)];
  return end > start ? { look: `${look} from-${start - TRACK_FROM + 1} span-${end - start}` } : undefined;
}

/** One day of the need and what the stay covers of it, on a line of half-hours. */
function trackOf(found: FoundHours, works: readonly Workday[], t: T) {
  const date = found.cover.freeDates[0] ?? found.cover.fullDates[0];
  const needed = date && neededOn(works, date);
  const stay = date && found.cover.pattern && slotOn(found.cover.pattern, date);
  if (!date || !needed || !stay) return undefined;
  const from = Math.floor(needed.from / MINUTES_PER_HALF_HOUR);
  const to = Math.ceil(needed.to / MINUTES_PER_HALF_HOUR);
  const left = Math.max(0, stay.from - from) + Math.max(0, to - stay.to);
  return {
    parts: [
      part('cover', stay.from, stay.to),
      part('gap', from, Math.min(to, stay.from)),
      part('gap', Math.max(from, stay.to), to),
      part('work', from, to),
    ].filter((each) => each !== undefined),
    says: t('find.track', {
      needed: `${formatTime(from)}–${formatTime(to)}`,
      stay: `${formatTime(stay.from)}–${formatTime(stay.to)}`,
      left: timeWords(left * MINUTES_PER_HALF_HOUR, t),
    }),
  };
}

const shortDate = (date: PlainDate, t: T) =>
  `${weekdayName(weekdayOf(date), t.language, 'short')} ${formatDate(date).slice(0, 5)}`;

/** A found group as its card says it: ready text. */
export function cardOf(found: FoundHours, question: HoursQuestion, works: readonly Workday[], t: T) {
  const { from } = question;
  const childId = question.child.id;
  const { cover, group, centre } = found;
  const uncovered = cover.uncoveredMinutesPerWeek;
  const wanted = cover.freeDates.length + cover.fullDates.length;
  const full = cover.fullDates.slice(0, SHOWN_FULL_DATES).map((date) => shortDate(date, t));
  return {
    centre: centreName(centre, t.language),
    group: group.name,
    place: centreAddress(centre, t.language),
    distance: found.distanceKm === null ? '' : t('find.distance', { km: found.distanceKm }),
    languages: (group.languages ?? []).map((spoken) => languageWords(spoken, t)).join(', '),
    hours: cover.pattern ? patternWords(cover.pattern, t) : '',
    tags: [
      uncovered === 0
        ? { tone: 'good', text: t('find.covers') }
        : { tone: 'warn', text: t('find.lacks', { time: timeWords(uncovered, t) }) },
      cover.freeDates.length === 0
        ? { tone: 'bad', text: t('find.all_full') }
        : {
            tone: cover.fullDates.length === 0 ? 'good' : 'warn',
            text: t('find.free_dates', { n: wanted, free: cover.freeDates.length }),
          },
      ...(found.eligibility ? [{ tone: 'info', text: t(`find.${found.eligibility}`) }] : []),
      ...(found.bookableFrom > from
        ? [{ tone: 'info', text: t('find.enrolled_from', { date: formatDate(found.bookableFrom) }) }]
        : []),
    ],
    track: trackOf(found, works, t),
    full:
      full.length === 0
        ? ''
        : t('find.full_dates', {
            dates: full.join(', ') + (cover.fullDates.length > full.length ? ' …' : ''),
          }),
    choose:
      cover.freeDates.length > 0 && !found.eligibility
        ? paths.hoursChoice(childId, { group: group.id, from, ...filtersOf(question) })
        : '',
    wait:
      cover.fullDates.length > 0 && found.eligibility !== 'skill_missing'
        ? paths.newEntry(childId, waitFor(found, question))
        : '',
    days: paths.childDays(childId, group.id, from),
    pattern: cover.pattern ? JSON.stringify(formatPattern(cover.pattern)) : '',
  };
}
