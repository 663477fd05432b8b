import { centreRound, ownCentreRound } from '../access/round.ts';
import { approve, end, makePreview, publish } from '../rounds/deeds.ts';
import { showRound } from '../rounds/page.ts';
import { routes } from '../route.ts';

/** A round as a centre sees it: its own it decides on, the region's it reads. */
export const round = routes('/centres/:centreId/rounds/:roundId')
  .get('', centreRound, (context) => showRound(context))
  .post('/previews', ownCentreRound, makePreview)
  .post('/approval', ownCentreRound, approve)
  .post('/publication', ownCentreRound, publish)
  .post('/end', ownCentreRound, end);
