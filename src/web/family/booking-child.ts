import { listBookable, listChildren } from '../../data/children.ts';
import { guardian } from '../access.ts';
import type { Context } from '../context.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';

/** Goes from the group on to the questions, with no answers yet. */
const FROM_THE_BEGINNING = 'kind';

/** The first question of a booking: for whom. With one child there is nothing to ask. */
async function showChoice(context: Context): Promise<void> {
  const { t, actor, today } = context;
  const asked = context.query('answers');
  const answers = asked === '' ? FROM_THE_BEGINNING : asked;
  const children = await context.database.read(async (tx) => {
    const bookable = await listBookable(tx, actor.personId, today);
    return (await listChildren(tx, actor, today)).filter((child) => bookable.has(child.id));
  });
  const [only] = children;
  if (only && children.length === 1 && asked === '') return context.done(paths.childGroups(only.id, answers));
  return page(
    context.res,
    'family/booking-child',
    {
      title: t('steps.child'),
      children: children.map(({ id, name }) => ({ name, href: paths.childGroups(id, answers) })),
    },
    { width: 'narrow' },
  );
}

export const bookingChild = routes('/bookings/new').get('', guardian, showChoice);
