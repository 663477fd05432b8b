import { region } from '../access.ts';
import { open, showOpening } from '../rounds/opening.ts';
import { routes } from '../route.ts';

/** A round of all centres of a region. */
export const newRound = routes('/regions/:regionCode/rounds/new')
  .get('', region, (context) => showOpening(context))
  .post('', region, open);
