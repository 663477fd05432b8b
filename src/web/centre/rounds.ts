import { centreAdmin } from '../access.ts';
import { showRounds } from '../rounds/list.ts';
import { routes } from '../route.ts';

/** The rounds in which a centre takes part. */
export const rounds = routes('/centres/:centreId/rounds').get('', centreAdmin, showRounds);
