import { DOCUMENT_KINDS } from '../../domain/application.ts';
import { formatDate } from '../../domain/calendar-words.ts';
import { ageInYears, dateAt, type PlainDate } from '../../domain/calendar.ts';
import { parsePattern } from '../../domain/pattern.ts';
import { formatPhone, parsePhone } from '../../domain/phone.ts';
import { formatReference } from '../../domain/reference.ts';
import type { Application, ApplicationDocument, Decision } from '../../data/applications.ts';
import type { T } from '../../i18n/translate.ts';
import { clockTime } from '../figures.ts';
import { patternWords } from '../pattern-words.ts';

interface Fact {
  readonly term: string;
  readonly value: string;
}

/** What an application says, for the centre that decides on it. */
export function applicationFacts(application: Application, decision: Decision | null, t: T): Fact[] {
  const pattern = application.pattern === null ? undefined : parsePattern(application.pattern);
  const phone = parsePhone(application.phone);
  const submitted = dateAt(application.submittedAt);
  const years = t('child.years', { n: ageInYears(application.birthDate, submitted) });
  return [
    { term: t('public.submitted'), value: `${formatDate(submitted)} ${clockTime(application.submittedAt)}` },
    { term: t('public.reference'), value: formatReference(application.reference) },
    { term: t('child.birth_date'), value: `${formatDate(application.birthDate)}, ${years}` },
    { term: t('child.iin'), value: application.iin ?? t('public.later') },
    { term: t('child.category'), value: t(`category.${application.category}`) },
    { term: t('public.need'), value: application.need },
    {
      term: t('public.wished_hours'),
      value: pattern !== undefined && 'pattern' in pattern ? patternWords(pattern.pattern, t) : '–',
    },
    { term: t('public.starts_on'), value: formatDate(application.startsOn) },
    { term: t('child.guardian_1'), value: application.guardianName },
    { term: t('child.phone'), value: phone === undefined ? application.phone : formatPhone(phone) },
    ...(application.email === null ? [] : [{ term: t('child.email'), value: application.email }]),
    { term: t('child.language'), value: t(`language.${application.language}`) },
    ...(decision ? [{ term: t('public.decided_on'), value: formatDate(dateAt(decision.at)) }] : []),
  ];
}

/** Every paper that an admission needs: given, over, or still to come. */
export function documentRows(documents: readonly ApplicationDocument[], today: PlainDate, t: T) {
  return DOCUMENT_KINDS.map((kind) => {
    const given = documents.find((each) => each.kind === kind);
    const expiresOn = given?.expiresOn ?? null;
    const expired = expiresOn !== null && expiresOn < today;
    return {
      name: t(`public.document.${kind}`),
      number: given?.number ?? '–',
      expires: expiresOn === null ? '–' : formatDate(expiresOn),
      tone: given === undefined ? 'warn' : expired ? 'bad' : 'good',
      state: t(
        given === undefined
          ? 'public.document_missing'
          : expired
            ? 'public.document_expired'
            : 'public.document_given',
      ),
    };
  });
}
