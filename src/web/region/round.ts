import { regionRound } from '../access/round.ts';
import { approve, end, makePreview, publish } from '../rounds/deeds.ts';
import { showRound } from '../rounds/page.ts';
import { routes } from '../route.ts';

/** A round as its region decides on it. */
export const round = routes('/regions/:regionCode/rounds/:roundId')
  .get('', regionRound, (context) => showRound(context))
  .post('/previews', regionRound, makePreview)
  .post('/approval', regionRound, approve)
  .post('/publication', regionRound, publish)
  .post('/end', regionRound, end);
