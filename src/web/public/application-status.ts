import { formatDate } from '../../domain/calendar-words.ts';
import { dateAt } from '../../domain/calendar.ts';
import { parsePhone } from '../../domain/phone.ts';
import { formatReference, readReference } from '../../domain/reference.ts';
import type { DecidedApplication } from '../../data/applications.ts';
import { findCentre, type Centre } from '../../data/centres.ts';
import { findOwnApplication } from '../../use-cases/applications.ts';
import type { T } from '../../i18n/translate.ts';
import { anyone } from '../access.ts';
import { centreName } from '../names.ts';
import { APPLICATION_TONES, applicationState } from '../centre/application-state.ts';
import type { Context } from '../context.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';

/** How it stands, to whoever knows reference and phone: no names, only dates and the decision. */
function standing({ application, decision }: DecidedApplication, centre: Centre, t: T) {
  const state = applicationState(decision);
  return {
    tone: APPLICATION_TONES[state],
    state: t(`public.state.${state}`),
    next: t(`public.state_next.${state}`),
    reason: decision?.reason ?? '',
    facts: [
      { term: t('public.reference'), value: formatReference(application.reference) },
      { term: t('public.centre'), value: centreName(centre, t.language) },
      { term: t('public.submitted_on'), value: formatDate(dateAt(application.submittedAt)) },
      ...(decision ? [{ term: t('public.decided_on'), value: formatDate(dateAt(decision.at)) }] : []),
    ],
  };
}

/** Reference and phone must both match; an unknown pair gets one answer, whichever of them is wrong. */
async function showStatus(context: Context): Promise<void> {
  const { t } = context;
  const values = {
    reference: context.query('reference').slice(0, 40),
    phone: context.query('phone').slice(0, 40),
  };
  const asked = values.phone !== '';
  if (asked) await context.services.limits.take('applicationStatus', context.req.ip ?? '');
  const [reference, phone] = [readReference(values.reference), parsePhone(values.phone)];
  const found =
    reference === undefined || phone === undefined
      ? undefined
      : await context.database.read(async (tx) => {
          const own = await findOwnApplication(tx, { reference, phone });
          const centre = own && (await findCentre(tx, own.application.centreId));
          return own && centre && standing(own, centre, t);
        });
  page(
    context.res,
    'public/application-status',
    {
      title: t('public.how_it_stands'),
      back: paths.places(),
      action: paths.applicationStatus(),
      found,
      values,
      errors: asked && !found ? [{ field: 'reference', key: 'public.not_found' }] : undefined,
    },
    { width: 'narrow', personal: true },
  );
}

export const applicationStatus = routes('/application').get('', anyone, showStatus);
