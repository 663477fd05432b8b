import { formatReference, readReference } from '../../domain/reference.ts';
import { findApplicationByReference } from '../../data/applications.ts';
import { findCentre } from '../../data/centres.ts';
import { anyone } from '../access.ts';
import { centreAddress, centreName } from '../names.ts';
import type { Context } from '../context.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';

/** After sending: the reference and what comes next; nothing of the family. */
async function showSent(context: Context): Promise<void> {
  const { t } = context;
  const reference = readReference(context.query('reference'));
  const centre = await context.database.read(async (tx) => {
    const found = reference === undefined ? undefined : await findApplicationByReference(tx, reference);
    return found && (await findCentre(tx, found.application.centreId));
  });
  if (reference === undefined || !centre) return context.done(paths.applicationStatus());
  return page(
    context.res,
    'public/application-sent',
    {
      title: t('public.sent'),
      centre: centreName(centre, t.language),
      address: centreAddress(centre, t.language),
      reference: formatReference(reference),
      status: paths.applicationStatus({ reference }),
      places: paths.places(),
    },
    { width: 'narrow', personal: true },
  );
}

export const applicationSent = routes('/application/sent').get('', anyone, showSent);
