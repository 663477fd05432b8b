import { centreAdmin } from '../access.ts';
import { open, showOpening } from '../rounds/opening.ts';
import { routes } from '../route.ts';

/** A round of this centre alone. */
export const newRound = routes('/centres/:centreId/rounds/new')
  .get('', centreAdmin, (context) => showOpening(context))
  .post('', centreAdmin, open);
