import { DOCUMENT_KINDS } from '../../domain/application.ts';
import { formatDate } from '../../domain/calendar-words.ts';
import { parsePattern } from '../../domain/pattern.ts';
import { formatPhone } from '../../domain/phone.ts';
import type { Centre } from '../../data/centres.ts';
import type { Submission } from '../../use-cases/applications.ts';
import { centreName } from '../names.ts';
import type { Context } from '../context.ts';
import { typed } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { patternWords } from '../pattern-words.ts';

/** What was typed, to be checked before it is sent; it travels in the page, nowhere else. */
export function showAnswers(context: Context, centre: Centre, submission: Submission): void {
  const { t } = context;
  const pattern = parsePattern(submission.pattern);
  const kept = Object.entries(typed(context.req.body)).filter(([name]) => name !== 'step');
  const documents = submission.documents.map(({ kind, number, expiresOn }) => {
    const until = expiresOn === null ? '' : `, ${t('public.until', { date: formatDate(expiresOn) })}`;
    return { term: t(`public.document.${kind}`), value: `${number}${until}` };
  });
  page(
    context.res,
    'public/application-check',
    {
      title: t('public.check'),
      centre: centreName(centre, t.language),
      action: paths.placeApplication(centre.regionCode, centre.id),
      kept: kept.flatMap(([name, value]) => [value].flat().map((each) => ({ name, value: each }))),
      facts: [
        { term: t('public.child_name'), value: submission.childName },
        { term: t('child.birth_date'), value: formatDate(submission.birthDate) },
        { term: t('child.iin'), value: submission.iin ?? t('public.later') },
        { term: t('child.category'), value: t(`category.${submission.category}`) },
        { term: t('public.need'), value: submission.need },
        {
          term: t('public.wished_hours'),
          value: 'pattern' in pattern ? patternWords(pattern.pattern, t) : '',
        },
        { term: t('public.starts_on'), value: formatDate(submission.startsOn) },
        ...documents,
        ...(documents.length < DOCUMENT_KINDS.length
          ? [{ term: t('public.other_documents'), value: t('public.later') }]
          : []),
        { term: t('public.guardian_name'), value: submission.guardianName },
        { term: t('child.phone'), value: formatPhone(submission.phone) },
        ...(submission.email === null ? [] : [{ term: t('child.email'), value: submission.email }]),
      ],
    },
    { width: 'narrow', address: paths.placeApplication(centre.regionCode, centre.id), personal: true },
  );
}
